#include "core/evaluation/metrics/threshold_calibration.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace headgate::evaluation {

CalibratedThreshold calibrateThreshold(std::span<const double> scores, double wantedShare)
{
    CalibratedThreshold found{.wantedShare = wantedShare};
    if (scores.empty())
        return found;
    std::vector<double> sorted(scores.begin(), scores.end());
    std::sort(sorted.begin(), sorted.end());
    const double position = (1 - wantedShare) * double(sorted.size() - 1);
    const auto below = size_t(position);
    const size_t above = std::min(below + 1, sorted.size() - 1);
    found.threshold = std::lerp(sorted[below], sorted[above], position - double(below));
    const auto first = std::lower_bound(sorted.begin(), sorted.end(), found.threshold);
    found.strongShare = double(sorted.end() - first) / double(sorted.size());
    return found;
}

} // namespace headgate::evaluation
