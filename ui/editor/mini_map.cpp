#include "ui/editor/mini_map.h"

#include "ui/common/kind_style.h"
#include "ui/editor/group_frame.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"

#include <QMouseEvent>
#include <QPainter>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr QSize kMiniMapSize(148, 92);
constexpr double kMiniMapMargin = 6;
constexpr int kPauseMs = 40;        // changes come in bursts
constexpr qsizetype kRounded = 300; // cards; more of them are plain blocks

} // namespace

MiniMap::MiniMap(PolicyView &view, PolicyScene &scene)
    : QWidget(view.viewport())
    , m_view(view)
    , m_scene(scene)
    , m_soon(new QTimer(this))
{
    setObjectName(u"miniMap"_s);
    resize(kMiniMapSize);
    setAccessibleName(tr("Overview of the drawing"));
    setToolTip(tr("Overview: click or drag to go there"));
    setCursor(Qt::PointingHandCursor);
    m_soon->setSingleShot(true);
    m_soon->setInterval(kPauseMs);
    connect(m_soon, &QTimer::timeout, this, &MiniMap::refresh);
    connect(&scene, &PolicyScene::drawingChanged, this, [this] {
        if (!m_soon->isActive())
            m_soon->start();
    });
}

void MiniMap::fitInto(QSize viewport)
{
    resize(kMiniMapSize.scaled(viewport / 4, Qt::KeepAspectRatio).boundedTo(kMiniMapSize));
}

void MiniMap::refresh()
{
    m_drawing = m_scene.drawingRect();
    setVisible(m_wanted && !m_drawing.isEmpty() && !seenArea().contains(m_drawing));
    update();
}

void MiniMap::setWanted(bool wanted)
{
    m_wanted = wanted;
    refresh();
}

QRectF MiniMap::seenArea() const
{
    return m_view.mapToScene(m_view.viewport()->rect()).boundingRect();
}

QRectF MiniMap::shownArea() const
{
    return m_drawing.united(seenArea());
}

QTransform MiniMap::toMap() const
{
    if (m_dragging)
        return m_held;
    const QRectF area = shownArea();
    const QRectF room =
        QRectF(rect()).adjusted(kMiniMapMargin, kMiniMapMargin, -kMiniMapMargin, -kMiniMapMargin);
    const double scale = qMin(room.width() / area.width(), room.height() / area.height());
    QTransform map;
    map.translate(room.center().x(), room.center().y());
    map.scale(scale, scale);
    map.translate(-area.center().x(), -area.center().y());
    return map;
}

void MiniMap::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_scene.theme();
    const QTransform map = toMap();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(Token::Line), 1));
    painter.setBrush(theme.color(Token::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Theme::kControlRadius,
                            Theme::kControlRadius);
    painter.setRenderHint(QPainter::Antialiasing, m_scene.nodesInOrder().size() <= kRounded);
    painter.setClipRect(rect().adjusted(2, 2, -2, -2));
    const bool rounded = m_scene.nodesInOrder().size() <= kRounded;
    const auto block = [&](const QRectF &place, Token ink) {
        QColor color = theme.color(ink);
        color.setAlphaF(0.75F);
        const QRectF there = map.mapRect(place);
        if (rounded) {
            painter.setBrush(color);
            painter.drawRoundedRect(there, 1.5, 1.5);
        } else {
            const QSizeF size(qMax(1.0, there.width()), qMax(1.0, there.height()));
            painter.fillRect(QRectF(there.topLeft(), size).toRect(), color);
        }
    };
    painter.setPen(Qt::NoPen);
    for (const NodeItem *item : m_scene.nodesInOrder()) {
        if (!item->isFolded())
            block(item->place(), item->look().isNote ? Token::Line : kindStyle(item->kind()).ink);
    }
    for (const GroupFrame &group : m_scene.groups()) {
        if (group.collapsed)
            block(group.rect, Token::TextSecondary);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color(Token::Accent), 1.2));
    painter.drawRect(map.mapRect(seenArea()));
}

void MiniMap::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_held = toMap();
    m_dragging = true;
    const QPointF place = m_held.inverted().map(event->position());
    const QRectF seen = seenArea();
    // Grabbed inside, the frame moves along; a click beside it brings it there.
    m_grip = seen.contains(place) ? place - seen.center() : QPointF();
    goTo(event->position());
}

void MiniMap::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragging && (event->buttons() & Qt::LeftButton))
        goTo(event->position());
}

void MiniMap::mouseReleaseEvent(QMouseEvent *)
{
    m_dragging = false;
    update();
}

// Nothing of this is meant for the canvas below.
void MiniMap::mouseDoubleClickEvent(QMouseEvent *event)
{
    mousePressEvent(event);
}

void MiniMap::wheelEvent(QWheelEvent *event)
{
    event->accept();
}

void MiniMap::goTo(QPointF place)
{
    m_view.centerOn(m_held.inverted().map(place) - m_grip);
    update();
}

} // namespace headgate::ui
