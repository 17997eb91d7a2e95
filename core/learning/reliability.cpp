#include "core/learning/reliability.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace headgate::learning {

Reliability reliabilityOf(std::span<const double> predicted, std::span<const double> observed,
                          int bins)
{
    Q_ASSERT(predicted.size() == observed.size() && bins > 0);
    std::vector<std::pair<double, double>> rows;
    for (size_t at = 0; at < predicted.size(); ++at) {
        if (std::isfinite(predicted[at]) && std::isfinite(observed[at]))
            rows.emplace_back(predicted[at], observed[at]);
    }
    std::sort(rows.begin(), rows.end());
    Reliability reliability;
    reliability.rows = qsizetype(rows.size());
    if (rows.empty())
        return reliability;
    for (size_t at = 0; at < rows.size();) {
        // The bin that this row would be the first of, up to its last row and what equals that one.
        const size_t bin = at * size_t(bins) / rows.size();
        size_t end = std::max(at + 1, ((bin + 1) * rows.size() + size_t(bins) - 1) / size_t(bins));
        while (end < rows.size() && rows[end].first == rows[end - 1].first)
            ++end;
        ReliabilityBin sum;
        sum.rows = qsizetype(end - at);
        for (; at < end; ++at) {
            const auto &[prediction, came] = rows[at];
            sum.predicted += prediction;
            sum.observed += came;
            reliability.brier += (prediction - came) * (prediction - came);
        }
        reliability.expectedError += std::abs(sum.predicted - sum.observed);
        sum.predicted /= double(sum.rows);
        sum.observed /= double(sum.rows);
        reliability.curve.push_back(sum);
    }
    reliability.brier /= double(rows.size());
    reliability.expectedError /= double(rows.size());
    return reliability;
}

} // namespace headgate::learning
