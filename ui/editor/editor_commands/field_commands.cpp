#include "ui/editor/editor_commands/field_commands.h"

#include "core/policy/node_kind.h"
#include "ui/common/texts.h"
#include "ui/editor/editor_commands/compound_commands.h"

#include <QUndoStack>

namespace headgate::ui {

using policy::NodeId;

namespace {

Json valueOf(const policy::Node &node, const QString &key)
{
    const auto it = node.config.find(toStdString(key));
    return it == node.config.end() ? Json() : *it;
}

QString labelOf(const policy::Node &node, const QString &key)
{
    const policy::NodeKind *kind = policy::nodeKind(node.kind);
    for (const policy::Field &field : kind ? kind->fields : QList<policy::Field>()) {
        if (field.key == key)
            return field.label;
    }
    return key;
}

// Whether writing the value changes the names of the node's ports.
bool renamesPorts(const policy::PolicyDocument &document, const policy::Node &before,
                  const QString &key, const Json &value)
{
    policy::Node after = before;
    if (value.is_null())
        after.config.erase(toStdString(key));
    else
        after.config[toStdString(key)] = value;
    return policy::outPorts(before, document) != policy::outPorts(after, document);
}

} // namespace

SetConfigValuesCommand::SetConfigValuesCommand(policy::PolicyEditor &editor, QList<NodeId> nodes,
                                               QString key, Json value, EditTime time)
    : m_editor(editor)
    , m_nodes(std::move(nodes))
    , m_key(std::move(key))
    , m_value(std::move(value))
    , m_time(time)
{
    const policy::Node *first = editor.document().node(m_nodes.first());
    setText(Texts::tr("Change “%1” of %n nodes", nullptr, int(m_nodes.size()))
                .arg(labelOf(*first, m_key)));
}

void SetConfigValuesCommand::redo()
{
    m_before.clear();
    for (const NodeId &node : std::as_const(m_nodes))
        m_before.append(m_editor.setConfigValue(node, m_key, m_value));
}

void SetConfigValuesCommand::undo()
{
    for (qsizetype i = 0; i < m_nodes.size(); ++i)
        m_editor.setConfigValue(m_nodes[i], m_key, m_before[i]);
}

bool SetConfigValuesCommand::mergeWith(const QUndoCommand *other)
{
    const auto *next = static_cast<const SetConfigValuesCommand *>(other);
    if (next->m_nodes != m_nodes || next->m_key != m_key || !isSameBurst(m_time, next->m_time))
        return false;
    m_value = next->m_value;
    m_time = next->m_time;
    return true;
}

void pushFieldChange(QUndoStack &undo, policy::PolicyEditor &editor, const QList<NodeId> &nodes,
                     const QString &key, const Json &value)
{
    const policy::PolicyDocument &document = editor.document();
    QList<NodeId> others;
    bool renames = false;
    for (const NodeId &id : nodes) {
        const policy::Node &node = *document.node(id);
        if (valueOf(node, key) == value)
            continue;
        others.append(id);
        renames = renames || renamesPorts(document, node, key, value);
    }
    if (others.isEmpty())
        return;
    if (nodes.size() == 1) {
        undo.push(configCommand(editor, others.first(), key, value).release());
        return;
    }
    // Of all nodes, so that a burst of typing merges also where one had the value before.
    auto whole = std::make_unique<SetConfigValuesCommand>(editor, nodes, key, value);
    if (!renames) {
        undo.push(whole.release());
        return;
    }
    undo.beginMacro(whole->text());
    for (const NodeId &id : std::as_const(others))
        undo.push(configCommand(editor, id, key, value).release());
    undo.endMacro();
}

} // namespace headgate::ui
