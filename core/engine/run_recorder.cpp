#include "core/engine/run_recorder.h"

#include "core/common/redaction.h"
#include "core/engine/texts.h"
#include "core/text/token_estimate.h"

#include <QUuid>

namespace headgate::engine {

RunRecorder::RunRecorder(const PreparedPolicy &policy, policy::Query query, RunOrigin origin,
                         Clock &clock, std::function<void(const RunEvent &)> onEvent)
    : m_policy(policy)
    , m_clock(clock)
    , m_onEvent(std::move(onEvent))
    , m_started(clock.steadyNow())
{
    const policy::PolicyDocument &document = policy.compiled().document();
    m_trace.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_trace.policyName = document.name;
    m_trace.policyVersion = policy.version();
    m_trace.baseline = document.baseline;
    if (const policy::Model *baseline = document.model(document.baseline)) {
        m_trace.baselineProvider = baseline->provider;
        m_trace.baselineModelId = baseline->model;
        m_trace.baselineSurcharge = catalog::surchargeAskedBy(baseline->parameters);
    }
    m_trace.origin = origin;
    m_trace.startedAt = clock.utcNow();
    m_trace.query = std::move(query);
    if (m_trace.query.estimatedTokens <= 0)
        m_trace.query.estimatedTokens = text::estimateTokens(m_trace.query.messages);
    if (m_onEvent) {
        RunEvent event;
        event.kind = RunEvent::Kind::Begun;
        event.run = &m_trace;
        m_onEvent(event);
    }
}

const policy::Node &RunRecorder::nodeAt(policy::NodeIndex node) const
{
    return m_policy.compiled().node(node);
}

void RunRecorder::enter(policy::NodeIndex node)
{
    if (!m_onEvent)
        return;
    RunEvent event;
    event.kind = RunEvent::Kind::NodeStarted;
    event.node = nodeAt(node).id;
    m_onEvent(event);
}

void RunRecorder::showText(policy::NodeIndex node, const QString &text)
{
    if (!m_onEvent)
        return;
    RunEvent event;
    event.kind = RunEvent::Kind::Text;
    event.node = nodeAt(node).id;
    event.text = text;
    m_onEvent(event);
}

void RunRecorder::showWait(policy::NodeIndex node, std::chrono::milliseconds wait)
{
    if (!m_onEvent)
        return;
    RunEvent event;
    event.kind = RunEvent::Kind::Waiting;
    event.node = nodeAt(node).id;
    event.wait = wait;
    m_onEvent(event);
}

Hop RunRecorder::begin(policy::NodeIndex node) const
{
    Hop hop;
    hop.node = nodeAt(node).id;
    hop.kind = nodeAt(node).kind;
    hop.title = nodeAt(node).title;
    hop.start = elapsed();
    hop.end = hop.start;
    return hop;
}

qsizetype RunRecorder::end(Hop hop)
{
    // Whatever the words came from, no key stays in them.
    for (QString *words :
         {&hop.error, &hop.why, &hop.requestId, &hop.servedModel, &hop.finishReason})
        *words = redacted(*words);
    m_trace.cost += hop.cost;
    if (hop.costOrigin == CostOrigin::UnknownPrice)
        ++m_trace.unknownPrices;
    m_trace.hops.append(std::move(hop));
    if (m_onEvent) {
        RunEvent event;
        event.kind = RunEvent::Kind::HopEnded;
        event.node = m_trace.hops.constLast().node;
        event.hop = m_trace.hops.constLast();
        m_onEvent(event);
    }
    return m_trace.hops.size() - 1;
}

void RunRecorder::answered(qsizetype hop, RunStatus status, std::optional<Money> baselineCost)
{
    const Hop &answering = m_trace.hops.at(hop);
    m_trace.answer = answering.text;
    m_trace.answeringModel = answering.askedModel;
    m_trace.answeringHop = hop;
    m_trace.firstToken = answering.firstToken;
    const bool byBaseline = !m_trace.baseline.isEmpty() && answering.askedModel == m_trace.baseline;
    const bool priced = answering.costOrigin != CostOrigin::UnknownPrice;
    if (!byBaseline)
        m_trace.baselineCost = baselineCost;
    else if (priced)
        m_trace.baselineCost = answering.cost;
    m_trace.baselineEstimated = !byBaseline || answering.usage.estimated;
    finish(status);
}

void RunRecorder::failed(const QString &sentence)
{
    m_trace.error = redacted(sentence);
    finish(RunStatus::Failed);
}

void RunRecorder::cancelled()
{
    m_trace.error = Texts::tr("Stopped.");
    finish(RunStatus::Cancelled);
}

void RunRecorder::finish(RunStatus status)
{
    for (qsizetype i = 0; i < m_trace.hops.size(); ++i) {
        Hop &hop = m_trace.hops[i];
        if (hop.asksForAnswer() && hop.failureClass.isEmpty() && i != m_trace.answeringHop)
            hop.discarded = true;
    }
    m_trace.status = status;
    m_trace.latency = elapsed();
}

} // namespace headgate::engine
