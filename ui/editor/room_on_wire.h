#pragma once

#include "ui/editor/arrange.h"

namespace headgate::ui {

struct RoomOnWire
{
    QPointF at;            // top left corner of the card that goes in
    QList<NodeMove> moves; // of those that make room for it
};

// Where a card put into a wire stands, as near to its own place as may be: to the right of the node
// that the wire comes from, and in one row with what follows if it is near that. What follows, or
// would be covered by what follows, moves on to the right. `cards` are all cards of the drawing but
// that one.
RoomOnWire roomOnWire(const policy::PolicyDocument &document, const policy::Wire &wire,
                      const QRectF &card, const QList<PlacedCard> &cards);

} // namespace headgate::ui
