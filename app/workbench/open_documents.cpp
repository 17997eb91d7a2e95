#include "app/workbench/open_documents.h"

#include "app/workbench/document_session.h"
#include "app/workbench/recovery_record.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

OpenDocuments::OpenDocuments(QObject *parent)
    : QObject(parent)
{
    setCurrent(add());
}

OpenDocuments::~OpenDocuments()
{
    // The stacks leave the group while it is still there.
    qDeleteAll(m_all);
}

QList<DocumentSession *> OpenDocuments::edited() const
{
    QList<DocumentSession *> found;
    for (DocumentSession *document : m_all) {
        if (document->isEdited())
            found.append(document);
    }
    return found;
}

DocumentSession *OpenDocuments::find(const QString &path) const
{
    const QFileInfo wanted(path);
    for (DocumentSession *document : m_all) {
        // An example is a copy: the same one is meant only while nobody has touched it.
        const bool example = document->path().isEmpty() && document->source() == path;
        if ((example && !path.isEmpty() && document->undoStack().count() == 0) ||
            (!document->path().isEmpty() && QFileInfo(document->path()) == wanted))
            return document;
    }
    return nullptr;
}

DocumentSession *OpenDocuments::blank() const
{
    if (m_current && m_current->isBlank())
        return m_current;
    const auto found = std::find_if(m_all.cbegin(), m_all.cend(),
                                    [](const DocumentSession *each) { return each->isBlank(); });
    return found == m_all.cend() ? nullptr : *found;
}

void OpenDocuments::useArtifacts(const learning::ArtifactShelf &artifacts)
{
    m_artifacts = artifacts;
    for (DocumentSession *document : std::as_const(m_all))
        document->useArtifacts(artifacts);
}

DocumentSession &OpenDocuments::add()
{
    auto *document = new DocumentSession(this);
    document->useArtifacts(m_artifacts);
    document->createNew();
    m_all.append(document);
    m_undo.addStack(&document->undoStack());
    Q_EMIT added(document);
    return *document;
}

DocumentSession &OpenDocuments::addNew()
{
    DocumentSession *document = blank();
    setCurrent(document ? *document : add());
    return *m_current;
}

Result<> OpenDocuments::open(const QString &path)
{
    if (DocumentSession *there = find(path)) {
        setCurrent(*there);
        return {};
    }
    auto loaded = DocumentSession::read(path);
    if (!loaded)
        return tl::unexpected(std::move(loaded).error());
    DocumentSession *place = blank();
    DocumentSession &document = place ? *place : add();
    document.take(std::move(*loaded));
    setCurrent(document);
    return {};
}

DocumentSession &OpenDocuments::restore(RecoveryRecord record)
{
    DocumentSession *place = record.source.isEmpty() ? nullptr : find(record.source);
    if (place && place->isEdited()) {
        record.path.clear();
        record.source.clear();
        place = nullptr;
    }
    if (!place)
        place = blank();
    DocumentSession &document = place ? *place : add();
    document.restore(record);
    setCurrent(document);
    return document;
}

void OpenDocuments::close(DocumentSession &document)
{
    const qsizetype index = m_all.indexOf(&document);
    Q_ASSERT(index >= 0);
    if (m_all.size() == 1)
        add();
    // The neighbour that moves into its place, else the one before.
    if (m_current == &document)
        setCurrent(*m_all[index + 1 < m_all.size() ? index + 1 : index - 1]);
    m_all.removeAt(index);
    Q_EMIT closing(&document);
    document.disconnect();
    m_undo.removeStack(&document.undoStack());
    document.deleteLater();
}

void OpenDocuments::setCurrent(DocumentSession &document)
{
    if (m_current == &document)
        return;
    m_current = &document;
    m_undo.setActiveStack(&document.undoStack());
    Q_EMIT currentChanged(&document);
}

void OpenDocuments::move(qsizetype from, qsizetype to)
{
    if (from == to)
        return;
    m_all.move(from, to);
    Q_EMIT orderChanged();
}

} // namespace headgate::workbench
