#include "core/ledger/ledger.h"
#include "core/ledger/ledger_schema.h"
#include "core/sqlite/database.h"
#include "sample_traces.h"

#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::ledger;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::CostOrigin;
using engine::Hop;
using engine::RunTrace;

namespace {

const QDateTime kDay(QDate(2026, 11, 20), QTime(12, 0), Qt::UTC);

Price priceOf(qint64 inputNanos, qint64 outputNanos)
{
    Price price;
    price.input = Money::fromNanos(inputNanos);
    price.output = Money::fromNanos(outputNanos);
    return price;
}

// One call of 1000 tokens in and 500 out, at 1 and 2 USD a million: 2000 micro-dollars.
Hop call(const QString &model)
{
    Hop hop;
    hop.node = {u"n1"_s};
    hop.kind = u"model"_s;
    hop.attempt = 1;
    hop.askedModel = model;
    hop.provider = u"house"_s;
    hop.chosenModel = model + u"-id"_s;
    hop.usage.freshInput = 1000;
    hop.usage.output = 500;
    hop.quote =
        catalog::PriceQuote{priceOf(1'000'000'000, 2'000'000'000), catalog::PriceSource::Bundled,
                            QDate(2026, 8, 1), u"2026-08-01-0011aabb"_s};
    hop.cost = catalog::costOf(hop.usage, hop.quote->price);
    hop.port = u"answer"_s;
    return hop;
}

RunTrace runOf(const QString &id, const QList<Hop> &hops, const QDateTime &at = kDay)
{
    RunTrace trace;
    trace.id = id;
    trace.policyName = u"p"_s;
    trace.startedAt = at;
    trace.hops = hops;
    for (const Hop &hop : hops) {
        trace.cost += hop.cost;
        trace.unknownPrices += hop.costOrigin == CostOrigin::UnknownPrice ? 1 : 0;
    }
    trace.status = engine::RunStatus::Answered;
    trace.answeringHop = hops.size() - 1;
    trace.answeringModel = hops.last().askedModel;
    return trace;
}

constexpr qint64 kBefore = 2'000'000; // nano-dollars of one call
constexpr qint64 kAfter = 4'000'000;

// Twice the price of before.
PriceCorrection doubled(const QString &model = u"small"_s)
{
    PriceCorrection correction;
    correction.provider = u"house"_s;
    correction.model = model + u"-id"_s;
    correction.quote = {priceOf(2'000'000'000, 4'000'000'000), catalog::PriceSource::Override,
                        QDate(2026, 11, 24), u"mine"_s};
    return correction;
}

// The statement that made it before there were origins.
QString formerIndex(const QString &name)
{
    const QStringList first = ledgerFormat().migrations.first();
    const auto found = std::find_if(first.begin(), first.end(), [&name](const QString &sql) {
        return sql.startsWith(u"CREATE INDEX "_s + name);
    });
    return found != first.end() ? *found : QString();
}

} // namespace

class TestPriceCorrection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void givesTableAndBaselineBack();
    void thePreviewChangesNothing();
    void booksCallsAndTheirRunsAnew();
    void keepsTheFirstCost();
    void leavesReportedCostsAlone();
    void anUnknownPriceBecomesKnown();
    void estimatesStayEstimates();
    void holdsWithinThePeriodOnly();
    void otherDeploymentsStayAsTheyAre();
    void failedAndScoringCallsMoveTheirSums();
    void reasoningIsBookedAtItsOwnPrice();
    void aSurchargeStays();
    void theFastSpeedIsNeverBookedAtTheListPrice();
    void liftsALedgerWithoutThePriceOfReasoning();
    void liftsALedgerWithoutSurcharges();
    void theBaselineFollows();
    void aBaselineThatReportedItsCostStays();
    void sumsStayTheSumOfTheHops();
    void readsAnIndex();

