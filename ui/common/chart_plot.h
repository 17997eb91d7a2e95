#pragma once

#include "ui/common/chart_data.h"

#include <QChartView>

class QAreaSeries;
class QChart;
class QDateTimeAxis;
class QGraphicsLineItem;
class QGraphicsSimpleTextItem;
class QLineSeries;
class QValueAxis;

namespace headgate::ui {

// The drawing of a Chart on Qt Charts. Nothing outside of chart.cpp includes this.
class ChartPlot final : public QChartView
{
    Q_OBJECT
public:
    explicit ChartPlot(const Theme &theme, QWidget *parent = nullptr); // outlives the plot

    void setData(const ChartData &shown);
    // All of it at its present size, without the hover mark.
    void draw(QPainter &painter, const QRectF &target);
    qsizetype drawnPoints() const;

Q_SIGNALS:
    void activated(qint64 msecs);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void restyle();
    void addLines();
    void addLabels();
    void scaleAxes();
    void refreshPoints(); // of the range that is visible
    void formatTime();
    void placeLabels();
    void showHover(QPointF position);
    void hideHover();
    qint64 nearestTime(QPointF position) const;

    const Theme &m_theme;
    ChartData m_data;
    QChart *m_chart = nullptr;
    QDateTimeAxis *m_time = nullptr;
    QValueAxis *m_value = nullptr;
    QList<QLineSeries *> m_lines;
    QAreaSeries *m_gap = nullptr;
    QList<QGraphicsSimpleTextItem *> m_endLabels;
    QGraphicsSimpleTextItem *m_gapLabel = nullptr;
    QGraphicsSimpleTextItem *m_watermark = nullptr;
    QGraphicsLineItem *m_hoverLine = nullptr;
    QPoint m_pressedAt;
};

} // namespace headgate::ui
