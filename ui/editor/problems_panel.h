#pragma once

#include "core/policy/policy_editor.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QListView;
class QModelIndex;
class QUndoStack;

namespace headgate::ui {

class ProblemsModel;
class Theme;

// What is wrong with the policy, worst first; a click or Enter goes to the node (and on to the
// next one of a row that stands for several), the button or Ctrl+. mends it as one step of undo.
// Theme, editor and undo stack outlive it.
class ProblemsPanel final : public QWidget
{
    Q_OBJECT
public:
    ProblemsPanel(const Theme &theme, policy::PolicyEditor &editor, QUndoStack &undo,
                  QWidget *parent = nullptr);

    void showProblems(const QList<policy::Problem> &problems);
    void focusFirst();
    void hideTitle(); // where something else says what this is

Q_SIGNALS:
    void mended(); // the problems that are shown are those of the policy before
    void nodeChosen(const headgate::policy::NodeId &node);
    void problemChosen(const headgate::policy::NodeId &node, const QString &field); // by Enter
    void countChanged(int count);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void choose(const QModelIndex &index);
    void placeButtons();
    void addButton(QHBoxLayout &layout, const QModelIndex &index, int role);
    void mend(int row, int role);

    const Theme &m_theme;
    policy::PolicyEditor &m_editor;
    QUndoStack &m_undo;
    QLabel *m_title = nullptr;
    QLabel *m_empty = nullptr;
    QListView *m_list = nullptr;
    ProblemsModel *m_model = nullptr;
    int m_step = -1; // of the current row's problems, the one gone to last
};

} // namespace headgate::ui
