#include "ui/editor/group_title_editor.h"

#include "ui/editor/canvas_metrics.h"
#include "ui/editor/editor_commands/group_commands.h"
#include "ui/editor/group_frame.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"

#include <QKeyEvent>
#include <QUndoStack>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kLeastEditorWidth = 120; // pixels

} // namespace

GroupTitleEditor::GroupTitleEditor(PolicyView &view, policy::PolicyEditor &editor, QUndoStack &undo)
    : QLineEdit(view.viewport())
    , m_view(view)
    , m_editor(editor)
    , m_undo(undo)
{
    setObjectName(u"groupTitleEditor"_s);
    setAccessibleName(tr("Title of the group"));
    hide();
    connect(this, &QLineEdit::returnPressed, this, &GroupTitleEditor::commit);
    connect(&view, &PolicyView::zoomChanged, this, &GroupTitleEditor::follow);
    connect(&editor, &policy::PolicyEditor::documentReplaced, this, &GroupTitleEditor::close);
}

void GroupTitleEditor::open(const QString &group)
{
    const auto *scene = qobject_cast<PolicyScene *>(m_view.scene());
    const GroupFrame *frame = scene ? scene->group(group) : nullptr;
    if (!frame)
        return;
    m_group = group;
    setText(frame->title);
    follow();
    show();
    setFocus(Qt::OtherFocusReason);
    selectAll();
}

void GroupTitleEditor::follow()
{
    const auto *scene = qobject_cast<PolicyScene *>(m_view.scene());
    const GroupFrame *frame = m_group.isEmpty() || !scene ? nullptr : scene->group(m_group);
    if (!frame)
        return;
    const QPoint at = m_view.mapFromScene(frame->chevron().topRight());
    const QPoint end = m_view.mapFromScene(frame->header().topRight());
    setGeometry(at.x(), at.y() + 2, qMax(kLeastEditorWidth, end.x() - at.x() - 8),
                sizeHint().height());
}

void GroupTitleEditor::commit()
{
    const QString title = text().simplified();
    const QString group = m_group;
    close();
    if (group.isEmpty() || title.isEmpty())
        return;
    if (auto command = renameGroupCommand(m_editor, group, title))
        m_undo.push(command.release());
}

void GroupTitleEditor::close()
{
    if (m_group.isEmpty())
        return;
    m_group.clear();
    const bool focused = hasFocus();
    hide();
    if (focused)
        m_view.setFocus(Qt::OtherFocusReason);
}

void GroupTitleEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QLineEdit::keyPressEvent(event);
}

void GroupTitleEditor::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        commit();
}

} // namespace headgate::ui
