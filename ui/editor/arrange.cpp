#include "ui/editor/arrange.h"

#include <cmath>

namespace headgate::ui {

namespace {

QPointF alignedPlace(const QRectF &card, const QRectF &all, Alignment alignment)
{
    switch (alignment) {
    case Alignment::Left:
        return {all.left(), card.top()};
    case Alignment::Centre:
        return {std::round(all.center().x() - card.width() / 2), card.top()};
    case Alignment::Right:
        return {all.right() - card.width(), card.top()};
    case Alignment::Top:
        return {card.left(), all.top()};
    case Alignment::Middle:
        return {card.left(), std::round(all.center().y() - card.height() / 2)};
    case Alignment::Bottom:
        return {card.left(), all.bottom() - card.height()};
    }
    Q_UNREACHABLE();
}

} // namespace

QList<NodeMove> aligned(const QList<PlacedCard> &cards, Alignment alignment)
{
    QRectF all;
    for (const PlacedCard &placed : cards)
        all |= placed.card;
    QList<NodeMove> moves;
    for (const PlacedCard &placed : cards) {
        const QPointF to = alignedPlace(placed.card, all, alignment);
        if (to != placed.card.topLeft())
            moves.append({placed.node, to});
    }
    return moves;
}

QList<NodeMove> distributed(const QList<PlacedCard> &cards, Qt::Orientation orientation)
{
    QList<NodeMove> moves;
    if (cards.size() < 3)
        return moves;
    const bool across = orientation == Qt::Horizontal;
    const auto start = [across](const QRectF &card) { return across ? card.left() : card.top(); };
    const auto length = [across](const QRectF &card) {
        return across ? card.width() : card.height();
    };
    QList<PlacedCard> sorted = cards;
    std::stable_sort(sorted.begin(), sorted.end(), [&](const PlacedCard &a, const PlacedCard &b) {
        return start(a.card) + length(a.card) / 2 < start(b.card) + length(b.card) / 2;
    });
    double room =
        start(sorted.last().card) + length(sorted.last().card) - start(sorted.first().card);
    for (const PlacedCard &placed : std::as_const(sorted))
        room -= length(placed.card);
    const double gap = room / double(sorted.size() - 1);
    double at = start(sorted.first().card);
    for (const PlacedCard &placed : std::as_const(sorted)) {
        const double place = std::round(at);
        const QPointF to =
            across ? QPointF(place, placed.card.top()) : QPointF(placed.card.left(), place);
        const bool outermost =
            placed.node == sorted.first().node || placed.node == sorted.last().node;
        if (!outermost && to != placed.card.topLeft())
            moves.append({placed.node, to});
        at += length(placed.card) + gap;
    }
    return moves;
}

} // namespace headgate::ui
