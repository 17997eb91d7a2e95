#pragma once

#include "ui/common/theme.h"

#include <QList>
#include <QWidget>

#include <optional>

namespace headgate::ui {

// Quality over cost: the front as a line, single models as squares, the drawn policy and
// others as ghosts, and the point where one is, which the mouse drags along the front. Keys: left
// and right go to the next point, Home and End to the ends.
class FrontPlot final : public QWidget
{
    Q_OBJECT
public:
    struct Point
    {
        double costPer1k = 0; // US dollars
        double quality = 0;   // in [0, 1]
        QString name{};
    };
    struct Data
    {
        QList<Point> front; // by rising cost
        QList<Point> singles;
        QList<Point> ghosts; // other policies
        std::optional<Point> drawn;
        std::optional<Point> here;
        double low = 0; // ends of the interval of the quality here
        double high = 0;
        QString part; // of the data: "validation part, n 257"
    };

    explicit FrontPlot(const Theme &theme, QWidget *parent = nullptr); // outlives the plot

    void setData(const Data &data);
    const Data &data() const { return m_data; }
    QPointF placeOf(const Point &point) const; // in the widget
    QSize sizeHint() const override { return {560, 380}; }
    QSize minimumSizeHint() const override { return {280, 200}; }

Q_SIGNALS:
    void pointChosen(int index); // of the front, while it is dragged and by keys

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Range
    {
        double least = 0;
        double most = 1;
    };

    QRectF area() const;
    void fitRanges();
    int nearest(const QPointF &place) const; // -1: there is no front
    void chooseNearest(const QPointF &place);
    int hereIndex() const; // of the front's point next to it
    QList<Point> all() const;
    void paintAxes(QPainter &painter) const;
    void paintFront(QPainter &painter) const;
    void paintSingles(QPainter &painter) const;
    void paintGhost(QPainter &painter, const Point &point, Token color) const;
    void paintHere(QPainter &painter) const;
    void writeBeside(QPainter &painter, const QPointF &place, const QString &text,
                     Token color) const;
    void describe();

    const Theme &m_theme;
    Data m_data;
    Range m_cost;
    Range m_quality;
    bool m_dragging = false;
};

} // namespace headgate::ui
