#pragma once

#include "core/policy/policy_editor.h"

#include <QStandardItemModel>

class QTimer;

namespace headgate::ui {

class Theme;

// The policy as a tree, the accessible twin of the drawing: each node below the one that first
// leads to it; further ways in are leaves that name it again. Nodes that nothing leads to stand at
// the top. Follows the editor: a changed node changes its rows at once; nodes and wires that come
// and go are brought in together when control is back in the loop, and rows that stay stay as they
// are. Editor and theme outlive it.
class OutlineModel final : public QStandardItemModel
{
    Q_OBJECT
public:
    enum Role { NodeRole = Qt::UserRole, RepeatedRole }; // RepeatedRole: stands elsewhere in full

    OutlineModel(const Theme &theme, policy::PolicyEditor &editor, QObject *parent = nullptr);

    // Where the node stands in full.
    QModelIndex indexOf(const policy::NodeId &node) const;
    void showProblems(const QList<policy::Problem> &problems);
    void sync(); // at once

    QVariant data(const QModelIndex &index, int role) const override;
    // Asks to rename the node; nothing changes here.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    void aboutToSync();
    void synced();
    void renameRequested(const headgate::policy::NodeId &node, const QString &title);

private:
    struct Row // as the tree is to be
    {
        const policy::Node *node = nullptr;
        QString port; // label of the one that leads here; empty where there is but one
        bool repeated = false;
        QList<qsizetype> children;
    };

    QList<Row> wantedRows() const; // the first one is the root
    void reconcile(const QList<Row> &rows);
    QList<QStandardItem *> placeChildren(QStandardItem *parent, const QList<Row> &rows,
                                         const QList<qsizetype> &children);
    void followNode(const policy::NodeId &id);
    void showIn(QStandardItem &item, const policy::Node &node) const;
    QString accessibleName(const policy::Node &node, const QString &port) const;

    const Theme &m_theme;
    policy::PolicyEditor &m_editor;
    QTimer *m_sync = nullptr;
    QMultiHash<policy::NodeId, QStandardItem *> m_rows; // owned by the model; the full one first
    QHash<policy::NodeId, QList<policy::Port>> m_ports; // as the tree shows them
    QHash<policy::NodeId, int> m_problems;
};

} // namespace headgate::ui
