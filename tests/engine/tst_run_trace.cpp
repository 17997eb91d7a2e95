#include "core/engine/run_trace.h"

#include <QTest>

using namespace headgate;
using namespace headgate::engine;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Hop call(const QString &node, const QString &title, int attempt)
{
    Hop hop;
    hop.node = {node};
    hop.kind = u"model"_s;
    hop.title = title;
    hop.askedModel = u"small"_s;
    hop.attempt = attempt;
    hop.start = 2ms;
    hop.firstToken = 5ms;
    hop.end = 12'345'678ns;
    hop.usage.freshInput = 100;
    hop.usage.output = 20;
    hop.quote =
        catalog::PriceQuote{{Money::fromNanos(250'000'000), Money::fromNanos(2'000'000'000)},
                            catalog::PriceSource::Override,
                            QDate(2026, 8, 1)};
    hop.cost = Money::fromNanos(65'000);
    return hop;
}

Hop gate(const QString &title, double score)
{
    Hop hop;
    hop.node = {title};
    hop.kind = u"gate"_s;
    hop.title = title;
    hop.score = score;
    hop.threshold = 0.6;
    hop.port = score < 0.6 ? u"escalate"_s : u"accept"_s;
    return hop;
}

RunTrace cascade()
{
    RunTrace trace;
    trace.id = u"5e0c"_s;
    trace.startedAt = QDateTime(QDate(2026, 3, 1), QTime(9, 30), Qt::UTC);
    trace.query.messages = {{Message::Role::User, u"Why is the sky blue?"_s}};
    trace.query.seed = 0xFFFF'FFFF'FFFF'FFFFULL;
    trace.hops = {call(u"n2"_s, u"Finch-mini"_s, 1), gate(u"Gate 1"_s, 0.466),
                  call(u"n4"_s, u"Heron"_s, 1)};
    trace.status = RunStatus::Answered;
    trace.answeringHop = 2;
    trace.cost = Money::fromNanos(130'000);
    trace.baselineCost = Money::fromNanos(1'000'000);
    return trace;
}

} // namespace

class TestRunTrace final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesTheWayWithScores()
    {
        QCOMPARE(pathText(cascade()), u"Query › Finch-mini › Gate 1: 0.47 › Heron"_s);
    }

    void namesAttemptsAtOneNodeOnceAndLeavesTheAnswerOut()
    {
        RunTrace trace = cascade();
        trace.hops.insert(1, call(u"n2"_s, u"Finch-mini"_s, 2));
        Hop query;
        query.node = {u"n1"_s};
        query.kind = u"query"_s;
        query.title = u"Ask here"_s;
        trace.hops.prepend(query);
        Hop answer;
        answer.node = {u"n9"_s};
        answer.kind = u"answer"_s;
        trace.hops.append(answer);
        QCOMPARE(pathText(trace), u"Ask here › Finch-mini › Gate 1: 0.47 › Heron"_s);
    }

    void namesUntitledNodesByModelOrKind()
    {
        RunTrace trace;
        trace.hops = {call(u"n2"_s, {}, 1), gate(u"Gate"_s, 1)};
        trace.hops[1].title.clear();
        QCOMPARE(pathText(trace), u"Query › small › gate: 1.00"_s);
        QCOMPARE(pathText(RunTrace()), u"Query"_s);
    }

    void writesMoneyExactlyAndTimesWithUnits()
    {
        const Json json = toJson(cascade());
        QCOMPARE(json["cost_usd"], Json("0.00013"));
        QCOMPARE(json["cost_nanousd"], Json(130'000));
        QCOMPARE(json["saving_usd"], Json("0.00087"));
        QCOMPARE(json["started_at"], Json("2026-03-01T09:30:00.000Z"));
        const Json &hop = json["hops"][0];
        QCOMPARE(hop["end_ms"], Json(12.345678));
        QCOMPARE(hop["first_token_ms"], Json(5.0));
        QCOMPARE(hop["price"]["input_usd_per_mtok"], Json("0.25"));
        QCOMPARE(hop["price"]["source"], Json("override"));
        QVERIFY(!json["hops"][1].contains("tokens"));
        QCOMPARE(json["hops"][1]["score"], Json(0.466));
    }

    void writesUnknownFiguresAsNull()
    {
        RunTrace trace = cascade();
        trace.baselineCost.reset();
        trace.hops[0].quote.reset();
        trace.hops[0].firstToken.reset();
        const Json json = toJson(trace);
        QVERIFY(json["baseline_cost_usd"].is_null());
        QVERIFY(json["saving_nanousd"].is_null());
        QVERIFY(json["hops"][0]["price"].is_null());
        QVERIFY(json["hops"][0]["first_token_ms"].is_null());
    }

    void readsAQueryBack()
    {
        policy::Query query = cascade().query;
        query.messages.append({Message::Role::Assistant, u"Scattering"_s, {{"n", 1}}});
        query.metadata = {{"user", "ada"}};
        query.estimatedTokens = 7;
        const auto text = parseJson(formatJson(policy::toJson(query)));
        QVERIFY(text);
        QCOMPARE(policy::queryFromJson(*text), query);
        QCOMPARE(policy::queryFromJson(Json("nonsense")), policy::Query());
    }

    void everyNameReadsBack()
    {
        for (const RunStatus status : {RunStatus::Answered, RunStatus::LimitedAnswer,
                                       RunStatus::Failed, RunStatus::Cancelled})
            QCOMPARE(runStatusFrom(QString(nameOf(status))), status);
        for (const CostOrigin origin : {CostOrigin::Exact, CostOrigin::ProviderReported,
                                        CostOrigin::EstimatedTokens, CostOrigin::UnknownPrice})
            QCOMPARE(costOriginFrom(QString(nameOf(origin))), origin);
        QVERIFY(!runStatusFrom(u"done"_s).has_value());
    }
};

QTEST_GUILESS_MAIN(TestRunTrace)
#include "tst_run_trace.moc"
