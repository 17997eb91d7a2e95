#pragma once

#include "core/policy/policy_editor.h"
#include "ui/editor/search_popup.h"

class QComboBox;
class QSortFilterProxyModel;
class QStandardItemModel;

namespace headgate::ui {

class Theme;

// Connects a node by a list instead of the mouse: its out ports, and the nodes that the chosen one
// may lead to, the nearest first. Left and Right choose the port. Theme and editor outlive it.
class ConnectPopup final : public SearchPopup
{
    Q_OBJECT
public:
    ConnectPopup(const Theme &theme, policy::PolicyEditor &editor, QWidget *parent = nullptr);

    // With that port chosen; where it is empty, with the first that is free. A sentence where
    // nothing leads out of the node or nothing may follow it.
    Result<> openAt(QPoint globalPlace, const policy::NodeId &node, const QString &port = {});

Q_SIGNALS:
    void chosen(const headgate::policy::Wire &wire);
    void newNodeRequested(const headgate::policy::NodeId &node, const QString &port);

protected:
    void search(const QString &text) override;
    void take(const QModelIndex &row) override;
    bool handleKey(int key) override;

private:
    void fillPorts(const QString &port);
    void fillTargets();

    const Theme &m_theme;
    policy::PolicyEditor &m_editor;
    policy::NodeId m_node;
    QComboBox *m_ports = nullptr;
    QStandardItemModel *m_targets = nullptr;
    QSortFilterProxyModel *m_filter = nullptr;
};

} // namespace headgate::ui
