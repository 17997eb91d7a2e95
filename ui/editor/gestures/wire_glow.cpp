#include "ui/editor/gestures/wire_glow.h"

#include "ui/editor/canvas_metrics.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/wire_item.h"

#include <QGraphicsPathItem>
#include <QPen>

namespace headgate::ui {

namespace {

constexpr double kGlowWidth = 9;
constexpr double kInset = 0.2; // of the card: a wire that it barely touches is not meant
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
    double best = core.height() / 2;
    for (const WireItem *wire : m_scene.wiresInOrder()) {
        if (wire->isFolded() || !wire->boundingRect().intersects(core))
            continue;
        const double distance = wire->distanceTo(card.center());
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
