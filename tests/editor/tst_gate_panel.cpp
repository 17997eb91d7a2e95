#include "tests/editor/live_bench.h"

#include <QLineEdit>

#include <QSlider>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using test::Bench;
using test::cascadeRun;
using test::id;

class TestGatePanel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
        const auto *field = bench.find<QLineEdit>(u"edit_threshold"_s);
        QVERIFY(std::abs(field->text().toDouble() - 0.85) < 0.011);
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
};

QTEST_MAIN(TestGatePanel)
#include "tst_gate_panel.moc"
