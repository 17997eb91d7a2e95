#pragma once

#include <QGraphicsItem>

namespace headgate::ui {

class PolicyScene;

// The one item of a scene that is painted: it draws all of the policy in a single pass. Under what
// gestures put on the canvas.
class DrawingLayer final : public QGraphicsItem
{
public:
    explicit DrawingLayer(PolicyScene &scene);

    QRectF boundingRect() const override;
    QPainterPath shape() const override { return {}; } // never found at a place
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *) override;

private:
    PolicyScene &m_scene;
};

} // namespace headgate::ui