private:
    void record(const RunTrace &trace) { QVERIFY(m_ledger->record(trace, false)); }
    QVariant value(const QString &sql)
    {
        auto database =
            sqlite::Database::open(m_folder->filePath(u"ledger.sqlite"_s), ledgerFormat());
        return database.value()->value(sql).value();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Ledger> m_ledger;
};

void TestPriceCorrection::init()
{
    m_ledger.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_ledger = Ledger::open(m_folder->filePath(u"ledger.sqlite"_s)).value();
}

void TestPriceCorrection::givesTableAndBaselineBack()
{
    RunTrace trace = runOf(u"a"_s, {call(u"small"_s)});
    trace.baseline = u"large"_s;
    trace.baselineProvider = u"house"_s;
    trace.baselineModelId = u"large-id"_s;
    trace.hops.first().fallback = true;
    trace.hops.first().hedge = true;
    record(trace);
    const RunTrace read = m_ledger->run(u"a"_s).value();
    QCOMPARE(read.hops, trace.hops);
    QCOMPARE(read.hops.first().quote->table, u"2026-08-01-0011aabb"_s);
    QCOMPARE(read.baselineProvider, u"house"_s);
    QCOMPARE(read.baselineModelId, u"large-id"_s);
}

void TestPriceCorrection::thePreviewChangesNothing()
{
    record(runOf(u"a"_s, {call(u"small"_s)}));
    record(runOf(u"b"_s, {call(u"small"_s), call(u"small"_s)}));
    const RunTrace before = m_ledger->run(u"b"_s).value();
    const CorrectionEffect effect = m_ledger->previewCorrection(doubled()).value();
    QCOMPARE(effect.calls, 3);
    QCOMPARE(effect.runs, 2);
    QCOMPARE(effect.before, Money::fromNanos(3 * kBefore));
    QCOMPARE(effect.after, Money::fromNanos(3 * kAfter));
    QCOMPARE(effect.difference(), Money::fromNanos(3 * kBefore));
    QCOMPARE(m_ledger->run(u"b"_s).value(), before);
    QCOMPARE(value(u"SELECT COUNT(*) FROM price_corrections"_s).toInt(), 0);
}

void TestPriceCorrection::booksCallsAndTheirRunsAnew()
{
    record(runOf(u"a"_s, {call(u"small"_s), call(u"small"_s)}));
    const auto preview = m_ledger->previewCorrection(doubled()).value();
    QCOMPARE(m_ledger->correctPrice(doubled()).value(), preview);
    const RunTrace trace = m_ledger->run(u"a"_s).value();
    QCOMPARE(trace.cost, Money::fromNanos(2 * kAfter));
    for (const Hop &hop : trace.hops) {
        QCOMPARE(hop.cost, Money::fromNanos(kAfter));
        QCOMPARE(hop.costOrigin, CostOrigin::Exact);
        QCOMPARE(*hop.quote, doubled().quote);
    }
    QCOMPARE(m_ledger->totals().value().cost, Money::fromNanos(2 * kAfter));
    // Done once, it has nothing left to do.
    QCOMPARE(m_ledger->correctPrice(doubled()).value().calls, 0);
    QCOMPARE(value(u"SELECT cost_after - cost_before FROM price_corrections WHERE id = 1"_s)
                 .toLongLong(),
             2 * (kAfter - kBefore));
}

void TestPriceCorrection::keepsTheFirstCost()
{
    record(runOf(u"a"_s, {call(u"small"_s)}));
    QVERIFY(value(u"SELECT former_cost FROM hops"_s).isNull());
    QVERIFY(m_ledger->correctPrice(doubled()));
    PriceCorrection again = doubled();
    again.quote.price = priceOf(7, 7);
    QVERIFY(m_ledger->correctPrice(again));
    QCOMPARE(value(u"SELECT former_cost FROM hops"_s).toLongLong(), kBefore);
}

