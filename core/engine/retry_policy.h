#pragma once

#include "core/providers/provider.h"

#include <QHash>

namespace headgate::engine {

// Bounds the retries at each provider to a share of its calls, so that a full outage gets at most
// a fifth more load: every first attempt earns a tenth of a retry, and a few are granted up front.
class RetryBudget
{
public:
    void countCall(const QString &provider);
    // Takes one retry; false where none is left.
    bool takeRetry(const QString &provider);

private:
    // In tenths of a retry.
    static constexpr int kGranted = 40;
    static constexpr int kMost = 100;
    static constexpr int kRetry = 10;

    QHash<QString, int> m_tenths;
};

// What is known when an attempt failed.
struct FailedAttempt
{
    int attempt = 1;              // from 1
    int retriesAllowed = 2;       // by the node
    bool textShown = false;       // somebody has seen a piece of its answer
    bool otherModelReady = false; // the error port, or the group, leads to another model
    bool othersInGroup = false;   // the node itself has another model ready
    quint64 seed = 0;             // of the jitter
};

// How long to wait before the same model is tried again; none: it is not tried again.
// Back-off is 0.5 s x 2^n, at most 8 s, shortened by up to a quarter; retry-after is honoured up
// to 60 s. With another model ready a busy one is not waited for, nor one whose retry-after is longer
// than the back-off.
std::optional<std::chrono::milliseconds> retryWait(const providers::CallFailure &failure,
                                                   const FailedAttempt &attempt);

} // namespace headgate::engine
