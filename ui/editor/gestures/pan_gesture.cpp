#include "ui/editor/gestures/pan_gesture.h"

#include "ui/editor/policy_view.h"

namespace headgate::ui {

bool PanGesture::press(const Pointer &pointer)
{
    const bool spaceDrag = pointer.button == Qt::LeftButton && m_canvas.view.isSpaceHeld();
    if (pointer.button != Qt::MiddleButton && !spaceDrag)
        return false;
    m_start = m_last = pointer.viewport;
    m_canvas.view.viewport()->setCursor(Qt::ClosedHandCursor);
    return true;
}

void PanGesture::move(const Pointer &pointer)
{
    m_canvas.view.scrollBy(m_last - pointer.viewport);
    m_last = pointer.viewport;
}

void PanGesture::release(const Pointer &)
{
    m_canvas.view.viewport()->unsetCursor();
}

void PanGesture::cancel()
{
    m_canvas.view.scrollBy(m_last - m_start);
    m_canvas.view.viewport()->unsetCursor();
}

} // namespace headgate::ui
