#pragma once

#include "core/policy/policy_document.h"
#include "ui/editor/gestures/gesture.h"

#include <QSizeF>

namespace headgate::ui {

// Drags a note's lower right corner. The document changes once, at release.
class ResizeNoteGesture final : public Gesture
{
public:
    using Gesture::Gesture;
    bool press(const Pointer &pointer) override;
    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;
    void cancel() override;

private:
    policy::NodeId m_note;
    QSizeF m_before;
    QSizeF m_size;
    QPointF m_from;
};

} // namespace headgate::ui
