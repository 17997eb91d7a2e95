#pragma once

#include "core/policy/node_kind.h"
#include "ui/common/theme.h"

#include <QIcon>

class QPainter;

namespace headgate::ui {

// What the palette, the outline and the canvas show of a kind alike.

// The kind's icon in its wash, sharp at any scale of the painter.
void paintKindTile(QPainter &painter, const QRectF &tile, const QString &kind, const Theme &theme);
// The same as an icon for views; the theme outlives the views.
QIcon kindIcon(const QString &kind, const Theme &theme);

QString kindLabel(const QString &kind); // an unknown kind is named as it stands in the file
QString groupLabel(policy::NodeGroup group);
// All kinds, group by group, in the order of palette and menu.
QList<const policy::NodeKind *> kindsByGroup();
QString nodeName(const policy::Node &node); // its title, else its kind

// Answers of the simulated fleet are marked wherever they show.
bool isSimulatedProvider(const QString &provider);

} // namespace headgate::ui
