#pragma once

#include "ui/editor/gate_scores.h"

#include <QWidget>

namespace headgate::ui {

// A gate's scores, larger than in the drawing; the threshold can be dragged with the mouse, Esc
// takes the drag back. Keys belong to the slider of the field. The theme outlives it.
class GateHistogram final : public QWidget
{
    Q_OBJECT
public:
    explicit GateHistogram(const Theme &theme, QWidget *parent = nullptr);

    void setCounts(const QList<int> &counts); // by equal bins of [0, 1]
    void setThreshold(double threshold);
    QSize sizeHint() const override { return {240, 112}; }

Q_SIGNALS:
    void dragged(double threshold);
    void released(double threshold);
    void cancelled();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRectF area() const { return QRectF(rect()).adjusted(4, 2, -4, -2); }

    const Theme &m_theme;
    GateScores m_scores;
    bool m_dragging = false;
};

// To hundredths, as a threshold is written.
double roundedThreshold(double threshold);

} // namespace headgate::ui
