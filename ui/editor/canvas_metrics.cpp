#include "ui/editor/canvas_metrics.h"

#include <QGuiApplication>

#include <cmath>

namespace headgate::ui {

QFont canvasFont(int pixelSize, QFont::Weight weight)
{
    QFont font = QGuiApplication::font();
    font.setPixelSize(pixelSize);
    font.setWeight(weight);
    font.setHintingPreference(QFont::PreferNoHinting); // same widths at every zoom
    return font;
}

QPointF snappedToGrid(QPointF point)
{
    return {std::round(point.x() / kGrid) * kGrid, std::round(point.y() / kGrid) * kGrid};
}

} // namespace headgate::ui
