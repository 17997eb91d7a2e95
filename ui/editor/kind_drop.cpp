#include "ui/editor/kind_drop.h"

#include "core/policy/policy_editor.h"
#include "ui/editor/canvas_metrics.h"
#include "ui/editor/editor_commands/rewire_commands.h"
#include "ui/editor/palette_model.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"

#include <QGraphicsRectItem>
#include <QMimeData>
#include <QPen>

namespace headgate::ui {

namespace {

QString kindOf(const QMimeData &data)
{
    return QString::fromUtf8(data.data(kindMimeType()));
}

QRectF cardAt(QPointF place)
{
    const QPointF corner = snappedToGrid(place - QPointF(kCardWidth / 2, kHeaderHeight / 2));
    return {corner, QSizeF(kCardWidth, kHeaderHeight + kStripHeight)};
}

} // namespace

KindDrop::KindDrop(const Canvas &canvas)
    : m_canvas(canvas)
    , m_glow(canvas.scene)
{
}

KindDrop::~KindDrop()
{
    delete m_ghost;
}

bool KindDrop::accepts(const QMimeData &data)
{
    return data.hasFormat(kindMimeType());
}

void KindDrop::follow(const QMimeData &data, QPointF place)
{
    if (!m_ghost) {
        QColor accent = m_canvas.scene.theme().color(Token::Accent);
        QPen pen(accent, 1.5, Qt::DashLine);
        accent.setAlphaF(0.08F);
        m_ghost = m_canvas.scene.addRect({}, pen, accent);
        m_ghost->setZValue(9);
    }
    m_ghost->setRect(cardAt(place));
    const policy::NodeKind *kind = policy::nodeKind(kindOf(data));
    if (kind && fitsIntoWire(*kind))
        m_glow.follow(cardAt(place));
}

Result<policy::NodeId> KindDrop::drop(const QMimeData &data, QPointF place)
{
    follow(data, place);
    const std::optional<policy::Wire> wire = m_glow.wire();
    stop();
    const QPointF corner = cardAt(place).topLeft();
    CanvasActions &actions = m_canvas.view.actions();
    return wire ? actions.addOnWire(kindOf(data), corner, *wire)
                : actions.addNode(kindOf(data), corner);
}

void KindDrop::stop()
{
    m_glow.stop();
    delete m_ghost;
    m_ghost = nullptr;
}

} // namespace headgate::ui
