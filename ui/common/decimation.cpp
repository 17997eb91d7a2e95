#include "ui/common/decimation.h"

#include <algorithm>

namespace headgate::ui {

namespace {

// The extremes of one column in the order in which they come.
void appendColumn(QList<QPointF> &kept, const QPointF *first, const QPointF *last)
{
    const auto [least, greatest] = std::minmax_element(
        first, last, [](const QPointF &a, const QPointF &b) { return a.y() < b.y(); });
    const QPointF *chosen[] = {first, std::min(least, greatest), std::max(least, greatest),
                               last - 1};
    const QPointF *before = nullptr;
    for (const QPointF *point : chosen) {
        if (point != before)
            kept.append(*point);
        before = point;
    }
}

} // namespace

QList<QPointF> decimate(const QList<QPointF> &points, int columns)
{
    if (columns < 1 || points.size() <= 4 * qsizetype(columns))
        return points;
    const double start = points.first().x();
    const double span = points.last().x() - start;
    QList<QPointF> kept;
    kept.reserve(4 * qsizetype(columns));
    const QPointF *const end = points.constData() + points.size();
    const QPointF *first = points.constData();
    for (int column = 0; column < columns && first != end; ++column) {
        const double edge = start + span * (column + 1) / columns;
        const QPointF *last = column + 1 == columns ? end : first;
        while (last != end && last->x() < edge)
            ++last;
        if (last != first)
            appendColumn(kept, first, last);
        first = last;
    }
    return kept;
}

} // namespace headgate::ui
