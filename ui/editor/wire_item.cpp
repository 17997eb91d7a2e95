#include "ui/editor/wire_item.h"

#include "ui/editor/policy_scene.h"

#include <QLineF>
#include <QPainter>
#include <QPainterPathStroker>

#include <cmath>

namespace headgate::ui {

namespace {

constexpr double kGrip = 10;   // width that takes the mouse
constexpr double kPiece = 14;  // length of the pieces that a curve is drawn in
constexpr double kFaint = 0.4; // opacity of a wire that takes no part
constexpr double kLiftedAway = 0.25;
constexpr double kHatchStep = 10;
constexpr double kHatchReach = 4;

void appendCurve(QPolygonF &points, const QPointF &a, const QPointF &b, const QPointF &c,
                 const QPointF &d)
{
    const double length = QLineF(a, b).length() + QLineF(b, c).length() + QLineF(c, d).length();
    const int pieces = qBound(4, int(length / kPiece), 40);
    for (int i = 1; i <= pieces; ++i) {
        const double t = double(i) / pieces;
        const double u = 1 - t;
        points.append(u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d);
    }
}

// Coarser than the path's own flattening, which counts in pixels of its own.
QPolygonF flattened(const QPainterPath &path)
{
    QPolygonF points;
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element element = path.elementAt(i);
        if (element.type == QPainterPath::CurveToElement && i + 2 < path.elementCount()) {
            appendCurve(points, points.last(), element, path.elementAt(i + 1),
                        path.elementAt(i + 2));
            i += 2;
        } else {
            points.append(element);
        }
    }
    return points;
}

} // namespace

WireItem::WireItem(policy::Wire wire, const Theme &theme)
    : m_wire(std::move(wire))
    , m_theme(theme)
{
    setFlags(ItemIsSelectable | ItemHasNoContents);
}

void WireItem::refresh() const
{
    if (auto *policyScene = qobject_cast<PolicyScene *>(scene()))
        policyScene->repaint(*this);
}

void WireItem::setPath(const QPainterPath &path)
{
    if (m_path == path)
        return;
    refresh(); // where it was
    m_path = path;
    m_points = flattened(path);
    hatch();
    m_bounds = path.controlPointRect().adjusted(-kGrip / 2, -kGrip / 2, kGrip / 2, kGrip / 2);
    refresh();
}

void WireItem::setRole(policy::PortRole role)
{
    if (m_role == role)
        return;
    m_role = role;
    refresh();
}

void WireItem::setAccepting(bool accepting)
{
    if (m_accepting == accepting)
        return;
    m_accepting = accepting;
    refresh();
}

void WireItem::setLit(bool lit)
{
    if (m_lit == lit)
        return;
    m_lit = lit;
    refresh();
}

void WireItem::setFlow(double width, const QString &sentence)
{
    m_flowSentence = sentence;
    if (m_flowWidth == width)
        return;
    m_flowWidth = width;
    refresh();
}

void WireItem::setCoverage(bool untaken, const QString &sentence)
{
    m_coverageSentence = sentence;
    if (m_untaken == untaken)
        return;
    m_untaken = untaken;
    hatch();
    refresh();
}

void WireItem::hatch()
{
    m_hatching.clear();
    if (!m_untaken)
        return;
    double next = kHatchStep; // along the wire
    double walked = 0;
    for (qsizetype i = 1; i < m_points.size(); ++i) {
        const QLineF piece(m_points[i - 1], m_points[i]);
        for (; next <= walked + piece.length(); next += kHatchStep) {
            const QPointF at = piece.pointAt((next - walked) / piece.length());
            m_hatching.append(QLineF(at + QPointF(-kHatchReach, kHatchReach),
                                     at + QPointF(kHatchReach, -kHatchReach)));
        }
        walked += piece.length();
    }
}

QString WireItem::sentence() const
{
    QStringList lines{m_flowSentence, m_coverageSentence};
    lines.removeAll(QString());
    return lines.join(u'\n');
}

void WireItem::setFaint(bool faint)
{
    if (m_faint == faint)
        return;
    m_faint = faint;
    refresh();
}

void WireItem::setLifted(bool lifted)
{
    if (m_lifted == lifted)
        return;
    m_lifted = lifted;
    refresh();
}

void WireItem::setFolded(bool folded)
{
    if (m_folded == folded)
        return;
    m_folded = folded;
    refresh();
}

double WireItem::strength() const
{
    return m_lifted ? kLiftedAway : m_faint ? kFaint : 1;
}

double WireItem::distanceTo(QPointF place) const
{
    double nearest = std::numeric_limits<double>::infinity();
    for (qsizetype i = 1; i < m_points.size(); ++i) {
        const QPointF a = m_points[i - 1];
        const QPointF way = m_points[i] - a;
        const double square = QPointF::dotProduct(way, way);
        const double t =
            square > 0 ? qBound(0.0, QPointF::dotProduct(place - a, way) / square, 1.0) : 0;
        nearest = qMin(nearest, QLineF(place, a + t * way).length());
    }
    return nearest;
}

QPainterPath WireItem::shape() const
{
    if (m_folded)
        return {};
    QPainterPathStroker stroker;
    stroker.setWidth(kGrip);
    return stroker.createStroke(m_path);
}

QPen WireItem::pen() const
{
    const bool error = m_role == policy::PortRole::Error;
    QPen pen(m_theme.color(error ? Token::Bad : m_accepting ? Token::Good : Token::Wire), 1);
    if (error)
        pen.setDashPattern({1.5, 3});
    else if (m_role == policy::PortRole::Default)
        pen.setDashPattern({6, 4});
    if (isEmphasised()) {
        pen.setWidthF(m_lit && isSelected() ? 3 : 2);
        pen.setColor(m_theme.color(Token::Accent));
        if (error)
            pen.setDashPattern({1, 2});
        else if (m_role == policy::PortRole::Default)
            pen.setDashPattern({4, 2.5});
    }
    pen.setCapStyle(error && isEmphasised() ? Qt::RoundCap : Qt::FlatCap);
    return pen;
}

void WireItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(pen());
    painter->drawPath(m_path);
}

QVariant WireItem::itemChange(GraphicsItemChange change, const QVariant &value)
{
    if (change == ItemSelectedHasChanged)
        refresh();
    return QGraphicsItem::itemChange(change, value);
}

} // namespace headgate::ui
