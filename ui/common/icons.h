#pragma once

#include "ui/common/theme.h"

#include <QIcon>
#include <QStringList>

class QPainter;

namespace headgate::ui {

// An icon of resources/icons by its name ("home", "run", "gate", …), drawn in the colour of
// `token`: in the accent where it is checked or selected, faint where it is disabled. It is drawn
// anew at every size and pixel ratio and takes the theme's colours as they are when it paints.
// The theme outlives the icon's widgets.
QIcon themedIcon(const QString &name, const Theme &theme, Token token = Token::TextSecondary);

// The same drawing for painters: sharp at the painter's scale, cached. `color` is any colour.
void paintIcon(QPainter &painter, const QRectF &target, const QString &name, const QColor &color);

// At `size` in device-independent pixels; for labels, which must ask again on Theme::changed().
QPixmap iconPixmap(const QString &name, const QColor &color, QSize size, qreal pixelRatio);

// Whether resources/icons has it.
bool hasIcon(const QString &name);

} // namespace headgate::ui
