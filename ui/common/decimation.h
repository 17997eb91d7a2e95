#pragma once

#include <QList>
#include <QPointF>

namespace headgate::ui {

// At most four points a column (first, least, greatest, last) of `columns` equal ones, so that the
// drawn line is the same to the pixel as that of all points. `points` ascend in x. The first and
// the last point are always kept.
QList<QPointF> decimate(const QList<QPointF> &points, int columns);

} // namespace headgate::ui
