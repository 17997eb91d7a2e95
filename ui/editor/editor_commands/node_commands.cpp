#include "ui/editor/editor_commands/node_commands.h"

#include "core/policy/node_kind.h"
#include "ui/common/texts.h"

namespace headgate::ui {

namespace {

QString fieldLabel(const policy::PolicyEditor &editor, const policy::NodeId &id, const QString &key)
{
    const policy::Node *node = editor.document().node(id);
    const policy::NodeKind *kind = node ? policy::nodeKind(node->kind) : nullptr;
    if (!kind)
        return key;
    const auto field = std::find_if(kind->fields.cbegin(), kind->fields.cend(),
                                    [&key](const policy::Field &each) { return each.key == key; });
    return field == kind->fields.cend() ? key : field->label;
}

} // namespace

AddNodeCommand::AddNodeCommand(policy::PolicyEditor &editor, policy::Node node,
                               QUndoCommand *parent)
    : QUndoCommand(parent)
    , m_editor(editor)
    , m_node(std::move(node))
{
    setText(Texts::tr("Add “%1”").arg(m_node.title.isEmpty() ? m_node.kind : m_node.title));
}

void AddNodeCommand::redo()
{
    if (!m_editor.addNode(m_node))
        setObsolete(true);
}

void AddNodeCommand::undo()
{
    m_editor.removeNode(m_node.id);
}

RemoveNodeCommand::RemoveNodeCommand(policy::PolicyEditor &editor, policy::NodeId node,
                                     QUndoCommand *parent)
    : QUndoCommand(parent)
    , m_editor(editor)
    , m_node(std::move(node))
{
    setText(Texts::tr("Delete “%1”").arg(policy::displayName(editor.document(), m_node)));
}

void RemoveNodeCommand::redo()
{
    m_removed = m_editor.removeNode(m_node);
}

void RemoveNodeCommand::undo()
{
    m_editor.restoreNode(m_removed);
}

MoveNodesCommand::MoveNodesCommand(policy::PolicyEditor &editor, QList<NodeMove> moves, Burst burst,
                                   EditTime time, QUndoCommand *parent)
    : QUndoCommand(parent)
    , m_editor(editor)
    , m_moves(std::move(moves))
    , m_burst(burst)
    , m_time(time)
{
    setText(m_moves.size() == 1
                ? Texts::tr("Move “%1”")
                      .arg(policy::displayName(editor.document(), m_moves.first().node))
                : Texts::tr("Move %n nodes", nullptr, int(m_moves.size())));
}

void MoveNodesCommand::redo()
{
    m_before.clear();
    for (const NodeMove &move : std::as_const(m_moves))
        m_before.append(m_editor.moveNode(move.node, move.to));
}

void MoveNodesCommand::undo()
{
    for (qsizetype i = 0; i < m_moves.size(); ++i)
        m_editor.moveNode(m_moves[i].node, m_before[i]);
}

int MoveNodesCommand::id() const
{
    return m_burst == Burst::Merge ? int(CommandId::MoveNodes) : -1;
}

bool MoveNodesCommand::mergeWith(const QUndoCommand *other)
{
    const auto *next = static_cast<const MoveNodesCommand *>(other);
    const auto sameNode = [](const NodeMove &a, const NodeMove &b) { return a.node == b.node; };
    if (!isSameBurst(m_time, next->m_time) ||
        !std::equal(m_moves.cbegin(), m_moves.cend(), next->m_moves.cbegin(), next->m_moves.cend(),
                    sameNode))
        return false;
    m_moves = next->m_moves;
    m_time = next->m_time;
    return true;
}

SetTitleCommand::SetTitleCommand(policy::PolicyEditor &editor, policy::NodeId node, QString title,
                                 EditTime time)
    : m_editor(editor)
    , m_node(std::move(node))
    , m_title(std::move(title))
    , m_time(time)
{
    setText(Texts::tr("Rename “%1” to “%2”")
                .arg(policy::displayName(editor.document(), m_node), m_title));
}

void SetTitleCommand::redo()
{
    const Result<QString> before = m_editor.setTitle(m_node, m_title);
    if (before)
        m_before = *before;
    else
        setObsolete(true);
}

void SetTitleCommand::undo()
{
    if (!m_editor.setTitle(m_node, m_before))
        setObsolete(true);
}

bool SetTitleCommand::mergeWith(const QUndoCommand *other)
{
    const auto *next = static_cast<const SetTitleCommand *>(other);
    if (next->m_node != m_node || !isSameBurst(m_time, next->m_time))
        return false;
    m_title = next->m_title;
    m_time = next->m_time;
    setText(Texts::tr("Rename “%1” to “%2”").arg(m_before, m_title));
    return true;
}

SetConfigValueCommand::SetConfigValueCommand(policy::PolicyEditor &editor, policy::NodeId node,
                                             QString key, Json value, EditTime time,
                                             QUndoCommand *parent)
    : QUndoCommand(parent)
    , m_editor(editor)
    , m_node(std::move(node))
    , m_key(std::move(key))
    , m_value(std::move(value))
    , m_time(time)
{
    setText(Texts::tr("Change “%1” of “%2”")
                .arg(fieldLabel(editor, m_node, m_key),
                     policy::displayName(editor.document(), m_node)));
}

void SetConfigValueCommand::redo()
{
    m_before = m_editor.document().node(m_node)->config;
    m_editor.setConfigValue(m_node, m_key, m_value);
}

void SetConfigValueCommand::undo()
{
    m_editor.setConfig(m_node, m_before);
}

bool SetConfigValueCommand::mergeWith(const QUndoCommand *other)
{
    const auto *next = static_cast<const SetConfigValueCommand *>(other);
    if (next->m_node != m_node || next->m_key != m_key || !isSameBurst(m_time, next->m_time))
        return false;
    m_value = next->m_value;
    m_time = next->m_time;
    return true;
}

} // namespace headgate::ui
