#include "tests/editor/live_bench.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using test::Bench;
using test::cascadeRun;
using test::id;

class TestReplay final : public QObject
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

QTEST_MAIN(TestReplay)
#include "tst_replay.moc"