void TestPriceCorrection::leavesReportedCostsAlone()
{
    Hop reported = call(u"small"_s);
    reported.costOrigin = CostOrigin::ProviderReported;
    reported.cost = Money::fromNanos(1'234'567);
    record(runOf(u"a"_s, {reported}));
    const auto effect = m_ledger->correctPrice(doubled()).value();
    QCOMPARE(effect.calls, 0);
    QCOMPARE(effect.reported, 1);
    QCOMPARE(m_ledger->run(u"a"_s).value().hops.first(), reported);
}

void TestPriceCorrection::anUnknownPriceBecomesKnown()
{
    Hop unknown = call(u"small"_s);
    unknown.quote.reset();
    unknown.cost = {};
    unknown.costOrigin = CostOrigin::UnknownPrice;
    record(runOf(u"a"_s, {unknown}));
    const auto effect = m_ledger->correctPrice(doubled()).value();
    QCOMPARE(effect.before, Money());
    QCOMPARE(effect.after, Money::fromNanos(kAfter));
    const RunTrace trace = m_ledger->run(u"a"_s).value();
    QCOMPARE(trace.unknownPrices, 0);
    QCOMPARE(trace.cost, Money::fromNanos(kAfter));
    QCOMPARE(trace.hops.first().costOrigin, CostOrigin::Exact);
}

void TestPriceCorrection::estimatesStayEstimates()
{
    Hop estimated = call(u"small"_s);
    estimated.usage.estimated = true;
    estimated.costOrigin = CostOrigin::EstimatedTokens;
    record(runOf(u"a"_s, {estimated}));
    QVERIFY(m_ledger->correctPrice(doubled()));
    QCOMPARE(m_ledger->run(u"a"_s).value().hops.first().costOrigin, CostOrigin::EstimatedTokens);
}

void TestPriceCorrection::holdsWithinThePeriodOnly()
{
    record(runOf(u"early"_s, {call(u"small"_s)}, kDay.addDays(-1)));
    record(runOf(u"first"_s, {call(u"small"_s)}, kDay));
    record(runOf(u"end"_s, {call(u"small"_s)}, kDay.addDays(1)));
    PriceCorrection correction = doubled();
    correction.from = kDay;
    correction.to = kDay.addDays(1);
    QCOMPARE(m_ledger->correctPrice(correction).value().calls, 1);
    QCOMPARE(m_ledger->run(u"early"_s).value().cost, Money::fromNanos(kBefore));
    QCOMPARE(m_ledger->run(u"first"_s).value().cost, Money::fromNanos(kAfter));
    QCOMPARE(m_ledger->run(u"end"_s).value().cost, Money::fromNanos(kBefore));
}

void TestPriceCorrection::otherDeploymentsStayAsTheyAre()
{
    Hop elsewhere = call(u"small"_s);
    elsewhere.provider = u"other"_s;
    const RunTrace trace = runOf(u"a"_s, {elsewhere, call(u"large"_s)});
    record(trace);
    QCOMPARE(m_ledger->correctPrice(doubled()).value(), CorrectionEffect());
    QCOMPARE(m_ledger->run(u"a"_s).value().cost, trace.cost);
}

void TestPriceCorrection::failedAndScoringCallsMoveTheirSums()
{
    Hop failed = call(u"small"_s);
    failed.failureClass = u"truncated"_s;
    Hop judge = call(u"small"_s);
    judge.kind = engine::kJudgeCall;
    record(runOf(u"a"_s, {failed, judge, call(u"large"_s)}));
    QVERIFY(m_ledger->correctPrice(doubled()));
    const SpendTotals totals = m_ledger->totals().value();
    QCOMPARE(totals.failedCost, Money::fromNanos(kAfter));
    QCOMPARE(totals.scorerCost, Money::fromNanos(kAfter));
    QCOMPARE(totals.cost, Money::fromNanos(2 * kAfter + kBefore));
}

