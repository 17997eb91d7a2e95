#include "core/ledger/ledger.h"
#include "core/ledger/ledger_schema.h"
#include "core/ledger/spend_query.h"
#include "core/sqlite/database.h"
#include "sample_traces.h"

#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::ledger;
using namespace headgate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QDateTime utc(const QString &text)
{
    return QDateTime::fromString(text, Qt::ISODateWithMs);
}

} // namespace

class TestLedger final : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Ledger> m_ledger;

    QString path() const { return m_folder->filePath(u"new folder/ledger.sqlite"_s); }
    void record(const engine::RunTrace &trace, bool keepTexts = false)
    {
        const auto recorded = m_ledger->record(trace, keepTexts);
        QVERIFY2(recorded, recorded ? "" : qPrintable(recorded.error().detail));
    }
    QByteArray allBytes() const
    {
        QByteArray bytes;
        for (const QString &suffix : {u""_s, u"-wal"_s}) {
            QFile file(path() + suffix);
            if (file.open(QIODevice::ReadOnly))
                bytes += file.readAll();
        }
        return bytes;
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto opened = Ledger::open(path());
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message + opened.error().detail));
        m_ledger = *std::move(opened);
    }
    void cleanup() { m_ledger.reset(); }

    void givesEveryFieldBack()
    {
        for (quint32 seed = 0; seed < 50; ++seed) {
            const auto trace = sampleTrace(u"run-%1"_s.arg(seed), seed);
            record(trace, true);
            const auto read = m_ledger->run(trace.id);
            QVERIFY(read);
            QCOMPARE(toJson(*read), toJson(trace)); // the readable difference first
            QVERIFY(*read == trace);
        }
    }

    // What servers send and people write: nothing is cut, and what is stored is valid text.
    void keepsOddTextWhole()
    {
        auto trace = sampleTrace(u"odd"_s, 1);
        trace.answer = u"a"_s + QChar(0) + u"b\uFFFD\u202Ec 😀"_s + QChar(0xD800) + u"d"_s;
        trace.query.messages = {{Message::Role::User, trace.answer, Json::object()}};
        for (engine::Hop &hop : trace.hops)
            hop.error = trace.answer;
        record(trace, true);
        const auto read = m_ledger->run(trace.id);
        QVERIFY(read);
        const QString valid = u"a"_s + QChar(0) + u"b\uFFFD\u202Ec 😀\uFFFDd"_s;
        QCOMPARE(read->answer, valid);
        QString asked = valid; // it is kept as JSON, whose writer marks half a character so
        QCOMPARE(read->query.prompt(), asked.replace(u"\uFFFDd"_s, u"?d"_s));
        for (const engine::Hop &hop : read->hops)
            QCOMPARE(hop.error, valid);
        QVERIFY(toQString(toJson(*read).dump()).isValidUtf16());
    }

    void keepsNoTextUnlessAskedTo()
    {
        const auto trace = sampleTrace(u"run"_s, 5);
        record(trace);
        auto expected = trace;
        expected.answer.clear();
        expected.query.messages.clear();
        expected.query.metadata = Json::object();
        for (engine::Hop &hop : expected.hops)
            hop.text.clear();
        QCOMPARE(toJson(m_ledger->run(trace.id).value()), toJson(expected));
        QCOMPARE(m_ledger->runs({}, 1)->first().prompt, QString());
        for (const char *secret : {"Prompt 5", "with a", "ada", "Be brief"})
            QVERIFY2(!allBytes().contains(secret), secret);
    }

    void deletesTextsForGood()
    {
        record(sampleTrace(u"run"_s, 5), true);
        QVERIFY(allBytes().contains("Prompt 5"));
        QVERIFY(m_ledger->deleteTexts());
        QVERIFY(!allBytes().contains("Prompt 5"));
        QVERIFY(!allBytes().contains("with a"));
        QVERIFY(m_ledger->run(u"run"_s)->answer.isEmpty());
        QCOMPARE(m_ledger->totals()->runs, 1);
    }

    void survivesReopening()
    {
        record(sampleTrace(u"run"_s, 1), true);
        m_ledger = Ledger::open(path()).value();
        QVERIFY(*m_ledger->run(u"run"_s) == sampleTrace(u"run"_s, 1));
        QCOMPARE(m_ledger->path(), path());
        QVERIFY(!m_ledger->isReadOnly());
        QVERIFY(m_ledger->checkIntegrity());
    }

    void countsARunOnce()
    {
        record(sampleTrace(u"run"_s, 1), true);
        record(sampleTrace(u"run"_s, 2), true);
        QCOMPARE(m_ledger->totals()->runs, 1);
        QVERIFY(*m_ledger->run(u"run"_s) == sampleTrace(u"run"_s, 1));
    }

    void saysWhichRunIsMissing()
    {
        const auto read = m_ledger->run(u"nobody"_s);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::NotFound);
        QVERIFY(read.error().message.contains(u"nobody"_s));
    }

    void anEmptyLedgerHasEmptySums()
    {
        QCOMPARE(m_ledger->totals()->runs, 0);
        QCOMPARE(m_ledger->totals()->cost, Money());
        QVERIFY(m_ledger->cumulative()->isEmpty());
        QVERIFY(m_ledger->byDay({}, QTimeZone::utc())->isEmpty());
        QVERIFY(m_ledger->byModel()->isEmpty());
        QVERIFY(m_ledger->runs({}, 10)->isEmpty());
    }

    void totalsAreTheSumOfTheTracesToTheNanoDollar()
    {
        SpendTotals expected;
        QHash<QString, ModelTotals> models;
        for (quint32 seed = 0; seed < 300; ++seed) {
            const auto trace = sampleTrace(u"run-%1"_s.arg(seed), seed);
            record(trace);
            ++expected.runs;
            ++expected.answered;
            ++models[trace.answeringModel].answered;
            expected.cost += trace.cost;
            expected.unknownPrices += trace.unknownPrices > 0 ? 1 : 0;
            if (trace.baselineCost) {
                ++expected.compared;
                expected.baselineCost += *trace.baselineCost;
                expected.comparedCost += trace.cost;
                expected.estimated += trace.baselineEstimated ? 1 : 0;
            }
            for (const engine::Hop &hop : trace.hops) {
                if (hop.kind == u"gate"_s || hop.kind == u"judge"_s)
                    expected.scorerCost += hop.cost;
                else if (hop.discarded)
                    expected.failedCost += hop.cost;
                if (hop.attempt > 0) {
                    ++models[hop.askedModel].calls;
                    models[hop.askedModel].cost += hop.cost;
                }
            }
        }
        const SpendTotals totals = m_ledger->totals().value();
        QCOMPARE(totals.runs, expected.runs);
        QCOMPARE(totals.answered, expected.answered);
        QCOMPARE(totals.cost, expected.cost);
        QCOMPARE(totals.baselineCost, expected.baselineCost);
        QCOMPARE(totals.comparedCost, expected.comparedCost);
        QCOMPARE(totals.compared, expected.compared);
        QCOMPARE(totals.estimated, expected.estimated);
        QCOMPARE(totals.unknownPrices, expected.unknownPrices);
        QCOMPARE(totals.scorerCost, expected.scorerCost);
        QCOMPARE(totals.failedCost, expected.failedCost);

        const auto byModel = m_ledger->byModel().value();
        QCOMPARE(byModel.size(), models.size());
        Money dearest = byModel.first().cost;
        for (const ModelTotals &model : byModel) {
            QCOMPARE(model.calls, models[model.model].calls);
            QCOMPARE(model.answered, models[model.model].answered);
            QCOMPARE(model.cost, models[model.model].cost);
            QVERIFY(model.cost <= dearest);
            dearest = model.cost;
        }
    }

    void filtersByTimePolicySimulationAndOrigin()
    {
        auto early = plainTrace(u"a"_s, utc(u"2026-03-01T00:00:00Z"_s), 1, 10);
        auto late = plainTrace(u"b"_s, utc(u"2026-03-02T00:00:00Z"_s), 2, 20);
        auto other = plainTrace(u"c"_s, utc(u"2026-03-03T00:00:00Z"_s), 4);
        other.policyName = u"other"_s;
        other.simulated = true;
        auto recorded = plainTrace(u"d"_s, utc(u"2026-03-03T00:00:00Z"_s), 8);
        recorded.origin = engine::RunOrigin::Recorded;
        for (const auto &trace : {early, late, other, recorded})
            record(trace);
        const auto cost = [this](const SpendFilter &filter) {
            const qint64 nanos = m_ledger->totals(filter)->cost.nanos();
            // Every query is to agree on what the filter lets through.
            qint64 byDay = 0;
            const auto days = m_ledger->byDay(filter, QTimeZone::utc()).value();
            for (const DaySpend &day : days)
                byDay += day.cost.nanos();
            qint64 byRun = 0;
            const auto runs = m_ledger->runs(filter, 99).value();
            for (const RunSummary &run : runs)
                byRun += run.cost.nanos();
            qint64 byModel = 0;
            const auto models = m_ledger->byModel(filter).value();
            for (const ModelTotals &model : models)
                byModel += model.cost.nanos();
            const auto line = m_ledger->cumulative(filter).value();
            const qint64 end = line.isEmpty() ? 0 : line.last().cost.nanos();
            return nanos == byDay && nanos == byRun && nanos == byModel && nanos == end ? nanos
                                                                                        : -1;
        };
        QCOMPARE(cost({}), 15);
        QCOMPARE(cost({.from = late.startedAt, .to = {}, .policyName = {}, .simulated = {}}), 14);
        QCOMPARE(cost({.from = {}, .to = late.startedAt, .policyName = {}, .simulated = {}}), 1);
        QCOMPARE(cost({.from = {}, .to = {}, .policyName = u"other"_s, .simulated = {}}), 4);
        QCOMPARE(cost({.from = {}, .to = {}, .policyName = {}, .simulated = false}), 11);
        SpendFilter live;
        live.origin = engine::RunOrigin::Live;
        QCOMPARE(cost(live), 7);
        live.origin = engine::RunOrigin::Recorded;
        QCOMPARE(cost(live), 8);
        QCOMPARE(cost({.from = {}, .to = {}, .policyName = u"other"_s, .simulated = false}), 0);
    }

    void listsRunsNewestFirstInPages()
    {
        for (int i = 0; i < 25; ++i)
            record(sampleTrace(QString::number(i), quint32(i)), i % 2 == 0);
        const auto page = m_ledger->runs({}, 10, 5).value();
        QCOMPARE(page.size(), 10);
        QCOMPARE(page.first().id, u"19"_s);
        QCOMPARE(page.last().id, u"10"_s);
        const auto trace = sampleTrace(u"18"_s, 18);
        const RunSummary &run = page[1];
        QCOMPARE(run.prompt, trace.query.prompt());
        QCOMPARE(run.path, pathText(trace));
        QCOMPARE(run.startedAt, trace.startedAt);
        QCOMPARE(run.answeringModel, trace.answeringModel);
        QCOMPARE(run.cost, trace.cost);
        QCOMPARE(run.baselineCost, trace.baselineCost);
        QCOMPARE(run.latency, trace.latency);
        QCOMPARE(run.simulated, trace.simulated);
        QCOMPARE(run.origin, trace.origin);
    }

    void aClockSetBackDoesNotBendTheLine()
    {
        const QDateTime now = utc(u"2026-03-01T12:00:00Z"_s);
        const QList<qint64> jumps{0, 3600, -3600, 365 * 86400, -365 * 86400, 10, 20};
        for (qsizetype i = 0; i < jumps.size(); ++i)
            record(plainTrace(QString::number(i), now.addSecs(jumps[i]), 1, 5));
        for (const int most : {2000, 3}) {
            const auto line = m_ledger->cumulative({}, most).value();
            QVERIFY(line.size() <= most);
            for (qsizetype i = 1; i < line.size(); ++i) {
                QVERIFY(line[i].at >= line[i - 1].at);
                QVERIFY(line[i].cost > line[i - 1].cost);
            }
            QCOMPARE(line.last().cost.nanos(), 7);
            QCOMPARE(line.last().baselineCost.nanos(), 35);
        }
    }

    void aLongLineIsThinnedButEndsExactly()
    {
        Money cost;
        Money compared;
        for (int i = 0; i < 101; ++i) {
            const auto trace =
                plainTrace(QString::number(i), utc(u"2026-03-01T00:00:00Z"_s).addSecs(i), i,
                           i % 2 ? std::optional<qint64>(100) : std::nullopt);
            record(trace);
            cost += trace.cost;
            compared += i % 2 ? trace.cost : Money();
        }
        const auto line = m_ledger->cumulative({}, 10).value();
        QVERIFY(line.size() <= 10 && line.size() > 5);
        QCOMPARE(line.last().cost, cost);
        QCOMPARE(line.last().comparedCost, compared);
        QCOMPARE(line.last().baselineCost.nanos(), 5000);
        QCOMPARE(line.last().at, utc(u"2026-03-01T00:01:40Z"_s));
        QCOMPARE(m_ledger->cumulative({}, 101)->size(), 101);
    }

    void daysFollowTheZoneAndItsSummerTime()
    {
        const QTimeZone berlin("Europe/Berlin");
        QVERIFY(berlin.isValid());
        // Summer time began on 2026-03-29 at 01:00 UTC: that day had 23 hours.
        record(plainTrace(u"a"_s, utc(u"2026-03-28T22:59:59.999Z"_s), 1, 10)); // 28th, 23:59
        record(plainTrace(u"b"_s, utc(u"2026-03-28T23:00:00Z"_s), 2, 20));     // 29th, 00:00
        record(plainTrace(u"c"_s, utc(u"2026-03-29T21:59:59Z"_s), 4));         // 29th, 23:59
        record(plainTrace(u"d"_s, utc(u"2026-03-29T22:00:00Z"_s), 8));         // 30th, 00:00
        record(plainTrace(u"e"_s, utc(u"2026-07-01T00:00:00Z"_s), 16));
        const auto days = m_ledger->byDay({}, berlin).value();
        QCOMPARE(days.size(), 4);
        QCOMPARE(days[0].day, QDate(2026, 3, 28));
        QCOMPARE(days[1].day, QDate(2026, 3, 29));
        QCOMPARE(days[1].runs, 2);
        QCOMPARE(days[1].cost.nanos(), 6);
        QCOMPARE(days[1].baselineCost.nanos(), 20);
        QCOMPARE(days[1].comparedCost.nanos(), 2);
        QCOMPARE(days[2].cost.nanos(), 8);
        QCOMPARE(days[3].day, QDate(2026, 7, 1));
        QCOMPARE(m_ledger->byDay({}, QTimeZone::utc())->size(), 3);
    }

    void sumsReadAnIndexAloneAndSortNothing_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("index");
        const SpendFilter filter{.from = QDateTime::currentDateTimeUtc(),
                                 .to = {},
                                 .policyName = u"a"_s,
                                 .simulated = false,
                                 .origin = engine::RunOrigin::Live};
        for (const SpendFilter &each : {SpendFilter(), filter}) {
            const QByteArray name = each.simulated ? "filtered" : "all";
            const Condition all(each);
            Condition day(each);
            day.with(u"started_ms >= ? AND started_ms < ?"_s, {});
            Condition points(each);
            points.with(u"seq >= ? AND seq < ?"_s, {});
            QTest::newRow("first run " + name) << firstRunSql(day) << u"runs_by_time"_s;
            QTest::newRow("day " + name) << daySumSql(day) << u"runs_by_time"_s;
            QTest::newRow("points " + name) << pointsSql(all) << u"runs_in_order"_s;
            QTest::newRow("point sum " + name) << pointSumSql(points) << u"runs_in_order"_s;
        }
    }
    void sumsReadAnIndexAloneAndSortNothing()
    {
        QFETCH(const QString, sql);
        QFETCH(const QString, index);
        const auto database = sqlite::Database::open(path(), ledgerFormat()).value();
        QStringList plan;
        QVERIFY(database->forEach(
            u"EXPLAIN QUERY PLAN "_s + sql, QVariantList(sql.count(u'?'), 0),
            [&plan](const QSqlQuery &row) { plan.append(row.value(3).toString()); }));
        QCOMPARE(plan.size(), 1);
        QVERIFY2(plan.first().contains(u"USING COVERING INDEX "_s + index),
                 qPrintable(plan.join(u'\n')));
        const bool bounded = !sql.contains(u"ORDER BY seq"_s); // all points are a walk through all
        QVERIFY2(!bounded || plan.first().startsWith(u"SEARCH"_s), qPrintable(plan.first()));
    }

    void twoConnectionsSeeEachOther()
    {
        const auto other = Ledger::open(path()).value();
        record(sampleTrace(u"a"_s, 1));
        QVERIFY(other->record(sampleTrace(u"b"_s, 2), false));
        QCOMPARE(other->totals()->runs, 2);
        QCOMPARE(m_ledger->totals()->runs, 2);
    }

    void aRunThatNeverEndedIsKnown()
    {
        const auto done = sampleTrace(u"done"_s, 1);
        const auto lost = sampleTrace(u"lost"_s, 2);
        for (const auto &trace : {done, lost, lost})
            QVERIFY(m_ledger->begin(trace));
        record(done);
        const auto unfinished = m_ledger->unfinished(lost.startedAt.addSecs(1)).value();
        QCOMPARE(unfinished.size(), 1);
        QCOMPARE(unfinished.first(), (UnfinishedRun{u"lost"_s, lost.startedAt, lost.policyName,
                                                    lost.simulated, lost.origin}));
        QVERIFY(m_ledger->unfinished(lost.startedAt)->isEmpty());
    }

    void recordingsOfOlderVersionsAreTold()
    {
        m_ledger.reset();
        const QString older = m_folder->filePath(u"older.sqlite"_s);
        sqlite::FileFormat former = ledgerFormat();
        former.migrations.resize(5);
        {
            const auto database = sqlite::Database::open(older, former).value();
            const auto add = [&database](const QString &id, const QString &policy,
                                         const QString &baseline) {
                QVERIFY(database->run(
                    u"INSERT INTO runs (id, started_ms, policy, policy_version, path,"
                    " estimated_tokens, seed, status, answering_model, answering_hop, cost,"
                    " scorer_cost, failed_cost, unknown_prices, latency_ns, baseline,"
                    " baseline_estimated, simulated, error) VALUES (?, 1767225600000, ?, 'v', '',"
                    " 1, 2, 'answered', 'small', 0, 50, 0, 0, 0, 9, ?, 1, 1, '')"_s,
                    {id, policy, baseline}));
            };
            add(u"recorded"_s, u"Recording of practice"_s, u""_s);
            add(u"live"_s, u"support"_s, u""_s);
            add(u"called so"_s, u"Recording of calls"_s, u"large"_s);
            QVERIFY(database->run(u"INSERT INTO begun (id, started_ms, policy, simulated)"
                                  " VALUES ('lost', 1, 'Recording of practice', 1)"_s));
        }
        m_ledger = Ledger::open(older).value();
        QVERIFY(QFile::exists(older + u".v5.backup"_s));
        QCOMPARE(m_ledger->run(u"recorded"_s)->origin, engine::RunOrigin::Recorded);
        QCOMPARE(m_ledger->run(u"live"_s)->origin, engine::RunOrigin::Live);
        QCOMPARE(m_ledger->run(u"called so"_s)->origin, engine::RunOrigin::Live);
        const auto unfinished = m_ledger->unfinished(utc(u"2026-01-01T00:00:00Z"_s)).value();
        QCOMPARE(unfinished.size(), 1);
        QCOMPARE(unfinished.first().origin, engine::RunOrigin::Recorded);
        record(plainTrace(u"new"_s, utc(u"2026-03-01T00:00:00Z"_s), 1));
        QCOMPARE(m_ledger->totals()->runs, 4);
        QVERIFY(m_ledger->checkIntegrity());
    }

    void takesTheEmptiestTrace()
    {
        record(engine::RunTrace());
        const auto read = m_ledger->run(u""_s);
        QVERIFY(read);
        QCOMPARE(read->hops.size(), 0);
        QVERIFY(m_ledger->begin(engine::RunTrace()));
    }
};

QTEST_GUILESS_MAIN(TestLedger)
#include "tst_ledger.moc"
