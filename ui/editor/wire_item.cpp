#include "ui/editor/wire_item.h"

#include <QPainter>
#include <QPainterPathStroker>
#include <QStyleOptionGraphicsItem>

namespace headgate::ui {

namespace {

constexpr double kGrip = 10; // width that takes the mouse

} // namespace

WireItem::WireItem(policy::Wire wire, const Theme &theme)
    : m_wire(std::move(wire))
    , m_theme(theme)
{
    setFlags(ItemIsSelectable);
    setZValue(0);
}

void WireItem::setPath(const QPainterPath &path)
{
    prepareGeometryChange();
    m_path = path;
    m_bounds = path.controlPointRect().adjusted(-kGrip / 2, -kGrip / 2, kGrip / 2, kGrip / 2);
}

void WireItem::setRole(policy::PortRole role)
{
    m_role = role;
    update();
}

void WireItem::setLit(bool lit)
{
    if (m_lit == lit)
        return;
    m_lit = lit;
    setZValue(lit ? 1 : 0);
    update();
}

void WireItem::setLifted(bool lifted)
{
    setOpacity(lifted ? 0.25 : 1);
}

QPainterPath WireItem::shape() const
{
    QPainterPathStroker stroker;
    stroker.setWidth(kGrip);
    return stroker.createStroke(m_path);
}

QPen WireItem::pen() const
{
    const bool error = m_role == policy::PortRole::Error;
    QPen pen(m_theme.color(error ? Token::Bad : Token::Wire), 1);
    if (error)
        pen.setDashPattern({1.5, 3});
    else if (m_role == policy::PortRole::Default)
        pen.setDashPattern({6, 4});
    if (m_lit || isSelected()) {
        pen.setWidthF(m_lit && isSelected() ? 3 : 2);
        pen.setColor(m_theme.color(Token::Accent));
        if (error)
            pen.setDashPattern({1, 2});
        else if (m_role == policy::PortRole::Default)
            pen.setDashPattern({4, 2.5});
        pen.setCapStyle(error ? Qt::RoundCap : Qt::FlatCap);
    }
    return pen;
}

void WireItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(pen());
    painter->drawPath(m_path);
}

} // namespace headgate::ui
