#pragma once

#include "core/policy/policy_document.h"
#include "ui/editor/gestures/gesture.h"

#include <QList>

class QGraphicsRectItem;

namespace headgate::ui {

// Click on a wire or on nothing, and the rubber band: Shift adds, Ctrl toggles.
class SelectGesture final : public Gesture
{
public:
    using Gesture::Gesture;
    ~SelectGesture() override;
    bool press(const Pointer &pointer) override;
    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;
    void cancel() override;

private:
    void dropBand();

    QPointF m_start;
    QPoint m_startPixel;
    QList<policy::NodeId> m_before;
    QGraphicsRectItem *m_band = nullptr; // in the scene while it is drawn
};

} // namespace headgate::ui
