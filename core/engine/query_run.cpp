#include "core/engine/query_run.h"

#include "core/engine/texts.h"

#include <new>

namespace headgate::engine {

using namespace Qt::StringLiterals;

namespace {

QString titleOf(const policy::Node &node)
{
    return node.title.isEmpty() ? node.id.value : node.title;
}

// "sim-aviary heron (transient, HTTP 503, 12 ms, req-7)"
QString describedAttempt(const Hop &hop)
{
    QStringList facts{hop.failureClass};
    if (hop.httpStatus != 0)
        facts.append(u"HTTP %1"_s.arg(hop.httpStatus));
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(hop.end - hop.start);
    if (hop.end > hop.start)
        facts.append(u"%1 ms"_s.arg(took.count()));
    if (!hop.requestId.isEmpty())
        facts.append(hop.requestId);
    return u"%1 %2 (%3)"_s.arg(hop.provider, hop.chosenModel, facts.join(", "_L1));
}

} // namespace

QueryRun::QueryRun(const PreparedPolicy &policy, policy::Query query, RunOrigin origin,
                   ProviderDirectory &providers, TextEmbedder *embedder,
                   ReferenceEmbeddings &references, const catalog::ModelCatalog &catalog,
                   Clock &clock, TrafficControl &traffic,
                   std::function<void(const RunEvent &)> onEvent)
    : m_policy(policy)
    , m_recorder(policy, std::move(query), origin, clock, std::move(onEvent))
    , m_costs(catalog, m_recorder.today())
    , m_figures(policy.compiled().document(), m_costs, &traffic.deployments)
    , m_call(policy, providers, m_costs, clock, traffic, m_recorder)
    , m_embeddings(embedder, references, m_costs, traffic, m_recorder)
    , m_questions(policy, m_costs, m_call, m_recorder)
{
    const std::vector<Money> worst = worstCases();
    m_run.emplace(policy.compiled(), std::span<const Money>(worst));
}

std::vector<Money> QueryRun::worstCases() const
{
    const policy::PolicyDocument &document = m_policy.compiled().document();
    std::vector<Money> worst;
    if (!document.limits.maxCost)
        return worst;
    for (const policy::Model &model : document.models)
        worst.push_back(
            m_costs.worstCase(model, m_recorder.query().estimatedTokens).value_or(kUnaffordable));
    return worst;
}

QCoro::Task<> QueryRun::drive(std::stop_token stop)
{
    try {
        auto task = walk(std::move(stop));
        co_await task;
    } catch (const std::bad_alloc &) {
        m_recorder.failed(Texts::tr("This machine has too little memory left for the query. Close "
                                    "other programs and try again."));
    }
}

QCoro::Task<> QueryRun::walk(std::stop_token stop)
{
    while (!m_run->isOver()) {
        if (stop.stop_requested()) {
            m_recorder.cancelled();
            co_return;
        }
        // A copy: resolving overwrites the machine's own.
        const policy::Step step = m_run->step();
        if (const auto *decision = std::get_if<policy::Decide>(&step)) {
            auto task = decide(*decision, stop);
            const bool goesOn = co_await task;
            if (!goesOn)
                co_return;
        } else if (const auto *judgement = std::get_if<policy::Score>(&step)) {
            auto task = score(*judgement, stop);
            const bool goesOn = co_await task;
            if (!goesOn)
                co_return;
        } else {
            const auto callStep = std::get<policy::CallModel>(step);
            m_recorder.enter(callStep.node);
            auto task = m_call.call(inquiryOf(m_policy, callStep, m_recorder.query()), stop);
            CallEnd end = co_await task;
            if (!noteCall(callStep, std::move(end)))
                co_return;
        }
    }
    if (const auto *finished = std::get_if<policy::Finished>(&m_run->step()))
        finish(*finished);
    else
        finish(std::get<policy::Failed>(m_run->step()));
}

// The machine names the port only once it has moved on.
QString QueryRun::portTaken(policy::NodeIndex node) const
{
    const auto visits = m_run->visits();
    const auto visit = std::find_if(visits.rbegin(), visits.rend(),
                                    [node](const policy::Visit &v) { return v.node == node; });
    if (visit == visits.rend() || visit->port < 0)
        return {};
    return m_policy.compiled().portNames(node).value(visit->port);
}

QCoro::Task<bool> QueryRun::decide(policy::Decide step, std::stop_token stop)
{
    m_recorder.enter(step.node);
    const routers::Router &router = *m_policy.router(step.node);
    const auto started = m_recorder.elapsed();
    auto task = m_embeddings.ask(step.node, router, stop);
    const EmbeddingCall::End embedded = co_await task;
    if (stop.stop_requested()) {
        m_recorder.cancelled();
        co_return false;
    }
    policy::RouterResult result;
    result.cost = embedded.cost;
    Hop hop = m_recorder.begin(step.node);
    routers::RouterInputs inputs = embedded.inputs();
    inputs.models = &m_figures;
    const Result<routers::Decision> decision = router.decide(m_recorder.query(), inputs);
    hop.end = m_recorder.elapsed();
    result.duration = hop.end - started;
    if (decision) {
        result.port = decision->port;
        hop.why = decision->why;
        hop.score = decision->score;
    } else {
        hop.failureClass = u"router"_s;
        hop.error = decision.error().message;
    }
    m_run->resolve(result);
    hop.port = portTaken(step.node);
    m_recorder.end(std::move(hop));
    co_return true;
}

QCoro::Task<bool> QueryRun::score(policy::Score step, std::stop_token stop)
{
    m_recorder.enter(step.node);
    const auto started = m_recorder.elapsed();
    const scorers::Scorer &scorer = *m_policy.scorer(step.node);
    const scorers::ScoredAnswer answer = m_answers.at(size_t(step.answer)).scored;
    auto task = m_questions.ask(step, scorer.questions(m_recorder.query(), answer), stop);
    const GateReplies came = co_await task;
    if (stop.stop_requested()) {
        m_recorder.cancelled();
        co_return false;
    }
    if (!came.shortOfMoney.isEmpty()) {
        m_shortOfMoney = came.shortOfMoney;
        m_run->resolve(policy::OutOfMoney{came.cost, m_recorder.elapsed() - started});
        co_return true;
    }
    const Result<scorers::ScoreOutcome> outcome =
        scorer.judge(m_recorder.query(), answer, came.replies);
    noteScore(step, outcome, {{}, came.cost, m_recorder.elapsed() - started});
    co_return true;
}

void QueryRun::noteScore(const policy::Score &step, const Result<scorers::ScoreOutcome> &outcome,
                         policy::ScoreResult result)
{
    const policy::CompiledPolicy::Step &gate = m_policy.compiled().step(step.node);
    Hop hop = m_recorder.begin(step.node);
    hop.threshold = gate.threshold;
    hop.scorers = m_policy.scorersMark(step.node);
    if (outcome) {
        result.score = outcome->score;
        hop.score = outcome->score;
        hop.why = outcome->why;
    } else {
        hop.failureClass = u"scorer"_s;
        hop.error = outcome.error().message;
        hop.why = gate.acceptOnScorerFailure
                      ? Texts::tr("the scorer failed, and the gate accepts then")
                      : Texts::tr("the scorer failed, so the answer was escalated");
    }
    m_run->resolve(result);
    hop.port = portTaken(step.node);
    m_recorder.end(std::move(hop));
}

bool QueryRun::noteCall(const policy::CallModel &step, CallEnd end)
{
    const bool goesOn = end.kind == CallEnd::Kind::Answered || end.kind == CallEnd::Kind::Failed;
    Answer answer;
    if (end.kind == CallEnd::Kind::Answered)
        answer.scored = {end.lastHop.text, end.lastHop.finishReason,
                         std::move(end.logProbabilities), end.lastHop.askedModel,
                         inquiryOf(m_policy, step, m_recorder.query()).messages};
    if (goesOn) {
        m_run->resolve(policy::ModelResult{end.kind == CallEnd::Kind::Answered, end.cost,
                                           end.duration, end.model});
        end.lastHop.port = portTaken(step.node);
    } else if (end.kind == CallEnd::Kind::OutOfMoney) {
        m_shortOfMoney =
            Texts::tr("Of the budget of all queries too little was left for another call.");
        m_run->resolve(policy::OutOfMoney{end.cost, end.duration});
    }
    const QString error = end.lastHop.error;
    // A call that was stopped in the wait between two attempts has none to note.
    if (end.lastHop.attempt > 0)
        answer.hop = m_recorder.end(std::move(end.lastHop));
    m_answers.push_back(std::move(answer));
    if (end.kind == CallEnd::Kind::Cancelled)
        m_recorder.cancelled();
    else if (end.kind == CallEnd::Kind::Stopped)
        m_recorder.failed(error);
    return goesOn || end.kind == CallEnd::Kind::OutOfMoney;
}

// A limit that cut the run short stands in the trace as a hop of its own.
void QueryRun::noteLimit(policy::EndReason reason, policy::NodeIndex node)
{
    if (reason != policy::EndReason::CostLimit && reason != policy::EndReason::LatencyLimit)
        return;
    Hop hop = m_recorder.begin(node);
    hop.failureClass = u"limit"_s;
    hop.error = limitSentence(reason, node);
    m_recorder.end(std::move(hop));
}

void QueryRun::finish(const policy::Finished &step)
{
    noteLimit(step.reason, step.node);
    if (step.reason == policy::EndReason::Answered) {
        m_recorder.enter(step.node);
        Hop hop = m_recorder.begin(step.node);
        hop.why = m_policy.compiled().step(step.node).bestScored
                      ? Texts::tr("the best-scored answer")
                      : Texts::tr("the last answer");
        m_recorder.end(std::move(hop));
    }
    const qsizetype answeringHop = m_answers.at(size_t(step.answer)).hop;
    const policy::PolicyDocument &document = m_policy.compiled().document();
    const policy::Model *baseline = document.model(document.baseline);
    const std::optional<Money> baselineCost =
        baseline ? m_costs.costAt(*baseline, m_recorder.trace().hops.at(answeringHop).usage)
                 : std::nullopt;
    m_recorder.answered(answeringHop,
                        step.reason == policy::EndReason::Answered ? RunStatus::Answered
                                                                   : RunStatus::LimitedAnswer,
                        baselineCost);
}

void QueryRun::finish(const policy::Failed &step)
{
    noteLimit(step.reason, step.node);
    m_recorder.failed(failedSentence(step));
}

QString QueryRun::limitSentence(policy::EndReason reason, policy::NodeIndex node) const
{
    const policy::Limits &limits = m_policy.compiled().document().limits;
    if (reason == policy::EndReason::LatencyLimit)
        return Texts::tr("The query's time limit of %1 s was used up.")
            .arg(std::chrono::duration<double>(*limits.maxLatency).count());
    if (!m_shortOfMoney.isEmpty())
        return m_shortOfMoney;
    const policy::Model &model = m_policy.compiled().model(m_policy.compiled().step(node).model);
    if (!m_costs.costAt(model, {}))
        return Texts::tr("The query has a cost limit, and the price of “%1” is not known; set it "
                         "in the policy's models.")
            .arg(model.name);
    return Texts::tr("Of the query's cost limit of $%1 too little was left for another call.")
        .arg(limits.maxCost->toDecimal());
}

QString QueryRun::failedSentence(const policy::Failed &step) const
{
    switch (step.reason) {
    case policy::EndReason::CostLimit:
    case policy::EndReason::LatencyLimit:
        return limitSentence(step.reason, step.node);
    case policy::EndReason::NoAnswer:
        return attemptsSentence();
    case policy::EndReason::RouterFailed:
        return Texts::tr("“%1” could not decide: %2")
            .arg(titleOf(m_policy.compiled().node(step.node)),
                 m_recorder.trace().hops.constLast().error);
    case policy::EndReason::ModelFailed:
    case policy::EndReason::Answered:
        break;
    }
    return attemptsSentence();
}

QString QueryRun::attemptsSentence() const
{
    QStringList attempts;
    for (const Hop &hop : m_recorder.trace().hops) {
        if (hop.asksForAnswer() && !hop.failureClass.isEmpty())
            attempts.append(describedAttempt(hop));
    }
    if (attempts.isEmpty())
        return Texts::tr("The policy came to its end before any model answered.");
    return Texts::tr("No model answered: %1.").arg(attempts.join("; "_L1));
}

} // namespace headgate::engine
