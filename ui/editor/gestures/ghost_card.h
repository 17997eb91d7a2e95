#pragma once

#include "ui/common/theme.h"
#include "ui/editor/node_card.h"

#include <QGraphicsItem>

namespace headgate::ui {

// A card that is dragged and is in no document yet. The theme outlives it.
class GhostCard final : public QGraphicsItem
{
public:
    GhostCard(NodeCard card, const Theme &theme);

    QRectF boundingRect() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *) override;

private:
    NodeCard m_card;
    const Theme &m_theme;
};

} // namespace headgate::ui
