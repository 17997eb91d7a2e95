#pragma once

#include "ui/common/theme.h"

#include <QList>
#include <QRectF>

#include <optional>

class QPainter;

namespace headgate::ui {

// What a gate draws of its scores: the recorded ones as a histogram, the threshold as a line
// through them. A value; knows nothing of items and scenes.
struct GateScores
{
    static constexpr int kBins = 28;
    static constexpr double kTrackHeight = 20; // without recorded scores
    static constexpr double kHistogramHeight = 60;

    double threshold = 0.5;
    QList<int> counts{}; // by equal bins of [0, 1]; empty: none recorded

    bool isRecorded() const { return !counts.isEmpty(); }
    double height() const { return isRecorded() ? kHistogramHeight : kTrackHeight; }

    bool operator==(const GateScores &) const = default;
};

// Scores in [0, 1] as counts by bin.
QList<int> binnedScores(const QList<double> &scores);

// Bars below the threshold in the colour of checks, above it in that of acceptance; a bare track
// where nothing was recorded. The threshold is a dark line with a knob.
void paintGateScores(QPainter &painter, const QRectF &area, const GateScores &scores,
                     const Theme &theme);
// Where the threshold's line stands in the area, and the threshold at a place of it, in [0, 1].
double thresholdX(const QRectF &area, double threshold);
double thresholdAt(const QRectF &area, double x);

} // namespace headgate::ui
