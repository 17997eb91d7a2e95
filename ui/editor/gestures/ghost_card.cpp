#include "ui/editor/gestures/ghost_card.h"

#include "ui/editor/canvas_metrics.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>

namespace headgate::ui {

namespace {

constexpr double kOpacity = 0.7;

} // namespace

GhostCard::GhostCard(NodeCard card, const Theme &theme)
    : m_card(std::move(card))
    , m_theme(theme)
{
    setOpacity(kOpacity);
    setZValue(9);
}

QRectF GhostCard::boundingRect() const
{
    return m_card.rect().marginsAdded(kCardMargins);
}

void GhostCard::paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *)
{
    const double scale = option->levelOfDetailFromTransform(painter->worldTransform());
    painter->setRenderHint(QPainter::Antialiasing);
    if (scale * kCaptionPixels < kReadablePixels)
        paintBlock(*painter, m_card, m_theme, scale * kFarTitlePixels >= kReadablePixels);
    else
        paintCard(*painter, m_card, m_theme);
}

} // namespace headgate::ui
