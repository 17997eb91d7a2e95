#include "ui/common/chart_plot.h"

#include "core/common/money.h"
#include "ui/common/decimation.h"
#include "ui/common/number_format.h"

#include <QApplication>
#include <QAreaSeries>
#include <QChart>
#include <QDateTimeAxis>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QGraphicsSimpleTextItem>
#include <QLineSeries>
#include <QLocale>
#include <QMouseEvent>
#include <QToolTip>
#include <QValueAxis>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr qreal kLabelGap = 8;
constexpr qreal kAboveSeries = 100;
constexpr qint64 kMinute = 60'000;
constexpr qint64 kDay = 24 * 60 * kMinute;

QFont axisFont()
{
    QFont font = Theme::figureFont(Theme::kCaptionSize);
    font.setWeight(QFont::Normal);
    return font;
}

QFont nameFont(int pixelSize)
{
    QFont font = Theme::bodyFont();
    font.setPixelSize(pixelSize);
    font.setWeight(QFont::DemiBold);
    return font;
}

QString timeFormat(qint64 span)
{
    if (span < 10 * kMinute)
        return u"HH:mm:ss"_s;
    if (span < 2 * kDay)
        return u"HH:mm"_s;
    return u"d MMM"_s;
}

double highest(const QList<ChartLine> &lines)
{
    double value = 0;
    for (const ChartLine &line : lines) {
        for (const QPointF &point : line.points)
            value = std::max(value, point.y());
    }
    return value;
}

std::pair<double, double> timeRange(const QList<ChartLine> &lines)
{
    double first = std::numeric_limits<double>::max();
    double last = std::numeric_limits<double>::lowest();
    for (const ChartLine &line : lines) {
        if (line.points.isEmpty())
            continue;
        first = std::min(first, line.points.first().x());
        last = std::max(last, line.points.last().x());
    }
    if (first > last)
        return {0, 1};
    return last - first < 1000 ? std::pair(first - 500, last + 500) : std::pair(first, last);
}

bool earlier(const QPointF &point, double x)
{
    return point.x() < x;
}

} // namespace

ChartPlot::ChartPlot(const Theme &theme, QWidget *parent)
    : QChartView(parent)
    , m_theme(theme)
    , m_chart(new QChart)
    , m_time(new QDateTimeAxis(this))
    , m_value(new QValueAxis(this))
{
    setChart(m_chart);
    setRenderHint(QPainter::Antialiasing);
    setRubberBand(QChartView::HorizontalRubberBand);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus); // the table is the keyboard's way
    m_chart->setBackgroundVisible(false);
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->legend()->hide();
    m_chart->setLocalizeNumbers(true);
    m_chart->addAxis(m_time, Qt::AlignBottom);
    m_chart->addAxis(m_value, Qt::AlignLeft);
    m_value->setTickType(QValueAxis::TicksDynamic);
    m_value->setTickAnchor(0);
    connect(m_chart, &QChart::plotAreaChanged, this, &ChartPlot::placeLabels);
    connect(m_time, &QDateTimeAxis::rangeChanged, this, [this] {
        refreshPoints();
        formatTime();
        placeLabels();
    });
    connect(&theme, &Theme::changed, this, &ChartPlot::restyle);
    restyle();
}

void ChartPlot::setData(const ChartData &shown)
{
    m_data = shown;
    hideHover();
    m_chart->removeAllSeries();
    m_lines.clear();
    m_gap = nullptr;
    addLines();
    addLabels();
    scaleAxes();
    refreshPoints();
    formatTime();
    restyle();
}

void ChartPlot::addLines()
{
    for (qsizetype i = 0; i < m_data.lines.size(); ++i)
        m_lines.append(new QLineSeries);
    if (m_lines.size() == 2) {
        m_gap = new QAreaSeries(m_lines[0], m_lines[1]);
        m_chart->addSeries(m_gap);
        m_gap->attachAxis(m_time);
        m_gap->attachAxis(m_value);
    }
    for (QLineSeries *line : std::as_const(m_lines)) {
        m_chart->addSeries(line);
        line->attachAxis(m_time);
        line->attachAxis(m_value);
    }
}

void ChartPlot::addLabels()
{
    qDeleteAll(m_endLabels);
    m_endLabels.clear();
    qreal widest = 0;
    for (const ChartLine &line : std::as_const(m_data.lines)) {
        auto *label = new QGraphicsSimpleTextItem(line.label, m_chart);
        label->setFont(nameFont(Theme::kCaptionSize));
        widest = std::max(widest, label->boundingRect().width());
        m_endLabels.append(label);
    }
    if (!m_gapLabel) {
        m_gapLabel = new QGraphicsSimpleTextItem(m_chart);
        m_gapLabel->setFont(nameFont(Theme::kBodySize));
        m_watermark = new QGraphicsSimpleTextItem(tr("SIMULATED"), m_chart);
        m_watermark->setFont(nameFont(56));
        // Above the shade of the gap, whatever the order of series.
        m_watermark->setZValue(kAboveSeries);
        m_gapLabel->setZValue(kAboveSeries);
    }
    m_gapLabel->setText(m_data.gapLabel);
    m_watermark->setVisible(m_data.origin != Origin::Live);
    m_chart->setMargins(QMargins(0, 4, int(std::ceil(widest + kLabelGap)), 0));
}

