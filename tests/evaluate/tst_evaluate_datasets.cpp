#include "core/evaluation/datasets/dataset_import.h"
#include "core/evaluation/datasets/dataset_thread.h"
#include "tests/support/telling_outcomes.h"
#include "ui/evaluate/evaluate_page.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::ui;
using namespace Qt::StringLiterals;
using evaluation::DatasetId;
using evaluation::DatasetStore;

// Data sets of the workspace on the Evaluate page.
class TestEvaluateDatasets final : public QObject
{
    Q_OBJECT

private:
    struct Shown
    {
        QTemporaryDir folder;
        Theme theme;
        policy::PolicyDocument document;
        std::unique_ptr<evaluation::DatasetThread> datasets;
        std::unique_ptr<EvaluatePage> page;

        Shown()
            : datasets(std::make_unique<evaluation::DatasetThread>(path()))
        {
        }
        QString path() const { return folder.filePath(u"datasets.sqlite"_s); }
        void show()
        {
            page = std::make_unique<EvaluatePage>(
                theme, [this]() -> const policy::PolicyDocument & { return document; },
                [](const QString &name) {
                    policy::Model model;
                    model.provider = u"local"_s;
                    model.model = name;
                    return model;
                });
            page->resize(1360, 840);
            page->show();
            page->useDatasets(*datasets);
            settle();
        }
        // Until all that was asked of the data sets has been answered and shown.
        void settle() const
        {
            datasets->ask([](DatasetStore &) { return Result<>(); }).waitForFinished();
            QCoreApplication::processEvents();
        }
        DatasetId import(const QString &name, const QByteArray &lines, bool outcomes) const
        {
            const QString file = folder.filePath(u"import.jsonl"_s);
            QFile written(file);
            if (!written.open(QIODevice::WriteOnly) || written.write(lines) != lines.size())
                qFatal("the prompts cannot be written");
            written.close();
            evaluation::ColumnMapping mapping{.prompt = u"prompt"_s, .expected = u"expected"_s};
            if (outcomes)
                mapping.outcomes = u"models"_s;
            const auto report =
                datasets
                    ->ask([&](DatasetStore &store) {
                        return evaluation::importDataset(
                            {.path = file, .mapping = mapping, .name = name}, store);
                    })
                    .result();
            if (!report || !report->dataset)
                qFatal("nothing was imported");
            return report->dataset->id;
        }
        template<typename T>
        T *child(const char *name) const
        {
            T *found = page->findChild<T *>(QString::fromLatin1(name));
            if (!found)
                qFatal("no %s", name);
            return found;
        }
        QString text(const char *name) const { return child<QLabel>(name)->text(); }
        // By its menu, as a user does.
        void choose(const QString &name) const
        {
            auto *menu = child<QMenu>("datasetMenu");
            for (QAction *action : menu->actions()) {
                if (action->text() != name)
                    continue;
                menu->popup(page->mapToGlobal(QPoint(20, 20)));
                QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
                return;
            }
            qFatal("the menu has no %s", qPrintable(name));
        }
        bool isSaid(const QString &part) const
        {
            for (const QLabel *label : page->findChildren<QLabel *>()) {
                if (label->isVisible() && label->text().contains(part))
                    return true;
            }
            return false;
        }
    };

