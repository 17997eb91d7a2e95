#include "ui/evaluate/front_plot.h"

#include "ui/common/chart_data.h"
#include "ui/common/number_format.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr double kLeftMargin = 56;
constexpr double kRightMargin = 24;
constexpr double kTopMargin = 20;
constexpr double kBottomMargin = 44;
constexpr double kHandle = 8; // radius of the point that is dragged
constexpr double kReach = 14; // pixels around a point that still mean it
constexpr int kSteps = 5;     // of an axis

QFont captionFont()
{
    QFont font = Theme::bodyFont();
    font.setPixelSize(Theme::kCaptionSize);
    return font;
}

QString usd(double amount)
{
    const auto money = Money::fromUsd(amount);
    return money ? formatMoney(*money) : QString();
}

QString quality(double value)
{
    return QLocale().toString(value, 'f', 3);
}

} // namespace

FrontPlot::FrontPlot(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(u"frontPlot"_s);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Quality over cost"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    describe();
}

void FrontPlot::setData(const Data &data)
{
    m_data = data;
    if (!m_dragging)
        fitRanges(); // a scale that moves under the hand is no scale
    describe();
    update();
}

QList<FrontPlot::Point> FrontPlot::all() const
{
    QList<Point> points = m_data.front + m_data.singles + m_data.ghosts;
    if (m_data.drawn)
        points.append(*m_data.drawn);
    if (m_data.here)
        points.append(*m_data.here);
    return points;
}

void FrontPlot::fitRanges()
{
    const QList<Point> points = all();
    if (points.isEmpty())
        return;
    const auto [least, most] =
        std::minmax_element(points.begin(), points.end(),
                            [](const Point &a, const Point &b) { return a.quality < b.quality; });
    const auto dearest =
        std::max_element(points.begin(), points.end(),
                         [](const Point &a, const Point &b) { return a.costPer1k < b.costPer1k; });
    const double room = std::max(0.01, (most->quality - least->quality) * 0.12);
    m_quality = {std::max(0.0, least->quality - room), std::min(1.02, most->quality + room)};
    m_cost = {0, std::max(1e-9, dearest->costPer1k * 1.08)};
}

QRectF FrontPlot::area() const
{
    return QRectF(rect()).adjusted(kLeftMargin, kTopMargin, -kRightMargin, -kBottomMargin);
}

QPointF FrontPlot::placeOf(const Point &point) const
{
    const QRectF inside = area();
    const double x = (point.costPer1k - m_cost.least) / (m_cost.most - m_cost.least);
    const double y = (point.quality - m_quality.least) / (m_quality.most - m_quality.least);
    return {inside.left() + x * inside.width(), inside.bottom() - y * inside.height()};
}

int FrontPlot::nearest(const QPointF &place) const
{
    int found = -1;
    double least = 0;
    for (int index = 0; index < m_data.front.size(); ++index) {
        const QPointF away = placeOf(m_data.front[index]) - place;
        const double distance = QPointF::dotProduct(away, away);
        if (found < 0 || distance < least) {
            found = index;
            least = distance;
        }
    }
    return found;
}

int FrontPlot::hereIndex() const
{
    return m_data.here ? nearest(placeOf(*m_data.here)) : -1;
}

void FrontPlot::chooseNearest(const QPointF &place)
{
    if (const int index = nearest(place); index >= 0)
        Q_EMIT pointChosen(index);
}

void FrontPlot::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_data.front.isEmpty())
        return QWidget::mousePressEvent(event);
    m_dragging = true;
    chooseNearest(event->position());
}

void FrontPlot::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragging)
        return chooseNearest(event->position());
    const int index = nearest(event->position());
    const bool near =
        index >= 0 && QLineF(placeOf(m_data.front[index]), event->position()).length() < kReach;
    setCursor(near ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void FrontPlot::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_dragging = false;
    QWidget::mouseReleaseEvent(event);
}

void FrontPlot::keyPressEvent(QKeyEvent *event)
{
    const int last = int(m_data.front.size()) - 1;
    const int here = hereIndex();
    int wanted = -1;
    if (event->key() == Qt::Key_Left)
        wanted = here - 1;
    else if (event->key() == Qt::Key_Right)
        wanted = here + 1;
    else if (event->key() == Qt::Key_Home)
        wanted = 0;
    else if (event->key() == Qt::Key_End)
        wanted = last;
    else
        return QWidget::keyPressEvent(event);
    if (wanted >= 0 && wanted <= last)
        Q_EMIT pointChosen(wanted);
}

bool FrontPlot::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    for (const Point &point : all()) {
        if (QLineF(placeOf(point), help->pos()).length() > kReach)
            continue;
        QToolTip::showText(help->globalPos(),
                           tr("%1\nquality %2, %3 per 1,000 queries")
                               .arg(point.name, quality(point.quality), usd(point.costPer1k)),
                           this);
        return true;
    }
    QToolTip::hideText();
    return true;
}

void FrontPlot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(captionFont());
    paintAxes(painter);
    if (all().isEmpty()) {
        painter.setPen(m_theme.color(Token::TextFaint));
        painter.drawText(area(), Qt::AlignCenter, tr("No cascade has been looked for yet."));
        return;
    }
    paintFront(painter);
    paintSingles(painter);
    for (const Point &ghost : m_data.ghosts)
        paintGhost(painter, ghost, Token::TextFaint);
    if (m_data.drawn)
        paintGhost(painter, *m_data.drawn, Token::TextSecondary);
    paintHere(painter);
}

