#pragma once

#include "core/policy/policy_editor.h"

#include <QWidget>

class QListView;
class QPushButton;
class QUndoStack;

namespace headgate::ui {

class ListPane;
class PinsModel;
class PinWatch;
class Theme;

// All route assertions of a policy with their state; they can be renamed (F2), taken out (Del) and
// given their new path. Theme, editor, undo stack and watch outlive it.
class PinsPanel final : public QWidget
{
    Q_OBJECT
public:
    PinsPanel(const Theme &theme, policy::PolicyEditor &editor, QUndoStack &undo, PinWatch &watch,
              QWidget *parent = nullptr);

    qsizetype count() const;

Q_SIGNALS:
    void nodeChosen(const headgate::policy::NodeId &node);
    void countChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QString currentId() const;
    void refresh();
    void updateButtons();
    void removeCurrent();
    void acceptCurrent();

    policy::PolicyEditor &m_editor;
    QUndoStack &m_undo;
    PinWatch &m_watch;
    PinsModel *m_model = nullptr;
    QListView *m_list = nullptr;
    ListPane *m_pane = nullptr;
    QPushButton *m_accept = nullptr;
    QPushButton *m_remove = nullptr;
};

} // namespace headgate::ui
