#include "core/engine/model_call.h"

#include "core/engine/texts.h"

namespace headgate::engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

namespace {

constexpr milliseconds kLongestWait = 60s;

// What is left of a limit, rounded up so that a call that used it up has passed it.
std::optional<milliseconds> remaining(const std::optional<nanoseconds> &limit, nanoseconds used)
{
    if (!limit)
        return std::nullopt;
    return std::max(milliseconds(1), std::chrono::ceil<milliseconds>(*limit - used));
}

QString secondsText(milliseconds duration)
{
    return QString::number(double(duration.count()) / 1000, 'f', 2);
}

} // namespace

struct ModelCall::Progress
{
    Inquiry inquiry;
    nanoseconds started{};
    std::vector<Target> left; // not tried yet
    int attempts = 0;         // of all models
    milliseconds waited{};    // before the attempt that is next
    bool lastResort = false;  // nobody who could serve is left; what rests is tried all the same
    bool broke = false;       // a call was not sent for want of money
    QString note;             // why this target is tried, where that needs saying
    CallEnd end;
};

ModelCall::ModelCall(const PreparedPolicy &policy, ProviderDirectory &providers,
                     const CallCost &costs, Clock &clock, TrafficControl &traffic,
                     RunRecorder &recorder)
    : m_costs(costs)
    , m_clock(clock)
    , m_traffic(traffic)
    , m_recorder(recorder)
    , m_choice(policy, providers, traffic, costs, clock)
    , m_sender(costs, clock, traffic, recorder)
    , m_hedge(m_sender, clock)
{
}

std::optional<Money> ModelCall::worstCase(const Progress &progress, const Target &target) const
{
    return m_costs.worstCase(*target.model, progress.inquiry.tokens);
}

// Whether a model that is none of these could serve in their place.
bool ModelCall::servedElsewhere(const Progress &progress) const
{
    return !progress.inquiry.canDoWithout && m_choice.usableElsewhere(progress.inquiry.node);
}

// Whether the query's limits leave room for one more attempt after the wait.
bool ModelCall::fitsLimits(const Progress &progress, const Target &target, milliseconds wait) const
{
    const Inquiry &inquiry = progress.inquiry;
    if (inquiry.timeLeft && m_recorder.elapsed() - progress.started + wait >= *inquiry.timeLeft)
        return false;
    if (!inquiry.moneyLeft)
        return true;
    const auto most = worstCase(progress, target);
    return most && progress.end.cost + *most <= *inquiry.moneyLeft;
}

Hop ModelCall::hopFor(const Progress &progress, const Target &target) const
{
    Hop hop = m_recorder.begin(progress.inquiry.node);
    if (!progress.inquiry.kind.isEmpty())
        hop.kind = progress.inquiry.kind;
    hop.attempt = progress.attempts;
    hop.askedModel = target.model->name;
    hop.provider = target.model->provider;
    hop.chosenModel = target.model->model;
    hop.fallback = target.fallback;
    hop.why = progress.note;
    return hop;
}

// Notes a target that no request is sent to.
void ModelCall::putOff(Progress &progress, const Target &target, const QString &failureClass,
                       const QString &sentence)
{
    sayNext(progress);
    ++progress.attempts;
    progress.end.lastHop = hopFor(progress, target);
    progress.end.lastHop.failureClass = failureClass;
    progress.end.lastHop.error = sentence;
}

// Puts the attempt before into the trace, where there is one.
void ModelCall::sayNext(Progress &progress)
{
    if (progress.end.lastHop.attempt > 0)
        m_recorder.end(std::exchange(progress.end.lastHop, {}));
}

// In order: who can answer at once, who can after a wait for a turn, and where nobody else in the
// policy can serve, who rests; the one whose rest is over first goes first.
std::optional<Target> ModelCall::nextTarget(Progress &progress)
{
    std::vector<Target> &left = progress.left;
    std::erase_if(left, [&](const Target &target) { return !fitsLimits(progress, target, 0ms); });
    if (left.empty())
        return std::nullopt;
    const qint64 tokens = progress.inquiry.tokens;
    const auto callable = [this](const Target &target) {
        return !target.entry || m_choice.isUsable(target);
    };
    auto chosen = std::find_if(left.begin(), left.end(), [&](const Target &target) {
        return !target.entry || m_choice.isReady(target, tokens);
    });
    if (chosen == left.end())
        chosen = std::find_if(left.begin(), left.end(), callable);
    if (chosen == left.end()) {
        if (progress.inquiry.canDoWithout || servedElsewhere(progress)) {
            if (progress.attempts == 0)
                putOff(progress, left.front(), u"resting"_s,
                       Texts::tr("“%1” is left alone for now, since it failed or asked for it.")
                           .arg(left.front().model->provider));
            return std::nullopt;
        }
        progress.lastResort = true;
        chosen =
            std::min_element(left.begin(), left.end(), [this](const Target &a, const Target &b) {
                return m_traffic.deployments.health(a.deployment()).rest <
                       m_traffic.deployments.health(b.deployment()).rest;
            });
    } else if (chosen != left.begin()) {
        progress.note = Texts::tr("“%1” is left alone for now").arg(left.front().model->name);
    }
    const Target target = *chosen;
    left.erase(chosen);
    return target;
}

