#include "core/evaluation/training/headline.h"

#include "core/evaluation/metrics/call_performance_curve.h"
#include "core/evaluation/metrics/ranking_area.h"

#include <algorithm>
#include <array>

namespace headgate::evaluation {

HeadlineReader readApgr(const ScoredPairs &pairs)
{
    return [curve = CallPerformanceCurve(pairs)](RowWeights weights) {
        std::array<CallPerformancePoint, kCallPerformancePoints> points;
        curve.read(weights, points);
        return averagePerformanceGapRecovered(points);
    };
}

HeadlineReader readMean(std::vector<double> values)
{
    return [values = std::move(values)](RowWeights weights) {
        double sum = 0;
        double n = 0;
        for (size_t row = 0; row < values.size(); ++row) {
            sum += weights[row] * values[row];
            n += weights[row];
        }
        return n > 0 ? sum / n : kUndefined;
    };
}

HeadlineReader readArea(std::span<const double> score, std::span<const double> quality)
{
    return [area = RankingArea(score, quality)](RowWeights weights) { return area.read(weights); };
}

Estimate readHeadline(qsizetype rows, const HeadlineReader &reader, const BootstrapOptions &options)
{
    const auto read = [&reader](RowWeights weights, std::span<double> figures) {
        figures[0] = reader(weights);
    };
    return bootstrap(rows, 1, read, options).front();
}

Estimate headlineDifference(qsizetype rows, const HeadlineReader &first,
                            const HeadlineReader &other, const BootstrapOptions &options)
{
    const auto read = [&](RowWeights weights, std::span<double> figures) {
        figures[0] = first(weights) - other(weights);
    };
    return bootstrap(rows, 1, read, options).front();
}

NullFigure againstNull(double reached, std::vector<double> shuffled)
{
    std::erase_if(shuffled, [](double figure) { return figure != figure; });
    NullFigure null;
    if (shuffled.empty())
        return null;
    const auto reach = std::count_if(shuffled.begin(), shuffled.end(),
                                     [reached](double figure) { return figure >= reached; });
    null.reaches = double(1 + reach) / double(1 + shuffled.size());
    null.value = spreadOfDraws(std::move(shuffled));
    return null;
}

} // namespace headgate::evaluation
