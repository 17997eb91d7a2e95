#include "tests/editor/live_bench.h"

#include "ui/editor/live/flow_legend.h"

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using test::Bench;
using test::cascadeRun;
using test::id;

class TestFlowOnWires final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wiresAreAsWideAsTheirTraffic()
    {
        Bench bench;
        for (const auto &[run, score] : QList<std::pair<QString, double>>{
                 {u"1"_s, 0.9}, {u"2"_s, 0.8}, {u"3"_s, 0.7}, {u"4"_s, 0.1}})
            bench.records.recorded.append(cascadeRun(run, score));
        Q_EMIT bench.records.changed();
        auto *legend = bench.find<FlowLegend>(u"flowLegend"_s);
        QVERIFY(legend->isHidden());
        QTRY_COMPARE(bench.page.scene().nodeItem(id("l"))->look().traffic, std::optional(0.25));
        QCOMPARE(bench.wire("g", u"accept"_s)->flowWidth(), 0.0); // off

        bench.chooseFlow(u"Share of traffic"_s);
        const double all = bench.wire("q", u"query"_s)->flowWidth();
        QCOMPARE(all, 10.0);
        const double accepted = bench.wire("g", u"accept"_s)->flowWidth();
        const double escalated = bench.wire("g", u"escalate"_s)->flowWidth();
        QVERIFY(all > accepted && accepted > escalated && escalated > 1);
        QCOMPARE(bench.page.scene().nodeItem(id("g"))->outPort(u"accept"_s)->label(),
                 u"accept 75 %"_s);
        QVERIFY(legend->isVisible());
        QVERIFY2(legend->text().contains(u"n = 4 simulated queries"_s), qPrintable(legend->text()));

        // The one that escalated cost more than the three others.
        bench.chooseFlow(u"Share of cost"_s);
        QVERIFY(bench.wire("g", u"escalate"_s)->flowWidth() >
                bench.wire("g", u"accept"_s)->flowWidth());
        bench.chooseFlow(u"Off"_s);
        QCOMPARE(bench.wire("g", u"accept"_s)->flowWidth(), 0.0);
        QVERIFY(legend->isHidden());
    }

    void measuredCasesAreWrittenAtPortsAndHatchWhatNoneTakes()
    {
        Bench bench;
        PolicyScene &scene = bench.page.scene();
        DrawingCoverage coverage{.cases = 200, .origin = u"o.jsonl"_s, .wires = {}, .nodes = {}};
        coverage.wires = {{{id("g"), u"accept"_s}, 200}, {{id("g"), u"escalate"_s}, 0}};
        coverage.nodes = {{id("g"), 200}, {id("l"), 0}};
        scene.setCoverage(coverage);
        QCOMPARE(scene.nodeItem(id("g"))->outPort(u"accept"_s)->label(), u"accept (100 %)"_s);
        QVERIFY(bench.wire("g", u"escalate"_s)->isUntaken());
        const QList<QLineF> hatching = bench.wire("g", u"escalate"_s)->hatching();
        QVERIFY(hatching.size() > 5);
        for (const QLineF &line : hatching)
            QVERIFY(bench.wire("g", u"escalate"_s)->distanceTo(line.center()) < 1);
        QCOMPARE(bench.wire("g", u"accept"_s)->sentence(), u"200 of 200 cases (100 %) · o.jsonl"_s);
        QVERIFY(!bench.wire("g", u"accept"_s)->isUntaken());
        QVERIFY(!bench.wire("q", u"query"_s)->isUntaken()); // it is not known
        QVERIFY(scene.nodeItem(id("l"))->look().isUntaken);
        QVERIFY(!scene.nodeItem(id("s"))->look().isUntaken);
        // What recorded runs say at a port comes first; a new wire of the port is hatched, too.
        bench.records.recorded = {cascadeRun(u"1"_s, 0.9)};
        Q_EMIT bench.records.changed();
        bench.chooseFlow(u"Share of traffic"_s);
        QTRY_COMPARE(scene.nodeItem(id("g"))->outPort(u"accept"_s)->label(), u"accept 100 %"_s);
        const policy::Wire wire = bench.wire("g", u"escalate"_s)->wire();
        bench.editor.disconnect(wire);
        QVERIFY(bench.editor.connect({wire.from, wire.port, id("a")}));
        QVERIFY(bench.wire("g", u"escalate"_s)->isUntaken());
        scene.setCoverage({});
        QVERIFY(!bench.wire("g", u"escalate"_s)->isUntaken());
        QVERIFY(bench.wire("g", u"escalate"_s)->hatching().isEmpty());
        QVERIFY(!scene.nodeItem(id("l"))->look().isUntaken);
    }

    void aWireThatIsDrawnAgainCarriesItsFlow()
    {
        Bench bench;
        bench.records.recorded = {cascadeRun(u"1"_s, 0.9)};
        Q_EMIT bench.records.changed();
        bench.chooseFlow(u"Share of traffic"_s);
        QTRY_VERIFY(bench.wire("g", u"accept"_s)->flowWidth() > 0);
        const policy::Wire wire = bench.wire("g", u"accept"_s)->wire();
        bench.editor.disconnect(wire);
        QVERIFY(!bench.wire("g", u"accept"_s));
        QVERIFY(bench.editor.connect({wire.from, wire.port, id("l")}));
        QTRY_VERIFY(bench.wire("g", u"accept"_s)->flowWidth() > 0);
    }

    void anAnswerMayComeAfterThePageIsGone()
    {
        test::FakeRecords records;
        records.held = std::make_shared<QPromise<Result<ledger::Flow>>>();
        records.held->start();
        {
            Theme theme;
            policy::PolicyEditor editor(test::cascade());
            QUndoStack undo;
            BuildPage page(theme, editor, undo);
            page.useRecords(records);
            QTRY_COMPARE(records.flowFilters.size(), 1);
        }
        records.held->addResult(ledger::Flow());
        records.held->finish();
        QCoreApplication::processEvents(); // and nobody is told
        QCOMPARE(records.flowFilters.size(), 1);
    }

    void theWindowAndTheOriginAreAskedFor()
    {
        Bench bench;
        engine::RunTrace old = cascadeRun(u"old"_s, 0.9);
        old.startedAt = old.startedAt.addDays(-20);
        bench.records.recorded = {old, cascadeRun(u"new"_s, 0.1)};
        bench.chooseFlow(u"Share of traffic"_s);
        bench.chooseFlow(u"Last 30 days"_s);
        auto *legend = bench.find<FlowLegend>(u"flowLegend"_s);
        QTRY_VERIFY(legend->text().contains(u"n = 2 "_s));
        bench.chooseFlow(u"Last hour"_s);
        QTRY_VERIFY(legend->text().contains(u"n = 1 "_s));
        QCOMPARE(bench.wire("g", u"accept"_s)->flowWidth(), 0.0);
        bench.chooseFlow(u"Live"_s);
        QTRY_VERIFY2(legend->text().contains(u"No live queries"_s), qPrintable(legend->text()));
        QCOMPARE(bench.records.flowFilters.last().simulated, std::optional(false));
        bench.chooseFlow(u"This session"_s);
        bench.chooseFlow(u"Simulated"_s);
        QTRY_VERIFY(legend->text().contains(u"No simulated queries: this session"_s));
        bench.records.add(cascadeRun(u"now"_s, 0.9));
        QTRY_VERIFY(legend->text().contains(u"n = 1 "_s));
    }
};

QTEST_MAIN(TestFlowOnWires)
#include "tst_flow_on_wires.moc"
