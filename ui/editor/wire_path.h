#pragma once

#include <QPainterPath>
#include <QRectF>

namespace headgate::ui {

// The way of a wire from an out port to an in port, in canvas units. Forward wires are one smooth
// curve, or turn two rounded corners where the curve would cross an obstacle and the corners do
// not; a wire that has to go back runs in rounded corners between or below the two cards, so that
// it never lies on them.
QPainterPath wirePath(QPointF from, QPointF to, const QRectF &fromCard, const QRectF &toCard,
                      const QList<QRectF> &obstacles = {});

} // namespace headgate::ui
