#pragma once

#include "core/policy/policy_document.h"
#include "ui/editor/gestures/gesture.h"

namespace headgate::ui {

class NodeItem;

// Whether a place of the canvas is on the threshold's line of that node.
bool isOnThreshold(const NodeItem &node, QPointF place, double zoom);

// Drags the line of a gate's threshold. Shares and cost follow; the document changes once, at
// release. Shift moves in thousandths.
class ThresholdGesture final : public Gesture
{
public:
    using Gesture::Gesture;
    bool press(const Pointer &pointer) override;
    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;
    void cancel() override;
    bool pansAtEdge() const override { return false; }

private:
    double thresholdOf(const Pointer &pointer) const;

    policy::NodeId m_gate;
    double m_offset = 0; // of the pointer from the line, canvas units
    double m_before = 0; // the threshold at the press
    double m_threshold = 0;
    bool m_moved = false;
};

} // namespace headgate::ui
