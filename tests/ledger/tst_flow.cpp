#include "core/ledger/ledger.h"
#include "core/ledger/ledger_schema.h"
#include "core/ledger/spend_query.h"
#include "core/sqlite/database.h"
#include "sample_traces.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::ledger;
using namespace headgate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const policy::NodeId kGate{QStringLiteral("n3")};

SpendFilter simulatedOf(const QString &policyName)
{
    SpendFilter filter;
    filter.policyName = policyName;
    filter.simulated = true;
    return filter;
}

bool takes(const SpendFilter &filter, const engine::RunTrace &trace)
{
    return trace.policyName == filter.policyName && trace.simulated == filter.simulated &&
           (!filter.from.isValid() || trace.startedAt >= filter.from) &&
           (!filter.to.isValid() || trace.startedAt < filter.to);
}

// A run of small -> gate -> (large): the costs before and after the gate in nano-dollars.
engine::RunTrace gated(const QString &id, double score, const QString &port, qint64 before,
                       qint64 after)
{
    engine::RunTrace trace = plainTrace(id, QDateTime(QDate(2026, 11, 1), {}, Qt::UTC), before);
    engine::Hop gate;
    gate.node = kGate;
    gate.kind = u"gate"_s;
    gate.score = score;
    gate.threshold = 0.5;
    gate.scorers = u"aaaaaaaaaaaa"_s;
    gate.port = port;
    engine::Hop call = trace.hops.first();
    call.node = {u"n4"_s};
    call.cost = Money::fromNanos(after);
    trace.hops.append(gate);
    if (after > 0)
        trace.hops.append(call);
    trace.cost = Money::fromNanos(before + after);
    return trace;
}

} // namespace

