#include "core/engine/retry_policy.h"

#include "core/engine/seeded_fraction.h"

#include <cmath>

namespace headgate::engine {

using providers::FailureClass;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds kFirstBackOff{500};
constexpr milliseconds kLongestBackOff{8000};
constexpr milliseconds kLongestRetryAfter{60'000};

milliseconds scaled(milliseconds duration, double factor)
{
    return milliseconds(std::llround(double(duration.count()) * factor));
}

milliseconds backOff(const FailedAttempt &attempt)
{
    const int doublings = std::min(attempt.attempt - 1, 8);
    const milliseconds full = std::min(kFirstBackOff * (1 << doublings), kLongestBackOff);
    return scaled(full, 1 - 0.25 * seededFraction(attempt.seed, attempt.attempt));
}

bool mayRetry(const providers::CallFailure &failure, const FailedAttempt &attempt)
{
    if (failure.advice == providers::Advice::Stop || attempt.textShown ||
        attempt.attempt > attempt.retriesAllowed)
        return false;
    switch (failure.failureClass) {
    case FailureClass::Protocol:
    case FailureClass::Truncated:
        return attempt.attempt == 1;
    case FailureClass::Transport:
        // Where the group has another one ready, that is the second try.
        return attempt.attempt == 1 && !attempt.othersInGroup &&
               failure.advice == providers::Advice::Retry;
    default:
        return failure.advice == providers::Advice::Retry;
    }
}

} // namespace

void RetryBudget::countCall(const QString &provider)
{
    const auto tenths = m_tenths.find(provider);
    if (tenths == m_tenths.end())
        m_tenths.insert(provider, kGranted + 1);
    else
        *tenths = std::min(*tenths + 1, kMost);
}

bool RetryBudget::takeRetry(const QString &provider)
{
    const auto tenths = m_tenths.find(provider);
    if (tenths == m_tenths.end() || *tenths < kRetry)
        return false;
    *tenths -= kRetry;
    return true;
}

std::optional<milliseconds> retryWait(const providers::CallFailure &failure,
                                      const FailedAttempt &attempt)
{
    if (!mayRetry(failure, attempt))
        return std::nullopt;
    const bool isBusy = failure.failureClass == FailureClass::Rate;
    if (isBusy && attempt.otherModelReady)
        return std::nullopt;
    if (failure.retryAfter && *failure.retryAfter > kLongestRetryAfter)
        return std::nullopt;
    // What asks for more patience than we have of ourselves is left to rest meanwhile.
    if (failure.retryAfter && attempt.otherModelReady && *failure.retryAfter > backOff(attempt))
        return std::nullopt;
    if (failure.retryAfter && *failure.retryAfter > milliseconds(0))
        return scaled(*failure.retryAfter, 1 + 0.1 * seededFraction(attempt.seed, attempt.attempt));
    // A broken connection is tried again at once where waiting would only delay another model.
    if (failure.failureClass == FailureClass::Transport && attempt.otherModelReady)
        return milliseconds(0);
    return backOff(attempt);
}

} // namespace headgate::engine
