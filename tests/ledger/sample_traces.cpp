#include "sample_traces.h"

#include <QRandomGenerator>
#include <QTimeZone>

namespace headgate::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::Hop;
using engine::RunTrace;

namespace {

std::chrono::nanoseconds upTo(QRandomGenerator &random, std::chrono::nanoseconds most)
{
    return std::chrono::nanoseconds(qint64(random.generateDouble() * double(most.count())));
}

Hop call(QRandomGenerator &random, int stage)
{
    Hop hop;
    hop.node = {u"n%1"_s.arg(stage * 2)};
    hop.kind = u"model"_s;
    hop.title = u"Stage %1 – “größer”"_s.arg(stage);
    hop.askedModel = u"model-%1"_s.arg(stage);
    hop.provider = u"provider"_s;
    hop.chosenModel = u"vendor/model-%1"_s.arg(stage);
    hop.servedModel = u"vendor/model-%1-0801"_s.arg(stage);
    hop.attempt = 1 + int(random.bounded(3));
    hop.finishReason = u"stop"_s;
    hop.requestId = u"req_%1"_s.arg(random.generate());
    hop.usage = {qint64(random.bounded(5000)), qint64(random.bounded(500)),
                 qint64(random.bounded(50)),   qint64(random.bounded(50)),
                 qint64(random.bounded(900)),  qint64(random.bounded(90)),
                 random.bounded(2) == 1};
    if (random.bounded(5) != 0) {
        hop.quote = catalog::PriceQuote{
            {Money::fromNanos(random.bounded(5'000'000)), Money::fromNanos(20'000'003)},
            catalog::PriceSource::Imported,
            QDate(2026, 8, 1)};
        if (random.bounded(2) == 1)
            hop.quote->price.cacheWrite1h = Money::fromNanos(7);
        hop.cost = catalog::costOf(hop.usage, hop.quote->price);
    } else {
        hop.costOrigin = engine::CostOrigin::UnknownPrice;
    }
    hop.httpStatus = 200;
    hop.waited = upTo(random, 2s);
    hop.start = upTo(random, 1s);
    hop.firstToken = hop.start + upTo(random, 1s);
    hop.end = *hop.firstToken + upTo(random, 5s);
    hop.port = u"answer"_s;
    hop.text = u"Answer %1 of stage %2, with a 🦉"_s.arg(random.generate()).arg(stage);
    return hop;
}

Hop gate(QRandomGenerator &random, int stage)
{
    Hop hop;
    hop.node = {u"n%1"_s.arg(stage * 2 + 1)};
    hop.kind = u"gate"_s;
    hop.title = u"Gate %1"_s.arg(stage);
    hop.start = hop.end = upTo(random, 9s);
    hop.score = random.generateDouble();
    hop.threshold = 0.6;
    hop.scorers = u"0f1e2d3c4b5a"_s;
    hop.port = *hop.score >= 0.6 ? u"accept"_s : u"escalate"_s;
    hop.why = u"Mean token probability %1."_s.arg(*hop.score);
    hop.cost = Money::fromNanos(random.bounded(1000));
    return hop;
}

// What the gate asks; drawn apart, so that it changes nothing else of the trace.
Hop judge(quint32 seed, int stage)
{
    QRandomGenerator random(seed + quint32(stage));
    Hop hop = call(random, stage);
    hop.node = {u"n%1"_s.arg(stage * 2 + 1)};
    hop.kind = engine::kJudgeCall;
    hop.title = u"Gate %1"_s.arg(stage);
    hop.port.clear();
    hop.text = u"{\"score\": 7, \"reason\": \"größtenteils\"}"_s;
    return hop;
}

} // namespace

RunTrace sampleTrace(const QString &id, quint32 seed)
{
    QRandomGenerator random(seed);
    RunTrace trace;
    trace.id = id;
    trace.policyName = u"Cascade %1"_s.arg(random.bounded(3));
    trace.policyVersion = u"0123456789ab"_s;
    trace.query.messages = {{Message::Role::System, u"Be brief."_s, Json::object()},
                            {Message::Role::User, u"Prompt %1 äöü"_s.arg(seed), {{"part", 1}}}};
    trace.query.metadata = {{"user", "ada"}};
    trace.query.estimatedTokens = random.bounded(1000);
    trace.query.seed = random.generate64();
    trace.startedAt = QDateTime::fromMSecsSinceEpoch(
        1'767'225'600'000 + qint64(random.bounded(1'000'000'000)), Qt::UTC);
    const int stages = 1 + int(random.bounded(3));
    for (int stage = 1; stage <= stages; ++stage) {
        trace.hops.append(call(random, stage));
        if (stage < stages) {
            trace.hops.last().discarded = true;
            if (seed % 2 == 0)
                trace.hops.append(judge(seed, stage));
            trace.hops.append(gate(random, stage));
        }
    }
    for (const Hop &hop : std::as_const(trace.hops)) {
        trace.cost += hop.cost;
        trace.unknownPrices += hop.costOrigin == engine::CostOrigin::UnknownPrice ? 1 : 0;
        trace.latency = qMax(trace.latency, hop.end);
    }
    trace.status = engine::RunStatus::Answered;
    trace.answeringHop = trace.hops.size() - 1;
    trace.answeringModel = trace.hops.last().askedModel;
    trace.answer = trace.hops.last().text;
    trace.firstToken = trace.hops.last().firstToken;
    trace.baseline = u"large"_s;
    if (random.bounded(4) != 0)
        trace.baselineCost = Money::fromNanos(random.bounded(90'000'000));
    trace.baselineEstimated = random.bounded(2) == 1;
    trace.simulated = random.bounded(2) == 1;
    trace.origin = random.bounded(2) == 1 ? engine::RunOrigin::Recorded : engine::RunOrigin::Live;
    return trace;
}

RunTrace plainTrace(const QString &id, const QDateTime &startedAt, qint64 costNanos,
                    std::optional<qint64> baselineNanos)
{
    RunTrace trace;
    trace.id = id;
    trace.policyName = u"plain"_s;
    trace.startedAt = startedAt;
    Hop hop;
    hop.node = {u"n1"_s};
    hop.kind = u"model"_s;
    hop.askedModel = u"small"_s;
    hop.attempt = 1;
    hop.cost = Money::fromNanos(costNanos);
    trace.hops = {hop};
    trace.status = engine::RunStatus::Answered;
    trace.answeringHop = 0;
    trace.answeringModel = u"small"_s;
    trace.cost = hop.cost;
    if (baselineNanos)
        trace.baselineCost = Money::fromNanos(*baselineNanos);
    return trace;
}

} // namespace headgate::test
