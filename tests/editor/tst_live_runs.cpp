#include "tests/editor/editor_fixture.h"
#include "tests/editor/fake_records.h"

#include "ui/common/theme.h"
#include "ui/editor/build_page.h"
#include "ui/editor/live/flow_legend.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"
#include "ui/editor/port_item.h"
#include "ui/editor/wire_item.h"

#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using test::cascadeRun;
using test::id;

namespace {

// The real page over real records of made-up runs.
struct Bench
{
    explicit Bench(const policy::PolicyDocument &document = test::cascade())
        : editor(document)
        , page(theme, editor, undo)
    {
        page.useRecords(records);
        page.resize(1400, 900);
        page.show();
        page.activateWindow();
        QCoreApplication::processEvents();
    }

    template<typename Widget>
    Widget *find(const QString &name) const
    {
        return page.findChild<Widget *>(name);
    }
    QString text(const QString &label) const { return find<QLabel>(label)->text(); }
    void click(const QString &button) const
    {
        QTest::mouseClick(find<QAbstractButton>(button), Qt::LeftButton);
    }
    void showTab(const QString &name) const
    {
        auto *tabs = find<QTabWidget>(u"problems"_s);
        for (int tab = 0; tab < tabs->count(); ++tab) {
            if (tabs->tabText(tab).startsWith(name))
                tabs->setCurrentIndex(tab);
        }
    }
    NodeState state(const char *node) { return page.scene().overlay().node(id(node)).state; }
    bool isLit(const char *from, const QString &port)
    {
        return page.scene().overlay().isLit(id(from), port);
    }
    WireItem *wire(const char *from, const QString &port)
    {
        for (WireItem *item : page.scene().wiresInOrder()) {
            if (item->wire().from == id(from) && item->wire().port == port)
                return item;
        }
        return nullptr;
    }
    void chooseFlow(const QString &text) const
    {
        for (QAction *action : find<QMenu>(u"flowMenu"_s)->actions()) {
            if (action->text() == text)
                action->trigger();
        }
    }
    double threshold() const
    {
        return editor.document().node(id("g"))->config["threshold"].get<double>();
    }
    // Of the line in the card, on the view.
    QPoint lineAt(double threshold)
    {
        const NodeItem *gate = page.scene().nodeItem(id("g"));
        const QRectF area = gate->scoresArea().translated(gate->pos());
        return page.view().mapFromScene(
            QPointF(area.left() + area.width() * threshold, area.center().y()));
    }
    void mouse(QEvent::Type type, QPoint at)
    {
        const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
        const Qt::MouseButtons held =
            type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
        QMouseEvent event(type, at, page.view().viewport()->mapToGlobal(at), button, held, {});
        QCoreApplication::sendEvent(page.view().viewport(), &event);
    }

    Theme theme;
    policy::PolicyEditor editor;
    QUndoStack undo;
    test::FakeRecords records;
    BuildPage page;
};

} // namespace

