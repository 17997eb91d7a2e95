#include "ui/editor/mini_map.h"

#include "ui/common/kind_style.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"

#include <QMouseEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr QSize kSize(148, 92);
constexpr double kMargin = 6;

} // namespace

MiniMap::MiniMap(PolicyView &view, PolicyScene &scene)
    : QWidget(view.viewport())
    , m_view(view)
    , m_scene(scene)
{
    setObjectName(u"miniMap"_s);
    setFixedSize(kSize);
    setAccessibleName(tr("Overview of the drawing"));
    setToolTip(tr("Overview: click or drag to go there"));
    setCursor(Qt::PointingHandCursor);
    connect(&scene, &QGraphicsScene::changed, this, &MiniMap::refresh);
}

void MiniMap::refresh()
{
    const QRectF seen = m_view.mapToScene(m_view.viewport()->rect()).boundingRect();
    const QRectF drawing = m_scene.drawingRect();
    setVisible(!drawing.isEmpty() && !seen.contains(drawing));
    update();
}

QRectF MiniMap::shownArea() const
{
    const QRectF seen = m_view.mapToScene(m_view.viewport()->rect()).boundingRect();
    return m_scene.drawingRect().united(seen);
}

QTransform MiniMap::toMap() const
{
    const QRectF area = shownArea();
    const QRectF room = QRectF(rect()).adjusted(kMargin, kMargin, -kMargin, -kMargin);
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
    painter.setPen(Qt::NoPen);
    for (const NodeItem *item : m_scene.nodeItems()) {
        QColor color = theme.color(kindStyle(item->kind()).ink);
        color.setAlphaF(0.75F);
        painter.setBrush(color);
        painter.drawRoundedRect(map.mapRect(item->mapRectToScene(item->card())), 1.5, 1.5);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color(Token::Accent), 1.2));
    painter.drawRect(map.mapRect(m_view.mapToScene(m_view.viewport()->rect()).boundingRect()));
}

void MiniMap::mousePressEvent(QMouseEvent *event)
{
    goTo(event->position());
}

void MiniMap::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        goTo(event->position());
}

void MiniMap::goTo(QPointF place)
{
    m_view.centerOn(toMap().inverted().map(place));
}

} // namespace headgate::ui
