#include "app/workbench/recovery_keeper.h"

#include "app/workbench/document_session.h"
#include "app/workbench/open_documents.h"

#include <QTimer>

namespace headgate::workbench {

namespace {

constexpr int kLeastGapMs = 1000;

}

RecoveryKeeper::RecoveryKeeper(OpenDocuments &documents, const QString &root, QObject *parent)
    : QObject(parent)
    , m_documents(documents)
    , m_folder(root)
{
    if (!m_folder.isUsable())
        return;
    connect(&m_documents, &OpenDocuments::added, this, &RecoveryKeeper::follow);
    connect(&m_documents, &OpenDocuments::closing, this, [this](DocumentSession *document) {
        unfollow(document);
        m_writer.remove(m_kept.at(document).file);
        m_kept.erase(document);
    });
    connect(&m_writer, &RecoveryWriter::failed, this, [this](const QString &sentence) {
        if (!std::exchange(m_told, true))
            Q_EMIT failed(sentence);
    });
    for (DocumentSession *document : documents.all())
        follow(document);
}

RecoveryKeeper::~RecoveryKeeper()
{
    for (const auto &[document, kept] : m_kept) {
        const bool pending = kept.timer->isActive();
        unfollow(document);
        if (pending)
            keep(document);
    }
    m_writer.finish();
}

void RecoveryKeeper::forgetAll()
{
    for (const auto &[document, kept] : m_kept) {
        unfollow(document);
        m_writer.remove(kept.file);
    }
    m_kept.clear();
    m_writer.finish();
}

void RecoveryKeeper::follow(DocumentSession *document)
{
    Kept kept;
    kept.file = m_folder.newFile();
    kept.timer = new QTimer(document);
    kept.timer->setSingleShot(true);
    connect(kept.timer, &QTimer::timeout, this, [this, document] { keep(document); });
    m_kept.emplace(document, std::move(kept));
    connect(&document->editor(), &policy::PolicyEditor::changed, this,
            [this, document] { noteEdit(document); });
    // Saved or undone to the saved state: at once, lest older edits than these are offered.
    connect(document, &DocumentSession::changed, this, [this, document] {
        if (document->isEdited())
            noteEdit(document);
        else
            keep(document);
    });
}

void RecoveryKeeper::unfollow(DocumentSession *document)
{
    document->disconnect(this);
    QObject::disconnect(&document->editor(), nullptr, this, nullptr);
    m_kept.at(document).timer->stop();
}

void RecoveryKeeper::noteEdit(DocumentSession *document)
{
    Kept &kept = m_kept.at(document);
    if (kept.timer->isActive())
        return;
    // Not from within the command: it is not on the stack yet.
    const qint64 since = kept.sinceWritten.isValid() ? kept.sinceWritten.elapsed() : kLeastGapMs;
    kept.timer->start(int(qMax<qint64>(0, kLeastGapMs - since)));
}

void RecoveryKeeper::keep(DocumentSession *document)
{
    Kept &kept = m_kept.at(document);
    if (!document->isEdited()) {
        if (std::exchange(kept.written, false))
            m_writer.remove(kept.file);
        return;
    }
    kept.written = true;
    kept.sinceWritten.start();
    m_writer.write(kept.file,
                   {.path = document->path(),
                    .source = document->source(),
                    .name = document->name(),
                    .at = QDateTime::currentDateTime(),
                    .edits = document->editCount(),
                    .document = document->editor().document()},
                   std::exchange(kept.replaces, {}));
}

void RecoveryKeeper::findLeft()
{
    if (m_folder.isUsable())
        m_left = m_folder.takeLeft();
}

void RecoveryKeeper::restored(qsizetype index, DocumentSession &document)
{
    Kept &kept = m_kept.at(&document);
    kept.replaces = m_left.takeAt(index).file;
    kept.timer->stop();
    keep(&document);
}

void RecoveryKeeper::discard(qsizetype index)
{
    m_writer.remove(m_left.takeAt(index).file);
}

void RecoveryKeeper::finish()
{
    m_writer.finish();
}

} // namespace headgate::workbench
