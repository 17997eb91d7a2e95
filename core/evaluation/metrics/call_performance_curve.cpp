#include "core/evaluation/metrics/call_performance_curve.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headgate::evaluation {

namespace {

constexpr qint64 kSteps = kCallPerformancePoints - 1;

} // namespace

CallPerformanceCurve::CallPerformanceCurve(const ScoredPairs &pairs)
    : m_rows(pairs.score.size())
    , m_strong(pairs.strong.begin(), pairs.strong.end())
{
    Q_ASSERT(pairs.strong.size() == pairs.score.size() && pairs.weak.size() == pairs.score.size());
    std::iota(m_rows.begin(), m_rows.end(), 0);
    const double *const score = pairs.score.data();
    std::sort(m_rows.begin(), m_rows.end(), [score](qint32 a, qint32 b) {
        return score[a] != score[b] ? score[a] < score[b] : a < b;
    });
    for (const qint32 row : m_rows)
        m_score.push_back(score[row]);
    for (size_t at = 1; at <= m_score.size(); ++at) {
        if (at == m_score.size() || m_score[at] != m_score[at - 1])
            m_ends.push_back(qint32(at));
    }
    for (size_t row = 0; row < m_strong.size(); ++row)
        m_gain.push_back(m_strong[row] - pairs.weak[row]);
}

double CallPerformanceCurve::decile(int point) const
{
    const qint64 position = qint64(m_score.size() - 1) * point;
    const auto at = size_t(position / kSteps);
    const double way = double(position % kSteps) / double(kSteps);
    return way == 0 ? m_score[at] : m_score[at] + (m_score[at + 1] - m_score[at]) * way;
}

std::vector<CallPerformancePoint> CallPerformanceCurve::points() const
{
    std::vector<CallPerformancePoint> points(kCallPerformancePoints);
    read(std::vector<quint32>(m_rows.size(), 1U), points);
    for (int point = 0; point < kCallPerformancePoints; ++point)
        points[size_t(point)].threshold = decile(point);
    return points;
}

std::vector<bool> CallPerformanceCurve::strongRows(const CallPerformancePoint &point) const
{
    // By rank: a threshold that was interpolated may have been rounded to the score below it.
    const auto calls = size_t(std::llround(point.strongShare * double(m_rows.size())));
    std::vector<bool> strong(m_rows.size(), false);
    for (size_t at = m_rows.size() - calls; at < m_rows.size(); ++at)
        strong[size_t(m_rows[at])] = true;
    return strong;
}

void CallPerformanceCurve::read(RowWeights weights, std::span<CallPerformancePoint> points) const
{
    const quint32 *const weight = weights.data();
    qint64 n = 0;
    double best = 0; // what the strong model alone scores
    for (size_t row = 0; row < m_strong.size(); ++row) {
        n += weight[row];
        best += weight[row] * m_strong[row];
    }
    qint64 below = 0; // rows that score less than this run, and what the strong model gains there
    double lost = 0;
    size_t point = 0;
    const qint32 *row = m_rows.data();
    for (const qint32 end : m_ends) {
        qint64 within = 0;
        double gain = 0;
        for (const qint32 *const last = m_rows.data() + end; row != last; ++row) {
            within += weight[*row];
            gain += weight[*row] * m_gain[size_t(*row)];
        }
        // The deciles that begin in this run; one that lies between it and the next leaves it out.
        for (; point < size_t(kSteps); ++point) {
            const qint64 position = (n - 1) * qint64(point);
            const qint64 at = position / kSteps;
            if (at >= below + within)
                break;
            const bool beyond = position % kSteps != 0 && at + 1 == below + within;
            points[point].strongShare = double(n - below - (beyond ? within : 0)) / double(n);
            points[point].quality = (best - lost - (beyond ? gain : 0)) / double(n);
        }
        below += within;
        lost += gain;
    }
    points[point].strongShare = 0;
    points[point].quality = (best - lost) / double(n);
}

} // namespace headgate::evaluation
