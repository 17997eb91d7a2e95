#include "ui/editor/drawing_layer.h"

#include "ui/editor/policy_scene.h"

#include <QStyleOptionGraphicsItem>

namespace headgate::ui {

namespace {

constexpr double kEverywhere = 1e7;

} // namespace

DrawingLayer::DrawingLayer(PolicyScene &scene)
    : m_scene(scene)
{
    setFlag(ItemUsesExtendedStyleOption); // for the exposed rectangle
    setAcceptedMouseButtons(Qt::NoButton);
    setZValue(-1);
}

QRectF DrawingLayer::boundingRect() const
{
    return {-kEverywhere, -kEverywhere, 2 * kEverywhere, 2 * kEverywhere};
}

void DrawingLayer::paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *)
{
    m_scene.drawOn(*painter, option->exposedRect);
}

} // namespace headgate::ui
