#include "app/workbench/document_session.h"
#include "core/evaluation/datasets/dataset_store.h"
#include "core/evaluation/recording/content_address.h"
#include "core/ledger/ledger.h"
#include "core/simulation/practice_prompts.h"
#include "tests/workbench/shown_window.h"
#include "ui/evaluate/evaluate_page.h"
#include "ui/jobs/job_row.h"
#include "ui/jobs/jobs_dock.h"
#include "ui/jobs/record_dialog.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QLayout>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>

using namespace headgate;
using namespace headgate::test;
using namespace headgate::ui;
using evaluation::DatasetStore;
using workbench::Mode;

namespace {

constexpr int kPrompts = 40;
constexpr int kModels = 4; // of the worked example

} // namespace

// Walk-through 10 in the real window: estimate, cap, progress; stop keeps rows; resume completes.
class TestRecordingWindow final : public QObject
{
    Q_OBJECT

private:
    struct Recorded
    {
        Recorded()
        {
            const auto store = DatasetStore::open(path()).value();
            auto writer =
                store->create(u"practice"_s, Json{{"kind", "contains"}}, u"a test"_s).value();
            qint64 row = 0;
            for (const auto &each : simulation::practicePrompts().first(kPrompts))
                (void)writer.add(++row,
                                 {.id = each.id, .prompt = each.prompt, .expected = each.answer});
            dataset = writer.finish().value();
            shown.window->setMode(Mode::Evaluate);
            page()->openDataset(dataset.id);
            ShownWindow::settle();
        }

