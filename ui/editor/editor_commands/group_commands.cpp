#include "ui/editor/editor_commands/group_commands.h"

#include "ui/common/texts.h"

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::Group;
using policy::NodeId;

namespace {

bool holdsAny(const Group &group, const QList<NodeId> &nodes)
{
    return std::any_of(group.nodes.cbegin(), group.nodes.cend(),
                       [&nodes](const NodeId &node) { return nodes.contains(node); });
}

qsizetype indexOf(const QList<Group> &groups, const QString &id)
{
    const auto it = std::find_if(groups.cbegin(), groups.cend(),
                                 [&id](const Group &group) { return group.id == id; });
    return it == groups.cend() ? -1 : it - groups.cbegin();
}

// The first of its numbers that no group has, as id and as title.
Group newGroup(const QList<Group> &groups)
{
    for (int number = 1;; ++number) {
        Group group;
        group.id = u"g%1"_s.arg(number);
        group.title = Texts::tr("Group %1").arg(number);
        const bool taken = std::any_of(groups.cbegin(), groups.cend(), [&](const Group &other) {
            return other.id == group.id || other.title == group.title;
        });
        if (!taken)
            return group;
    }
}

} // namespace

SetGroupsCommand::SetGroupsCommand(policy::PolicyEditor &editor, QList<Group> groups,
                                   const QString &text, QUndoCommand *parent)
    : QUndoCommand(text, parent)
    , m_editor(editor)
    , m_groups(std::move(groups))
{
}

void SetGroupsCommand::redo()
{
    m_before = m_editor.setGroups(m_groups);
}

void SetGroupsCommand::undo()
{
    m_editor.setGroups(m_before);
}

std::unique_ptr<QUndoCommand> groupCommand(policy::PolicyEditor &editor, const QList<NodeId> &nodes)
{
    QList<Group> groups = editor.document().groups;
    Group added = newGroup(groups);
    for (const policy::Node &node : editor.document().nodes) {
        if (nodes.contains(node.id))
            added.nodes.append(node.id);
    }
    const bool same = std::any_of(groups.cbegin(), groups.cend(), [&added](const Group &group) {
        return QSet<NodeId>(group.nodes.cbegin(), group.nodes.cend()) ==
               QSet<NodeId>(added.nodes.cbegin(), added.nodes.cend());
    });
    if (added.nodes.isEmpty() || same)
        return nullptr;
    for (Group &group : groups)
        group.nodes.removeIf([&added](const NodeId &node) { return added.nodes.contains(node); });
    groups.removeIf([](const Group &group) { return group.nodes.isEmpty(); });
    groups.append(added);
    return std::make_unique<SetGroupsCommand>(
        editor, groups, Texts::tr("Group %n nodes", nullptr, int(added.nodes.size())));
}

std::unique_ptr<QUndoCommand> ungroupCommand(policy::PolicyEditor &editor,
                                             const QList<NodeId> &nodes)
{
    QList<Group> groups = editor.document().groups;
    QStringList titles;
    for (const Group &group : std::as_const(groups)) {
        if (holdsAny(group, nodes))
            titles.append(group.title);
    }
    if (titles.isEmpty())
        return nullptr;
    groups.removeIf([&nodes](const Group &group) { return holdsAny(group, nodes); });
    const QString text = titles.size() == 1
                             ? Texts::tr("Ungroup “%1”").arg(titles.first())
                             : Texts::tr("Ungroup %n groups", nullptr, int(titles.size()));
    return std::make_unique<SetGroupsCommand>(editor, groups, text);
}

std::unique_ptr<QUndoCommand> renameGroupCommand(policy::PolicyEditor &editor, const QString &group,
                                                 const QString &title)
{
    QList<Group> groups = editor.document().groups;
    const qsizetype index = indexOf(groups, group);
    if (index < 0 || groups[index].title == title)
        return nullptr;
    const QString text = Texts::tr("Rename the group “%1” to “%2”").arg(groups[index].title, title);
    groups[index].title = title;
    return std::make_unique<SetGroupsCommand>(editor, groups, text);
}

std::unique_ptr<QUndoCommand> collapseGroupCommand(policy::PolicyEditor &editor,
                                                   const QString &group, bool collapsed)
{
    QList<Group> groups = editor.document().groups;
    const qsizetype index = indexOf(groups, group);
    if (index < 0 || groups[index].collapsed == collapsed)
        return nullptr;
    groups[index].collapsed = collapsed;
    const QString text = collapsed ? Texts::tr("Collapse “%1”") : Texts::tr("Expand “%1”");
    return std::make_unique<SetGroupsCommand>(editor, groups, text.arg(groups[index].title));
}

} // namespace headgate::ui
