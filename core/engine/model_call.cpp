#include "core/engine/model_call.h"

#include <QCoreApplication>
#include <QSet>

namespace headgate::engine {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::engine)
};

// The query's messages as the node wraps them.
QList<Message> wrapped(const policy::Query &query, const CallSettings &settings)
{
    QList<Message> messages = query.messages;
    if (!settings.systemPrompt.isEmpty())
        messages.prepend(Message{.role = Message::Role::System, .text = settings.systemPrompt});
    return messages;
}

// What is left of a limit, rounded up so that a call that used it up has passed it.
std::optional<milliseconds> remaining(const std::optional<nanoseconds> &limit, nanoseconds used)
{
    if (!limit)
        return std::nullopt;
    return std::max(milliseconds(1), std::chrono::ceil<milliseconds>(*limit - used));
}

std::optional<milliseconds> earlier(std::optional<milliseconds> a, std::optional<milliseconds> b)
{
    return a && b ? std::min(*a, *b) : (a ? a : b);
}

} // namespace

ModelCall::ModelCall(const PreparedPolicy &policy, ProviderDirectory &providers,
                     const CallCost &costs, Clock &clock, RetryBudget &retries,
                     RunRecorder &recorder)
    : m_policy(policy)
    , m_providers(providers)
    , m_costs(costs)
    , m_clock(clock)
    , m_retries(retries)
    , m_recorder(recorder)
{
}

providers::CompletionRequest ModelCall::requestFor(const policy::CallModel &step) const
{
    const policy::Model &model = m_policy.compiled().model(step.model);
    providers::CompletionRequest request;
    request.model = model.model;
    request.messages = wrapped(m_recorder.query(), m_policy.call(step.node));
    request.parameters = model.parameters;
    if (const auto stream = request.parameters.find("stream"); stream != request.parameters.end()) {
        request.stream = *stream != Json(false);
        request.parameters.erase(stream);
    }
    request.wantLogProbabilities = m_policy.needsLogProbabilities();
    return request;
}

// Whether the error port leads, over any nodes, to a deployment other than this one.
bool ModelCall::anotherModelIsReady(const policy::CallModel &step) const
{
    const policy::CompiledPolicy &policy = m_policy.compiled();
    const policy::Model &model = policy.model(step.model);
    std::vector<policy::NodeIndex> open{policy.step(step.node).next[policy::kErrorPort]};
    QSet<policy::NodeIndex> seen;
    while (!open.empty()) {
        const policy::NodeIndex node = open.back();
        open.pop_back();
        if (node < 0 || seen.contains(node))
            continue;
        seen.insert(node);
        if (policy.step(node).role == policy::NodeRole::Model) {
            const policy::Model &other = policy.model(policy.step(node).model);
            if (other.provider != model.provider || other.model != model.model)
                return true;
        }
        const auto next = policy.step(node).next;
        open.insert(open.end(), next.begin(), next.end());
    }
    return false;
}

CallEnd ModelCall::notConfigured(const policy::CallModel &step) const
{
    const policy::Model &model = m_policy.compiled().model(step.model);
    CallEnd end;
    end.lastHop = m_recorder.begin(step.node);
    end.lastHop.attempt = 1;
    end.lastHop.askedModel = model.name;
    end.lastHop.provider = model.provider;
    end.lastHop.chosenModel = model.model;
    end.lastHop.failureClass = u"not_configured"_s;
    end.lastHop.error =
        Texts::tr("The model “%1” needs the provider “%2”, which is not configured.")
            .arg(model.name, model.provider);
    return end;
}

void ModelCall::note(const policy::Model &model, const providers::CallResult &result,
                     bool textShown, Hop &hop) const
{
    const providers::Completion &completion = result.completion;
    hop.end = m_recorder.elapsed();
    hop.servedModel = completion.servedModel;
    hop.finishReason = completion.finishReason;
    hop.requestId = completion.requestId;
    hop.text = completion.text;
    if (completion.firstToken)
        hop.firstToken = hop.start + *completion.firstToken;
    m_costs.book(model, result, hop);
    if (result.ok())
        return;
    hop.failureClass = providers::failureClassName(result.failure->failureClass);
    hop.error = result.failure->message;
    hop.httpStatus = result.failure->httpStatus;
    hop.discarded = textShown || !completion.text.isEmpty();
    if (hop.requestId.isEmpty())
        hop.requestId = result.failure->requestId;
}

