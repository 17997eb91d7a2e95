#include "ui/editor/gestures/wire_glow.h"

#include "ui/editor/canvas_metrics.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/wire_item.h"

#include <QGraphicsPathItem>
#include <QPen>

#include <array>

namespace headgate::ui {

namespace {

constexpr double kGlowWidth = 9;
constexpr double kInset = 0.12; // of the card: a wire that it barely touches is not meant

bool runsThrough(const QPolygonF &points, const QRectF &area)
{
    const std::array sides{
        QLineF(area.topLeft(), area.topRight()), QLineF(area.topRight(), area.bottomRight()),
        QLineF(area.bottomRight(), area.bottomLeft()), QLineF(area.bottomLeft(), area.topLeft())};
    for (qsizetype i = 0; i < points.size(); ++i) {
        if (area.contains(points[i]))
            return true;
        const QLineF piece(points[qMax(qsizetype(0), i - 1)], points[i]);
        for (const QLineF &side : sides) {
            if (side.intersects(piece, nullptr) == QLineF::BoundedIntersection)
                return true;
        }
    }
    return false;
}

} // namespace

WireGlow::WireGlow(PolicyScene &scene)
    : m_scene(scene)
{
}

WireGlow::~WireGlow()
{
    delete m_glow;
}

const WireItem *WireGlow::wireUnder(const QRectF &card) const
{
    const QRectF core = card.adjusted(card.width() * kInset, card.height() * kInset,
                                      -card.width() * kInset, -card.height() * kInset);
    const WireItem *found = nullptr;
    double best = std::numeric_limits<double>::infinity();
    // Where the wire will pass.
    const QPointF middle(card.center().x(), card.top() + kFirstPortY);
    for (const WireItem *wire : m_scene.wiresInOrder()) {
        if (wire->isFolded() || !wire->boundingRect().intersects(core) ||
            !runsThrough(wire->points(), core))
            continue;
        const double distance = wire->distanceTo(middle);
        if (distance < best) {
            best = distance;
            found = wire;
        }
    }
    return found;
}

void WireGlow::follow(const QRectF &card)
{
    const WireItem *wire = wireUnder(card);
    if (!wire) {
        stop();
        return;
    }
    m_wire = wire->wire();
    if (!m_glow) {
        QColor accent = m_scene.theme().color(Token::Accent);
        accent.setAlphaF(0.4F);
        m_glow = m_scene.addPath({}, QPen(accent, kGlowWidth, Qt::SolidLine, Qt::RoundCap));
        m_glow->setZValue(8);
    }
    m_glow->setPath(wire->path());
}

void WireGlow::stop()
{
    m_wire.reset();
    delete m_glow;
    m_glow = nullptr;
}

} // namespace headgate::ui
