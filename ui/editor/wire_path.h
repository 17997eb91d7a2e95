#pragma once

#include <QPainterPath>
#include <QRectF>

namespace headgate::ui {

// The way of a wire from an out port to an in port, in canvas units. Forward wires are one smooth
// curve; a wire that has to go back runs in rounded corners between or below the two cards, so
// that it never lies on them.
QPainterPath wirePath(QPointF from, QPointF to, const QRectF &fromCard, const QRectF &toCard);

} // namespace headgate::ui
