#include "ui/editor/port_item.h"

#include "ui/common/theme.h"
#include "ui/editor/node_item.h"

#include <QPainter>

namespace headgate::ui {

namespace {

constexpr double kLabelWidth = 110;
constexpr double kLabelHeight = 14;

} // namespace

PortItem::PortItem(NodeItem &node, Direction direction, policy::Port port)
    : m_node(node)
    , m_direction(direction)
    , m_port(std::move(port))
{
}

void PortItem::setPort(const policy::Port &port)
{
    m_port = port;
}

QString PortItem::label() const
{
    return m_share.isEmpty() ? m_port.label : m_port.label + u' ' + m_share;
}

QPointF PortItem::scenePos() const
{
    return m_node.pos() + m_place;
}

void PortItem::setWired(bool wired)
{
    if (m_wired == wired)
        return;
    m_wired = wired;
    m_node.refresh();
}

void PortItem::setEmphasis(Emphasis emphasis)
{
    if (m_emphasis == emphasis)
        return;
    m_emphasis = emphasis;
    m_node.refresh();
}

void PortItem::setHovered(bool hovered)
{
    if (m_hovered == hovered)
        return;
    m_hovered = hovered;
    m_node.refresh();
}

QRectF PortItem::labelRect() const
{
    return QRectF(kRadius + 4, -kLabelHeight - 1, kLabelWidth, kLabelHeight).translated(m_place);
}

bool PortItem::showsLabel() const
{
    return m_visible && m_labelShown && (m_port.role != policy::PortRole::Error || m_hovered);
}

void PortItem::paint(QPainter &painter, const Theme &theme) const
{
    const bool error = m_port.role == policy::PortRole::Error;
    QColor line = theme.color(error ? Token::Bad : m_wired ? Token::TextFaint : Token::Wire);
    double radius = kRadius;
    if (m_emphasis == Emphasis::Compatible || m_emphasis == Emphasis::Target || m_hovered) {
        line = theme.color(Token::Accent);
        const bool target = m_emphasis == Emphasis::Target;
        QColor glow = line;
        glow.setAlphaF(target ? 0.35F : 0.18F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(glow);
        painter.drawEllipse(m_place, target ? 11.0 : 9.0, target ? 11.0 : 9.0);
        radius += 0.6;
    }
    const double opacity = painter.opacity();
    if (m_emphasis == Emphasis::Faded)
        painter.setOpacity(opacity * 0.3);
    painter.setPen(QPen(line, 1.4));
    painter.setBrush(theme.color(Token::Surface));
    painter.drawEllipse(m_place, radius, radius);
    painter.setOpacity(opacity);
}

void paintPortLabel(QPainter &painter, const QRectF &room, const QString &label, const Theme &theme)
{
    const QFontMetricsF metrics(painter.font());
    const QString shown = metrics.elidedText(label, Qt::ElideRight, room.width());
    QColor ground = theme.color(Token::Canvas);
    ground.setAlphaF(0.72F);
    const QRectF behind(room.left() - 2, room.top() + 1, metrics.horizontalAdvance(shown) + 4,
                        room.height() - 2);
    painter.fillRect(behind, ground);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, shown);
}

} // namespace headgate::ui
