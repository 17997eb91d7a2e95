#pragma once

#include "core/policy/node_kind.h"
#include "ui/common/theme.h"

#include <QIcon>
#include <QPainterPath>

namespace headgate::ui {

// How kinds of nodes look, in the palette, the outline and on the canvas alike.

Token kindToken(const QString &kind);     // glyph and accents
Token kindWashToken(const QString &kind); // the tile behind the glyph

// The kind's sign as strokes in a box of 20 x 20; draw it with a round pen of 1.7.
QPainterPath kindGlyph(const QString &kind);
// The glyph in its tile, sharp at any scale of the painter.
void paintKindTile(QPainter &painter, const QRectF &tile, const QString &kind, const Theme &theme);
QIcon kindIcon(const QString &kind, const Theme &theme);

QString kindLabel(const QString &kind); // an unknown kind is named as it stands in the file
QString groupLabel(policy::NodeGroup group);

// Answers of the simulated fleet are marked wherever they show.
bool isSimulatedProvider(const QString &provider);

} // namespace headgate::ui
