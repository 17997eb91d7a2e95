#include "ui/editor/wire_path.h"

#include <QList>

#include <cmath>

namespace headgate::ui {

namespace {

constexpr double kStub = 22;   // straight way out of a port before a wire turns back
constexpr double kRadius = 16; // of corners
constexpr double kClear = 24;  // between a wire that turns back and the cards

QPointF towards(QPointF from, QPointF to, double distance)
{
    const QPointF way = to - from;
    const double length = std::hypot(way.x(), way.y());
    return length < 1e-6 ? from : from + way * (distance / length);
}

QPainterPath rounded(const QList<QPointF> &corners)
{
    QPainterPath path(corners.first());
    for (qsizetype i = 1; i + 1 < corners.size(); ++i) {
        const QPointF before = corners[i - 1];
        const QPointF corner = corners[i];
        const QPointF after = corners[i + 1];
        const double room = qMin(QLineF(before, corner).length(), QLineF(corner, after).length());
        const double radius = qMin(kRadius, room / 2);
        path.lineTo(towards(corner, before, radius));
        path.quadTo(corner, towards(corner, after, radius));
    }
    path.lineTo(corners.last());
    return path;
}

// The height at which a wire goes back: between the cards where they leave a gap, else below both.
double laneOf(const QRectF &fromCard, const QRectF &toCard)
{
    if (toCard.top() - fromCard.bottom() >= kClear)
        return (fromCard.bottom() + toCard.top()) / 2;
    if (fromCard.top() - toCard.bottom() >= kClear)
        return (toCard.bottom() + fromCard.top()) / 2;
    return qMax(fromCard.bottom(), toCard.bottom()) + kClear;
}

} // namespace

QPainterPath wirePath(QPointF from, QPointF to, const QRectF &fromCard, const QRectF &toCard)
{
    const double dx = to.x() - from.x();
    if (dx >= kStub) {
        const double dy = std::abs(to.y() - from.y());
        const double reach = qBound(14.0, qMin(dx, dy) * 0.55 + dx * 0.1, qMax(14.0, dx * 0.62));
        QPainterPath path(from);
        path.cubicTo(from + QPointF(reach, 0), to - QPointF(reach, 0), to);
        return path;
    }
    const double lane = laneOf(fromCard, toCard);
    const double out = from.x() + kStub;
    const double in = to.x() - kStub;
    return rounded({from, {out, from.y()}, {out, lane}, {in, lane}, {in, to.y()}, to});
}

} // namespace headgate::ui
