#include "tests/editor/live_bench.h"

#include <QListView>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using test::Bench;
using test::cascadeRun;
using test::id;

class TestPins final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
};

QTEST_MAIN(TestPins)
#include "tst_pins.moc"