        QString path() const { return shown.options().datasetsPath; }
        EvaluatePage *page() const
        {
            return qobject_cast<EvaluatePage *>(shown.window->currentPage());
        }
        JobsDock *dock() const { return shown.window->findChild<JobsDock *>(u"jobsDock"_s); }
        template<typename T>
        T *part(const QString &name) const
        {
            T *found = nullptr;
            for (T *each : shown.window->findChildren<T *>(name)) {
                if (each->isVisible())
                    found = each;
            }
            return found;
        }
        void press(const QString &name) const
        {
            QVERIFY2(QTest::qWaitFor([&] { return part<QPushButton>(name) != nullptr; }, 10'000),
                     qPrintable(name));
            QTest::mouseClick(part<QPushButton>(name), Qt::LeftButton);
        }
        // With its estimate shown.
        void openDialog() const
        {
            QVERIFY(QTest::qWaitFor([&] { return page()->dataset().has_value(); }, 10'000));
            press(u"record"_s);
            QVERIFY(QTest::qWaitFor(
                [&] {
                    const auto *begin = part<QPushButton>(u"recordBegin"_s);
                    return begin && begin->isEnabled();
                },
                10'000));
        }
        int outcomes() const
        {
            return int(
                DatasetStore::open(path()).value()->outcomesOf(dataset.id, 1, kPrompts)->size());
        }
        QString figures() const
        {
            const auto *label = part<QLabel>(u"jobFigures"_s);
            return label ? label->text() : QString();
        }
        bool waitForEnd() const
        {
            return QTest::qWaitFor([&] { return dock()->active() == 0; }, 60'000);
        }

        ShownWindow shown;
        evaluation::DatasetSummary dataset;
    };

private Q_SLOTS:
    void nothingIsAskedBeforeTheCostIsShownAndBounded()
    {
        Recorded at;
        at.openDialog();
        QCOMPARE(at.part<QLabel>(u"recordCalls"_s)->text().section(u' ', 0, 0),
                 QString::number(kPrompts * kModels));
        QVERIFY(at.part<QLabel>(u"recordCost"_s)->text().contains(u"to at most $"_s));
        const auto *dialog = at.part<QDialog>(u"recordDialog"_s);
        QTRY_VERIFY(dialog->height() >= dialog->layout()->totalHeightForWidth(dialog->width()));
        auto *cap = at.part<QDoubleSpinBox>(u"recordCap"_s);
        QVERIFY(cap->value() > 0);
        cap->setValue(0);
        QVERIFY(!at.part<QPushButton>(u"recordBegin"_s)->isEnabled());
        cap->setValue(2);
        // Fewer models, fewer calls.
        QTest::mouseClick(at.part<QCheckBox>(u"recordModel-Albatross"_s), Qt::LeftButton,
                          Qt::NoModifier, {10, 10});
        QVERIFY(QTest::qWaitFor(
            [&] {
                return at.part<QLabel>(u"recordCalls"_s)
                    ->text()
                    .startsWith(QString::number(kPrompts * (kModels - 1)));
            },
            10'000));
        QTest::keyClick(at.part<QDialog>(u"recordDialog"_s), Qt::Key_Escape);
        QCOMPARE(at.outcomes(), 0);
        QCOMPARE(at.dock()->active(), 0);
    }

    void aStopKeepsTheRowsAndResumingCompletes()
    {
        Recorded at;
        at.openDialog();
        at.part<QSpinBox>(u"recordAtATime"_s)->setValue(16);
        QVERIFY(QTest::qWaitFor([&] { return at.part<QPushButton>(u"recordBegin"_s)->isEnabled(); },
                                10'000));
        at.press(u"recordBegin"_s);
        QVERIFY(at.dock()->isVisible());
        QCOMPARE(at.part<QLabel>(u"jobsStatus"_s)->text(), u"1 jobs"_s);
        QVERIFY(QTest::qWaitFor([&] { return at.outcomes() >= 10; }, 30'000));
        QVERIFY(at.figures().contains(u"spent"_s));
        QVERIFY(at.part<QProgressBar>({})->value() > 0);
        at.press(u"jobStop"_s);
        QVERIFY(at.waitForEnd());
        QVERIFY(at.figures().startsWith(u"Stopped; what was answered is kept."_s));
        const int kept = at.outcomes();
        QVERIFY(kept >= 10 && kept < kPrompts * kModels);
        QCOMPARE(at.part<QPushButton>(u"jobGoOn"_s)->text(), u"Resume"_s);
        at.press(u"jobGoOn"_s);
        QVERIFY(at.waitForEnd());
        QCOMPARE(at.outcomes(), kPrompts * kModels);
        QVERIFY(at.figures().startsWith(u"Done. %1 answers kept"_s.arg(kPrompts * kModels)));
        // Every call is in the ledger, those that were stopped too, and as recorded.
        const auto ledger = ledger::Ledger::open(at.shown.options().ledgerPath).value();
        ledger::SpendFilter filter;
        filter.origin = engine::RunOrigin::Recorded;
        QTRY_VERIFY(ledger->totals(filter)->answered == kPrompts * kModels);
        filter.origin = engine::RunOrigin::Live;
        QCOMPARE(ledger->totals(filter)->runs, 0);
        at.press(u"jobDismiss"_s);
        QVERIFY(!at.dock()->isVisible());
    }

    void aPauseHoldsUntilItGoesOn()
    {
        Recorded at;
        at.openDialog();
        at.press(u"recordBegin"_s);
        QVERIFY(QTest::qWaitFor([&] { return at.outcomes() >= 3; }, 30'000));
        at.press(u"jobPause"_s);
        QVERIFY(QTest::qWaitFor([&] { return at.figures().endsWith(u"paused"_s); }, 30'000));
        const int kept = at.outcomes();
        QTest::qWait(300);
        QCOMPARE(at.outcomes(), kept);
        at.press(u"jobPause"_s);
        QVERIFY(QTest::qWaitFor([&] { return at.outcomes() > kept; }, 30'000));
        at.press(u"jobStop"_s);
        QVERIFY(at.waitForEnd());
    }

    void anImportThatIsUnderWayIsWaitedFor()
    {
        Recorded at;
        at.openDialog();
        const auto store = DatasetStore::open(at.path()).value();
        std::optional import = store->create(u"import"_s, Json::object(), u"a test"_s).value();
        at.press(u"recordBegin"_s);
        QVERIFY(QTest::qWaitFor(
            [&] { return at.figures().contains(u"waiting until the import"_s); }, 30'000));
        QCOMPARE(at.outcomes(), 0);
        import.reset(); // it is over
        QVERIFY(QTest::qWaitFor([&] { return at.outcomes() >= 3; }, 30'000));
        QVERIFY(QTest::qWaitFor([&] { return !at.figures().contains(u"waiting"_s); }, 30'000));
        at.press(u"jobStop"_s);
        QVERIFY(at.waitForEnd());
        QVERIFY(at.figures().startsWith(u"Stopped; what was answered is kept."_s));
    }

    void moreCasesAreRecordedWhereADifferenceNeedsThem()
    {
        Recorded at;
        // Two models of the worked example, on every other prompt; nearly as good as each other.
        const auto store = DatasetStore::open(at.path()).value();
        const policy::PolicyDocument document = at.shown.window->session().editor().document();
        QList<evaluation::RecordedOutcome> outcomes;
        for (qint64 row = 1; row <= kPrompts; ++row) {
            for (qsizetype model = 0; model < 2; ++model)
                outcomes.append({.row = row,
                                 .model = evaluation::markOf(document.models[model]),
                                 .figures = {.quality = (row + model) % 5 ? 1.0 : 0.0,
                                             .cost = Money::fromNanos(1 + 9 * model)},
                                 .answer = u"a"_s,
                                 .why = u"a test"_s});
        }
        QVERIFY(store->record(at.dataset.id, outcomes));
        QVERIFY(QTest::qWaitFor([&] { return at.page()->dataset().has_value(); }, 20'000));
        QSignalSpy searched(at.page(), &EvaluatePage::searchShown);
        at.page()->reloadDataset(at.dataset.id);
        QTRY_COMPARE_WITH_TIMEOUT(searched.size(), 1, 20'000);
        for (int point = 0; !at.part<QPushButton>(u"recordMore"_s); ++point) {
            QVERIFY(point < 10);
            at.page()->choosePoint(point);
        }
        const QString offered = at.part<QPushButton>(u"recordMore"_s)->text();
        at.press(u"recordMore"_s);
        QVERIFY(QTest::qWaitFor([&] { return at.part<QSpinBox>(u"recordPrompts"_s) != nullptr; },
                                10'000));
        const int prompts = at.part<QSpinBox>(u"recordPrompts"_s)->value();
        QVERIFY2(offered.contains(QString::number(prompts)) || prompts == kPrompts,
                 qPrintable(offered));
        QVERIFY(QTest::qWaitFor([&] { return at.part<QPushButton>(u"recordBegin"_s)->isEnabled(); },
                                10'000));
        at.press(u"recordBegin"_s);
        QVERIFY(at.waitForEnd());
        QVERIFY(at.outcomes() > 2 * kPrompts);
    }

    void answersThatAreThereAreGradedWithoutACap()
    {
        Recorded at;
        const auto store = DatasetStore::open(at.path()).value();
        const policy::PolicyDocument document = at.shown.window->session().editor().document();
        QList<evaluation::RecordedOutcome> outcomes;
        for (qint64 row = 1; row <= kPrompts; ++row) {
            for (const policy::Model &model : document.models)
                outcomes.append({.row = row,
                                 .model = evaluation::markOf(model),
                                 .figures = {.cost = Money::fromNanos(1)},
                                 .answer = u"no such answer"_s});
        }
        QVERIFY(store->record(at.dataset.id, outcomes));
        at.page()->openDataset(at.dataset.id);
        at.openDialog();
        QCOMPARE(at.part<QLabel>(u"recordCost"_s)->text(), u"Costs nothing: no model is asked."_s);
        QCOMPARE(at.part<QDoubleSpinBox>(u"recordCap"_s)->value(), 0.0);
        QCOMPARE(at.part<QPushButton>(u"recordBegin"_s)->text(), u"Grade"_s);
        at.press(u"recordBegin"_s);
        QVERIFY(at.waitForEnd());
        const auto graded = store->outcomesOf(at.dataset.id, 1, kPrompts).value();
        QCOMPARE(graded.size(), kPrompts * kModels);
        QVERIFY(std::all_of(graded.begin(), graded.end(),
                            [](const auto &each) { return each.figures.quality == 0.0; }));
    }

    void quittingAsksOnceAndKeepsWhatIsThere()
    {
        Recorded at;
        at.openDialog();
        at.press(u"recordBegin"_s);
        QVERIFY(QTest::qWaitFor([&] { return at.outcomes() >= 3; }, 30'000));
        at.shown.window->close();
        QMessageBox *box = nullptr;
        QVERIFY(
            QTest::qWaitFor([&] { return (box = at.part<QMessageBox>({})) != nullptr; }, 10'000));
        QVERIFY(at.shown.window->isVisible());
        QCOMPARE(box->text(), u"Recording of practice is still running."_s);
        QVERIFY(box->informativeText().contains(u"a recording can be gone on with later"_s));
        at.press(u"goOn"_s);
        QVERIFY(QTest::qWaitFor([&] { return !at.shown.window->isVisible(); }, 10'000));
        QCOMPARE(at.dock()->active(), 0);
        QVERIFY(at.outcomes() >= 3 && at.outcomes() < kPrompts * kModels);
    }
};

QTEST_MAIN(TestRecordingWindow)
#include "tst_recording_window.moc"
