#pragma once

#include "core/engine/call_cost.h"
#include "core/engine/provider_directory.h"
#include "core/engine/retry_policy.h"
#include "core/engine/run_recorder.h"
#include "core/policy/policy_run.h"

namespace headgate::engine {

// What came of a model node, after all attempts.
struct CallEnd
{
    enum class Kind {
        Answered,
        Failed,  // the error port is next
        Stopped, // nothing else may be tried: a refused request, refused content
        Cancelled,
    };

    Kind kind = Kind::Failed;
    Hop lastHop; // of the last attempt, not yet in the trace: its port is the machine's to say
    QList<double> logProbabilities; // of the answer
    Money cost;                     // of all attempts
    std::chrono::nanoseconds duration{};
};

// Calls the model of one node: settings, deadline, attempts and the waits between them.
class ModelCall
{
public:
    // All references outlive the tasks.
    ModelCall(const PreparedPolicy &policy, ProviderDirectory &providers, const CallCost &costs,
              Clock &clock, RetryBudget &retries, RunRecorder &recorder);

    QCoro::Task<CallEnd> call(policy::CallModel step, std::stop_token stop);

private:
    providers::CompletionRequest requestFor(const policy::CallModel &step) const;
    bool anotherModelIsReady(const policy::CallModel &step) const;
    bool fitsLimits(const policy::CallModel &step, std::chrono::milliseconds wait,
                    const CallEnd &soFar) const;
    CallEnd notConfigured(const policy::CallModel &step) const;
    void note(const policy::Model &model, const providers::CallResult &result, bool textShown,
              Hop &hop) const;

    const PreparedPolicy &m_policy;
    ProviderDirectory &m_providers;
    const CallCost &m_costs;
    Clock &m_clock;
    RetryBudget &m_retries;
    RunRecorder &m_recorder;
};

} // namespace headgate::engine
