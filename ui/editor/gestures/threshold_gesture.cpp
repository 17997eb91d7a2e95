#include "ui/editor/gestures/threshold_gesture.h"

#include "ui/editor/editor_commands/threshold_command.h"
#include "ui/editor/gate_scores.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"

#include <QUndoStack>

#include <cmath>

namespace headgate::ui {

namespace {

constexpr double kReach = 7; // pixels to either side of the line
constexpr double kSlack = 2; // canvas units above the bars

} // namespace

bool isOnThreshold(const NodeItem &node, QPointF place, double zoom)
{
    if (!node.threshold())
        return false;
    const QRectF area = node.mapRectToScene(node.scoresArea());
    const double reach = kReach / std::min(1.0, zoom);
    return std::abs(place.x() - thresholdX(area, *node.threshold())) <= reach &&
           area.top() - kSlack <= place.y() && place.y() <= area.bottom();
}

bool ThresholdGesture::press(const Pointer &pointer)
{
    const bool plain = !(pointer.modifiers & ~Qt::KeyboardModifiers(Qt::ShiftModifier));
    NodeItem *node = m_canvas.scene.nodeAt(pointer.scene);
    if (pointer.button != Qt::LeftButton || !plain || !node ||
        !isOnThreshold(*node, pointer.scene, m_canvas.view.zoom()))
        return false;
    const QRectF area = node->mapRectToScene(node->scoresArea());
    m_gate = node->id();
    m_offset = pointer.scene.x() - thresholdX(area, *node->threshold());
    m_before = m_threshold = *node->threshold();
    m_moved = false;
    m_canvas.scene.select({m_gate});
    return true;
}

double ThresholdGesture::thresholdOf(const Pointer &pointer) const
{
    const NodeItem *node = m_canvas.scene.nodeItem(m_gate);
    const double exact =
        thresholdAt(node->mapRectToScene(node->scoresArea()), pointer.scene.x() - m_offset);
    const double steps = pointer.modifiers & Qt::ShiftModifier ? 1000 : 100;
    return std::round(exact * steps) / steps;
}

void ThresholdGesture::move(const Pointer &pointer)
{
    if (!m_canvas.scene.nodeItem(m_gate))
        return;
    const double threshold = thresholdOf(pointer);
    if (threshold == m_threshold)
        return;
    m_moved = true;
    m_threshold = threshold;
    m_canvas.scene.previewThreshold(m_gate, threshold);
}

void ThresholdGesture::release(const Pointer &)
{
    if (!m_moved)
        return;
    m_canvas.scene.previewThreshold(m_gate, std::nullopt);
    if (m_threshold != m_before)
        m_canvas.undo.push(new SetThresholdCommand(m_canvas.editor, m_gate, m_threshold));
}

void ThresholdGesture::cancel()
{
    m_canvas.scene.previewThreshold(m_gate, std::nullopt);
}

} // namespace headgate::ui
