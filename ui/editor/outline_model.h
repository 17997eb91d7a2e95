#pragma once

#include "core/policy/policy_editor.h"

#include <QStandardItemModel>

namespace headgate::ui {

class Theme;

// The policy as a tree, the accessible twin of the drawing: each node below the one that first
// leads to it; further ways in are leaves that name it again. Nodes that nothing leads to stand at
// the top. Editor and theme outlive it.
class OutlineModel final : public QStandardItemModel
{
    Q_OBJECT
public:
    enum Role { NodeRole = Qt::UserRole, RepeatedRole }; // RepeatedRole: stands elsewhere in full

    OutlineModel(const Theme &theme, policy::PolicyEditor &editor, QObject *parent = nullptr);

    // Where the node stands in full.
    QModelIndex indexOf(const policy::NodeId &node) const;

private:
    void rebuild();
    QStandardItem *makeItem(const policy::Node &node, const QString &port, bool repeated) const;
    QString accessibleName(const policy::Node &node, const QString &port) const;

    const Theme &m_theme;
    policy::PolicyEditor &m_editor;
    QHash<policy::NodeId, QStandardItem *> m_items; // owned by the model
    QHash<policy::NodeId, int> m_problems;
};

} // namespace headgate::ui
