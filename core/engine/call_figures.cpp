#include "core/engine/call_figures.h"

#include <algorithm>
#include <cmath>

namespace headgate::engine {

using std::chrono::nanoseconds;

namespace {

template<typename T>
std::optional<T> atRank(std::vector<T> values, double share)
{
    if (values.empty())
        return std::nullopt;
    const auto rank = std::size_t(std::max(1.0, std::ceil(share * double(values.size()) - 1e-9)));
    const auto place = values.begin() + std::ptrdiff_t(std::min(rank, values.size()) - 1);
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

// None where the answer came at once: that says nothing of how fast it was made.
std::optional<double> tokensPerSecond(const CallSample &sample)
{
    if (!sample.firstToken || sample.outputTokens < 2 || sample.duration <= *sample.firstToken)
        return std::nullopt;
    const double seconds =
        std::chrono::duration<double>(sample.duration - *sample.firstToken).count();
    return double(sample.outputTokens - 1) / seconds;
}

} // namespace

std::optional<nanoseconds> percentile(std::vector<nanoseconds> values, double share)
{
    return atRank(std::move(values), share);
}

CallFigures figuresOf(const std::vector<CallSample> &samples)
{
    CallFigures figures;
    std::vector<nanoseconds> durations;
    std::vector<nanoseconds> firstTokens;
    std::vector<double> speeds;
    for (const CallSample &sample : samples) {
        ++figures.calls;
        if (!sample.ok)
            continue;
        ++figures.answered;
        durations.push_back(sample.duration);
        if (sample.firstToken)
            firstTokens.push_back(*sample.firstToken);
        if (const auto speed = tokensPerSecond(sample))
            speeds.push_back(*speed);
    }
    figures.median = atRank(durations, 0.5);
    figures.p95 = atRank(durations, 0.95);
    figures.firstToken = atRank(firstTokens, 0.5);
    figures.tokensPerSecond = atRank(speeds, 0.5);
    return figures;
}

} // namespace headgate::engine
