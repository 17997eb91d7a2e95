#pragma once

#include <QRectF>

class QPainter;

namespace headgate::ui {

class Theme;

// The ground of the canvas with the dots of its grid, every second one left out where they would
// come too close. The painter stands on the canvas.
void paintCanvasGround(QPainter &painter, const QRectF &exposed, const Theme &theme);

} // namespace headgate::ui
