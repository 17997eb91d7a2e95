#pragma once

#include "core/common/clock.h"
#include "core/providers/key_source.h"
#include "core/providers/provider.h"

namespace headgate::providers {

// What came of asking a provider for its models.
struct ConnectionReport
{
    bool isReachable = false;   // it answered, and not that it is out of order
    bool isKeyAccepted = false; // or not needed
    bool hasKey = false;        // one was sent
    std::optional<QList<OfferedModel>> models;
    std::chrono::nanoseconds latency{}; // of the one request
    QString problem;                    // one sentence; empty where all is well

    bool isGood() const { return problem.isEmpty(); }
};

// Costs nothing: no model is called. Nothing is sent where the key is missing. All but the endpoint
// outlive the task.
QCoro::Task<ConnectionReport> testConnection(Endpoint endpoint, const KeySource &keys, Clock &clock,
                                             std::stop_token stop);

} // namespace headgate::providers