void ChartPlot::scaleAxes()
{
    const auto [first, last] = timeRange(m_data.lines);
    m_time->setRange(QDateTime::fromMSecsSinceEpoch(qint64(first)),
                     QDateTime::fromMSecsSinceEpoch(qint64(last)));
    const double top = highest(m_data.lines);
    const double step = roundStep(top > 0 ? top : 1, 4);
    m_value->setRange(0, std::ceil(top / step * (1 - 1e-9)) * step);
    if (top <= 0)
        m_value->setRange(0, 1);
    m_value->setTickInterval(step);
    const int decimals = step >= 1 ? 0 : std::max(2, int(std::ceil(-std::log10(step) - 1e-9)));
    m_value->setLabelFormat(u"$%.%1f"_s.arg(decimals));
}

void ChartPlot::refreshPoints()
{
    const auto from = double(m_time->min().toMSecsSinceEpoch());
    const auto to = double(m_time->max().toMSecsSinceEpoch());
    const int columns = std::max(100, int(m_chart->plotArea().width()));
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        const QList<QPointF> &all = m_data.lines[i].points;
        auto first = std::lower_bound(all.cbegin(), all.cend(), from, earlier);
        auto last = std::lower_bound(first, all.cend(), to, earlier);
        // One more at either side, so that the line reaches the edges.
        first -= first != all.cbegin();
        while (last != all.cend() && last->x() <= to)
            ++last;
        last += last != all.cend();
        m_lines[i]->replace(decimate(all.mid(first - all.cbegin(), last - first), columns));
    }
}

void ChartPlot::formatTime()
{
    m_time->setFormat(timeFormat(m_time->min().msecsTo(m_time->max())));
    m_time->setTickCount(std::clamp(int(m_chart->plotArea().width() / 150), 2, 7));
}

void ChartPlot::restyle()
{
    setBackgroundBrush(m_theme.color(Token::Surface));
    const QColor faint = m_theme.color(Token::TextSecondary);
    QColor grid = m_theme.color(Token::Line);
    for (QAbstractAxis *axis :
         {static_cast<QAbstractAxis *>(m_time), static_cast<QAbstractAxis *>(m_value)}) {
        axis->setLabelsFont(axisFont());
        axis->setLabelsColor(faint);
        axis->setGridLinePen(QPen(grid, 1));
        axis->setLinePen(QPen(grid, 1));
    }
    m_time->setGridLineVisible(false);
    m_value->setLineVisible(false);
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        const ChartLine &line = m_data.lines[i];
        QPen pen(m_theme.color(line.color), 2);
        if (line.dashed)
            pen.setDashPattern({3, 2});
        m_lines[i]->setPen(pen);
        m_endLabels[i]->setBrush(pen.color());
    }
    if (m_gap) {
        m_gap->setPen(Qt::NoPen);
        m_gap->setBrush(m_theme.color(m_data.gapIsGood ? Token::GoodWash : Token::BadWash));
        m_gapLabel->setBrush(m_theme.color(m_data.gapIsGood ? Token::Good : Token::Bad));
    }
    if (m_watermark) {
        QColor shade = m_theme.color(Token::TextFaint);
        shade.setAlphaF(0.13F);
        m_watermark->setBrush(shade);
    }
    placeLabels();
}

void ChartPlot::placeLabels()
{
    const QRectF plot = m_chart->plotArea();
    qreal above = plot.top() - 100;
    QList<qreal> ends;
    for (qsizetype i = 0; i < m_endLabels.size(); ++i) {
        const QList<QPointF> points = m_lines[i]->points();
        m_endLabels[i]->setVisible(!points.isEmpty());
        if (points.isEmpty())
            continue;
        const QRectF box = m_endLabels[i]->boundingRect();
        const qreal end = m_chart->mapToPosition(points.last(), m_lines[i]).y();
        ends.append(end);
        // The upper line's label comes first; the next one keeps clear of it.
        const qreal top = std::max(end - box.height() / 2, above + box.height());
        m_endLabels[i]->setPos(plot.right() + kLabelGap, top);
        above = top;
    }
    if (!m_gapLabel)
        return;
    m_gapLabel->setVisible(m_gap && ends.size() == 2);
    if (m_gapLabel->isVisible()) {
        const QPointF at(plot.left() + plot.width() * 0.72, 0);
        const qreal x = m_chart->mapToValue(at, m_lines[0]).x();
        const auto height = [this, x](qsizetype line) {
            const QList<QPointF> &points = m_data.lines[line].points;
            const auto next = std::lower_bound(points.cbegin(), points.cend(), x, earlier);
            return m_chart->mapToPosition(next == points.cend() ? points.last() : *next,
                                          m_lines[line]);
        };
        const qreal upper = height(0).y();
        const qreal lower = height(1).y();
        const QRectF box = m_gapLabel->boundingRect();
        m_gapLabel->setVisible(std::abs(lower - upper) > box.height() + 6);
        m_gapLabel->setPos(at.x() - box.width() / 2, (upper + lower - box.height()) / 2);
    }
    m_watermark->setPos(plot.center() - m_watermark->boundingRect().center());
}