class TestFlow final : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Ledger> m_ledger;

    QString path() const { return m_folder->filePath(u"ledger.sqlite"_s); }
    QList<engine::RunTrace> recordSamples(quint32 count)
    {
        QList<engine::RunTrace> traces;
        for (quint32 seed = 0; seed < count; ++seed) {
            traces.append(sampleTrace(u"run-%1"_s.arg(seed), seed));
            if (!m_ledger->record(traces.last(), false))
                qFatal("A sample could not be recorded.");
        }
        return traces;
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_ledger = Ledger::open(path()).value();
    }
    void cleanup() { m_ledger.reset(); }

    void anEmptyLedgerHasNoFlow()
    {
        QCOMPARE(m_ledger->flow(simulatedOf(u"nobody"_s))->total.runs, 0);
        QVERIFY(m_ledger->flow({})->wires.isEmpty());
        QVERIFY(m_ledger->gateScores({.runs = {}, .gate = kGate, .scorers = {}})->isEmpty());
    }

    void wiresCarryWhatTheTracesSay_data()
    {
        QTest::addColumn<QDateTime>("from");
        QTest::addColumn<QDateTime>("to");
        const QDateTime middle = QDateTime::fromMSecsSinceEpoch(1'767'225'600'000 + 500'000'000);
        QTest::newRow("all") << QDateTime() << QDateTime();
        QTest::newRow("since") << middle << QDateTime();
        QTest::newRow("until") << QDateTime() << middle;
    }
    void wiresCarryWhatTheTracesSay()
    {
        QFETCH(const QDateTime, from);
        QFETCH(const QDateTime, to);
        SpendFilter filter = simulatedOf(u"Cascade 1"_s);
        filter.from = from;
        filter.to = to;
        Flow expected;
        for (const engine::RunTrace &trace : recordSamples(200)) {
            if (takes(filter, trace))
                expected.add(trace);
        }
        QVERIFY(expected.total.runs > 5);
        const auto flow = m_ledger->flow(filter);
        QVERIFY2(flow, flow ? "" : qPrintable(flow.error().detail));
        QCOMPARE(flow->total, expected.total);
        QCOMPARE(flow->unpriced, expected.unpriced);
        QCOMPARE(flow->wires, expected.wires);
        QCOMPARE(flow->nodes, expected.nodes);
    }

    void aRetryIsNoSecondRun()
    {
        engine::RunTrace trace =
            plainTrace(u"run"_s, QDateTime::currentDateTimeUtc(), 40, std::nullopt);
        trace.hops.prepend(trace.hops.first()); // an attempt that went on at the node
        trace.hops.last().attempt = 2;
        trace.hops.last().port = u"answer"_s;
        QVERIFY(m_ledger->record(trace, false));
        SpendFilter filter;
        filter.policyName = u"plain"_s;
        filter.simulated = false;
        const Flow flow = m_ledger->flow(filter).value();
        QCOMPARE(flow.nodes.value({u"n1"_s}), 1);
        QCOMPARE(flow.wires.value({{u"n1"_s}, u"answer"_s}).runs, 1);
        QCOMPARE(flow.wires.value({{u"n1"_s}, u"answer"_s}).cost, Money::fromNanos(40));
    }

    void scoresAreWhatTheTracesSay()
    {
        const SpendFilter runs = simulatedOf(u"Cascade 0"_s);
        GateScores expected;
        for (const engine::RunTrace &trace : recordSamples(200)) {
            if (takes(runs, trace))
                expected.add(trace, kGate, {});
        }
        expected.finish();
        QVERIFY(expected.count() > 5);
        const auto scores = m_ledger->gateScores({.runs = runs, .gate = kGate, .scorers = {}});
        QVERIFY2(scores, scores ? "" : qPrintable(scores.error().detail));
        QCOMPARE(scores->sorted(), expected.sorted());
        QCOMPARE(scores->unpriced(), expected.unpriced());
        for (const double threshold : {0.0, 0.3, 0.62, 0.99})
            QCOMPARE(scores->costAt(threshold), expected.costAt(threshold));
        QVERIFY(*scores == expected);
    }

    void scoresOfOtherScorersAreLeftOutAndCounted()
    {
        engine::RunTrace other = gated(u"other"_s, 0.9, u"accept"_s, 10, 0);
        other.hops[1].scorers = u"bbbbbbbbbbbb"_s;
        engine::RunTrace unmarked = gated(u"unmarked"_s, 0.2, u"escalate"_s, 10, 100);
        unmarked.hops[1].scorers.clear();
        QVERIFY(m_ledger->record(gated(u"same"_s, 0.7, u"accept"_s, 10, 0), false));
        QVERIFY(m_ledger->record(other, false));
        QVERIFY(m_ledger->record(unmarked, false));
        SpendFilter runs;
        runs.policyName = u"plain"_s;
        runs.simulated = false;
        const GateScores scores =
            m_ledger->gateScores({.runs = runs, .gate = kGate, .scorers = u"aaaaaaaaaaaa"_s})
                .value();
        QCOMPARE(scores.sorted(), (QList<double>{0.2, 0.7}));
        QCOMPARE(scores.otherScorers(), 1);
        QCOMPARE(scores.unknownScorers(), 1);
        QCOMPARE(m_ledger->gateScores({.runs = runs, .gate = kGate, .scorers = {}}, 2)->count(), 2);
    }

    // before: (10 + 10 + 20 + 40) / 4 = 20; accepted go on for 0, escalated for (100 + 300) / 2.
    void theCostFollowsTheThresholdByItsFormula()
    {
        GateScores scores;
        for (const auto &trace :
             {gated(u"a"_s, 0.9, u"accept"_s, 10, 0), gated(u"b"_s, 0.6, u"accept"_s, 10, 0),
              gated(u"c"_s, 0.4, u"escalate"_s, 20, 100),
              gated(u"d"_s, 0.1, u"escalate"_s, 40, 300)})
            scores.add(trace, kGate, u"aaaaaaaaaaaa"_s);
        scores.finish();
        QCOMPARE(scores.acceptedAt(0.5), 2);
        QCOMPARE(scores.acceptedAt(0.6), 2); // what reaches it is accepted
        QCOMPARE(scores.acceptedAt(0.61), 1);
        QCOMPARE(scores.costAt(0.5), Money::fromNanos(20 + 100));
        QCOMPARE(scores.costAt(0.0), Money::fromNanos(20));
        QCOMPARE(scores.costAt(0.7), Money::fromNanos(20 + 150));
        QCOMPARE(scores.costAt(1.0), Money::fromNanos(20 + 200));
    }

    void whatWasNeverSeenHasNoCost()
    {
        GateScores scores;
        scores.add(gated(u"a"_s, 0.9, u"accept"_s, 10, 0), kGate, {});
        engine::RunTrace unpriced = gated(u"b"_s, 0.4, u"escalate"_s, 20, 100);
        unpriced.unknownPrices = 1;
        scores.add(unpriced, kGate, {});
        scores.finish();
        QCOMPARE(scores.unpriced(), 1);
        QCOMPARE(scores.costAt(0.3), Money::fromNanos(10)); // all accepted
        QCOMPARE(scores.costAt(0.5), std::nullopt);         // what escalating costs is not known
        QCOMPARE(GateScores().costAt(0.5), std::nullopt);
    }

    void readsTheIndexesAlone_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("flow") << wireFlowSql(simulatedOf(u"a"_s));
        QTest::newRow("scores") << gateScoresSql(simulatedOf(u"a"_s));
    }
    void readsTheIndexesAlone()
    {
        QFETCH(const QString, sql);
        const auto database = sqlite::Database::open(path(), ledgerFormat()).value();
        QStringList plan;
        QVERIFY(database->forEach(
            u"EXPLAIN QUERY PLAN "_s + sql, QVariantList(sql.count(u'?'), 0),
            [&plan](const QSqlQuery &row) { plan.append(row.value(3).toString()); }));
        const QString whole = plan.join(u'\n');
        for (const QString &step : std::as_const(plan)) {
            const bool reads = step.startsWith(u"SEARCH"_s) || step.startsWith(u"SCAN"_s);
            QVERIFY2(!reads ||
                         (step.startsWith(u"SEARCH"_s) && step.contains(u"USING COVERING INDEX"_s)),
                     qPrintable(whole));
            QVERIFY2(!step.contains(u"FOR ORDER BY"_s), qPrintable(whole));
        }
    }

    void liftsALedgerOfTheFirstVersion()
    {
        const QString old = m_folder->filePath(u"old.sqlite"_s);
        makeFirstVersion(old);
        const auto ledger = Ledger::open(old);
        QVERIFY2(ledger, ledger ? "" : qPrintable(ledger.error().detail));
        QVERIFY(QFile::exists(old + u".v1.backup"_s));
        const engine::RunTrace run = (*ledger)->run(u"old"_s).value();
        QCOMPARE(run.hops.size(), 1);
        QCOMPARE(run.hops.first().score, std::optional(0.7));
        QVERIFY(run.hops.first().scorers.isEmpty());
        SpendFilter filter = simulatedOf(u"old policy"_s);
        QCOMPARE((*ledger)->flow(filter)->wires.value({kGate, u"accept"_s}).runs, 1);
        const GateScores scores =
            (*ledger)
                ->gateScores({.runs = filter, .gate = kGate, .scorers = u"aaaaaaaaaaaa"_s})
                .value();
        QCOMPARE(scores.count(), 1);
        QCOMPARE(scores.unknownScorers(), 1);
        QVERIFY((*ledger)->record(sampleTrace(u"new"_s, 3), true));
        QVERIFY(*(*ledger)->run(u"new"_s) == sampleTrace(u"new"_s, 3));
        QVERIFY((*ledger)->checkIntegrity());
    }

