#pragma once

#include "core/policy/policy_editor.h"

#include <QWidget>

class QTreeView;

namespace headgate::ui {

class OutlineModel;
class Theme;

// The tree of the policy; shares its selection with the canvas.
class OutlinePanel final : public QWidget
{
    Q_OBJECT
public:
    OutlinePanel(const Theme &theme, policy::PolicyEditor &editor, QWidget *parent = nullptr);

    void setNodes(const QList<policy::NodeId> &nodes); // the selection; emits nothing

Q_SIGNALS:
    void nodesChosen(const QList<headgate::policy::NodeId> &nodes);
    void removeRequested();
    void renameRequested();
    void inspectRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QList<policy::NodeId> chosen() const;
    void restore();

    OutlineModel *m_model = nullptr;
    QTreeView *m_tree = nullptr;
    QList<policy::NodeId> m_nodes;
    bool m_applying = false; // the change of selection comes from outside
};

} // namespace headgate::ui
