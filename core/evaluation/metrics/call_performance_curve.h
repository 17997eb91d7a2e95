#pragma once

#include "core/evaluation/metrics/call_performance.h"

namespace headgate::evaluation {

// Reads the call-performance curve of any resample of some rows in one pass: the rows are put in
// the order of their scores once. Copies what it needs.
class CallPerformanceCurve
{
public:
    explicit CallPerformanceCurve(const ScoredPairs &pairs);

    // Of the rows as they are.
    std::vector<CallPerformancePoint> points() const;
    // Share and quality of the kCallPerformancePoints points where row r counts weights[r] times;
    // at least one row counts.
    void read(RowWeights weights, std::span<CallPerformancePoint> points) const;

    // Which rows go to the strong model at a point of points().
    std::vector<bool> strongRows(const CallPerformancePoint &point) const;

private:
    double decile(int point) const;

    std::vector<qint32> m_rows;   // by rising score
    std::vector<qint32> m_ends;   // of each run of equal scores, within m_rows
    std::vector<double> m_score;  // by rising score
    std::vector<double> m_strong; // by row, as those below
    std::vector<double> m_gain;   // strong - weak
};

} // namespace headgate::evaluation
