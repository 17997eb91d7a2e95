#include "ui/editor/port_item.h"

#include "ui/editor/canvas_metrics.h"
#include "ui/editor/node_item.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>

namespace headgate::ui {

namespace {

constexpr double kLabelWidth = 110;
constexpr double kLabelHeight = 14;

} // namespace

PortItem::PortItem(NodeItem &node, Direction direction, policy::Port port, const Theme &theme)
    : QGraphicsItem(&node)
    , m_node(node)
    , m_direction(direction)
    , m_port(std::move(port))
    , m_theme(theme)
{
}

void PortItem::setPort(const policy::Port &port)
{
    m_port = port;
    setToolTip(port.label);
    update();
}

void PortItem::setLabelShown(bool shown)
{
    if (m_labelShown == shown)
        return;
    prepareGeometryChange();
    m_labelShown = shown;
}

void PortItem::setWired(bool wired)
{
    m_wired = wired;
    update();
}

void PortItem::setEmphasis(Emphasis emphasis)
{
    m_emphasis = emphasis;
    update();
}

void PortItem::setHovered(bool hovered)
{
    if (m_hovered != hovered) {
        m_hovered = hovered;
        update();
    }
}

QRectF PortItem::labelRect() const
{
    return {kRadius + 4, -kLabelHeight - 1, kLabelWidth, kLabelHeight};
}

bool PortItem::showsLabel() const
{
    return m_labelShown && (m_port.role != policy::PortRole::Error || m_hovered);
}

QRectF PortItem::boundingRect() const
{
    const QRectF target(-kTarget / 2, -kTarget / 2, kTarget, kTarget);
    return m_labelShown ? target.united(labelRect()) : target;
}

QPainterPath PortItem::shape() const
{
    QPainterPath path;
    path.addRect(-kTarget / 2, -kTarget / 2, kTarget, kTarget);
    return path;
}

void PortItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *)
{
    const double scale = option->levelOfDetailFromTransform(painter->worldTransform());
    if (scale < kLodDots)
        return;
    painter->setRenderHint(QPainter::Antialiasing);
    const bool error = m_port.role == policy::PortRole::Error;
    QColor line = m_theme.color(error ? Token::Bad : m_wired ? Token::TextFaint : Token::Wire);
    double radius = kRadius;
    if (m_emphasis == Emphasis::Compatible || m_emphasis == Emphasis::Target || m_hovered) {
        line = m_theme.color(Token::Accent);
        const bool target = m_emphasis == Emphasis::Target;
        QColor glow = line;
        glow.setAlphaF(target ? 0.35F : 0.18F);
        painter->setPen(Qt::NoPen);
        painter->setBrush(glow);
        painter->drawEllipse(QPointF(), target ? 11.0 : 9.0, target ? 11.0 : 9.0);
        radius += 0.6;
    }
    painter->setOpacity(painter->opacity() * (m_emphasis == Emphasis::Faded ? 0.3 : 1.0));
    painter->setPen(QPen(line, 1.4));
    painter->setBrush(m_theme.color(Token::Surface));
    painter->drawEllipse(QPointF(), radius, radius);
    if (!showsLabel() || scale * kCaptionPixels < kReadablePixels)
        return;
    painter->setFont(canvasFont(kCaptionPixels));
    painter->setPen(m_theme.color(error ? Token::Bad : Token::TextSecondary));
    const QString text =
        painter->fontMetrics().elidedText(m_port.label, Qt::ElideRight, int(kLabelWidth));
    painter->drawText(labelRect(), Qt::AlignLeft | Qt::AlignVCenter, text);
}

} // namespace headgate::ui
