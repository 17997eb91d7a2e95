#pragma once

#include "core/policy/policy_editor.h"

#include <QPointer>
#include <QSet>
#include <QWidget>

class QAction;
class QKeyEvent;
class QLabel;
class QMenu;
class QTreeView;
class QUndoStack;

namespace headgate::ui {

class OutlineModel;
class Theme;

// The tree of the policy; shares its selection with the canvas, and does on its rows what the
// canvas does on its nodes: by the same actions in its menu, and by the same keys. Theme, editor
// and undo stack outlive it.
class OutlinePanel final : public QWidget
{
    Q_OBJECT
public:
    OutlinePanel(const Theme &theme, policy::PolicyEditor &editor, QUndoStack &undo,
                 QWidget *parent = nullptr);

    // Keys that the tree has no use for go to the canvas; its actions are offered in the menu.
    // The canvas outlives the panel or goes with it.
    void setCanvas(QWidget &canvas, const QList<QAction *> &actions);

    void setNodes(const QList<policy::NodeId> &nodes); // the selection; emits nothing
    void showProblems(const QList<policy::Problem> &problems);
    void renameCurrent(); // in place

Q_SIGNALS:
    void nodesChosen(const QList<headgate::policy::NodeId> &nodes);
    void inspectRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool handleKey(const QKeyEvent &event);
    QList<policy::NodeId> chosen() const;
    void restoreSelection();
    void restoreExpansion();
    void rename(const policy::NodeId &node, const QString &title);
    void say(const QString &sentence);
    void addCanvasActions(QMenu &menu) const;
    void openMenu(const QPoint &place);

    policy::PolicyEditor &m_editor;
    QUndoStack &m_undo;
    OutlineModel *m_model = nullptr;
    QTreeView *m_tree = nullptr;
    QLabel *m_sentence = nullptr; // why something was refused
    QPointer<QWidget> m_canvas;
    QList<QAction *> m_actions; // the canvas's
    QList<policy::NodeId> m_nodes;
    QSet<policy::NodeId> m_collapsed; // by the user
    bool m_applying = false;          // the change of selection comes from outside
};

} // namespace headgate::ui
