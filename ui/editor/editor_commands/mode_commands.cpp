#include "ui/editor/editor_commands/mode_commands.h"

#include "core/policy/node_kind.h"
#include "ui/common/texts.h"

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::NodeId;
using policy::NodeMode;

namespace {

QString modeText(const policy::PolicyEditor &editor, const QList<NodeId> &nodes, NodeMode mode)
{
    const int count = int(nodes.size());
    const QString name = policy::displayName(*editor.document().node(nodes.first()));
    switch (mode) {
    case NodeMode::Muted:
        return count == 1 ? Texts::tr("Mute “%1”").arg(name)
                          : Texts::tr("Mute %n nodes", nullptr, count);
    case NodeMode::Bypassed:
        return count == 1 ? Texts::tr("Bypass “%1”").arg(name)
                          : Texts::tr("Bypass %n nodes", nullptr, count);
    case NodeMode::Active:
        break;
    }
    return count == 1 ? Texts::tr("Make “%1” active").arg(name)
                      : Texts::tr("Make %n nodes active", nullptr, count);
}

Result<> mayHave(const policy::Node &node, NodeMode mode)
{
    const QString name = policy::displayName(node);
    if (node.kind == "note"_L1)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("“%1” is a note; it takes no traffic anyway.").arg(name));
    if (mode == NodeMode::Muted && node.kind == "query"_L1)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("Every query starts at “%1”, so it cannot be muted.").arg(name));
    if (mode == NodeMode::Bypassed && !policy::canBypass(node.kind))
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("“%1” cannot be bypassed: only a node with one way in and one main "
                              "way out can.")
                        .arg(name));
    return {};
}

} // namespace

SetModeCommand::SetModeCommand(policy::PolicyEditor &editor, QList<NodeId> nodes, NodeMode mode)
    : m_editor(editor)
    , m_nodes(std::move(nodes))
    , m_mode(mode)
{
    setText(modeText(editor, m_nodes, mode));
}

void SetModeCommand::redo()
{
    m_before.clear();
    for (const NodeId &node : std::as_const(m_nodes))
        m_before.append(m_editor.setMode(node, m_mode));
}

void SetModeCommand::undo()
{
    for (qsizetype i = 0; i < m_nodes.size(); ++i)
        m_editor.setMode(m_nodes[i], m_before[i]);
}

Result<std::unique_ptr<QUndoCommand>> toggleModeCommand(policy::PolicyEditor &editor,
                                                        const QList<NodeId> &nodes, NodeMode mode)
{
    std::unique_ptr<QUndoCommand> command;
    if (nodes.isEmpty())
        return command;
    const policy::PolicyDocument &document = editor.document();
    const bool all = std::all_of(nodes.cbegin(), nodes.cend(), [&](const NodeId &node) {
        return document.node(node)->mode == mode;
    });
    for (const NodeId &node : nodes) {
        const Result<> may = mayHave(*document.node(node), mode);
        if (!all && !may)
            return tl::unexpected(may.error());
    }
    command = std::make_unique<SetModeCommand>(editor, nodes, all ? NodeMode::Active : mode);
    return command;
}

} // namespace headgate::ui
