#include "core/learning/bradley_terry.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headgate::learning {

namespace {

constexpr int kMostSteps = 100;
constexpr double kSmallestStep = 1e-5; // relative, of any strength

void makeSumOne(std::vector<double> &strengths)
{
    const double sum = std::accumulate(strengths.begin(), strengths.end(), 0.0);
    for (double &strength : strengths)
        strength /= sum;
}

// One step of all strengths, each from those that were improved before it.
double improve(std::span<const double> wins, std::vector<double> &strengths)
{
    const size_t models = strengths.size();
    double largest = 0;
    for (size_t one = 0; one < models; ++one) {
        double won = 0;
        double expected = 0;
        for (size_t other = 0; other < models; ++other) {
            if (other == one)
                continue;
            won += wins[one * models + other];
            expected += (wins[one * models + other] + wins[other * models + one]) /
                        (strengths[one] + strengths[other]);
        }
        const double improved = won / expected;
        largest = std::max(largest, std::abs(improved / strengths[one] - 1));
        strengths[one] = improved;
    }
    return largest;
}

} // namespace

std::vector<double> bradleyTerryStrengths(std::span<const double> wins,
                                          std::span<const double> start)
{
    std::vector<double> strengths(start.begin(), start.end());
    Q_ASSERT(wins.size() == strengths.size() * strengths.size());
    if (strengths.size() == 2)
        strengths = {wins[1], wins[2]};
    else
        for (int step = 0; step < kMostSteps && improve(wins, strengths) > kSmallestStep; ++step)
            makeSumOne(strengths);
    makeSumOne(strengths);
    return strengths;
}

} // namespace headgate::learning
