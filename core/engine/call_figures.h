#pragma once

#include <QtGlobal>

#include <chrono>
#include <optional>
#include <vector>

namespace headgate::engine {

// One call of a deployment as its speed and health are told from.
struct CallSample
{
    bool ok = false;
    std::chrono::nanoseconds duration{};
    std::optional<std::chrono::nanoseconds> firstToken; // from the call's start
    qint64 outputTokens = 0;
};

// How a deployment did. Times are of the calls that answered; none where none did.
struct CallFigures
{
    qint64 calls = 0;
    qint64 answered = 0;
    std::optional<std::chrono::nanoseconds> median;
    std::optional<std::chrono::nanoseconds> p95;
    std::optional<std::chrono::nanoseconds> firstToken; // median
    std::optional<double> tokensPerSecond;              // after the first token; median

    // In [0, 1]; none where there was no call.
    std::optional<double> successRate() const
    {
        return calls > 0 ? std::optional(double(answered) / double(calls)) : std::nullopt;
    }
    bool operator==(const CallFigures &) const = default;
};

CallFigures figuresOf(const std::vector<CallSample> &samples);

// The smallest of the values that at least `share` of them do not exceed (nearest rank); none of
// no values. `share` is in (0, 1].
std::optional<std::chrono::nanoseconds> percentile(std::vector<std::chrono::nanoseconds> values,
                                                   double share);

} // namespace headgate::engine
