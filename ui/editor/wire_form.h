#pragma once

#include "core/policy/policy_editor.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QUndoStack;

namespace headgate::ui {

// A wire to read: from where, by which port, to where; with a way to both ends and to take it
// away. Editor and undo stack outlive it.
class WireForm final : public QWidget
{
    Q_OBJECT
public:
    WireForm(policy::PolicyEditor &editor, QUndoStack &undo, QWidget *parent = nullptr);

    void setWires(const QList<policy::Wire> &wires); // at least one
    void refresh();
    void focusFirst();

Q_SIGNALS:
    void nodeChosen(const headgate::policy::NodeId &node);

private:
    void remove();

    policy::PolicyEditor &m_editor;
    QUndoStack &m_undo;
    QList<policy::Wire> m_wires;
    QLabel *m_heading = nullptr;
    QWidget *m_ends = nullptr;
    QPushButton *m_from = nullptr;
    QLabel *m_port = nullptr;
    QPushButton *m_to = nullptr;
    QPushButton *m_remove = nullptr;
};

} // namespace headgate::ui
