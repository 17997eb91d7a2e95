#include "ui/editor/drawing_painter.h"

#include "ui/editor/canvas_metrics.h"
#include "ui/editor/group_frame.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/wire_item.h"

#include <QPainter>

#include <cmath>

namespace headgate::ui {

namespace {

constexpr double kAroundCard = 130;  // labels of ports reach this far
constexpr double kSmoothScale = 0.3; // below it wires are too many to be smooth
constexpr double kCurveScale = 1.4;  // from it on the pieces of a curve would show
constexpr double kHatchScale = 0.6;  // below it hatching would be but a thicker wire
constexpr double kReceding = 0.4;
constexpr float kFlowOpacity = 0.35F;
constexpr double kLeastLabel = 24; // a label with less room is not written

// Up to one pixel a pen is fast; it is kept at that on the screen whatever the scale is.
QPen screenPen(QPen pen, double scale, double pixelRatio)
{
    const double width = pen.widthF() * (pen.widthF() > 1 ? qMax(scale, 0.5) : 1);
    pen.setCosmetic(true);
    pen.setWidthF(scale < kSmoothScale ? qMin(width, 1.0) : width * pixelRatio);
    return pen;
}

// A band below the wire, as wide as what flows there. Only few wires have one: such widths are off
// the fast path.
void paintFlow(QPainter &painter, const WireItem &wire, const Theme &theme)
{
    QColor color = theme.color(Token::Accent);
    color.setAlphaF(kFlowOpacity);
    painter.setOpacity(wire.strength());
    painter.setPen(QPen(color, wire.flowWidth(), Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    painter.drawPath(wire.path());
}

} // namespace

DrawingPainter::DrawingPainter(const PolicyScene &scene)
    : m_scene(scene)
    , m_pictures(scene.theme())
{
}

bool DrawingPainter::paint(QPainter &painter, const QRectF &exposed)
{
    const double scale = painter.worldTransform().m11();
    const CardDetail detail = cardDetail(scale);
    m_pictures.beginFrame(scale, painter.device()->devicePixelRatioF());
    painter.save();
    for (const GroupFrame &group : m_scene.groups()) {
        if (!group.collapsed && group.rect.intersects(exposed))
            paintGroupFrame(painter, group, m_scene.theme(), scale);
    }
    paintWires(painter, exposed, scale);
    m_seen.clear();
    const QRectF reach = exposed.adjusted(-kAroundCard, -kGrid, kGrid, kGrid);
    for (const NodeItem *item : m_scene.nodesInOrder()) {
        if (!item->isFolded() && item->place().intersects(reach))
            m_seen.push_back(item);
    }
    // What is selected lies on top.
    std::stable_partition(m_seen.begin(), m_seen.end(),
                          [](const NodeItem *item) { return !item->isSelected(); });
    paintCards(painter, detail);
    paintOverCards(painter, detail);
    for (const GroupFrame &group : m_scene.groups()) {
        if (group.collapsed &&
            group.rect.adjusted(-kGrid, -kGrid, kAroundCard, kGrid).intersects(exposed))
            paintGroupCard(painter, group, m_scene.theme(), scale);
    }
    painter.restore();
    return !m_pictures.isSharp();
}

void DrawingPainter::paintWires(QPainter &painter, const QRectF &exposed, double scale)
{
    const double pixelRatio = painter.device()->devicePixelRatioF();
    painter.setRenderHint(QPainter::Antialiasing, scale >= kSmoothScale);
    painter.setBrush(Qt::NoBrush);
    m_over.clear();
    const auto draw = [&](const WireItem &wire) {
        if (wire.flowWidth() > 0)
            paintFlow(painter, wire, m_scene.theme());
        QPen pen = screenPen(wire.pen(), scale, pixelRatio);
        const bool solid = pen.style() == Qt::SolidLine;
        if (scale < kSmoothScale && !solid)
            pen.setStyle(Qt::SolidLine);
        if (painter.pen() != pen)
            painter.setPen(pen);
        // Without their dots, wires of errors would be all that is seen from afar.
        const bool recedes = scale < kSmoothScale && !solid && !wire.isEmphasised();
        const double strength = wire.strength() * (recedes ? kReceding : 1);
        if (painter.opacity() != strength)
            painter.setOpacity(strength);
        if (scale >= kHatchScale && !wire.hatching().isEmpty())
            painter.drawLines(wire.hatching());
        if (scale >= kCurveScale || (wire.isEmphasised() && scale >= kSmoothScale))
            painter.drawPath(wire.path());
        else
            painter.drawPolyline(wire.points());
    };
    for (const WireItem *wire : m_scene.wiresInOrder()) {
        if (wire->isFolded() || !wire->boundingRect().intersects(exposed))
            continue;
        if (wire->isEmphasised())
            m_over.push_back(wire);
        else
            draw(*wire);
    }
    for (const WireItem *wire : m_over)
        draw(*wire);
    painter.setOpacity(1);
}

void DrawingPainter::paintCards(QPainter &painter, CardDetail detail)
{
    const QTransform canvas = painter.worldTransform();
    const double pixelRatio = painter.device()->devicePixelRatioF();
    const QPointF corner(kCardMargins.left(), kCardMargins.top());
    painter.setWorldTransform({});
    for (const NodeItem *item : m_seen) {
        const QPointF exact = canvas.map(item->pos() - corner);
        // On whole pixels of the device, so that nothing blurs.
        const QPointF at(std::round(exact.x() * pixelRatio) / pixelRatio,
                         std::round(exact.y() * pixelRatio) / pixelRatio);
        const auto *picture =
            detail == CardDetail::Block ? nullptr : m_pictures.picture(*item, detail);
        if (!picture) {
            painter.drawPixmap(at, m_pictures.block(*item));
        } else if (std::abs(picture->scale - canvas.m11() * pixelRatio) < 1e-9) {
            painter.drawPixmap(at, picture->pixmap);
        } else {
            const QRectF target(at, item->card().marginsAdded(kCardMargins).size() * canvas.m11());
            painter.drawPixmap(target, picture->pixmap, QRectF(picture->pixmap.rect()));
        }
    }
    painter.setWorldTransform(canvas);
}

void DrawingPainter::paintOverCards(QPainter &painter, CardDetail detail) const
{
    const Theme &theme = m_scene.theme();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const NodeItem *item : m_seen) {
        const bool selected = item->isSelected();
        if (!selected && item->hasPlainPorts())
            continue;
        QList<PortItem *> ports = item->outPorts();
        if (item->inPort())
            ports.append(item->inPort());
        const QTransform canvas = painter.worldTransform();
        painter.translate(item->pos());
        if (selected)
            paintSelection(painter, item->look(), theme);
        for (const PortItem *port : ports) {
            if (port->isVisible() &&
                (!port->isPlain() || (selected && detail != CardDetail::Block)))
                port->paint(painter, theme);
        }
        painter.setWorldTransform(canvas);
    }
    if (detail == CardDetail::Full)
        paintLabels(painter, m_seen);
}

void DrawingPainter::paintLabels(QPainter &painter,
                                 const std::vector<const NodeItem *> &items) const
{
    const Theme &theme = m_scene.theme();
    painter.setFont(canvasFont(kCaptionPixels));
    const QFontMetricsF metrics(painter.font());
    painter.setRenderHint(QPainter::Antialiasing);
    for (const NodeItem *item : items) {
        for (const PortItem *port : item->outPorts()) {
            if (!port->showsLabel())
                continue;
            QRectF room = port->labelRect().translated(item->pos());
            room.setWidth(qMin(room.width(), metrics.horizontalAdvance(port->label()) + 2));
            // Never over a card: as much as there is room for.
            for (const NodeItem *other : items) {
                if (other != item && other->place().intersects(room))
                    room.setRight(qMin(room.right(), other->place().left() - 4));
            }
            if (room.width() < kLeastLabel)
                continue;
            const bool error = port->port().role == policy::PortRole::Error;
            painter.setPen(theme.color(error ? Token::Bad : Token::TextSecondary));
            paintPortLabel(painter, room, port->label(), theme);
        }
    }
}

void DrawingPainter::paintPicture(QPainter &painter, double scale) const
{
    const Theme &theme = m_scene.theme();
    const CardDetail detail = cardDetail(scale);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const GroupFrame &group : m_scene.groups()) {
        if (!group.collapsed)
            paintGroupFrame(painter, group, theme, scale);
    }
    for (const bool over : {false, true}) {
        for (const WireItem *wire : m_scene.wiresInOrder()) {
            if (wire->isFolded() || wire->isEmphasised() != over)
                continue;
            painter.setBrush(Qt::NoBrush);
            if (wire->flowWidth() > 0)
                paintFlow(painter, *wire, theme);
            painter.setPen(detail == CardDetail::Full ? wire->pen()
                                                      : screenPen(wire->pen(), scale, 1));
            painter.setOpacity(wire->strength());
            painter.drawPath(wire->path());
            if (detail == CardDetail::Full && !wire->hatching().isEmpty())
                painter.drawLines(wire->hatching());
        }
    }
    painter.setOpacity(1);
    std::vector<const NodeItem *> shown;
    for (const NodeItem *item : m_scene.nodesInOrder()) {
        if (item->isFolded())
            continue;
        shown.push_back(item);
        painter.save();
        painter.translate(item->pos());
        paintWholeCard(painter, *item, theme, detail, Medium::Paper);
        painter.restore();
    }
    for (const GroupFrame &group : m_scene.groups()) {
        if (group.collapsed)
            paintGroupCard(painter, group, theme, scale);
    }
    if (detail == CardDetail::Full)
        paintLabels(painter, shown);
}

} // namespace headgate::ui
