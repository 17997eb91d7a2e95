#pragma once

#include "core/policy/policy_document.h"
#include "ui/editor/gestures/gesture.h"
#include "ui/editor/gestures/wire_glow.h"

#include <QHash>

namespace headgate::ui {

// Click on a node selects; drag moves the selection. The document changes once, at release. A node
// without wires that is dropped on a wire goes into it.
class MoveNodesGesture final : public Gesture
{
public:
    explicit MoveNodesGesture(const Canvas &canvas);
    bool press(const Pointer &pointer) override;
    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;
    void cancel() override;

private:
    void place(QPointF offset);
    bool mayGoIntoWire() const;
    void pushMoves();

    WireGlow m_glow;
    policy::NodeId m_grabbed;
    QHash<policy::NodeId, QPointF> m_start; // places before the drag
    QPointF m_from;
    QPoint m_fromPixel;
    bool m_dragging = false;
    bool m_selectOnRelease = false;
    bool m_insertable = false;
};

} // namespace headgate::ui
