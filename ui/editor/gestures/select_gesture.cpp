#include "ui/editor/gestures/select_gesture.h"

#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"
#include "ui/editor/wire_item.h"

#include <QApplication>
#include <QGraphicsRectItem>
#include <QPen>

namespace headgate::ui {

namespace {

constexpr double kPressReach = 4; // pixels beside a wire that still hit it

} // namespace

SelectGesture::~SelectGesture()
{
    dropBand();
}

bool SelectGesture::press(const Pointer &pointer)
{
    if (pointer.button != Qt::LeftButton)
        return false;
    PolicyScene &scene = m_canvas.scene;
    m_start = pointer.scene;
    m_startPixel = pointer.viewport;
    m_before = scene.selectedNodes();
    const bool keeps = pointer.modifiers & (Qt::ShiftModifier | Qt::ControlModifier);
    if (WireItem *wire = scene.wireAt(pointer.scene, kPressReach / m_canvas.view.zoom())) {
        if (!keeps)
            scene.clearSelection();
        wire->setSelected(!(pointer.modifiers & Qt::ControlModifier) || !wire->isSelected());
    } else if (!keeps) {
        scene.clearSelection();
    }
    return true;
}

void SelectGesture::move(const Pointer &pointer)
{
    if (!m_band) {
        if ((pointer.viewport - m_startPixel).manhattanLength() < QApplication::startDragDistance())
            return;
        QColor accent = m_canvas.scene.theme().color(Token::Accent);
        QPen pen(accent, 1);
        pen.setCosmetic(true);
        accent.setAlphaF(0.10F);
        m_band = m_canvas.scene.addRect({}, pen, accent);
        m_band->setZValue(10);
    }
    const QRectF area = QRectF(m_start, pointer.scene).normalized();
    m_band->setRect(area);
    const bool toggles = pointer.modifiers & Qt::ControlModifier;
    const bool adds = pointer.modifiers & Qt::ShiftModifier;
    QList<policy::NodeId> selected = toggles || adds ? m_before : QList<policy::NodeId>();
    for (const NodeItem *item : m_canvas.scene.nodeItems()) {
        if (!area.intersects(item->place()))
            continue;
        if (toggles && m_before.contains(item->id()))
            selected.removeAll(item->id());
        else if (!selected.contains(item->id()))
            selected.append(item->id());
    }
    m_canvas.scene.select(selected);
}

void SelectGesture::release(const Pointer &)
{
    dropBand();
}

void SelectGesture::cancel()
{
    dropBand();
    m_canvas.scene.select(m_before);
}

void SelectGesture::dropBand()
{
    delete m_band;
    m_band = nullptr;
}

} // namespace headgate::ui
