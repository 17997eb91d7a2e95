#include "ui/editor/gate_scores.h"

#include <QPainter>

#include <algorithm>

namespace headgate::ui {

namespace {

constexpr double kKnob = 2.6;

void paintTrack(QPainter &painter, const QRectF &area, double x, const Theme &theme)
{
    const QRectF track(area.left(), area.center().y() - 2, area.width(), 4);
    const double opacity = painter.opacity();
    painter.setOpacity(opacity * 0.45);
    painter.setBrush(theme.color(Token::Check));
    painter.drawRoundedRect(track, 2, 2);
    painter.setBrush(theme.color(Token::Good));
    painter.drawRoundedRect(QRectF(QPointF(x, track.top()), track.bottomRight()), 2, 2);
    painter.setOpacity(opacity);
}

void paintBars(QPainter &painter, const QRectF &area, double x, const QList<int> &counts,
               const Theme &theme)
{
    const int most = std::max(1, *std::max_element(counts.cbegin(), counts.cend()));
    const double step = area.width() / double(counts.size());
    for (qsizetype bin = 0; bin < counts.size(); ++bin) {
        const double tall = (area.height() - 10) * counts[bin] / most;
        const QRectF bar(area.left() + step * double(bin), area.bottom() - tall, step - 1, tall);
        painter.fillRect(bar, theme.color(bar.center().x() < x ? Token::Check : Token::Good));
    }
}

} // namespace

QList<int> binnedScores(const QList<double> &scores)
{
    QList<int> counts;
    if (!scores.isEmpty())
        counts.resize(GateScores::kBins);
    for (const double score : scores)
        ++counts[qBound(0, int(score * GateScores::kBins), GateScores::kBins - 1)];
    return counts;
}

double thresholdX(const QRectF &area, double threshold)
{
    return area.left() + area.width() * qBound(0.0, threshold, 1.0);
}

double thresholdAt(const QRectF &area, double x)
{
    return qBound(0.0, (x - area.left()) / area.width(), 1.0);
}

void paintGateScores(QPainter &painter, const QRectF &area, const GateScores &scores,
                     const Theme &theme)
{
    const double x = thresholdX(area, scores.threshold);
    double knobY = area.center().y();
    QLineF line(x, knobY - 6, x, knobY + 6);
    painter.setPen(Qt::NoPen);
    if (scores.isRecorded()) {
        paintBars(painter, area, x, scores.counts, theme);
        knobY = area.top() + 4;
        line = {x, knobY, x, area.bottom()};
    } else {
        paintTrack(painter, area, x, theme);
    }
    painter.setPen(QPen(theme.color(Token::Text), 1.4, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(line);
    painter.setBrush(theme.color(Token::Text));
    painter.drawEllipse(QPointF(x, knobY), kKnob, kKnob);
}

} // namespace headgate::ui
