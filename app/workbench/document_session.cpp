#include "app/workbench/document_session.h"

#include "core/policy/policy_format.h"

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
    auto loaded = policy::readPolicyFile(path);
    if (!loaded)
        return tl::unexpected(std::move(loaded).error());
    return Loaded{std::move(loaded->document), path, loaded->readOnly};
}

void DocumentSession::take(Loaded loaded)
{
    m_source = loaded.path;
    m_path = loaded.path.startsWith(u":/"_s) ? QString() : loaded.path;
    m_readOnly = loaded.readOnly;
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
    if (const auto written = policy::writePolicyFile(m_editor.document(), path); !written)
        return written;
    m_path = path;
    m_source = path;
    m_readOnly = false;
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