QCoro::Task<CallEnd> ModelCall::call(Inquiry inquiry, std::stop_token stop)
{
    Progress progress;
    progress.inquiry = std::move(inquiry);
    progress.started = m_recorder.elapsed();
    progress.left = m_choice.ordered(progress.inquiry);
    while (const std::optional<Target> target = nextTarget(progress)) {
        auto task = tryTarget(&progress, *target, stop);
        const bool over = co_await task;
        if (over)
            break;
    }
    if (progress.broke && progress.end.kind == CallEnd::Kind::Failed) {
        sayNext(progress);
        progress.end.kind = CallEnd::Kind::OutOfMoney;
    }
    progress.end.duration = m_recorder.elapsed() - progress.started;
    co_return std::move(progress.end);
}

// All attempts at one target. True where the node's call is over with it.
QCoro::Task<bool> ModelCall::tryTarget(Progress *progress, Target target, std::stop_token stop)
{
    if (!target.entry) {
        putOff(*progress, target, u"not_configured"_s,
               Texts::tr("The model “%1” needs the provider “%2”, which is not configured.")
                   .arg(target.model->name, target.model->provider));
        co_return false;
    }
    m_traffic.retries.countCall(target.model->provider);
    for (int attempt = 1;; ++attempt) {
        RequestPlan plan = planFor(*progress, target);
        auto turn = takeTurn(progress, target, &plan, stop);
        const bool sends = co_await turn;
        if (!sends)
            co_return progress->end.kind == CallEnd::Kind::Cancelled;
        sayNext(*progress);
        plan.hop = hopFor(*progress, target);
        plan.hop.attempt = ++progress->attempts;
        plan.hop.waited = std::exchange(progress->waited, {});
        auto task = sendOne(progress, std::move(plan), stop);
        SentRequest sent = co_await task;
        const Next next = judge(*progress, sent, attempt, stop.stop_requested());
        if (next != Next::Again)
            co_return next == Next::Over;
        if (progress->waited > 0ms) {
            auto pause = nap(progress, progress->waited, stop);
            const bool woken = co_await pause;
            if (!woken)
                co_return true;
        }
    }
}

RequestPlan ModelCall::planFor(Progress &progress, const Target &target) const
{
    RequestPlan plan;
    const Inquiry &inquiry = progress.inquiry;
    plan.inquiry = &inquiry;
    plan.target = target;
    const auto own = inquiry.settings.timeout;
    const auto querys = remaining(inquiry.timeLeft, m_recorder.elapsed() - progress.started);
    plan.deadlineIsQuerys = querys && (!own || *querys <= *own);
    plan.deadline = plan.deadlineIsQuerys ? querys : own;
    plan.mayOpenBreaker = inquiry.canDoWithout ||
                          m_choice.usableIn(inquiry.models, target.deployment()) ||
                          servedElsewhere(progress);
    plan.onText = [this, node = inquiry.node, shown = inquiry.isShown](const QString &text) {
        if (shown)
            m_recorder.showText(node, text);
    };
    return plan;
}

// The request, and where the node wants it a second one beside it.
QCoro::Task<SentRequest> ModelCall::sendOne(Progress *progress, RequestPlan plan,
                                            std::stop_token stop)
{
    constexpr std::size_t kFewestMeasured = 10;
    const std::optional<double> share = progress->inquiry.settings.hedgeAfter;
    const auto usual =
        share ? m_traffic.deployments.latency(plan.target.deployment(), *share, kFewestMeasured)
              : std::nullopt;
    if (!usual) {
        auto task = m_sender.send(std::move(plan), stop);
        SentRequest sent = co_await task;
        co_return sent;
    }
    HedgedRequest::SecondPlan second = [this, progress, target = plan.target] {
        return hedgePlan(*progress, target);
    };
    const auto after = std::chrono::ceil<milliseconds>(*usual);
    auto task = m_hedge.send(std::move(plan), after, std::move(second), stop);
    HedgedEnd end = co_await task;
    if (end.other) {
        Hop &other = end.other->hop;
        other.why = Texts::tr("another request answered first");
        other.discarded |= end.other->textShown;
        progress->end.cost += other.cost;
        m_recorder.end(std::move(other));
    }
    co_return std::move(end.sent);
}

