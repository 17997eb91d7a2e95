#include "app/workbench/status_strip.h"
#include "tests/workbench/shown_window.h"
#include "ui/ask/ask_page.h"
#include "ui/common/query_service.h"
#include "ui/editor/build_page.h"
#include "ui/editor/live/flow_legend.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"

#include <QListView>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

using namespace headgate;
using namespace headgate::test;
using namespace Qt::StringLiterals;
using workbench::Mode;

namespace {

constexpr int kRunMs = 30'000;

// Asks in the real window and waits for the end of the run.
void ask(const ShownWindow &shown, const QString &prompt)
{
    shown.window->setMode(Mode::Ask);
    QSignalSpy finished(&shown.window->queries(), &ui::QueryService::finished);
    shown.child<QPlainTextEdit>(u"prompt"_s)->setPlainText(prompt);
    QTest::mouseClick(shown.child<QPushButton>(u"send"_s), Qt::LeftButton);
    QVERIFY(finished.wait(kRunMs));
}

ui::BuildPage &buildPage(const ShownWindow &shown)
{
    return *shown.window->findChild<ui::BuildPage *>();
}

} // namespace

class TestLiveWindow final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aQueryIsReplayedFromItsTrace()
    {
        ShownWindow shown;
        ask(shown, u"What is 2 + 2?"_s);
        QTest::mouseClick(shown.child<QPushButton>(u"replayTrace"_s), Qt::LeftButton);
        QCOMPARE(shown.window->mode(), Mode::Build);
        QVERIFY(shown.child<QWidget>(u"replayBar"_s)->isVisible());
        const engine::RunTrace run = shown.window->queries().sessionRuns().last();
        QTest::mouseClick(shown.child<QToolButton>(u"step_first"_s), Qt::LeftButton);
        QVERIFY(shown.child<QLabel>(u"replayCount"_s)
                    ->text()
                    .startsWith(u"Step 1 of %1"_s.arg(run.hops.size())));
        QCOMPARE(buildPage(shown).scene().overlay().node(run.hops[0].node).state,
                 ui::NodeState::Done);
        // The trace in Ask follows the step.
        shown.window->setMode(Mode::Ask);
        QCOMPARE(shown.child<QLabel>(u"hopTitle"_s)->text(), run.hops[0].title);
    }

    void whatRanIsShownInRunsFlowAndGates()
    {
        ShownWindow shown;
        ask(shown, u"What is 2 + 2?"_s);
        ask(shown, u"Name a river."_s);
        shown.window->setMode(Mode::Build);
        auto *table = shown.child<QTableView>(u"runsTable"_s);
        QTRY_COMPARE(table->model()->rowCount(), 2);
        QCOMPARE(table->model()->index(0, 1).data().toString(), u"Name a river."_s);
        QTRY_VERIFY_WITH_TIMEOUT(shown.child<ui::FlowLegend>(u"flowLegend"_s)
                                     ->text()
                                     .contains(u"n = 2 simulated queries"_s),
                                 kRunMs);
        bool recorded = false;
        for (const ui::NodeItem *item : buildPage(shown).scene().nodesInOrder())
            recorded = recorded || (item->look().scores && item->look().scores->isRecorded());
        QVERIFY(recorded);
    }

    void aPathIsPinnedFromAskAndKeptInTheFile()
    {
        ShownWindow shown;
        ask(shown, u"What is 2 + 2?"_s);
        QTest::mouseClick(shown.child<QPushButton>(u"pinTrace"_s), Qt::LeftButton);
        QVERIFY(shown.isSaid(u"kept in the policy file"_s));
        QCOMPARE(shown.window->session().editor().document().pins.size(), 1);
        const QString path = shown.folder.filePath(u"pinned.headgate"_s);
        QVERIFY(shown.window->session().saveAs(path));
        QVERIFY(contents(path).contains("What is 2 + 2?"));
        workbench::DocumentSession read;
        QVERIFY(read.open(path));
        QCOMPARE(read.editor().document().pins, shown.window->session().editor().document().pins);
        auto *list = shown.child<QListView>(u"pinsList"_s);
        QTRY_VERIFY(list->model()
                        ->index(0, 0)
                        .data(Qt::AccessibleTextRole)
                        .toString()
                        .contains(u"holds"_s));
    }

    void theChoiceOfBadgesIsKept()
    {
        ShownWindow shown;
        shown.window->setMode(Mode::Build);
        shown.action(u"Cost"_s)->trigger();
        QCOMPARE(buildPage(shown).scene().badges(), ui::BadgeMode::Cost);
        shown.window.reset();
        shown.show();
        shown.window->setMode(Mode::Build);
        QCOMPARE(buildPage(shown).scene().badges(), ui::BadgeMode::Cost);
        QVERIFY(shown.action(u"Cost"_s)->isChecked());
    }

    void estimatesAreMarkedInTheStatusBar()
    {
        ui::SessionTotals totals;
        totals.runs = 2;
        totals.cost = Money::fromNanos(3'100'000);
        totals.saved = Money::fromNanos(14'200'000);
        totals.compared = 2;
        QCOMPARE(workbench::sessionText(totals, {}),
                 u"session: 2 queries · $0.0031 · saved $0.0142"_s);
        totals.estimatedBaselines = 1;
        QCOMPARE(workbench::sessionText(totals, {}),
                 u"session: 2 queries · $0.0031 · saved ≈ $0.0142"_s);
        totals.estimatedTokens = 1;
        QCOMPARE(workbench::sessionText(totals, {}),
                 u"session: 2 queries · ≈ $0.0031 · saved ≈ $0.0142"_s);
    }
};

QTEST_MAIN(TestLiveWindow)
#include "tst_live_window.moc"
