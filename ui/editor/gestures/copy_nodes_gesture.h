#pragma once

#include "core/policy/policy_document.h"
#include "ui/editor/gestures/gesture.h"

#include <memory>
#include <vector>

namespace headgate::ui {

class GhostCard;

// Alt+drag a node drags a copy of it, or of the selection that it is in. The copies are in the
// document from the release on, as one step.
class CopyNodesGesture final : public Gesture
{
public:
    explicit CopyNodesGesture(const Canvas &canvas);
    ~CopyNodesGesture() override;
    bool press(const Pointer &pointer) override;
    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;
    void cancel() override;

private:
    void lift();
    void place(const Pointer &pointer);

    policy::NodeId m_grabbed;
    QList<policy::NodeId> m_nodes;
    std::vector<std::unique_ptr<GhostCard>>
        m_ghosts; // of m_nodes, in the scene while they are dragged
    QPointF m_from;
    QPoint m_start;
    QPointF m_offset;
    bool m_dragging = false;
};

} // namespace headgate::ui
