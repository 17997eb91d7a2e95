#pragma once

#include "core/policy/policy_editor.h"

#include <QLineEdit>

class QUndoStack;

namespace headgate::ui {

class PolicyView;

// Renames a group in its place on the canvas. Enter, or the focus going elsewhere, takes the new
// title; Esc keeps the former one. View, editor and undo stack outlive it.
class GroupTitleEditor final : public QLineEdit
{
    Q_OBJECT
public:
    GroupTitleEditor(PolicyView &view, policy::PolicyEditor &editor, QUndoStack &undo);

    void open(const QString &group);
    // The canvas has moved or been zoomed under it.
    void follow();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void commit();
    void close();

    PolicyView &m_view;
    policy::PolicyEditor &m_editor;
    QUndoStack &m_undo;
    QString m_group; // empty while it is closed
};

} // namespace headgate::ui
