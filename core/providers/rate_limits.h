#pragma once

#include <QtGlobal>

#include <chrono>
#include <optional>

namespace headgate::providers {

// One limit of a key as a server told it with an answer.
struct RateWindow
{
    std::optional<qint64> limit;
    std::optional<qint64> remaining;
    std::optional<std::chrono::milliseconds> reset; // from then on, until it is whole again

    bool isEmpty() const { return !limit && !remaining && !reset; }
    bool operator==(const RateWindow &) const = default;
};

// All limits that an answer told of.
struct RateLimits
{
    RateWindow requests;
    RateWindow tokens; // of input and output together, or the tighter of both
    bool isEmpty() const { return requests.isEmpty() && tokens.isEmpty(); }
    bool operator==(const RateLimits &) const = default;
};

} // namespace headgate::providers