void TestPriceCorrection::reasoningIsBookedAtItsOwnPrice()
{
    Hop thinking = call(u"small"_s);
    thinking.usage.reasoning = 300; // of the 500
    thinking.quote->price.reasoning = Money::fromNanos(3'000'000'000);
    thinking.cost = catalog::costOf(thinking.usage, thinking.quote->price);
    RunTrace trace = runOf(u"a"_s, {thinking});
    trace.baseline = u"small"_s;
    trace.baselineProvider = u"house"_s;
    trace.baselineModelId = u"small-id"_s;
    trace.baselineCost = thinking.cost;
    record(trace);
    QCOMPARE(m_ledger->run(u"a"_s).value().hops, trace.hops);

    PriceCorrection correction = doubled();
    correction.quote.price.reasoning = Money::fromNanos(10'000'000'000);
    // 1000 x 2 + 200 x 4 + 300 x 10 millionths of a dollar.
    const Money after = Money::fromNanos(5'800'000);
    QCOMPARE(m_ledger->correctPrice(correction).value().after, after);
    const RunTrace read = m_ledger->run(u"a"_s).value();
    QCOMPARE(read.cost, after);
    QCOMPARE(read.baselineCost, std::optional(after));
    QCOMPARE(*read.hops.first().quote, correction.quote);
    QCOMPARE(value(u"SELECT price_reasoning FROM price_corrections"_s).toLongLong(),
             10'000'000'000);
}

// Rows of version 3 are read, and are booked anew with a price of reasoning.
void TestPriceCorrection::liftsALedgerWithoutThePriceOfReasoning()
{
    Hop thinking = call(u"small"_s);
    thinking.usage.reasoning = 300;
    const RunTrace trace = runOf(u"old"_s, {thinking});
    record(trace);
    m_ledger.reset();
    const QString path = m_folder->filePath(u"ledger.sqlite"_s);
    {
        const auto database = sqlite::Database::open(path, ledgerFormat()).value();
        for (const QString &sql :
             {u"ALTER TABLE hops DROP COLUMN price_reasoning"_s,
              u"ALTER TABLE price_corrections DROP COLUMN price_reasoning"_s,
              u"ALTER TABLE hops DROP COLUMN price_percent"_s,
              u"ALTER TABLE hops DROP COLUMN fast"_s,
              u"ALTER TABLE runs DROP COLUMN baseline_percent"_s,
              u"ALTER TABLE runs DROP COLUMN baseline_fast"_s, u"DROP INDEX runs_by_time"_s,
              u"DROP INDEX runs_in_order"_s, u"ALTER TABLE runs DROP COLUMN origin"_s,
              formerIndex(u"runs_by_time"_s), formerIndex(u"runs_in_order"_s),
              u"ALTER TABLE begun DROP COLUMN origin"_s, u"PRAGMA user_version = 3"_s})
            QVERIFY(database->execute(sql));
    }
    auto lifted = Ledger::open(path);
    QVERIFY2(lifted, lifted ? "" : qPrintable(lifted.error().detail));
    m_ledger = std::move(*lifted);
    QVERIFY(QFile::exists(path + u".v3.backup"_s));
    QCOMPARE(value(u"PRAGMA user_version"_s).toInt(), ledgerFormat().version());
    QCOMPARE(m_ledger->run(u"old"_s).value().hops, trace.hops);
    PriceCorrection correction = doubled();
    correction.quote.price.reasoning = Money::fromNanos(10'000'000'000);
    QCOMPARE(m_ledger->correctPrice(correction).value().after, Money::fromNanos(5'800'000));
    QVERIFY(m_ledger->checkIntegrity());
}

void TestPriceCorrection::liftsALedgerWithoutSurcharges()
{
    const RunTrace trace = runOf(u"old"_s, {call(u"small"_s)});
    record(trace);
    m_ledger.reset();
    const QString path = m_folder->filePath(u"ledger.sqlite"_s);
    {
        const auto database = sqlite::Database::open(path, ledgerFormat()).value();
        for (const QString &sql :
             {u"ALTER TABLE hops DROP COLUMN price_percent"_s,
              u"ALTER TABLE hops DROP COLUMN fast"_s,
              u"ALTER TABLE runs DROP COLUMN baseline_percent"_s,
              u"ALTER TABLE runs DROP COLUMN baseline_fast"_s, u"DROP INDEX runs_by_time"_s,
              u"DROP INDEX runs_in_order"_s, u"ALTER TABLE runs DROP COLUMN origin"_s,
              formerIndex(u"runs_by_time"_s), formerIndex(u"runs_in_order"_s),
              u"ALTER TABLE begun DROP COLUMN origin"_s, u"PRAGMA user_version = 4"_s})
            QVERIFY(database->execute(sql));
    }
    auto lifted = Ledger::open(path);
    QVERIFY2(lifted, lifted ? "" : qPrintable(lifted.error().detail));
    m_ledger = std::move(*lifted);
    QVERIFY(QFile::exists(path + u".v4.backup"_s));
    QCOMPARE(value(u"PRAGMA user_version"_s).toInt(), ledgerFormat().version());
    QCOMPARE(m_ledger->run(u"old"_s).value().hops, trace.hops);
    QCOMPARE(m_ledger->correctPrice(doubled()).value().after, Money::fromNanos(kAfter));
    QVERIFY(m_ledger->checkIntegrity());
}

// The new price is the list's; a tenth more was charged, and is.
void TestPriceCorrection::aSurchargeStays()
{
    Hop dear = call(u"small"_s);
    dear.surcharge.percent = 110;
    dear.quote->price = *catalog::priceWith(dear.quote->price, dear.surcharge);
    dear.cost = catalog::costOf(dear.usage, dear.quote->price);
    QCOMPARE(dear.cost, Money::fromNanos(kBefore * 11 / 10));
    RunTrace trace = runOf(u"a"_s, {dear});
    trace.baseline = u"small"_s;
    trace.baselineProvider = u"house"_s;
    trace.baselineModelId = u"small-id"_s;
    trace.baselineCost = dear.cost;
    record(trace);
    // The baseline of another run would have asked for it.
    RunTrace compared = runOf(u"b"_s, {call(u"large"_s)});
    compared.baseline = u"small"_s;
    compared.baselineProvider = u"house"_s;
    compared.baselineModelId = u"small-id"_s;
    compared.baselineSurcharge.percent = 110;
    compared.baselineCost = dear.cost;
    record(compared);
    const auto effect = m_ledger->correctPrice(doubled()).value();
    QCOMPARE(effect.calls, 1);
    QCOMPARE(effect.after, Money::fromNanos(kAfter * 11 / 10));
    QCOMPARE(effect.baselines, 2);
    QCOMPARE(effect.baselinesAfter, Money::fromNanos(2 * (kAfter * 11 / 10)));
    const Hop corrected = m_ledger->run(u"a"_s).value().hops.first();
    QCOMPARE(corrected.cost, Money::fromNanos(kAfter * 11 / 10));
    QCOMPARE(corrected.quote->price.input, Money::fromNanos(2'200'000'000));
    QCOMPARE(corrected.surcharge, dear.surcharge);
    // At the same list price there is nothing to correct.
    QCOMPARE(m_ledger->previewCorrection(doubled()).value().calls, 0);
}

void TestPriceCorrection::theFastSpeedIsNeverBookedAtTheListPrice()
{
    Hop unknown = call(u"small"_s);
    unknown.surcharge.fast = true;
    unknown.quote.reset();
    unknown.cost = {};
    unknown.costOrigin = CostOrigin::UnknownPrice;
    Hop atOwnPrice = call(u"small"_s);
    atOwnPrice.surcharge.fast = true;
    RunTrace trace = runOf(u"a"_s, {atOwnPrice, unknown});
    trace.baseline = u"small"_s;
    trace.baselineProvider = u"house"_s;
    trace.baselineModelId = u"small-id"_s;
    record(trace);
    RunTrace compared = runOf(u"b"_s, {call(u"large"_s)});
    compared.baseline = u"small"_s;
    compared.baselineProvider = u"house"_s;
    compared.baselineModelId = u"small-id"_s;
    compared.baselineSurcharge.fast = true;
    record(compared);
    const auto effect = m_ledger->correctPrice(doubled()).value();
    QCOMPARE(effect.calls, 0);
    QCOMPARE(effect.fast, 2);
    QCOMPARE(effect.baselines, 0);
    QCOMPARE(m_ledger->run(u"a"_s).value().hops, trace.hops);
    QCOMPARE(m_ledger->run(u"a"_s).value().unknownPrices, 1);
}

void TestPriceCorrection::theBaselineFollows()
{
    RunTrace compared = runOf(u"compared"_s, {call(u"small"_s)});
    compared.baseline = u"large"_s;
    compared.baselineProvider = u"house"_s;
    compared.baselineModelId = u"large-id"_s;
    compared.baselineCost = Money::fromNanos(9);
    record(compared);
    RunTrace itself = compared;
    itself.id = u"itself"_s;
    itself.hops = {call(u"large"_s)};
    itself.answeringModel = u"large"_s;
    record(itself);
    const auto effect = m_ledger->correctPrice(doubled(u"large"_s)).value();
    QCOMPARE(effect.baselines, 2);
    QCOMPARE(effect.baselinesBefore, Money::fromNanos(18));
    QCOMPARE(effect.baselinesAfter, Money::fromNanos(2 * kAfter));
    QCOMPARE(effect.calls, 1);
    const RunTrace read = m_ledger->run(u"itself"_s).value();
    QCOMPARE(read.baselineCost, std::optional(Money::fromNanos(kAfter)));
    QCOMPARE(read.saving(), std::optional(Money()));
    QCOMPARE(m_ledger->run(u"compared"_s).value().saving(),
             std::optional(Money::fromNanos(kAfter - kBefore)));
}

void TestPriceCorrection::aBaselineThatReportedItsCostStays()
{
    Hop reported = call(u"large"_s);
    reported.costOrigin = CostOrigin::ProviderReported;
    RunTrace trace = runOf(u"a"_s, {reported});
    trace.baseline = u"large"_s;
    trace.baselineProvider = u"house"_s;
    trace.baselineModelId = u"large-id"_s;
    trace.baselineCost = reported.cost;
    record(trace);
    QCOMPARE(m_ledger->correctPrice(doubled(u"large"_s)).value().baselines, 0);
    QCOMPARE(m_ledger->run(u"a"_s).value().baselineCost, trace.baselineCost);
}

void TestPriceCorrection::sumsStayTheSumOfTheHops()
{
    for (quint32 seed = 0; seed < 60; ++seed)
        record(test::sampleTrace(u"run %1"_s.arg(seed), seed));
    PriceCorrection correction;
    correction.provider = u"provider"_s;
    correction.model = u"vendor/model-1"_s;
    correction.quote = doubled().quote;
    QVERIFY(m_ledger->correctPrice(correction).value().calls > 30);
    const QString wrong = u"SELECT COUNT(*) FROM runs WHERE cost <> (SELECT SUM(cost) FROM hops"
                          " WHERE run = seq) OR unknown_prices <> (SELECT SUM(cost_origin ="
                          " 'unknown_price') FROM hops WHERE run = seq)"_s;
    QCOMPARE(value(wrong).toInt(), 0);
}

void TestPriceCorrection::readsAnIndex()
{
    const auto database =
        sqlite::Database::open(m_folder->filePath(u"ledger.sqlite"_s), ledgerFormat()).value();
    QStringList plan;
    const QString sql = deploymentCallsSql();
    QVERIFY(
        database->forEach(u"EXPLAIN QUERY PLAN "_s + sql, QVariantList(sql.count(u'?'), 0),
                          [&plan](const QSqlQuery &row) { plan.append(row.value(3).toString()); }));
    QCOMPARE(plan.size(), 1);
    QVERIFY2(plan.first().startsWith(u"SEARCH hops USING COVERING INDEX hops_by_deployment"_s),
             qPrintable(plan.first()));
}

QTEST_GUILESS_MAIN(TestPriceCorrection)
#include "tst_price_correction.moc"
