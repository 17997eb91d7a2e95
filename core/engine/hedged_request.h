#pragma once

#include "core/engine/request_sender.h"

namespace headgate::engine {

// How a request ended that a second one may have been sent beside.
struct HedgedEnd
{
    SentRequest sent;                 // the first good answer, else the last failure
    std::optional<SentRequest> other; // of two, the one that was slower or failed first
};

// Sends a request, and a second one beside it where the first has shown nothing after a while. The
// first good answer wins and the other request is cancelled. Text is shown of the one that speaks
// first; all references outlive the tasks.
class HedgedRequest
{
public:
    // None: there is nobody to send it to, or no money for it.
    using SecondPlan = std::function<std::optional<RequestPlan>()>;

    HedgedRequest(RequestSender &sender, Clock &clock);

    // Ends when both requests have: none is left running.
    QCoro::Task<HedgedEnd> send(RequestPlan plan, std::chrono::milliseconds after,
                                SecondPlan second, std::stop_token stop);

private:
    struct Race;

    QCoro::Task<> run(std::shared_ptr<Race> race, int lane, RequestPlan plan);
    QCoro::Task<> runSecond(std::shared_ptr<Race> race, std::chrono::milliseconds after,
                            SecondPlan second);

    RequestSender &m_sender;
    Clock &m_clock;
};

} // namespace headgate::engine
