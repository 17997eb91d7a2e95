#include "ui/common/hop_words.h"

#include <QTest>

using namespace headgate;
using namespace headgate::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

engine::Hop call(const QString &title, Money cost = Money::fromNanos(40'000))
{
    engine::Hop hop;
    hop.node = {title};
    hop.kind = u"model"_s;
    hop.title = title;
    hop.askedModel = title;
    hop.provider = u"sim-aviary"_s;
    hop.chosenModel = title.toLower();
    hop.attempt = 1;
    hop.usage.freshInput = 96;
    hop.usage.output = 116;
    hop.cost = cost;
    hop.port = u"answer"_s;
    return hop;
}

engine::Hop gate(const QString &title, double score, double threshold)
{
    engine::Hop hop;
    hop.node = {title};
    hop.kind = u"gate"_s;
    hop.title = title;
    hop.score = score;
    hop.threshold = threshold;
    hop.port = score >= threshold ? u"accept"_s : u"escalate"_s;
    return hop;
}

} // namespace

class TestHopWords final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void aCallOfAJudgeIsToldAsTheGates()
    {
        engine::Hop judge = call(u"Heron"_s);
        judge.kind = engine::kJudgeCall;
        judge.node = {u"g1"_s};
        judge.title = u"Gate 1"_s;
        judge.end = 300ms;
        judge.text = u"{\"score\": 9, \"reason\": \"Right.\"}"_s;
        QCOMPARE(hopName(judge), u"Gate 1 asks Heron"_s);
        QVERIFY2(stepSentence(judge).startsWith("Gate 1 asks Heron, which replied in"_L1),
                 qPrintable(stepSentence(judge)));
        QVERIFY(hopDetails(judge).contains({u"Reply"_s, judge.text}));
        judge.port.clear();
        judge.failureClass = u"transient"_s;
        judge.error = u"It is down."_s;
        QCOMPARE(stepSentence(judge), u"Gate 1 asks Heron failed: It is down."_s);
        QVERIFY(hopSentence(judge).startsWith("Gate 1 asks Heron, "_L1));
    }

    void aJudgeIsNeitherAnAnswerNorAFailover()
    {
        engine::RunTrace trace;
        engine::Hop judge = call(u"Egret"_s);
        judge.kind = engine::kJudgeCall;
        judge.node = {u"Gate 1"_s};
        judge.title = u"Gate 1"_s;
        judge.failureClass = u"transient"_s;
        trace.hops = {call(u"Finch"_s), judge, gate(u"Gate 1"_s, 0.2, 0.5), call(u"Heron"_s)};
        trace.answeringHop = 3;
        QCOMPARE(routeSummary(trace), u"after Finch was escalated"_s);
        QVERIFY2(routeReason(trace).endsWith("went on to Heron."_L1),
                 qPrintable(routeReason(trace)));
    }

    void aStepIsToldWithItsMargin()
    {
        QCOMPARE(stepSentence(gate(u"Gate 1"_s, 0.47, 0.62)),
                 u"Gate 1 scored 0.47, 0.15 below the threshold of 0.62: the query is "
                 "escalated."_s);
        QCOMPARE(stepSentence(gate(u"Gate 1"_s, 0.7, 0.62)),
                 u"Gate 1 scored 0.70, 0.08 above the threshold of 0.62: the answer is "
                 "accepted."_s);
        engine::Hop rule;
        rule.title = u"Difficulty"_s;
        rule.port = u"easy"_s;
        rule.why = u"contains “sum”"_s;
        QCOMPARE(stepSentence(rule), u"Difficulty chose “easy”: contains “sum”."_s);
        // A reason that begins with the port says it once.
        rule.why = u"easy 0.81: “sum” pushed"_s;
        QCOMPARE(stepSentence(rule), u"Difficulty chose easy 0.81: “sum” pushed."_s);
        engine::Hop failed = call(u"Heron"_s);
        failed.error = u"The provider is busy."_s;
        failed.port = u"error"_s;
        QCOMPARE(stepSentence(failed),
                 u"Heron failed: The provider is busy. The query went on by “error”."_s);
        QVERIFY(stepSentence(call(u"Heron"_s)).contains(u"in 96 · out 116"_s));
    }

    void whatACallCostsBesideTheListPriceIsSaid()
    {
        const auto rowsOf = [](const engine::Hop &hop) {
            QStringList rows;
            for (const auto &[label, value] : hopDetails(hop))
                rows.append(label + u": "_s + value);
            return rows;
        };
        engine::Hop hop = call(u"Heron"_s);
        QVERIFY(rowsOf(hop).filter(u"Surcharge"_s).isEmpty());
        hop.surcharge.percent = 110;
        hop.surcharge.fast = true;
        QVERIFY(rowsOf(hop).contains(u"Surcharge: 110% of the list price, in the price above"_s));
        QVERIFY(rowsOf(hop).contains(u"Speed: fast, at a price of its own"_s));
    }

    void subtitlesSayWhatMattered()
    {
        QCOMPARE(hopSubtitle(gate(u"Gate 1"_s, 0.47, 0.62)), u"0.47 < 0.62 → escalate"_s);
        QVERIFY(hopSubtitle(call(u"Heron"_s)).startsWith(u"212 tok · $0.00004"_s));

        engine::Hop failed = call(u"Heron"_s);
        failed.failureClass = u"rate"_s;
        failed.httpStatus = 429;
        failed.port = u"error"_s;
        QCOMPARE(hopSubtitle(failed), u"rate, HTTP 429 → error"_s);
    }

    void unknownPricesAreNeverZero()
    {
        engine::Hop hop = call(u"Heron"_s, Money());
        hop.costOrigin = engine::CostOrigin::UnknownPrice;
        QVERIFY(hopSubtitle(hop).contains(u"price unknown"_s));
        QVERIFY(!hopSubtitle(hop).contains(u"$0"_s));
    }

    void detailsNameAskedChosenAndServed()
    {
        engine::Hop hop = call(u"Heron"_s);
        hop.servedModel = u"heron-2026-10"_s;
        QStringList labels;
        QStringList values;
        for (const auto &[label, value] : hopDetails(hop)) {
            labels.append(label);
            values.append(value);
        }
        QVERIFY(labels.contains(u"Asked"_s) && labels.contains(u"Served"_s));
        QVERIFY(values.contains(u"heron-2026-10"_s));
        QVERIFY(values.contains(u"no price known"_s));
    }

    void reasonTellsWhyTheAnswerCameFromThere()
    {
        engine::RunTrace accepted;
        accepted.hops = {call(u"Finch-mini"_s), gate(u"Gate 1"_s, 0.83, 0.62)};
        accepted.answeringHop = 0;
        QCOMPARE(routeReason(accepted), u"Gate 1 scored 0.83, which reaches 0.62: accepted."_s);

        engine::RunTrace escalated;
        escalated.hops = {call(u"Finch-mini"_s), gate(u"Gate 1"_s, 0.47, 0.62), call(u"Heron"_s)};
        escalated.answeringHop = 2;
        QCOMPARE(routeReason(escalated),
                 u"Gate 1 scored 0.47, which is below 0.62, so the query went on to Heron."_s);

        engine::RunTrace failedOver;
        failedOver.hops = {call(u"Heron"_s), call(u"Egret"_s)};
        failedOver.hops[0].failureClass = u"transient"_s;
        failedOver.answeringHop = 1;
        QCOMPARE(routeReason(failedOver), u"Heron failed, so the query went to Egret."_s);

        QVERIFY(routeReason({}).isEmpty());
        QVERIFY(routeSummary(accepted).isEmpty());
        QCOMPARE(routeSummary(escalated), u"after Finch-mini was escalated"_s);
        QCOMPARE(routeSummary(failedOver), u"after Heron failed"_s);
        QVERIFY(routeSummary({}).isEmpty());
    }

    void savingsShowTheirSign()
    {
        engine::RunTrace trace;
        trace.baseline = u"Albatross"_s;
        trace.cost = Money::fromNanos(500'000);
        trace.baselineCost = Money::fromNanos(2'000'000);
        QVERIFY2(savingSentence(trace).contains(u"Saved $0.0015"_s),
                 qPrintable(savingSentence(trace)));
        QVERIFY(savingSentence(trace).contains(u"(75 %)"_s));

        trace.cost = Money::fromNanos(3'000'000);
        QVERIFY(savingSentence(trace).contains(u"more"_s));
        QVERIFY(!savingSentence(trace).contains(u"Saved"_s));

        trace.baselineCost.reset();
        QVERIFY(savingSentence(trace).isEmpty());
    }
};

QTEST_MAIN(TestHopWords)
#include "tst_hop_words.moc"
