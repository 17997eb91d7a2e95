#pragma once

#include "core/policy/policy_editor.h"

#include <QPlainTextEdit>

class QUndoStack;

namespace headgate::ui {

class PolicyView;

// Writes a note's words in their place on the canvas. They are in the document as they are typed;
// a burst of typing is one step of undo. Esc, or the focus going elsewhere, ends it. View, editor
// and undo stack outlive it.
class NoteEditor final : public QPlainTextEdit
{
    Q_OBJECT
public:
    NoteEditor(PolicyView &view, policy::PolicyEditor &editor, QUndoStack &undo);

    void open(const policy::NodeId &note);
    void close();
    // The canvas has moved or been zoomed under it.
    void follow();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void commit();
    void take(); // the document's words
    void wear();

    PolicyView &m_view;
    policy::PolicyEditor &m_editor;
    QUndoStack &m_undo;
    policy::NodeId m_note; // empty while it is closed
};

} // namespace headgate::ui
