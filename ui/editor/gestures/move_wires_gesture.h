#pragma once

#include "ui/editor/gestures/wire_draft.h"

namespace headgate::ui {

// Ctrl+drag from a port moves all its wires: those into an in port to another node, that of an out
// port to another out port. In the open, or where one of them is refused, all stay.
class MoveWiresGesture final : public Gesture
{
public:
    explicit MoveWiresGesture(const Canvas &canvas);
    bool press(const Pointer &pointer) override;
    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;
    void cancel() override;

private:
    WireDraft m_draft;
    QList<policy::Wire> m_wires;
    WireDraft::Loose m_loose = WireDraft::Loose::To;
    QPoint m_start;
    bool m_dragging = false;
};

} // namespace headgate::ui
