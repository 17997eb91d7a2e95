#include "app/workbench/document_session.h"

#include "app/workbench/recovery_record.h"
#include "core/policy/named_artifacts.h"
#include "core/policy/policy_format.h"
#include "ui/editor/editor_commands/policy_commands.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

DocumentSession::DocumentSession(QObject *parent)
    : QObject(parent)
{
    connect(&m_undo, &QUndoStack::cleanChanged, this, &DocumentSession::changed);
    connect(&m_editor, &policy::PolicyEditor::settingsChanged, this, &DocumentSession::changed);
}

DocumentSession::~DocumentSession()
{
    m_undo.disconnect(this); // it tells that it is clean while it goes
}

void DocumentSession::useArtifacts(const learning::ArtifactShelf &artifacts)
{
    m_artifacts = artifacts;
    addOwnFolder();
}

void DocumentSession::addOwnFolder()
{
    if (!m_path.isEmpty())
        m_artifacts.addFolder(QFileInfo(m_path).absolutePath());
}

// What is nowhere to be found is no reason not to save: the node says so.
Result<> DocumentSession::copyArtifacts(const QString &path) const
{
    for (const QString &file : policy::artifactsNamedBy(m_editor.document())) {
        if (!m_artifacts.pathOf(file))
            continue;
        if (auto copied = m_artifacts.copyInto(file, QFileInfo(path).absolutePath()); !copied)
            return copied;
    }
    return {};
}

void DocumentSession::createNew()
{
    policy::PolicyDocument document;
    document.name = tr("Untitled policy");
    policy::Node query;
    query.id.value = u"query"_s;
    query.kind = u"query"_s;
    query.title = tr("Query");
    query.at = QPointF(40, 120);
    policy::Node answer;
    answer.id.value = u"answer"_s;
    answer.kind = u"answer"_s;
    answer.title = tr("Answer");
    answer.at = QPointF(760, 120);
    document.nodes = {query, answer};
    take({std::move(document), {}, false});
}

Result<DocumentSession::Loaded> DocumentSession::read(const QString &path)
{
    // Before the text: a change between the two is then seen as one.
    const DiskState onDisk = DiskState::of(path);
    auto loaded = policy::readPolicyFile(path);
    if (!loaded)
        return tl::unexpected(std::move(loaded).error());
    return Loaded{std::move(loaded->document), path, loaded->readOnly, onDisk};
}

void DocumentSession::take(Loaded loaded)
{
    m_source = loaded.path;
    m_path = loaded.path.startsWith(u":/"_s) ? QString() : loaded.path;
    m_readOnly = loaded.readOnly;
    m_onDisk = loaded.onDisk;
    m_carriedEdits = 0;
    m_keysMeant.clear();
    addOwnFolder();
    m_undo.clear();
    m_editor.setDocument(std::move(loaded.document));
    Q_EMIT changed();
}

Result<> DocumentSession::open(const QString &path)
{
    auto loaded = read(path);
    if (!loaded)
        return tl::unexpected(std::move(loaded).error());
    take(std::move(*loaded));
    return {};
}

Result<> DocumentSession::reload(const QString &undoText)
{
    auto loaded = read(m_path);
    if (!loaded)
        return tl::unexpected(std::move(loaded).error());
    m_readOnly = loaded->readOnly;
    m_onDisk = loaded->onDisk;
    m_carriedEdits = 0;
    if (loaded->document != m_editor.document())
        m_undo.push(
            new ui::ReplaceDocumentCommand(m_editor, std::move(loaded->document), undoText));
    m_undo.setClean();
    Q_EMIT changed();
    return {};
}

void DocumentSession::restore(const RecoveryRecord &record)
{
    Result<Loaded> loaded = fail(ErrorCode::NotFound, {});
    if (!record.source.isEmpty())
        loaded = read(record.source);
    if (loaded) {
        take(std::move(*loaded));
        m_undo.push(
            new ui::ReplaceDocumentCommand(m_editor, record.document, tr("Restore unsaved edits")));
        m_carriedEdits = record.edits - 1;
    } else {
        take({record.document, record.source, false, {}});
        m_undo.resetClean();
        m_carriedEdits = record.edits;
    }
    Q_EMIT changed();
}

DiskState::Change DocumentSession::diskChange(bool byContent) const
{
    return m_onDisk.changeOf(m_path, byContent);
}

void DocumentSession::keepMine()
{
    m_onDisk = DiskState::of(m_path);
    m_undo.resetClean();
    Q_EMIT changed();
}

void DocumentSession::takeKeysOut()
{
    m_undo.push(new ui::ReplaceDocumentCommand(m_editor, policy::withoutKeys(m_editor.document()),
                                               tr("Take keys out")));
}

int DocumentSession::editCount() const
{
    if (m_undo.isClean())
        return 0;
    const int clean = m_undo.cleanIndex();
    const int steps = clean < 0 ? m_undo.index() : std::abs(m_undo.index() - clean);
    return qMax(1, steps + m_carriedEdits);
}

Result<> DocumentSession::save()
{
    if (m_readOnly)
        return fail(ErrorCode::InvalidInput,
                    tr("“%1” was written by a newer version and is not saved over. Save it under "
                       "another name.")
                        .arg(name()));
    if (m_path.isEmpty())
        return fail(ErrorCode::InvalidInput, tr("Choose a file for the policy first."));
    return saveAs(m_path);
}

Result<> DocumentSession::saveAs(const QString &path)
{
    if (m_readOnly && QFileInfo(path) == QFileInfo(m_path))
        return save();
    if (QFileInfo(path) == QFileInfo(m_path) && diskChange(true) == DiskState::Change::Changed)
        return fail(ErrorCode::Busy,
                    tr("“%1” was changed by another program and is not written over.").arg(name()));
    if (auto copied = copyArtifacts(path); !copied)
        return copied;
    if (const auto written = policy::writePolicyFile(m_editor.document(), path); !written)
        return written;
    m_path = path;
    addOwnFolder();
    m_source = path;
    m_readOnly = false;
    m_onDisk = DiskState::of(path);
    m_carriedEdits = 0;
    m_undo.setClean();
    Q_EMIT changed();
    Q_EMIT saved();
    return {};
}

bool DocumentSession::isBlank() const
{
    return m_source.isEmpty() && m_undo.count() == 0 && m_undo.isClean();
}

QString DocumentSession::name() const
{
    if (!m_path.isEmpty())
        return QFileInfo(m_path).fileName();
    const QString name = m_editor.document().name;
    return name.isEmpty() ? tr("Untitled policy") : name;
}

} // namespace headgate::workbench
