#pragma once

#include "ui/editor/editor_commands/node_commands.h"

#include <QRectF>

namespace headgate::ui {

struct PlacedCard
{
    policy::NodeId node;
    QRectF card; // canvas units
};

enum class Alignment { Left, Centre, Right, Top, Middle, Bottom };

// Lines the cards up along the outermost edge of theirs, or along the middle of all. Cards that
// stay are left out.
QList<NodeMove> aligned(const QList<PlacedCard> &cards, Alignment alignment);

// The same gap between neighbours; the outermost two stay. None for fewer than three.
QList<NodeMove> distributed(const QList<PlacedCard> &cards, Qt::Orientation orientation);

} // namespace headgate::ui
