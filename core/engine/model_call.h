#pragma once

#include "core/engine/hedged_request.h"

namespace headgate::engine {

// What came of a call, after all attempts.
struct CallEnd
{
    enum class Kind {
        Answered,
        Failed,     // of a node: the error port is next
        Stopped,    // nothing else may be tried: a refused request, refused content
        OutOfMoney, // the budget that queries share has nothing left for any of the models
        Cancelled,
    };

    Kind kind = Kind::Failed;
    policy::ModelIndex model = -1; // that was called last; -1: none was
    Hop lastHop; // of the last attempt, not yet in the trace: its port is the machine's to say
    QList<double> logProbabilities; // of the answer
    Money cost;                     // of all attempts
    std::chrono::nanoseconds duration{};
};

// Makes the calls of one query: which model, the attempts at each and the waits between them.
// Calls may overlap.
class ModelCall
{
public:
    // All references outlive the tasks.
    ModelCall(const PreparedPolicy &policy, ProviderDirectory &providers, const CallCost &costs,
              Clock &clock, TrafficControl &traffic, RunRecorder &recorder);

    QCoro::Task<CallEnd> call(Inquiry inquiry, std::stop_token stop);

private:
    struct Progress;
    // What is next after an attempt, or instead of one.
    enum class Next { Again, OtherTarget, Over };

    std::optional<Target> nextTarget(Progress &progress);
    QCoro::Task<bool> tryTarget(Progress *progress, Target target, std::stop_token stop);
    QCoro::Task<bool> takeTurn(Progress *progress, Target target, RequestPlan *plan,
                               std::stop_token stop);
    QCoro::Task<bool> nap(Progress *progress, std::chrono::milliseconds wait, std::stop_token stop);
    RequestPlan planFor(Progress &progress, const Target &target) const;
    QCoro::Task<SentRequest> sendOne(Progress *progress, RequestPlan plan, std::stop_token stop);
    std::optional<RequestPlan> hedgePlan(Progress &progress, const Target &first);
    Next judge(Progress &progress, SentRequest &sent, int attempt, bool cancelled);
    void sayNext(Progress &progress);

    bool fitsLimits(const Progress &progress, const Target &target,
                    std::chrono::milliseconds wait) const;
    bool servedElsewhere(const Progress &progress) const;
    std::optional<Money> worstCase(const Progress &progress, const Target &target) const;
    void putOff(Progress &progress, const Target &target, const QString &failureClass,
                const QString &sentence);
    Hop hopFor(const Progress &progress, const Target &target) const;

    const CallCost &m_costs;
    Clock &m_clock;
    TrafficControl &m_traffic;
    RunRecorder &m_recorder;
    TargetChoice m_choice;
    RequestSender m_sender;
    HedgedRequest m_hedge;
};

} // namespace headgate::engine
