#pragma once

#include "ui/editor/gestures/gesture.h"

namespace headgate::ui {

// Middle drag, or left drag while Space is held.
class PanGesture final : public Gesture
{
public:
    using Gesture::Gesture;
    bool press(const Pointer &pointer) override;
    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;
    void cancel() override;
    bool pansAtEdge() const override { return false; }

private:
    QPoint m_start;
    QPoint m_last;
};

} // namespace headgate::ui
