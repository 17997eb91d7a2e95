#pragma once

#include "ui/editor/gestures/wire_draft.h"

namespace headgate::ui {

// Drag from an out port. Released on a node it connects; on a refused one it says why and changes
// nothing; on empty space it offers the kinds that can follow.
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
    policy::NodeId m_from;
    QString m_port;
    QPoint m_start;
    bool m_dragging = false;
};

} // namespace headgate::ui