void ChartPlot::draw(QPainter &painter, const QRectF &target)
{
    hideHover();
    scene()->render(&painter, target, scene()->sceneRect());
}

qsizetype ChartPlot::drawnPoints() const
{
    qsizetype count = 0;
    for (const QLineSeries *line : m_lines)
        count += line->count();
    return count;
}

qint64 ChartPlot::nearestTime(QPointF position) const
{
    if (m_lines.isEmpty() || m_data.isEmpty())
        return -1;
    const double x = m_chart->mapToValue(position, m_lines.first()).x();
    const QList<QPointF> &points = m_data.lines.first().points;
    if (points.isEmpty())
        return -1;
    auto next = std::lower_bound(points.cbegin(), points.cend(), x, earlier);
    if (next == points.cend() || (next != points.cbegin() && x - (next - 1)->x() < next->x() - x))
        --next;
    return qint64(next->x());
}

void ChartPlot::showHover(QPointF position)
{
    const qint64 at = nearestTime(position);
    if (at < 0 || !m_chart->plotArea().contains(position)) {
        hideHover();
        return;
    }
    if (!m_hoverLine)
        m_hoverLine = new QGraphicsLineItem(m_chart);
    m_hoverLine->setPen(QPen(m_theme.color(Token::Wire), 1));
    const QRectF plot = m_chart->plotArea();
    const qreal x = m_chart->mapToPosition(QPointF(double(at), 0), m_lines.first()).x();
    m_hoverLine->setLine(x, plot.top(), x, plot.bottom());
    m_hoverLine->show();
    QStringList rows{QLocale().toString(QDateTime::fromMSecsSinceEpoch(at), QLocale::ShortFormat)};
    for (const ChartLine &line : std::as_const(m_data.lines)) {
        const auto point =
            std::lower_bound(line.points.cbegin(), line.points.cend(), double(at), earlier);
        if (point == line.points.cend())
            continue;
        const auto amount = Money::fromUsd(point->y());
        rows.append(tr("%1: %2").arg(line.label, amount ? formatMoney(*amount) : tr("unknown")));
    }
    rows.append(originName(m_data.origin));
    QToolTip::showText(mapToGlobal(position.toPoint()), rows.join(u'\n'), this);
}

void ChartPlot::hideHover()
{
    if (m_hoverLine)
        m_hoverLine->hide();
}

void ChartPlot::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    refreshPoints();
    formatTime();
}

void ChartPlot::mouseMoveEvent(QMouseEvent *event)
{
    QChartView::mouseMoveEvent(event);
    if (event->buttons() == Qt::NoButton)
        showHover(event->position());
}

void ChartPlot::mousePressEvent(QMouseEvent *event)
{
    m_pressedAt = event->position().toPoint();
    QChartView::mousePressEvent(event);
}

void ChartPlot::mouseReleaseEvent(QMouseEvent *event)
{
    const QPoint here = event->position().toPoint();
    const bool isClick = (here - m_pressedAt).manhattanLength() < QApplication::startDragDistance();
    // A click is no zoom into nothing: the rubber band does not see its release.
    if (!isClick || event->button() != Qt::LeftButton) {
        QChartView::mouseReleaseEvent(event);
        return;
    }
    QMouseEvent away(event->type(), QPointF(m_pressedAt), event->globalPosition(), event->button(),
                     event->buttons(), event->modifiers());
    QChartView::mouseReleaseEvent(&away);
    const qint64 at = nearestTime(here);
    if (at >= 0)
        Q_EMIT activated(at);
}

void ChartPlot::mouseDoubleClickEvent(QMouseEvent *event)
{
    QChartView::mouseDoubleClickEvent(event);
    m_chart->zoomReset();
    scaleAxes();
}

void ChartPlot::leaveEvent(QEvent *event)
{
    QChartView::leaveEvent(event);
    hideHover();
}

} // namespace headgate::ui
