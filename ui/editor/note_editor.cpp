#include "ui/editor/note_editor.h"

#include "ui/common/theme.h"
#include "ui/editor/canvas_metrics.h"
#include "ui/editor/editor_commands/node_commands.h"
#include "ui/editor/node_item.h"
#include "ui/editor/note_look.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"

#include <QKeyEvent>
#include <QTextDocument>
#include <QUndoStack>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::NodeId;
using policy::PolicyEditor;

NoteEditor::NoteEditor(PolicyView &view, PolicyEditor &editor, QUndoStack &undo)
    : QPlainTextEdit(view.viewport())
    , m_view(view)
    , m_editor(editor)
    , m_undo(undo)
{
    setObjectName(u"noteEditor"_s);
    setAccessibleName(tr("Text of the note"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(0);
    setTabChangesFocus(true);
    hide();
    connect(this, &QPlainTextEdit::textChanged, this, &NoteEditor::commit);
    connect(&view, &PolicyView::zoomChanged, this, &NoteEditor::follow);
    connect(&editor, &PolicyEditor::nodeRemoved, this, [this](const NodeId &node) {
        if (node == m_note)
            close();
    });
    connect(&editor, &PolicyEditor::documentReplaced, this, &NoteEditor::close);
    connect(&editor, &PolicyEditor::nodeMoved, this, &NoteEditor::follow);
    connect(&editor, &PolicyEditor::nodeChanged, this, [this](const NodeId &node) {
        if (node == m_note) {
            take();
            follow();
        }
    });
}

void NoteEditor::open(const NodeId &note)
{
    const policy::Node *node = m_editor.document().node(note);
    if (!node || node->kind != "note"_L1)
        return;
    m_note = note;
    wear();
    take();
    follow();
    show();
    setFocus(Qt::OtherFocusReason);
    selectAll();
}

// The note's own ground, over the words that are painted below, and no frame of a field.
void NoteEditor::wear()
{
    const auto *scene = qobject_cast<PolicyScene *>(m_view.scene());
    setStyleSheet(u"QPlainTextEdit { border: none; padding: 0; background: %1; }"_s.arg(
        scene->theme().color(Token::FlowWash).name()));
}

void NoteEditor::close()
{
    if (m_note.isEmpty())
        return;
    m_note = {};
    const bool focused = hasFocus();
    hide();
    if (focused)
        m_view.setFocus(Qt::OtherFocusReason);
}

void NoteEditor::take()
{
    const QString text = jsonString(m_editor.document().node(m_note)->config, "text");
    if (text == toPlainText())
        return;
    const QSignalBlocker quiet(this);
    setPlainText(text);
}

void NoteEditor::commit()
{
    if (m_note.isEmpty())
        return;
    const QString text = toPlainText();
    const Json value = text.isEmpty() ? Json() : Json(toStdString(text));
    if (jsonString(m_editor.document().node(m_note)->config, "text") != text)
        m_undo.push(new SetConfigValueCommand(m_editor, m_note, u"text"_s, value));
}

void NoteEditor::follow()
{
    const auto *scene = qobject_cast<PolicyScene *>(m_view.scene());
    const NodeItem *item = m_note.isEmpty() || !scene ? nullptr : scene->nodeItem(m_note);
    if (!item)
        return;
    const QRectF area = noteTextArea(item->place());
    setGeometry(m_view.mapFromScene(area).boundingRect());
    QFont font = canvasFont(kNotePixels);
    font.setPixelSize(qMax(6, qRound(kNotePixels * m_view.zoom())));
    setFont(font);
}

void NoteEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QPlainTextEdit::keyPressEvent(event);
}

void NoteEditor::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        close();
}

// Never the canvas below: it would zoom away under the words.
void NoteEditor::wheelEvent(QWheelEvent *event)
{
    QPlainTextEdit::wheelEvent(event);
    event->accept();
}

} // namespace headgate::ui
