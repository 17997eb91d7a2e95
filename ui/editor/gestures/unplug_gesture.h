#pragma once

#include "core/policy/policy_document.h"
#include "ui/editor/gestures/gesture.h"

namespace headgate::ui {

// Alt+click on a port takes all its wires away.
class UnplugGesture final : public Gesture
{
public:
    using Gesture::Gesture;
    bool press(const Pointer &pointer) override;
    void move(const Pointer &) override {}
    void release(const Pointer &pointer) override;
    void cancel() override {}
    bool pansAtEdge() const override { return false; }

private:
    QList<policy::Wire> m_wires;
    QPoint m_start;
};

} // namespace headgate::ui
