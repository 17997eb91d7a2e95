#include "ui/editor/room_on_wire.h"

#include "ui/editor/canvas_metrics.h"
#include "ui/editor/graph_reach.h"

#include <cmath>

namespace headgate::ui {

using policy::NodeId;

namespace {

constexpr double kCardGap = 40; // between the card that goes in and its neighbours
constexpr double kNearRow = 40; // that near to the row of what follows it stands in it

double gridUp(double value)
{
    return std::ceil(value / kGrid) * kGrid;
}

QRectF cardOf(const QList<PlacedCard> &cards, const NodeId &node)
{
    const auto it = std::find_if(cards.cbegin(), cards.cend(),
                                 [&node](const PlacedCard &each) { return each.node == node; });
    return it == cards.cend() ? QRectF() : it->card;
}

// What moves by `shift`: the cards after the wire, and those that they would come to lie on.
QSet<NodeId> pushed(QSet<NodeId> moving, const QList<PlacedCard> &cards, double shift,
                    const NodeId &fixed)
{
    bool grown = true;
    while (grown) {
        grown = false;
        for (const PlacedCard &other : cards) {
            if (moving.contains(other.node) || other.node == fixed)
                continue;
            const bool covered =
                std::any_of(cards.cbegin(), cards.cend(), [&](const PlacedCard &each) {
                    return moving.contains(each.node) && !each.card.intersects(other.card) &&
                           each.card.translated(shift, 0).intersects(other.card);
                });
            if (covered) {
                moving.insert(other.node);
                grown = true;
            }
        }
    }
    return moving;
}

} // namespace

RoomOnWire roomOnWire(const policy::PolicyDocument &document, const policy::Wire &wire,
                      const QRectF &card, const QList<PlacedCard> &cards)
{
    RoomOnWire room{card.topLeft(), {}};
    const QRectF from = cardOf(cards, wire.from);
    const QRectF to = cardOf(cards, wire.to);
    if (to.left() < from.right())
        return room; // a wire that runs backwards has no side to move to
    if (std::abs(room.at.y() - to.top()) <= kNearRow)
        room.at.setY(to.top()); // so that the wire leads on straight
    room.at.setX(qMax(room.at.x(), gridUp(from.right() + kCardGap)));
    const double shift = gridUp(room.at.x() + card.width() + kCardGap - to.left());
    QSet<NodeId> moving;
    if (shift > 0) {
        const QSet<NodeId> after = reachOf(document, {wire.to}, Reach::Downstream);
        for (const PlacedCard &each : cards) {
            if (after.contains(each.node) && each.card.left() >= to.left())
                moving.insert(each.node);
        }
        moving = pushed(moving, cards, shift, wire.from);
    }
    for (const PlacedCard &each : cards) {
        if (moving.contains(each.node))
            room.moves.append({each.node, each.card.topLeft() + QPointF(shift, 0)});
    }
    const auto isTaken = [&](QPointF place) {
        const QRectF wanted(place, card.size());
        return std::any_of(cards.cbegin(), cards.cend(), [&](const PlacedCard &each) {
            return !moving.contains(each.node) && each.card.intersects(wanted);
        });
    };
    while (isTaken(room.at))
        room.at.ry() += kGrid;
    return room;
}

} // namespace headgate::ui
