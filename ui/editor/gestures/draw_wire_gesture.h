#pragma once

#include "ui/editor/gestures/wire_draft.h"

namespace headgate::ui {

// Drag from a port, out or in. Released on a node it connects; on a refused one it says why and
// changes nothing; on empty space it offers the kinds that can stand at the other end.
class DrawWireGesture final : public Gesture
{
public:
    explicit DrawWireGesture(const Canvas &canvas);
    bool press(const Pointer &pointer) override;
    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;
    void cancel() override;

private:
    WireDraft m_draft;
    policy::NodeId m_node;
    QString m_port; // empty: the in port
    QPoint m_start;
    bool m_dragging = false;
};

} // namespace headgate::ui
