#include "core/engine/request_sender.h"

namespace headgate::engine {

using namespace Qt::StringLiterals;
using providers::FailureClass;

namespace {

providers::CompletionRequest requestFor(const RequestPlan &plan)
{
    const policy::Model &model = *plan.target.model;
    providers::CompletionRequest request;
    request.model = model.model;
    request.messages = plan.inquiry->messages;
    request.parameters = model.parameters;
    request.parameters.merge_patch(plan.inquiry->parameters);
    if (const auto stream = request.parameters.find("stream"); stream != request.parameters.end()) {
        request.stream = *stream != Json(false);
        request.parameters.erase(stream);
    }
    request.wantLogProbabilities = plan.inquiry->wantLogProbabilities;
    request.deadline = plan.deadline;
    return request;
}

} // namespace

RequestSender::RequestSender(const CallCost &costs, Clock &clock, TrafficControl &traffic,
                             RunRecorder &recorder)
    : m_costs(costs)
    , m_clock(clock)
    , m_traffic(traffic)
    , m_recorder(recorder)
{
}

QCoro::Task<SentRequest> RequestSender::send(RequestPlan plan, std::stop_token stop)
{
    if (plan.target.entry->endpoint.simulated)
        m_recorder.markSimulated();
    SentRequest sent;
    sent.target = plan.target;
    sent.hop = plan.hop;
    providers::CompletionRequest request = requestFor(plan);
    request.onText = [&plan, &sent](const QString &text) {
        sent.textShown |= !text.isEmpty();
        plan.onText(text);
    };
    const CircuitBreaker::Ticket ticket = m_traffic.deployments.send(plan.target.deployment());
    auto task = plan.target.entry->provider->complete(std::move(request), stop);
    sent.result = co_await task;
    fill(plan, sent);
    book(plan, ticket, sent);
    co_return sent;
}

void RequestSender::fill(const RequestPlan &plan, SentRequest &sent) const
{
    Hop &hop = sent.hop;
    catalog::TokenUsage &usage = sent.result.completion.usage;
    const bool cancelled =
        sent.result.failure && sent.result.failure->failureClass == FailureClass::Cancelled;
    // The server may have read the prompt, and bill it.
    if (plan.mayBePaidUnseen && cancelled && usage.input() == 0) {
        usage.freshInput = plan.inquiry->tokens;
        usage.estimated = true;
    }
    const providers::Completion &completion = sent.result.completion;
    hop.end = m_recorder.elapsed();
    hop.servedModel = completion.servedModel;
    hop.finishReason = completion.finishReason;
    hop.requestId = completion.requestId;
    hop.text = completion.text;
    if (!completion.remark.isEmpty())
        hop.why += (hop.why.isEmpty() ? QString() : u"; "_s) + completion.remark;
    if (completion.firstToken)
        hop.firstToken = hop.start + *completion.firstToken;
    m_costs.book(*sent.target.model, sent.result, hop);
    if (sent.result.ok())
        return;
    const providers::CallFailure &failure = *sent.result.failure;
    hop.failureClass = providers::failureClassName(failure.failureClass);
    hop.error = failure.message;
    hop.httpStatus = failure.httpStatus;
    hop.discarded = sent.textShown || !completion.text.isEmpty();
    if (hop.requestId.isEmpty())
        hop.requestId = failure.requestId;
}

void RequestSender::book(const RequestPlan &plan, CircuitBreaker::Ticket ticket, SentRequest &sent)
{
    m_traffic.budget.settle(plan.reserved, sent.hop.cost);
    RateLimiter &limiter = m_traffic.limiter(plan.target.entry->endpoint);
    const qint64 tokens = sent.hop.usage.input() + sent.hop.usage.output;
    if (plan.turn && tokens > 0)
        limiter.correct(*plan.turn, tokens);
    limiter.learn(sent.result.rateLimits, m_clock.steadyNow());

    const Deployment deployment = plan.target.deployment();
    const bool ownLimit = plan.deadlineIsQuerys && sent.result.failure &&
                          sent.result.failure->failureClass == FailureClass::Timeout;
    m_traffic.deployments.ended(deployment, ticket, sent.result, plan.mayOpenBreaker, ownLimit);
}

} // namespace headgate::engine
