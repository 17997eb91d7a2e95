#include "ui/editor/wire_path.h"

#include <QLineF>
#include <QList>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace headgate::ui {

namespace {

constexpr double kStub = 22; // straight way out of a port before a wire turns back
constexpr double kNearStub = 14;
constexpr double kCornerRadius = 16; // of corners
constexpr double kClear = 24;        // between a wire that turns back and the cards
constexpr qsizetype kMostLanes = 12; // tried, before a wire crosses a card after all

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
        const double radius = qMin(kCornerRadius, room / 2);
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

bool crosses(const QLineF &line, const QRectF &card)
{
    if (card.contains(line.p1()) || card.contains(line.p2()))
        return true;
    const QLineF falling(card.topLeft(), card.bottomRight());
    const QLineF rising(card.bottomLeft(), card.topRight());
    return line.intersects(falling, nullptr) == QLineF::BoundedIntersection ||
           line.intersects(rising, nullptr) == QLineF::BoundedIntersection;
}

bool isClear(const QPainterPath &path, const QList<QRectF> &obstacles)
{
    // A level wire has a box without height, and such a box meets nothing.
    const QRectF box = path.controlPointRect().adjusted(-1, -1, 1, 1);
    for (const QRectF &obstacle : obstacles) {
        if (!box.intersects(obstacle))
            continue;
        // As a line: the path's own test is one of areas.
        const QPolygonF points = path.toSubpathPolygons().value(0);
        for (qsizetype i = 1; i < points.size(); ++i) {
            if (crosses({points[i - 1], points[i]}, obstacle.adjusted(-4, -4, 4, 4)))
                return false;
        }
    }
    return true;
}

QPainterPath curve(QPointF from, QPointF to)
{
    const double dx = to.x() - from.x();
    const double dy = std::abs(to.y() - from.y());
    const double reach = qBound(14.0, qMin(dx, dy) * 0.55 + dx * 0.1, qMax(14.0, dx * 0.62));
    QPainterPath path(from);
    path.cubicTo(from + QPointF(reach, 0), to - QPointF(reach, 0), to);
    return path;
}

// Out, along at a height, and in: the shape of every wire that cannot go straight.
QPainterPath alongLane(QPointF from, QPointF to, double lane)
{
    const double out = from.x() + kStub;
    const double in = to.x() - kStub;
    return rounded({from, {out, from.y()}, {out, lane}, {in, lane}, {in, to.y()}, to});
}

// Heights just above and below what may be in the way, the nearest to `wanted` first.
QList<double> lanesAround(const QList<QRectF> &obstacles, double wanted)
{
    QList<double> lanes;
    for (const QRectF &obstacle : obstacles)
        lanes << obstacle.top() - kClear / 2 << obstacle.bottom() + kClear / 2;
    std::sort(lanes.begin(), lanes.end(),
              [wanted](double a, double b) { return std::abs(a - wanted) < std::abs(b - wanted); });
    if (lanes.size() > kMostLanes)
        lanes.resize(kMostLanes);
    return lanes;
}

// Forwards: the curve if nothing is in its way, else up or down close to either end, else around
// at another height.
QPainterPath forwardPath(QPointF from, QPointF to, const QList<QRectF> &obstacles)
{
    const QPainterPath smooth = curve(from, to);
    if (isClear(smooth, obstacles))
        return smooth;
    for (const double x :
         {from.x() + kNearStub, from.x() + kStub, to.x() - kNearStub, to.x() - kStub}) {
        const QPainterPath corners = rounded({from, {x, from.y()}, {x, to.y()}, to});
        if (isClear(corners, obstacles))
            return corners;
    }
    if (to.x() - from.x() >= 2 * kStub) {
        for (const double lane : lanesAround(obstacles, (from.y() + to.y()) / 2)) {
            const QPainterPath around = alongLane(from, to, lane);
            if (isClear(around, obstacles))
                return around;
        }
    }
    return smooth;
}

// Backwards: at the height that suits the two cards, else at the nearest one that is clear.
QPainterPath backwardPath(QPointF from, QPointF to, const QRectF &fromCard, const QRectF &toCard,
                          const QList<QRectF> &obstacles)
{
    const double wanted = laneOf(fromCard, toCard);
    const QPainterPath first = alongLane(from, to, wanted);
    if (isClear(first, obstacles))
        return first;
    const QList<QRectF> ends{fromCard, toCard};
    for (const double lane : lanesAround(obstacles + ends, wanted)) {
        const QPainterPath around = alongLane(from, to, lane);
        const auto crossesEnd = [&](const QRectF &card) {
            return lane > card.top() - 4 && lane < card.bottom() + 4 &&
                   qMin(from.x(), to.x()) - kStub < card.right() &&
                   qMax(from.x(), to.x()) + kStub > card.left();
        };
        if (!crossesEnd(fromCard) && !crossesEnd(toCard) && isClear(around, obstacles))
            return around;
    }
    return first;
}

} // namespace

QPainterPath wirePath(QPointF from, QPointF to, const QRectF &fromCard, const QRectF &toCard,
                      const QList<QRectF> &obstacles)
{
    if (to.x() - from.x() >= kStub)
        return forwardPath(from, to, obstacles);
    return backwardPath(from, to, fromCard, toCard, obstacles);
}

} // namespace headgate::ui
