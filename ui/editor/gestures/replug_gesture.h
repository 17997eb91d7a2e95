#pragma once

#include "ui/editor/gestures/wire_draft.h"

#include <optional>

namespace headgate::ui {

// Drag the end of a wire from an in port to another node; on empty space the wire goes away.
class ReplugGesture final : public Gesture
{
public:
    explicit ReplugGesture(const Canvas &canvas);
    bool press(const Pointer &pointer) override;
    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;
    void cancel() override;

private:
    std::optional<policy::Wire> wireEndingAt(const Pointer &pointer) const;

    WireDraft m_draft;
    std::optional<policy::Wire> m_wire;
    QPoint m_start;
    bool m_dragging = false;
};

} // namespace headgate::ui
