#pragma once

#include "core/common/clock.h"
#include "core/providers/key_source.h"
#include "core/providers/provider.h"

namespace headgate::providers {

// What one tiny call told of how a server takes requests.
struct ProbeReport
{
    Dialect dialect;      // as the endpoint had it, with what was learnt
    QStringList findings; // whole sentences: what was learnt, and what was not tried
    bool isSent = false;  // a call left; it may have cost something
    QString problem;      // why nothing was learnt; empty: something was

    bool isGood() const { return problem.isEmpty(); }
};

// Asks the model for at most 16 tokens, once: which field of the token limit the server takes, and
// whether it gives log-probabilities. Nothing is sent where there is nothing to learn. All but the
// endpoint outlive the task.
QCoro::Task<ProbeReport> probeCall(Endpoint endpoint, QString model, const KeySource &keys,
                                   Clock &clock, std::stop_token stop);

} // namespace headgate::providers
