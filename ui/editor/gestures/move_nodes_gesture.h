#pragma once

#include "core/policy/policy_document.h"
#include "ui/editor/gestures/gesture.h"

#include <QHash>

namespace headgate::ui {

// Click on a node selects; drag moves the selection. The document changes once, at release.
class MoveNodesGesture final : public Gesture
{
public:
    using Gesture::Gesture;
    bool press(const Pointer &pointer) override;
    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;
    void cancel() override;

private:
    void place(QPointF offset);

    policy::NodeId m_grabbed;
    QHash<policy::NodeId, QPointF> m_start; // places before the drag
    QPointF m_from;
    QPoint m_fromPixel;
    bool m_dragging = false;
    bool m_selectOnRelease = false;
};

} // namespace headgate::ui
