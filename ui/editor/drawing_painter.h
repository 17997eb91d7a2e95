#pragma once

#include "ui/editor/card_pictures.h"

#include <QRectF>
#include <QTransform>

#include <vector>

namespace headgate::ui {

class PolicyScene;
class WireItem;

// Brings the drawing onto a paint device: frames of groups, wires, cards, what stands out. One
// pass over everything in view instead of one call an item. The scene outlives it.
class DrawingPainter
{
public:
    explicit DrawingPainter(const PolicyScene &scene);

    // On the screen. Returns whether another frame would show cards sharper.
    bool paint(QPainter &painter, const QRectF &exposed);
    // For files, printers and previews: all of it, as shapes and text, as far as it can be read
    // at a scale.
    void paintPicture(QPainter &painter, double scale) const;

    void forget(const NodeItem &item) { m_pictures.forget(item); }
    void forgetAll() { m_pictures.forgetAll(); }

private:
    void paintWires(QPainter &painter, const QRectF &exposed, double scale);
    void paintCards(QPainter &painter, CardDetail detail);
    void paintOverCards(QPainter &painter, CardDetail detail) const;
    void paintLabels(QPainter &painter, const std::vector<const NodeItem *> &items) const;

    const PolicyScene &m_scene;
    CardPictures m_pictures;
    // Kept between frames for their memory only.
    std::vector<const NodeItem *> m_seen;
    std::vector<const WireItem *> m_over;
};

} // namespace headgate::ui
