#include "sample_runs.h"
#include "ui/common/card.h"
#include "ui/common/chart.h"
#include "ui/common/empty_state.h"
#include "ui/common/theme.h"
#include "ui/savings/answered_by.h"
#include "ui/savings/run_table_model.h"
#include "ui/savings/savings_page.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFuture>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::ui;
using namespace Qt::StringLiterals;
using test::SampleRun;

class TestSavingsPage final : public QObject
{
    Q_OBJECT

private:
    // A page over a ledger of these runs, refreshed once.
    struct Shown
    {
        QTemporaryDir folder;
        std::unique_ptr<ledger::Ledger> ledger;
        Theme theme;
        std::unique_ptr<SavingsPage> page;

        explicit Shown(const QList<SampleRun> &runs)
            : ledger(test::sampleLedger(folder.path(), runs))
        {
            page = std::make_unique<SavingsPage>(
                theme, [this](const SavingsFilter &filter, const QDateTime &now) {
                    return QtFuture::makeReadyFuture(loadReport(*ledger, filter, now));
                });
            page->resize(1200, 800);
            page->show();
            refresh();
        }
        void refresh()
        {
            QSignalSpy shown(page.get(), &SavingsPage::reportShown);
            page->refresh();
            QTRY_VERIFY(!shown.isEmpty());
        }
        template<typename T>
        T *child(const QString &name) const
        {
            T *found = page->findChild<T *>(name);
            if (!found)
                qFatal("no %s", qPrintable(name));
            return found;
        }
        QString figure(const QString &card) const { return child<FigureCard>(card)->figure(); }
        QString method(const QString &card) const { return child<FigureCard>(card)->method(); }
    };

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void anEmptyLedgerOffersToAsk()
    {
        Shown shown({});
        QSignalSpy ask(shown.page.get(), &SavingsPage::askRequested);
        auto *button = shown.child<QPushButton>(u"askSomething"_s);
        QVERIFY(button->isVisible());
        QVERIFY(!shown.child<QComboBox>(u"period"_s)->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(ask.size(), 1);
    }

    void fourCardsSayWhatWasSavedAndHow()
    {
        Shown shown({{.cost = 100'000'000, .baseline = 400'000'000},
                     {.cost = 200'000'000, .baseline = 400'000'000}});
        QCOMPARE(shown.figure(u"baselineCard"_s), u"$0.80"_s);
        QCOMPARE(shown.figure(u"actualCard"_s), u"$0.30"_s);
        QCOMPARE(shown.figure(u"savedCard"_s), u"62.5 %"_s);
        QVERIFY(shown.method(u"savedCard"_s).startsWith(u"$0.50"_s));
        QVERIFY(shown.method(u"savedCard"_s).contains(u"estimated"_s));
        QVERIFY(shown.method(u"baselineCard"_s).contains(u"2 queries"_s));
        QVERIFY(shown.method(u"actualCard"_s).contains(u"scorers"_s));
        QCOMPARE(shown.figure(u"qualityCard"_s), u"Not measured"_s);
    }

    void aLossIsALoss()
    {
        Shown shown({{.cost = 500'000, .baseline = 400'000}});
        QCOMPARE(shown.figure(u"savedCard"_s), u"−25.0 %"_s);
        QVERIFY(!shown.page->findChild<Chart *>()->data().gapIsGood);
        const auto *table = shown.child<QTableView>(u"runs"_s);
        const auto index = table->model()->index(0, RunTableModel::SavedColumn);
        QCOMPARE(index.data().toString(), u"≈ −$0.0001"_s); // its baseline was not asked
        QVERIFY(index.data(RunTableModel::LossRole).toBool());
    }

    void withoutABaselineNothingIsSaved()
    {
        Shown shown({{.cost = 500'000, .baseline = std::nullopt}});
        QCOMPARE(shown.figure(u"savedCard"_s), u"unknown"_s);
        QCOMPARE(shown.page->findChild<Chart *>()->data().lines.size(), 1);
    }

    void theChartHasBothLinesAndItsOrigin()
    {
        Shown shown({{.cost = 1'000'000'000, .baseline = 3'000'000'000},
                     {.cost = 500'000'000, .baseline = 1'000'000'000}});
        const ChartData &chart = shown.page->findChild<Chart *>()->data();
        QCOMPARE(chart.origin, Origin::Simulated);
        QCOMPARE(chart.lines.size(), 2);
        QCOMPARE(chart.lines[0].label, u"always Albatross"_s);
        QVERIFY(chart.lines[0].dashed);
        QCOMPARE(chart.lines[0].points.last().y(), 4.0);
        QCOMPARE(chart.lines[1].points.last().y(), 1.5);
        QCOMPARE(chart.gapLabel, u"saved $2.50"_s);
    }

    void originsAreChosenNotAdded()
    {
        Shown shown({{.cost = 1'000'000'000}, {.cost = 7'000'000'000, .simulated = false}});
        QCOMPARE(shown.figure(u"actualCard"_s), u"$7.00"_s);
        auto *origin = shown.child<QComboBox>(u"origin"_s);
        QVERIFY(origin->isEnabled());
        QSignalSpy again(shown.page.get(), &SavingsPage::reportShown);
        origin->setFocus();
        QTest::keyClick(origin, Qt::Key_Up);
        QTRY_VERIFY(!again.isEmpty());
        QCOMPARE(shown.figure(u"actualCard"_s), u"$1.00"_s);
    }

    void aFilterWithoutMatchOffersToClearIt()
    {
        Shown shown({{.at = QDateTime::currentDateTimeUtc().addDays(-60)}});
        auto *clear = shown.child<QPushButton>(u"clearFilter"_s);
        QVERIFY(clear->isVisible());
        QSignalSpy again(shown.page.get(), &SavingsPage::reportShown);
        QTest::mouseClick(clear, Qt::LeftButton);
        QTRY_VERIFY(!again.isEmpty());
        QVERIFY(shown.child<QTableView>(u"runs"_s)->isVisible());
        QCOMPARE(shown.child<QComboBox>(u"period"_s)->currentText(), u"All time"_s);
    }

    void runsSortByNewestAndByCost()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        Shown shown({{.cost = 900'000'000, .at = now.addSecs(-20)}, {.cost = 1'000, .at = now}});
        const auto *table = shown.child<QTableView>(u"runs"_s);
        const auto costAt = [table](int row) {
            return table->model()->index(row, RunTableModel::CostColumn).data().toString();
        };
        QCOMPARE(costAt(0), u"$0.000001"_s);
        QTest::mouseClick(shown.child<QPushButton>(u"mostExpensive"_s), Qt::LeftButton);
        QCOMPARE(costAt(0), u"$0.90"_s);
        QTest::mouseClick(shown.child<QPushButton>(u"newest"_s), Qt::LeftButton);
        QCOMPARE(costAt(0), u"$0.000001"_s);
    }

    void unknownCostIsNeverZero()
    {
        Shown shown({{.model = u"Egret"_s, .unknownPrice = true}});
        QCOMPARE(shown.figure(u"actualCard"_s), u"unknown"_s);
        const auto *table = shown.child<QTableView>(u"runs"_s);
        const auto text = [table](int column) {
            return table->model()->index(0, column).data().toString();
        };
        QCOMPARE(text(RunTableModel::CostColumn), u"unknown"_s);
        QCOMPARE(text(RunTableModel::SavedColumn), u"unknown"_s);
        QVERIFY(shown.child<QLabel>(u"unpriced"_s)->text().contains(u"Egret"_s));
    }

    void whatRecordingsCostIsSaidBesideTheFigures()
    {
        const SampleRun recorded{.policy = u"Recording of practice"_s,
                                 .cost = 250'000'000,
                                 .baseline = {},
                                 .origin = engine::RunOrigin::Recorded};
        Shown shown({{}, recorded, recorded});
        const auto *note = shown.child<QLabel>(u"recordings"_s);
        QVERIFY(note->isVisible());
        QVERIFY2(note->text().startsWith(u"Recordings of data sets cost $0.50 in 2 calls."_s),
                 qPrintable(note->text()));
        QCOMPARE(shown.figure(u"actualCard"_s), u"$0.00004"_s);
        Shown without({SampleRun{}});
        QVERIFY(!without.child<QLabel>(u"recordings"_s)->isVisible());
        // Nothing else was spent: no filter to clear, but a sentence.
        Shown alone({recorded});
        QVERIFY(alone.child<EmptyState>({})->isVisible());
        QVERIFY(
            alone.child<EmptyState>({})->sentence().startsWith(u"Recordings of data sets cost"_s));
    }

    void answersAreSharesByModel()
    {
        Shown shown({SampleRun{}, SampleRun{}, SampleRun{}, {.model = u"Heron"_s}});
        const QStringList lines = shown.page->findChild<AnsweredBy *>()->lines();
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].startsWith(u"Finch-mini: 75 %"_s));
        QVERIFY(lines[1].startsWith(u"Heron: 25 %"_s));
    }

    void theRunModelKeepsTheRulesOfModels()
    {
        RunTableModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        ledger::RunSummary run;
        run.id = u"a"_s;
        run.status = engine::RunStatus::Failed;
        model.setRuns({run});
        QCOMPARE(model.rowOf(u"a"_s), 0);
        QCOMPARE(model.rowOf(u"b"_s), -1);
        QCOMPARE(model.index(0, RunTableModel::ModelColumn).data().toString(), u"failed"_s);
        QCOMPARE(model.index(0, RunTableModel::ScoreColumn).data().toString(), u"–"_s);
        model.setRuns({});
        QCOMPARE(model.rowCount(), 0);
    }

    void aLedgerThatFailsIsSaidAndCanBeTriedAgain()
    {
        Theme theme;
        int asked = 0;
        SavingsPage page(theme, [&asked](const SavingsFilter &, const QDateTime &) {
            ++asked;
            return QtFuture::makeReadyFuture(Result<SavingsReport>(
                fail(ErrorCode::Busy, u"The ledger is in use. Close the other program."_s)));
        });
        page.show();
        page.refresh();
        QTRY_VERIFY(page.findChild<QPushButton *>(u"messageAction"_s));
        auto *again = page.findChild<QPushButton *>(u"messageAction"_s);
        QTRY_VERIFY(again->isVisible());
        QTest::mouseClick(again, Qt::LeftButton);
        QTRY_COMPARE(asked, 2);
    }
};

QTEST_MAIN(TestSavingsPage)
#include "tst_savings_page.moc"
