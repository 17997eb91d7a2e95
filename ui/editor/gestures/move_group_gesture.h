#pragma once

#include "core/policy/policy_document.h"
#include "ui/editor/gestures/gesture.h"

#include <QHash>

namespace headgate::ui {

// On a group's title, or on the card of a collapsed one: a click selects the members, a click on
// the chevron collapses or expands, a drag moves all members. The document changes once, at
// release.
class MoveGroupGesture final : public Gesture
{
public:
    using Gesture::Gesture;
    bool press(const Pointer &pointer) override;
    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;
    void cancel() override;

private:
    void place(QPointF offset);
    void selectMembers(Qt::KeyboardModifiers modifiers);

    QString m_group;
    QList<policy::NodeId> m_nodes;
    QHash<policy::NodeId, QPointF> m_start; // places before the drag
    QPointF m_corner;                       // of the group, before the drag
    QPointF m_from;
    QPoint m_fromPixel;
    bool m_onChevron = false;
    bool m_dragging = false;
};

} // namespace headgate::ui
