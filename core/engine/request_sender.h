#pragma once

#include "core/engine/inquiry.h"
#include "core/engine/run_recorder.h"
#include "core/engine/target_choice.h"

namespace headgate::engine {

// One request as it is to be sent.
struct RequestPlan
{
    const Inquiry *inquiry = nullptr; // outlives the request
    Target target;
    Hop hop; // as far as it is known before
    std::optional<std::chrono::milliseconds> deadline;
    bool deadlineIsQuerys = false; // the query's own limit is the tightest
    bool mayOpenBreaker = true;
    bool mayBePaidUnseen = false; // where it is cancelled before an answer, its prompt counts
    std::optional<RateLimiter::Turn> turn;
    std::optional<Money> reserved; // of the shared budget
    std::function<void(const QString &)> onText;
};

// What came of it; its hop is complete but for its port.
struct SentRequest
{
    Target target;
    providers::CallResult result;
    Hop hop;
    bool textShown = false;
};

// Sends single requests of one query and books each: its cost and budget, the turn under its key's
// limit, and what it says of its deployment.
class RequestSender
{
public:
    // All references outlive the tasks.
    RequestSender(const CallCost &costs, Clock &clock, TrafficControl &traffic,
                  RunRecorder &recorder);

    QCoro::Task<SentRequest> send(RequestPlan plan, std::stop_token stop);

private:
    void book(const RequestPlan &plan, CircuitBreaker::Ticket ticket, SentRequest &sent);
    void fill(const RequestPlan &plan, SentRequest &sent) const;

    const CallCost &m_costs;
    Clock &m_clock;
    TrafficControl &m_traffic;
    RunRecorder &m_recorder;
};

} // namespace headgate::engine