    static QByteArray plainPrompts(int count)
    {
        QByteArray lines;
        for (int i = 0; i < count; ++i)
            lines += "{\"prompt\":\"question " + QByteArray::number(i) + "\",\"expected\":\"a" +
                     QByteArray::number(i) + "\"}\n";
        return lines;
    }

private Q_SLOTS:
    void aDataSetWithOutcomesIsSearchedAsAFileIs()
    {
        Shown shown;
        const DatasetId id = shown.import(u"measured"_s, test::tellingOutcomes(800), true);
        shown.show();
        QSignalSpy searched(shown.page.get(), &EvaluatePage::searchShown);
        shown.choose(u"measured"_s);
        QTRY_COMPARE_WITH_TIMEOUT(searched.size(), 1, 20'000);
        QVERIFY(shown.page->here());
        QCOMPARE(shown.page->dataset()->id, id);
        QCOMPARE(shown.text("parts"), u"800 prompts"_s);
        QVERIFY2(shown.text("partCounts").startsWith(u"train 4"),
                 qPrintable(shown.text("partCounts")));
        QVERIFY(shown.child<QTableView>("cases")->isVisible());
        auto *current = shown.page->findChild<QAction *>(u"dataset-%1"_s.arg(qint64(id)));
        QVERIFY(current && current->isChecked());
    }

    void oneWithoutOutcomesShowsItsPromptsAndAsksToRecord()
    {
        Shown shown;
        const DatasetId id = shown.import(u"questions"_s, plainPrompts(1'200), false);
        shown.show();
        QSignalSpy recording(shown.page.get(), &EvaluatePage::recordRequested);
        shown.choose(u"questions"_s);
        auto *table = shown.child<QTableView>("prompts");
        QTRY_COMPARE(table->model()->rowCount(), 500);
        QVERIFY(table->isVisible());
        QVERIFY(!shown.child<QTableView>("cases")->isVisible());
        const QAbstractItemModelTester tester(table->model());
        QCOMPARE(table->model()->index(1, 1).data().toString(), u"question 1"_s);
        QCOMPARE(table->model()->index(1, 2).data().toString(), u"a1"_s);
        QVERIFY(shown.isSaid(u"no outcomes yet"_s));
        QCOMPARE(shown.text("parts"), u"1,200 prompts"_s);
        QVERIFY(!shown.page->here());

        QTest::mouseClick(shown.child<QPushButton>("recordFirst"), Qt::LeftButton);
        QTest::mouseClick(shown.child<QPushButton>("record"), Qt::LeftButton);
        QCOMPARE(recording.size(), 2);
        QCOMPARE(recording[0][0].value<DatasetId>(), id);

        // The rest comes as it is scrolled to.
        for (const int rows : {1'000, 1'200}) {
            table->verticalScrollBar()->setValue(table->verticalScrollBar()->maximum());
            QTRY_COMPARE(table->model()->rowCount(), rows);
        }
        QCOMPARE(table->model()->index(1'199, 1).data().toString(), u"question 1199"_s);
        QVERIFY(!table->model()->canFetchMore({}));
    }

    void outcomesThatWereAddedAreReadAgain()
    {
        Shown shown;
        const DatasetId id = shown.import(u"questions"_s, plainPrompts(60), false);
        shown.show();
        shown.choose(u"questions"_s);
        QTRY_VERIFY(shown.isSaid(u"no outcomes yet"_s));
        QSignalSpy searched(shown.page.get(), &EvaluatePage::searchShown);
        shown.datasets
            ->ask([id](DatasetStore &store) {
                QList<evaluation::RecordedOutcome> outcomes;
                for (qint64 row = 1; row <= 60; ++row) {
                    for (const auto &model : {u"small"_s, u"large"_s})
                        outcomes.append({.row = row,
                                         .model = {model},
                                         .figures = {.quality = row % 2 ? 1.0 : 0.0,
                                                     .cost = Money::fromNanos(row)}});
                }
                return store.record(id, outcomes);
            })
            .waitForFinished();
        shown.page->reloadDataset(DatasetId(qint64(id) + 1)); // another one than is shown
        QVERIFY(!shown.page->isBusy());
        shown.page->reloadDataset(id);
        QTRY_COMPARE_WITH_TIMEOUT(searched.size(), 1, 20'000);
        QVERIFY(shown.page->here());
        QVERIFY(!shown.isSaid(u"no outcomes yet"_s));
    }

    void whereOneIsStaysWhileOutcomesAreAdded()
    {
        Shown shown;
        const DatasetId id = shown.import(u"measured"_s, test::tellingOutcomes(800), true);
        shown.show();
        QSignalSpy searched(shown.page.get(), &EvaluatePage::searchShown);
        shown.page->openDataset(id);
        QTRY_COMPARE_WITH_TIMEOUT(searched.size(), 1, 20'000);
        QTest::keyClick(shown.page->findChild<FrontPlot *>(), Qt::Key_Home);
        const auto *plot = shown.page->findChild<FrontPlot *>();
        while (plot->data().here->name.count(u'→') == 0)
            QTest::keyClick(shown.page->findChild<FrontPlot *>(), Qt::Key_Right);
        auto *number = shown.child<QDoubleSpinBox>("thresholdNumber0");
        number->setValue(0.4321); // between the points of the front
        const QString name = plot->data().here->name;
        const evaluation::Cascade before = *shown.page->here();
        // A model that comes first by its name, so that the others move by one.
        const auto record = [&](const QString &model) {
            const auto written =
                shown.datasets
                    ->ask([id, model](DatasetStore &store) {
                        QList<evaluation::RecordedOutcome> outcomes;
                        for (qint64 row = 1; row <= 800; ++row)
                            outcomes.append({.row = row,
                                             .model = {model},
                                             .figures = {.quality = row % 3 ? 1.0 : 0.0,
                                                         .cost = Money::fromNanos(1)}});
                        return store.record(id, outcomes);
                    })
                    .result();
            QVERIFY(written);
        };
        record(u"another"_s);
        shown.page->reloadDataset(id);
        QTRY_COMPARE_WITH_TIMEOUT(searched.size(), 2, 20'000);
        QCOMPARE(plot->data().singles.size(), 4);
        QCOMPARE(plot->data().here->name, name);
        QCOMPARE(shown.page->here()->threshold, before.threshold);
        // A wish is another point.
        QTest::keyClick(shown.page->findChild<FrontPlot *>(), Qt::Key_Home);
        shown.page->openDataset(id);
        QTRY_COMPARE_WITH_TIMEOUT(searched.size(), 3, 20'000);
        QVERIFY(plot->data().here->name != plot->data().front.first().name);
    }

    void outcomesThatDoNotSufficeAreSaidAndThePromptsShown()
    {
        Shown shown;
        const DatasetId id = shown.import(u"questions"_s, plainPrompts(60), false);
        shown.datasets
            ->ask([id](DatasetStore &store) {
                return store.record(id,
                                    {{.row = 1, .model = {u"small"_s}, .figures = {.quality = 1}}});
            })
            .waitForFinished();
        shown.show();
        shown.choose(u"questions"_s);
        QTRY_VERIFY(shown.isSaid(u"does not yet suffice"_s));
        QVERIFY(shown.isSaid(u"no cost of: small"_s));
        QVERIFY(shown.child<QTableView>("prompts")->isVisible());
        QVERIFY(!shown.page->isBusy());
    }

    void whereNobodyRecordsTheButtonSaysSo()
    {
        Shown shown;
        shown.import(u"questions"_s, plainPrompts(3), false);
        shown.show();
        shown.choose(u"questions"_s);
        auto *record = shown.child<QPushButton>("record");
        QTRY_VERIFY(record->toolTip().contains(u"not available here"_s));
        QVERIFY(!record->isEnabled());
    }

    void theEmptyPageOffersDataSetsOnceThereAreSome()
    {
        Shown shown;
        shown.show();
        QVERIFY(!shown.page->findChild<QPushButton *>(u"chooseDataset"_s));
        shown.import(u"late"_s, plainPrompts(3), false);
        shown.datasets->tellChanged();
        QTRY_VERIFY(shown.page->findChild<QPushButton *>(u"chooseDataset"_s));
        QVERIFY(shown.child<QPushButton>("chooseDataset")->isVisible());
    }

    void aDataSetIsRenamedInItsMenu()
    {
        Shown shown;
        shown.import(u"old"_s, plainPrompts(3), false);
        shown.import(u"other"_s, plainPrompts(3), false);
        shown.show();
        shown.choose(u"old"_s);
        QTRY_VERIFY(shown.page->dataset());
        shown.choose(u"Re&name…"_s);
        auto *name = shown.child<QLineEdit>("newName");
        QTest::keyClicks(name, u"other"_s); // over the former one, which is selected
        QVERIFY(shown.text("newNameProblem").contains(u"“other” already"));
        QVERIFY(!shown.child<QPushButton>("rename")->isEnabled());
        name->selectAll();
        QTest::keyClicks(name, u"new"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_COMPARE(shown.page->dataset()->name, u"new"_s);
        QTRY_VERIFY(!shown.page->findChild<QLineEdit *>(u"newName"_s));
        QCOMPARE(shown.child<QPushButton>("dataset")->text(), u"new"_s);
        QTRY_VERIFY(std::any_of(shown.child<QMenu>("datasetMenu")->actions().cbegin(),
                                shown.child<QMenu>("datasetMenu")->actions().cend(),
                                [](const QAction *each) { return each->text() == u"new"_s; }));
    }

    void anotherGraderForgetsTheGradesAndOffersToGradeAnew()
    {
        Shown shown;
        const DatasetId id = shown.import(u"questions"_s, plainPrompts(60), false);
        shown.datasets
            ->ask([id](DatasetStore &store) {
                QList<evaluation::RecordedOutcome> outcomes;
                for (qint64 row = 1; row <= 60; ++row) {
                    for (const auto &model : {u"small"_s, u"large"_s})
                        outcomes.append({.row = row,
                                         .model = {model},
                                         .figures = {.quality = row % 2 ? 1.0 : 0.0,
                                                     .cost = Money::fromNanos(row)},
                                         .answer = u"a%1"_s.arg(row - 1),
                                         .why = u"a test"_s});
                }
                return store.record(id, outcomes);
            })
            .waitForFinished();
        shown.show();
        QSignalSpy searched(shown.page.get(), &EvaluatePage::searchShown);
        QSignalSpy recording(shown.page.get(), &EvaluatePage::recordRequested);
        shown.choose(u"questions"_s);
        QTRY_COMPARE_WITH_TIMEOUT(searched.size(), 1, 20'000);
        shown.choose(u"&Grading…"_s);
        auto *dialog = shown.page->findChild<QDialog *>(u"graderDialog"_s);
        QVERIFY(dialog && dialog->findChild<QLabel *>(u"graderNote"_s)->isVisible());
        auto *set = dialog->findChild<QPushButton *>(u"setGrader"_s);
        QVERIFY(!set->isEnabled()); // nothing else is chosen yet
        auto *kind = dialog->findChild<QComboBox *>(u"graderKind"_s);
        kind->setFocus();
        QTest::keyClick(kind, Qt::Key_Home);
        for (int step = 0; step < 20 && kind->currentData() != u"regex"_s; ++step)
            QTest::keyClick(kind, Qt::Key_Down);
        QVERIFY(!set->isEnabled()); // a pattern is missing
        QTest::keyClick(kind, Qt::Key_Home);
        while (kind->currentData() != u"exact"_s)
            QTest::keyClick(kind, Qt::Key_Down);
        QTest::mouseClick(set, Qt::LeftButton);
        QTRY_VERIFY(shown.isSaid(u"The grader is set."_s));
        QVERIFY(shown.child<QTableView>("prompts")->isVisible());
        QVERIFY(!shown.page->here());
        QCOMPARE(shown.page->dataset()->grader, (Json{{"kind", "exact"}}));
        const auto kept =
            shown.datasets->ask([id](DatasetStore &store) { return store.outcomesOf(id, 1, 60); })
                .result();
        QCOMPARE(kept->size(), 120); // the answers are there
        QVERIFY(!kept->first().figures.quality);
        QTest::mouseClick(shown.child<QPushButton>("recordFirst"), Qt::LeftButton);
        QCOMPARE(recording.size(), 1);
    }

    void aDataSetIsRemovedOnlyOnceThatIsConfirmed()
    {
        Shown shown;
        shown.import(u"mine"_s, plainPrompts(3), false);
        shown.show();
        shown.choose(u"mine"_s);
        QTRY_VERIFY(shown.page->dataset());
        shown.choose(u"Remo&ve…"_s);
        auto *question = shown.child<QMessageBox>("removeQuestion");
        QVERIFY(question->text().contains(u"3 prompts"));
        QTest::keyClick(question, Qt::Key_Return); // the safe choice
        QTRY_VERIFY(!shown.page->findChild<QMessageBox *>(u"removeQuestion"_s));
        const auto list = [&shown] {
            return shown.datasets->ask([](DatasetStore &store) { return store.datasets(); })
                .result()
                ->size();
        };
        QCOMPARE(list(), 1);
        shown.choose(u"Remo&ve…"_s);
        QTest::mouseClick(shown.child<QPushButton>("remove"), Qt::LeftButton);
        QTRY_VERIFY(shown.isSaid(u"“mine” is removed."_s));
        QCOMPARE(list(), 0);
        QVERIFY(!shown.page->dataset());
        QVERIFY(shown.child<QPushButton>("openOutcomes")->isVisible());
    }

    void aDamagedFileIsToldAndCanBeSetAside()
    {
        Shown shown;
        QFile file(shown.path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(4096, 'x'));
        file.close();
        shown.show();
        QTRY_VERIFY(shown.child<QPushButton>("messageAction")->isVisible());
        QTest::mouseClick(shown.child<QPushButton>("messageAction"), Qt::LeftButton);
        QTRY_VERIFY(shown.isSaid(u"a new one is begun"_s));
        shown.import(u"after"_s, plainPrompts(3), false);
        shown.datasets->tellChanged();
        QTRY_VERIFY(shown.page->findChild<QPushButton *>(u"chooseDataset"_s));
    }
};

QTEST_MAIN(TestEvaluateDatasets)
#include "tst_evaluate_datasets.moc"