// Whether the query's limits leave room for one more attempt after the wait.
bool ModelCall::fitsLimits(const policy::CallModel &step, milliseconds wait,
                           const CallEnd &soFar) const
{
    if (step.timeLeft && soFar.duration + wait >= *step.timeLeft)
        return false;
    if (!step.moneyLeft)
        return true;
    const auto worstCase = m_costs.worstCase(m_policy.compiled().model(step.model),
                                             m_recorder.query().estimatedTokens);
    return worstCase && soFar.cost + *worstCase <= *step.moneyLeft;
}

QCoro::Task<CallEnd> ModelCall::call(policy::CallModel step, std::stop_token stop)
{
    const policy::Model &model = m_policy.compiled().model(step.model);
    const CallSettings &settings = m_policy.call(step.node);
    ProviderDirectory::Entry *entry = m_providers.find(model.provider);
    if (!entry)
        co_return notConfigured(step);
    if (entry->endpoint.simulated)
        m_recorder.markSimulated();
    m_retries.countCall(model.provider);

    CallEnd end;
    const nanoseconds started = m_recorder.elapsed();
    milliseconds waited{};
    for (int attempt = 1;; ++attempt) {
        Hop hop = m_recorder.begin(step.node);
        hop.attempt = attempt;
        hop.askedModel = model.name;
        hop.provider = model.provider;
        hop.chosenModel = model.model;
        hop.waited = waited;

        bool textShown = false;
        providers::CompletionRequest request = requestFor(step);
        request.deadline = earlier(settings.timeout, remaining(step.timeLeft, hop.start - started));
        request.onText = [this, &textShown, node = step.node](const QString &text) {
            textShown |= !text.isEmpty();
            m_recorder.showText(node, text);
        };
        auto task = entry->provider->complete(std::move(request), stop);
        providers::CallResult result = co_await task;

        note(model, result, textShown, hop);
        end.cost += hop.cost;
        end.duration = m_recorder.elapsed() - started;
        end.lastHop = std::move(hop);
        if (result.ok()) {
            end.kind = CallEnd::Kind::Answered;
            end.logProbabilities = std::move(result.completion.logProbabilities);
            co_return end;
        }
        if (stop.stop_requested() ||
            result.failure->failureClass == providers::FailureClass::Cancelled) {
            end.kind = CallEnd::Kind::Cancelled;
            co_return end;
        }
        if (result.failure->advice == providers::Advice::Stop) {
            end.kind = CallEnd::Kind::Stopped;
            co_return end;
        }
        const FailedAttempt failed{.attempt = attempt,
                                   .retriesAllowed = settings.retries,
                                   .textShown = textShown,
                                   .otherModelReady = anotherModelIsReady(step),
                                   .seed = m_recorder.query().seed + quint64(step.node)};
        const std::optional<milliseconds> wait = retryWait(*result.failure, failed);
        if (!wait || !fitsLimits(step, *wait, end) || !m_retries.takeRetry(model.provider)) {
            end.kind = CallEnd::Kind::Failed;
            co_return end;
        }
        end.lastHop.why =
            *wait > milliseconds(0)
                ? Texts::tr("tried again after %1 s").arg(double(wait->count()) / 1000, 0, 'f', 2)
                : Texts::tr("tried again at once");
        m_recorder.end(std::move(end.lastHop));
        if (*wait > milliseconds(0)) {
            m_recorder.showWait(step.node, *wait);
            auto nap = m_clock.sleep(*wait, stop);
            co_await nap;
            if (stop.stop_requested()) {
                end.kind = CallEnd::Kind::Cancelled;
                end.lastHop = {};
                end.duration = m_recorder.elapsed() - started;
                co_return end;
            }
        }
        waited = *wait;
    }
}

} // namespace headgate::engine