// To the next model of the group that can answer at once, or to the same one where it has no other.
std::optional<RequestPlan> ModelCall::hedgePlan(Progress &progress, const Target &first)
{
    const qint64 tokens = progress.inquiry.tokens;
    const auto next =
        std::find_if(progress.left.begin(), progress.left.end(),
                     [&](const Target &target) { return m_choice.isReady(target, tokens); });
    const bool alone = progress.inquiry.models.size() == 1;
    if (next == progress.left.end() && !(alone && m_choice.isReady(first, tokens)))
        return std::nullopt;
    const Target target = next != progress.left.end() ? *next : first;
    const std::optional<Money> most = worstCase(progress, target);
    if (progress.inquiry.moneyLeft) {
        // Both may have to be paid.
        const auto firstMost = worstCase(progress, first);
        if (!most || !firstMost ||
            progress.end.cost + *firstMost + *most > *progress.inquiry.moneyLeft)
            return std::nullopt;
    }
    if (!m_traffic.budget.reserve(most))
        return std::nullopt;
    if (next != progress.left.end())
        progress.left.erase(next);
    RequestPlan plan = planFor(progress, target);
    plan.reserved = most;
    plan.turn = m_traffic.limiter(target.entry->endpoint).take(tokens, m_clock.steadyNow());
    ++progress.attempts;
    progress.note = Texts::tr("the first request took longer than usual");
    plan.hop = hopFor(progress, target);
    progress.note.clear();
    return plan;
}

// Waits until the call may leave and sets the money aside. False where it is not sent.
QCoro::Task<bool> ModelCall::takeTurn(Progress *progress, Target target, RequestPlan *plan,
                                      std::stop_token stop)
{
    RateLimiter &limiter = m_traffic.limiter(target.entry->endpoint);
    const auto now = m_clock.steadyNow();
    const RateLimiter::Turn turn = limiter.take(progress->inquiry.tokens, now);
    milliseconds wait = std::chrono::ceil<milliseconds>(turn.at - now);
    if (wait > 0ms && (wait > kLongestWait || !fitsLimits(*progress, target, wait))) {
        limiter.giveBack(turn);
        putOff(*progress, target, u"key_limit"_s,
               Texts::tr("The limits of the key for “%1” leave no room for another %2 s.")
                   .arg(target.model->provider, secondsText(wait)));
        co_return false;
    }
    // Nobody else can serve: a short rest is waited for, a long one would be no answer at all.
    const milliseconds cooling = m_traffic.deployments.cooling(target.deployment());
    if (progress->lastResort && cooling > wait && cooling <= kLongestWait &&
        fitsLimits(*progress, target, cooling))
        wait = cooling;
    if (wait > 0ms) {
        auto task = nap(progress, wait, stop);
        const bool woken = co_await task;
        if (!woken) {
            limiter.giveBack(turn);
            co_return false;
        }
        progress->waited += wait;
        plan->deadline = planFor(*progress, target).deadline;
    }
    plan->turn = turn;
    plan->reserved = worstCase(*progress, target);
    if (!m_traffic.budget.reserve(plan->reserved)) {
        limiter.giveBack(turn);
        progress->broke = true;
        co_return false;
    }
    co_return true;
}

// False where the query was cancelled meanwhile.
QCoro::Task<bool> ModelCall::nap(Progress *progress, milliseconds wait, std::stop_token stop)
{
    sayNext(*progress);
    m_recorder.showWait(progress->inquiry.node, wait);
    auto sleep = m_clock.sleep(wait, stop);
    co_await sleep;
    if (!stop.stop_requested())
        co_return true;
    progress->end.kind = CallEnd::Kind::Cancelled;
    co_return false;
}

ModelCall::Next ModelCall::judge(Progress &progress, SentRequest &sent, int attempt, bool cancelled)
{
    CallEnd &end = progress.end;
    end.cost += sent.hop.cost;
    end.model = sent.target.index;
    end.lastHop = std::move(sent.hop);
    if (sent.result.ok()) {
        end.kind = CallEnd::Kind::Answered;
        end.logProbabilities = std::move(sent.result.completion.logProbabilities);
        return Next::Over;
    }
    const providers::CallFailure &failure = *sent.result.failure;
    if (cancelled || failure.failureClass == providers::FailureClass::Cancelled) {
        end.kind = CallEnd::Kind::Cancelled;
        return Next::Over;
    }
    if (failure.advice == providers::Advice::Stop) {
        end.kind = CallEnd::Kind::Stopped;
        return Next::Over;
    }
    const bool inGroup =
        std::any_of(progress.left.begin(), progress.left.end(),
                    [this](const Target &target) { return m_choice.isUsable(target); });
    const FailedAttempt failed{.attempt = attempt,
                               .retriesAllowed = progress.inquiry.settings.retries,
                               .textShown = sent.textShown,
                               .otherModelReady = inGroup || servedElsewhere(progress),
                               .othersInGroup = inGroup,
                               .seed = progress.inquiry.seed};
    const std::optional<milliseconds> wait = retryWait(failure, failed);
    if (!wait || progress.lastResort || !fitsLimits(progress, sent.target, *wait) ||
        !m_traffic.retries.takeRetry(sent.target.model->provider))
        return Next::OtherTarget;
    end.lastHop.why = *wait > 0ms ? Texts::tr("tried again after %1 s").arg(secondsText(*wait))
                                  : Texts::tr("tried again at once");
    progress.waited = *wait;
    return Next::Again;
}

} // namespace headgate::engine