class TestLiveRuns final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replaysInBothDirections()
    {
        Bench bench;
        QVERIFY(bench.find<QWidget>(u"replayBar"_s)->isHidden());
        bench.page.replay(cascadeRun(u"r"_s, 0.47));
        QVERIFY(bench.find<QWidget>(u"replayBar"_s)->isVisible());
        QCOMPARE(bench.text(u"replayCount"_s), u"Step 1 of 4"_s);
        QCOMPARE(bench.state("s"), NodeState::Done);
        QCOMPARE(bench.state("g"), NodeState::Queued);
        QVERIFY(!bench.find<QToolButton>(u"step_back"_s)->isEnabled());

        bench.click(u"step_forward"_s);
        QCOMPARE(bench.text(u"replayCount"_s), u"Step 2 of 4"_s);
        QCOMPARE(bench.state("g"), NodeState::Done);
        QVERIFY(bench.isLit("g", u"escalate"_s));
        QCOMPARE(bench.page.scene().selectedNodes(), QList{id("g")});
        const QString why = bench.text(u"replaySentence"_s);
        for (const char *part : {"0.47", "0.60", "0.13 below", "escalated"})
            QVERIFY2(why.contains(QLatin1StringView(part)), qPrintable(why));

        bench.click(u"step_last"_s);
        QCOMPARE(bench.state("a"), NodeState::Done);
        QVERIFY(!bench.find<QToolButton>(u"step_forward"_s)->isEnabled());
        bench.click(u"step_back"_s);
        QCOMPARE(bench.state("a"), NodeState::Queued);
        QCOMPARE(bench.state("l"), NodeState::Done);
        bench.click(u"step_first"_s);
        QVERIFY(!bench.isLit("g", u"escalate"_s));
        QCOMPARE(bench.undo.count(), 0);
    }

    void replaysBySliderAndKeys()
    {
        Bench bench;
        bench.page.replay(cascadeRun(u"r"_s, 0.47));
        auto *slider = bench.find<QSlider>(u"replaySlider"_s);
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Right);
        QCOMPARE(bench.text(u"replayCount"_s), u"Step 2 of 4"_s);
        QTest::keyClick(slider, Qt::Key_End);
        QCOMPARE(bench.text(u"replayCount"_s), u"Step 4 of 4"_s);
        bench.page.view().setFocus();
        QTest::keyClick(&bench.page.view(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(bench.text(u"replayCount"_s), u"Step 3 of 4"_s);
        QCOMPARE(slider->value(), 3);
        QTest::keyClick(&bench.page.view(), Qt::Key_Home, Qt::AltModifier);
        QCOMPARE(bench.text(u"replayCount"_s), u"Step 1 of 4"_s);
        QTest::keyClick(&bench.page.view(), Qt::Key_End, Qt::AltModifier);
        QCOMPARE(bench.text(u"replayCount"_s), u"Step 4 of 4"_s);
    }

    void aReplaySaysWhatThePolicyNoLongerHas()
    {
        policy::PolicyDocument document = test::cascade();
        document.nodes.removeIf([](const policy::Node &node) { return node.id == id("l"); });
        document.wires.removeIf(
            [](const policy::Wire &wire) { return wire.from == id("l") || wire.to == id("l"); });
        Bench bench(document);
        bench.page.replay(cascadeRun(u"r"_s, 0.47), 3);
        const QString said = bench.text(u"replaySentence"_s);
        QVERIFY2(said.contains(u"has changed since"_s) && said.contains(u"Large"_s),
                 qPrintable(said));
        QCOMPARE(bench.state("g"), NodeState::Done);
    }

    void aNewRunEndsTheReplayAndTheReplayLeavesTheRun()
    {
        Bench bench;
        bench.page.showRun(cascadeRun(u"live"_s, 0.9));
        bench.page.replay(cascadeRun(u"r"_s, 0.47), 2);
        QVERIFY(bench.isLit("g", u"escalate"_s));
        bench.click(u"endReplay"_s);
        QVERIFY(bench.find<QWidget>(u"replayBar"_s)->isHidden());
        QVERIFY(bench.isLit("g", u"accept"_s) && !bench.isLit("g", u"escalate"_s));
        bench.page.replay(cascadeRun(u"r"_s, 0.47), 4);
        bench.page.clearRun();
        engine::RunEvent started;
        started.node = id("s");
        bench.page.showRunEvent(started);
        QVERIFY(bench.find<QWidget>(u"replayBar"_s)->isHidden());
        QCOMPARE(bench.state("s"), NodeState::Running);
        QVERIFY(!bench.isLit("g", u"escalate"_s));
    }

    void stepsAreToldAndFollowed()
    {
        Bench bench;
        QSignalSpy steps(&bench.page, &BuildPage::stepShown);
        bench.page.replay(cascadeRun(u"r"_s, 0.47));
        bench.page.showStep(u"another"_s, 3);
        QCOMPARE(bench.text(u"replayCount"_s), u"Step 1 of 4"_s);
        bench.page.showStep(u"r"_s, 3);
        QCOMPARE(bench.text(u"replayCount"_s), u"Step 3 of 4"_s);
        QCOMPARE(steps.last(), (QVariantList{u"r"_s, 3}));
    }

    void runsAreListedAndReplayed()
    {
        Bench bench;
        bench.showTab(u"Runs"_s);
        auto *table = bench.find<QTableView>(u"runsTable"_s);
        QVERIFY(table->isHidden()); // an empty state instead
        bench.records.recorded = {cascadeRun(u"old"_s, 0.9)};
        bench.records.add(cascadeRun(u"new"_s, 0.47));
        QTRY_COMPARE(table->model()->rowCount(), 2);
        QVERIFY(table->isVisible());
        QCOMPARE(table->model()->index(0, 1).data().toString(), u"Why new"_s);
        QCOMPARE(table->model()->index(1, 1).data().toString(), u"prompt not kept"_s);
        QVERIFY(bench.find<QPushButton>(u"pinRun"_s)->isEnabled());
        table->setCurrentIndex(table->model()->index(1, 0));
        QVERIFY(!bench.find<QPushButton>(u"pinRun"_s)->isEnabled());
        bench.click(u"replayRun"_s);
        QTRY_COMPARE(bench.text(u"replayCount"_s), u"Step 1 of 3"_s); // read from the ledger
        table->setCurrentIndex(table->model()->index(0, 0));
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(bench.text(u"replayCount"_s), u"Step 1 of 4"_s);
    }

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

    void theGateShowsItsScoresAndTheDragFollows()
    {
        Bench bench;
        for (int i = 0; i < 10; ++i)
            bench.records.recorded.append(cascadeRun(QString::number(i), i / 10.0));
        Q_EMIT bench.records.changed();
        bench.page.selectNode(id("g"));
        QTRY_COMPARE(bench.text(u"scoreCount"_s), u"10"_s);
        QVERIFY(bench.page.scene().nodeItem(id("g"))->look().scores->isRecorded());
        QCOMPARE(bench.text(u"escalatedShare"_s), u"60 % escalate"_s);
        QCOMPARE(bench.text(u"acceptedShare"_s), u"40 % accept"_s);
        // 40 µ$ each, and 400 µ$ for the share that escalates.
        QCOMPARE(bench.text(u"costPerThousand"_s), u"$0.28"_s);

        bench.mouse(QEvent::MouseButtonPress, bench.lineAt(0.6));
        bench.mouse(QEvent::MouseMove, bench.lineAt(0.85));
        QCOMPARE(bench.threshold(), 0.6); // not before release
        QCOMPARE(bench.text(u"escalatedShare"_s), u"90 % escalate"_s);
        QCOMPARE(bench.text(u"costPerThousand"_s), u"$0.40"_s);
        QVERIFY(bench.page.scene().nodeItem(id("g"))->look().remark.contains(u"90 % escalate"_s));
        bench.mouse(QEvent::MouseMove, bench.lineAt(0.25));
        QCOMPARE(bench.text(u"escalatedShare"_s), u"30 % escalate"_s);
        bench.mouse(QEvent::MouseButtonRelease, bench.lineAt(0.25));
        QVERIFY(std::abs(bench.threshold() - 0.25) < 0.011);
        QCOMPARE(bench.undo.count(), 1);
        QCOMPARE(bench.text(u"escalatedShare"_s), u"30 % escalate"_s);
        bench.undo.undo();
        QCOMPARE(bench.threshold(), 0.6);
        QCOMPARE(bench.text(u"escalatedShare"_s), u"60 % escalate"_s);
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void twoDragsAreTwoStepsAndAClickIsNone()
    {
        Bench bench;
        bench.mouse(QEvent::MouseButtonPress, bench.lineAt(0.6));
        bench.mouse(QEvent::MouseButtonRelease, bench.lineAt(0.6));
        QCOMPARE(bench.undo.count(), 0);
        QCOMPARE(bench.page.scene().selectedNodes(), QList{id("g")});
        bench.mouse(QEvent::MouseButtonPress, bench.lineAt(0.6));
        bench.mouse(QEvent::MouseMove, bench.lineAt(0.8));
        bench.mouse(QEvent::MouseButtonRelease, bench.lineAt(0.8));
        bench.mouse(QEvent::MouseButtonPress, bench.lineAt(bench.threshold()));
        bench.mouse(QEvent::MouseMove, bench.lineAt(0.3));
        bench.mouse(QEvent::MouseButtonRelease, bench.lineAt(0.3));
        QCOMPARE(bench.undo.count(), 2);
    }

    void escapeTakesTheDragBack()
    {
        Bench bench;
        bench.mouse(QEvent::MouseButtonPress, bench.lineAt(0.6));
        bench.mouse(QEvent::MouseMove, bench.lineAt(0.9));
        QVERIFY(bench.page.scene().nodeItem(id("g"))->look().previewed);
        QTest::keyClick(&bench.page.view(), Qt::Key_Escape);
        QVERIFY(!bench.page.scene().nodeItem(id("g"))->look().previewed);
        bench.mouse(QEvent::MouseButtonRelease, bench.lineAt(0.9));
        QCOMPARE(bench.undo.count(), 0);
        QCOMPARE(bench.threshold(), 0.6);
    }

    void keysMoveTheThresholdAndTheSharesFollow()
    {
        Bench bench;
        for (int i = 0; i < 10; ++i)
            bench.records.recorded.append(cascadeRun(QString::number(i), i / 10.0));
        Q_EMIT bench.records.changed();
        bench.page.selectNode(id("g"));
        QTRY_COMPARE(bench.text(u"escalatedShare"_s), u"60 % escalate"_s);
        auto *slider = bench.find<QSlider>(u"slide_threshold"_s);
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Right);
        QCOMPARE(bench.threshold(), 0.61);
        QCOMPARE(bench.text(u"escalatedShare"_s), u"70 % escalate"_s);
        QTest::keyClick(slider, Qt::Key_Left);
        QTest::keyClick(slider, Qt::Key_Left);
        QCOMPARE(bench.threshold(), 0.59);
        QCOMPARE(bench.text(u"escalatedShare"_s), u"60 % escalate"_s);
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void theHistogramOfTheInspectorIsDragged()
    {
        Bench bench;
        for (int i = 0; i < 10; ++i)
            bench.records.recorded.append(cascadeRun(QString::number(i), i / 10.0));
        Q_EMIT bench.records.changed();
        bench.page.selectNode(id("g"));
        QTRY_COMPARE(bench.text(u"scoreCount"_s), u"10"_s);
        auto *histogram = bench.find<QWidget>(u"gateHistogram"_s);
        const auto at = [histogram](double threshold) {
            return QPoint(4 + int(threshold * (histogram->width() - 8)), 50);
        };
        QTest::mousePress(histogram, Qt::LeftButton, {}, at(0.6));
        QTest::mouseMove(histogram, at(0.85));
        QCOMPARE(bench.text(u"escalatedShare"_s), u"90 % escalate"_s);
        QVERIFY(bench.page.scene().nodeItem(id("g"))->look().previewed); // the card follows
        QTest::keyClick(histogram, Qt::Key_Escape);
        QCOMPARE(bench.text(u"escalatedShare"_s), u"60 % escalate"_s);
        QTest::mouseRelease(histogram, Qt::LeftButton, {}, at(0.85));
        QCOMPARE(bench.undo.count(), 0);
        QTest::mousePress(histogram, Qt::LeftButton, {}, at(0.6));
        QTest::mouseMove(histogram, at(0.7));
        QTest::mouseMove(histogram, at(0.85));
        QTest::mouseRelease(histogram, Qt::LeftButton, {}, at(0.85));
        QVERIFY(std::abs(bench.threshold() - 0.85) < 0.011);
        QCOMPARE(bench.undo.count(), 1);
        QVERIFY(!bench.page.scene().nodeItem(id("g"))->look().previewed);
    }

    void aGateWithoutRunsSaysWhatToDo()
    {
        Bench bench;
        bench.page.selectNode(id("g"));
        QVERIFY(bench.find<QLabel>(u"gateEmpty"_s)->isVisible());
        QVERIFY(bench.text(u"gateEmpty"_s).contains(u"Run queries"_s));
        bench.page.selectNode(id("s"));
        QVERIFY(!bench.find<QWidget>(u"gatePanel"_s)->isVisible());
    }

    void scoresOfOtherScorersDoNotCount()
    {
        Bench bench;
        bench.records.recorded = {cascadeRun(u"1"_s, 0.9)};
        Q_EMIT bench.records.changed();
        bench.page.selectNode(id("g"));
        QTRY_COMPARE(bench.text(u"scoreCount"_s), u"1"_s);
        bench.editor.setConfigValue(id("g"), u"scorers"_s, {{{"kind", "refusal"}, {"weight", 1}}});
        QTRY_VERIFY(bench.find<QLabel>(u"gateEmpty"_s)->isVisible());
        QVERIFY(bench.text(u"gateEmpty"_s).contains(u"scorers have changed"_s));
        QVERIFY(!bench.page.scene().nodeItem(id("g"))->look().scores->isRecorded());
    }

    void aBrokenPinIsABadgeAndARowThatMendsIt()
    {
        Bench bench;
        QSignalSpy told(&bench.page, &BuildPage::told);
        bench.page.replay(cascadeRun(u"r"_s, 0.47));
        bench.click(u"pinReplayed"_s);
        QCOMPARE(bench.editor.document().pins.size(), 1);
        QCOMPARE(bench.editor.document().pins[0].name, u"Why r"_s);
        QVERIFY(told.last()[0].toString().contains(u"kept in the policy file"_s));
        auto *list = bench.find<QListView>(u"pinsList"_s);
        QVERIFY(list->isVisible());
        QTRY_COMPARE(list->model()->index(0, 0).data(Qt::AccessibleTextRole).toString(),
                     u"Why r, holds: Small › Gate 1 › Large › Answer"_s);

        bench.editor.setConfigValue(id("g"), u"threshold"_s, 0.4);
        bench.showTab(u"Problems"_s);
        QTRY_VERIFY(bench.find<QPushButton>(u"fix_0"_s));
        QCOMPARE(bench.find<QPushButton>(u"fix_0"_s)->text(), u"Accept the new path"_s);
        QCOMPARE(bench.find<QPushButton>(u"otherFix_0"_s)->text(), u"Remove the pin"_s);
        QCOMPARE(bench.page.scene().nodeItem(id("g"))->look().problem,
                 std::optional(policy::Problem::Severity::Warning));
        QVERIFY(!policy::hasErrors(bench.editor.problems())); // it does not refuse to run
        const QString row =
            bench.find<QListView>(u"problemsList"_s)->model()->index(0, 0).data().toString();
        QVERIFY2(row.contains(
                     u"Gate 1 sends “Why r” to Answer by “accept”; its pin expects “escalate”"_s),
                 qPrintable(row));

        bench.click(u"fix_0"_s);
        QCOMPARE(bench.editor.document().pins[0].path.size(), 3);
        QTRY_VERIFY(!bench.page.scene().nodeItem(id("g"))->look().problem);
        bench.undo.undo();
        QTRY_VERIFY(bench.page.scene().nodeItem(id("g"))->look().problem);
        bench.click(u"otherFix_0"_s);
        QVERIFY(bench.editor.document().pins.isEmpty());
        QTRY_VERIFY(!bench.page.scene().nodeItem(id("g"))->look().problem);
        bench.undo.undo();
        QCOMPARE(bench.editor.document().pins.size(), 1);
    }

    void aPinThatCannotBeToldIsNoProblem()
    {
        Bench bench;
        bench.page.pinPath(cascadeRun(u"r"_s, 0.47));
        bench.editor.setConfigValue(id("g"), u"scorers"_s, {{{"kind", "refusal"}, {"weight", 1}}});
        auto *list = bench.find<QListView>(u"pinsList"_s);
        QTRY_VERIFY(list->model()
                        ->index(0, 0)
                        .data(Qt::AccessibleTextRole)
                        .toString()
                        .contains(u"cannot be told"_s));
        QVERIFY(!bench.page.scene().nodeItem(id("g"))->look().problem);
    }

    void pinsAreRenamedAndRemovedByKeys()
    {
        Bench bench;
        bench.page.pinPath(cascadeRun(u"1"_s, 0.47));
        bench.page.pinPath(cascadeRun(u"2"_s, 0.9));
        QCOMPARE(bench.editor.document().pins[0].id, u"p1"_s);
        QCOMPARE(bench.editor.document().pins[1].id, u"p2"_s);
        auto *list = bench.find<QListView>(u"pinsList"_s);
        list->setCurrentIndex(list->model()->index(0, 0));
        QVERIFY(list->model()->setData(list->currentIndex(), u"Refunds escalate"_s, Qt::EditRole));
        QCOMPARE(bench.editor.document().pins[0].name, u"Refunds escalate"_s);
        QCOMPARE(bench.undo.undoText(), u"Rename a pin to “Refunds escalate”"_s);
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Delete);
        QCOMPARE(bench.editor.document().pins.size(), 1);
        QCOMPARE(bench.editor.document().pins[0].id, u"p2"_s);
        bench.undo.undo();
        bench.undo.undo();
        QCOMPARE(bench.editor.document().pins[0].name, u"Why 1"_s);
        bench.undo.undo();
        bench.undo.undo();
        QVERIFY(bench.editor.document().pins.isEmpty());
        QVERIFY(list->isHidden()); // the empty state says how to pin
    }

    void whatCannotBePinnedSaysWhy()
    {
        Bench bench;
        QSignalSpy told(&bench.page, &BuildPage::told);
        engine::RunTrace failed = cascadeRun(u"r"_s, 0.47);
        failed.status = engine::RunStatus::Failed;
        bench.page.pinPath(failed);
        QCOMPARE(told.size(), 1);
        QCOMPARE(told[0][1].toBool(), false);
        QVERIFY(told[0][0].toString().contains(u"no answer"_s));
        QCOMPARE(bench.undo.count(), 0);
    }

    void badgesAreAsChosen()
    {
        Bench bench;
        bench.page.showRun(cascadeRun(u"r"_s, 0.47));
        PolicyScene &scene = bench.page.scene();
        const NodeRun run = scene.nodeItem(id("s"))->look().run;
        QCOMPARE(badgesOf(run), (Badges{u"0.40 s"_s, u"$0.00004"_s, u"120 tok"_s}));
        QCOMPARE(badgesOf(run, BadgeMode::Cost), (Badges{{}, u"$0.00004"_s, {}}));
        QCOMPARE(badgesOf(run, BadgeMode::Time), (Badges{u"0.40 s"_s, {}, {}}));
        QCOMPARE(badgesOf(run, BadgeMode::None), Badges());
        bench.page.setBadges(BadgeMode::OnHover);
        const NodeItem *small = scene.nodeItem(id("s"));
        QVERIFY(!small->look().hovered);
        const QPoint over = bench.page.view().mapFromScene(small->place().center());
        QMouseEvent move(QEvent::MouseMove, over, bench.page.view().viewport()->mapToGlobal(over),
                         Qt::NoButton, Qt::NoButton, {});
        QCoreApplication::sendEvent(bench.page.view().viewport(), &move);
        QVERIFY(small->look().hovered);
        for (const BadgeMode mode : {BadgeMode::All, BadgeMode::Cost, BadgeMode::Time,
                                     BadgeMode::OnHover, BadgeMode::None})
            QCOMPARE(badgeModeFrom(nameOf(mode)), mode);
        QCOMPARE(badgeModeFrom(u"from the future"_s), BadgeMode::All);
    }

    void estimatedTokensAreMarked()
    {
        NodeRun run;
        run.hasFigures = true;
        run.tokens = 212;
        run.cost = Money::fromNanos(40'000);
        run.estimated = true;
        QCOMPARE(badgesOf(run).cost, u"≈ $0.00004"_s);
        QCOMPARE(badgesOf(run).rest, u"≈ 212 tok"_s);
    }
};

QTEST_MAIN(TestLiveRuns)
#include "tst_live_runs.moc"