void FrontPlot::paintAxes(QPainter &painter) const
{
    const QRectF inside = area();
    const double step = roundStep(m_quality.most - m_quality.least, kSteps);
    for (double at = std::ceil(m_quality.least / step) * step; at <= m_quality.most; at += step) {
        const double y = std::round(placeOf({0, at, {}}).y()) + 0.5;
        painter.setPen(m_theme.color(Token::Line));
        painter.drawLine(QPointF(inside.left(), y), QPointF(inside.right(), y));
        painter.setPen(m_theme.color(Token::TextFaint));
        painter.drawText(QRectF(0, y - 9, kLeftMargin - 10, 18), Qt::AlignRight | Qt::AlignVCenter,
                         QLocale().toString(at, 'f', step < 0.1 ? 2 : 1));
    }
    const double costStep = roundStep(m_cost.most, kSteps);
    for (double at = 0; at <= m_cost.most; at += costStep) {
        const double x = placeOf({at, m_quality.least, {}}).x();
        painter.drawText(QRectF(x - 40, inside.bottom() + 6, 80, 16), Qt::AlignCenter, usd(at));
    }
    painter.setPen(m_theme.color(Token::TextSecondary));
    painter.drawText(QRectF(inside.left(), inside.bottom() + 22, inside.width(), 18),
                     Qt::AlignRight | Qt::AlignVCenter, tr("USD per 1,000 queries"));
}

void FrontPlot::paintFront(QPainter &painter) const
{
    QPolygonF line;
    for (const Point &point : m_data.front)
        line << placeOf(point);
    painter.setPen(QPen(m_theme.color(Token::Accent), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(Token::Accent));
    for (const QPointF &place : line)
        painter.drawEllipse(place, 2.5, 2.5);
}

void FrontPlot::paintSingles(QPainter &painter) const
{
    for (const Point &point : m_data.singles) {
        const QPointF place = placeOf(point);
        painter.setPen(QPen(m_theme.color(Token::TextSecondary), 1.5));
        painter.setBrush(m_theme.color(Token::Surface));
        painter.drawRect(QRectF(place.x() - 4.5, place.y() - 4.5, 9, 9));
    }
    // Names after all marks, and only where there is room for them.
    QList<QRectF> taken;
    const QFontMetricsF metrics(painter.font());
    for (const Point &point : m_data.singles) {
        const QPointF place = placeOf(point);
        const QSizeF size(metrics.horizontalAdvance(point.name), metrics.height());
        const bool fits = place.x() + 10 + size.width() < width() - 4;
        const QRectF box({fits ? place.x() + 10 : place.x() - 10 - size.width(),
                          place.y() - size.height() / 2 + 8},
                         size);
        const bool covered = std::any_of(
            taken.begin(), taken.end(), [&](const QRectF &other) { return other.intersects(box); });
        if (covered)
            continue;
        taken.append(box);
        painter.setPen(m_theme.color(Token::TextSecondary));
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, point.name);
    }
}

void FrontPlot::paintGhost(QPainter &painter, const Point &point, Token color) const
{
    const QPointF place = placeOf(point);
    painter.setPen(QPen(m_theme.color(color), 1.5, Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(place, kHandle, kHandle);
    writeBeside(painter, place + QPointF(0, -kHandle), point.name, Token::TextSecondary);
}

void FrontPlot::paintHere(QPainter &painter) const
{
    if (!m_data.here)
        return;
    const QPointF place = placeOf(*m_data.here);
    const auto edge = [&](double quality) {
        return placeOf({m_data.here->costPer1k, quality, {}});
    };
    painter.setPen(QPen(m_theme.color(Token::Accent), 1.5));
    painter.drawLine(edge(m_data.low), edge(m_data.high));
    painter.setPen(QPen(m_theme.color(Token::Accent), 3));
    painter.setBrush(m_theme.color(hasFocus() ? Token::AccentWash : Token::Surface));
    painter.drawEllipse(place, kHandle, kHandle);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(Token::Accent));
    painter.drawEllipse(place, 3, 3);
    QFont font = painter.font();
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    writeBeside(painter, place - QPointF(0, kHandle + 4), tr("you are here (drag)"), Token::Text);
    painter.setFont(captionFont());
}

void FrontPlot::writeBeside(QPainter &painter, const QPointF &place, const QString &text,
                            Token color) const
{
    const QFontMetricsF metrics(painter.font());
    const double length = metrics.horizontalAdvance(text);
    // Left of the point, where a front that rises leaves room; right of it near the edge.
    const bool fits = place.x() - 12 - length > kLeftMargin;
    const QRectF box(fits ? place.x() - 12 - length : place.x() + 12,
                     place.y() - metrics.height() / 2, length + 1, metrics.height());
    // On a ground of its own, so that lines do not strike it through.
    QColor ground = m_theme.color(Token::Surface);
    ground.setAlphaF(0.85F);
    painter.fillRect(box.adjusted(-2, 0, 2, 0), ground);
    painter.setPen(m_theme.color(color));
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, text);
}

void FrontPlot::describe()
{
    if (!m_data.here) {
        setAccessibleDescription(tr("No cascade has been looked for yet."));
        return;
    }
    setAccessibleDescription(
        tr("%1: quality %2 at %3 per 1,000 queries, on the %4. Left and right go along the front.")
            .arg(m_data.here->name, quality(m_data.here->quality), usd(m_data.here->costPer1k),
                 m_data.part));
}

} // namespace headgate::ui
