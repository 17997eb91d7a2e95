#pragma once

#include "core/policy/policy_editor.h"

#include <QFrame>

class QComboBox;
class QLineEdit;
class QListView;
class QSortFilterProxyModel;
class QStandardItemModel;

namespace headgate::ui {

class Theme;

// Connects a node by a list instead of the mouse: its out ports, and the nodes that the chosen one
// may lead to, the nearest first. Type to search, Up and Down choose the target, Left and Right the
// port, Enter connects, Esc leaves. Theme and editor outlive it.
class ConnectPopup final : public QFrame
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
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fillPorts(const QString &port);
    void fillTargets();
    void moveCurrent(int by);
    void choose(const QModelIndex &index);

    const Theme &m_theme;
    policy::PolicyEditor &m_editor;
    policy::NodeId m_node;
    QComboBox *m_ports = nullptr;
    QLineEdit *m_search = nullptr;
    QListView *m_list = nullptr;
    QStandardItemModel *m_targets = nullptr;
    QSortFilterProxyModel *m_filter = nullptr;
};

} // namespace headgate::ui
