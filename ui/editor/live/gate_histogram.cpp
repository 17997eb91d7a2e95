#include "ui/editor/live/gate_histogram.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <cmath>

namespace headgate::ui {

double roundedThreshold(double threshold)
{
    return std::round(qBound(0.0, threshold, 1.0) * 100) / 100;
}

GateHistogram::GateHistogram(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("gateHistogram"));
    setAccessibleName(tr("Recorded scores"));
    setCursor(Qt::SizeHorCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFixedHeight(sizeHint().height());
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void GateHistogram::setCounts(const QList<int> &counts)
{
    m_scores.counts = counts;
    update();
}

void GateHistogram::setThreshold(double threshold)
{
    m_scores.threshold = threshold;
    update();
}

void GateHistogram::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintGateScores(painter, area(), m_scores, m_theme);
}

void GateHistogram::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    setFocus(Qt::MouseFocusReason); // so that Esc comes here
    m_dragging = true;
    Q_EMIT dragged(roundedThreshold(thresholdAt(area(), event->position().x())));
}

void GateHistogram::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragging)
        Q_EMIT dragged(roundedThreshold(thresholdAt(area(), event->position().x())));
}

void GateHistogram::mouseReleaseEvent(QMouseEvent *event)
{
    if (std::exchange(m_dragging, false))
        Q_EMIT released(roundedThreshold(thresholdAt(area(), event->position().x())));
}

void GateHistogram::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && std::exchange(m_dragging, false))
        Q_EMIT cancelled();
    else
        QWidget::keyPressEvent(event);
}

} // namespace headgate::ui