private:
    // As the first version made and filled it.
    static void makeFirstVersion(const QString &path)
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"first"_s);
        database.setDatabaseName(path);
        QVERIFY(database.open());
        const auto run = [&database](const QString &sql) {
            QSqlQuery query(database);
            QVERIFY2(query.exec(sql), qPrintable(query.lastError().text()));
        };
        for (const QString &sql : ledgerFormat().migrations.first())
            run(sql);
        run(u"INSERT INTO runs VALUES (1, 'old', 1767225600000, 'old policy', 'v', 'path', 1, 2,"
            " 'answered', 'small', 0, 0.7, 50, 0, 0, 0, 9, NULL, '', NULL, 1, 1, '')"_s);
        run(u"INSERT INTO hops VALUES (1, 0, 'n3', 'gate', 'Gate', '', '', '', '', 0, '', '', 0, 0,"
            " 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, NULL, 5, 50,"
            " 'exact', 0.7, 0.6, 'accept', '', '', '')"_s);
        run(u"PRAGMA application_id = %1"_s.arg(ledgerFormat().applicationId));
        run(u"PRAGMA user_version = 1"_s);
        database.close();
        database = {};
        QSqlDatabase::removeDatabase(u"first"_s);
    }
};

QTEST_GUILESS_MAIN(TestFlow)
#include "tst_flow.moc"
