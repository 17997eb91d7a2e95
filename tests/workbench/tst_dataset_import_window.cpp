#include "core/evaluation/datasets/dataset_thread.h"
#include "core/ledger/ledger.h"
#include "sample_traces.h"
#include "tests/workbench/shown_window.h"
#include "ui/evaluate/evaluate_page.h"
#include "ui/evaluate/import_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QTableView>
#include <QTableWidget>

using namespace headgate;
using namespace headgate::test;
using namespace headgate::ui;
using workbench::Mode;

// Walk-through 18 in the real window: drop a CSV, map its columns, see its errors by row, and its
// cases.
class TestDatasetImportWindow final : public QObject
{
    Q_OBJECT

private:
    struct Importing
    {
        ShownWindow shown;

        QString write(const QString &name, const QByteArray &text) const
        {
            const QString path = shown.folder.filePath(name);
            QFile file(path);
            if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
                qFatal("the file cannot be written");
            return path;
        }
        void drop(const QString &path) const
        {
            QMimeData data;
            data.setUrls({QUrl::fromLocalFile(path)});
            QWidget *window = shown.window.get();
            QDragEnterEvent enter({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, {});
            QApplication::sendEvent(window, &enter);
            QVERIFY(enter.isAccepted());
            QDropEvent dropped({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, {});
            QApplication::sendEvent(window, &dropped);
        }
        EvaluatePage *page() const
        {
            return qobject_cast<EvaluatePage *>(shown.window->currentPage());
        }
        ImportDialog *dialog() const
        {
            for (auto *each : shown.window->findChildren<ImportDialog *>()) {
                if (each->isVisible())
                    return each;
            }
            return nullptr;
        }
        // With its preview shown.
        ImportDialog *openedDialog() const
        {
            const auto ready = [this] {
                return dialog() &&
                       dialog()->findChild<QTableView *>(u"preview"_s)->model()->rowCount() > 0;
            };
            if (!QTest::qWaitFor(ready, 10'000))
                qFatal("no file is previewed");
            return dialog();
        }
        template<typename T>
        T *part(const char *name) const
        {
            T *found = dialog()->findChild<T *>(QString::fromLatin1(name));
            if (!found)
                qFatal("no %s", name);
            return found;
        }
        // By the keys that a user presses.
        void choose(const char *box, const QString &text) const
        {
            auto *combo = part<QComboBox>(box);
            combo->setFocus();
            QTest::keyClick(combo, Qt::Key_Home);
            for (int i = 0; i < combo->count() && combo->currentText() != text; ++i)
                QTest::keyClick(combo, Qt::Key_Down);
            QCOMPARE(combo->currentText(), text);
            ShownWindow::settle();
        }
        void press(const char *button) const
        {
            QTest::mouseClick(part<QPushButton>(button), Qt::LeftButton);
        }
        bool isSaid(const QString &text) const
        {
            for (const QWidget *root :
                 {static_cast<QWidget *>(dialog()), shown.window->currentPage()}) {
                if (!root)
                    continue;
                for (const auto *label : root->findChildren<QLabel *>()) {
                    if (label->isVisible() && label->text().contains(text))
                        return true;
                }
            }
            return false;
        }
    };

    static QByteArray questions(int count)
    {
        QByteArray text("question_id,question,category,gold,comment\n");
        for (int i = 0; i < count; ++i)
            text += "q" + QByteArray::number(i) + ",\"Which one, number " + QByteArray::number(i) +
                    "?\",law,B,checked\n";
        return text;
    }

private Q_SLOTS:
    void aDroppedCsvIsMappedMendedAndShown()
    {
        const Importing importing;
        QByteArray text = questions(40);
        text += "q3,again,law,A,x\nq99,,law,A,x\nq98,short\n";
        importing.drop(importing.write(u"exam.csv"_s, text));
        QCOMPARE(importing.shown.window->mode(), Mode::Evaluate);
        importing.openedDialog();

        // The guess is there, and each column says what it is taken for.
        auto *preview = importing.part<QTableView>("preview")->model();
        QCOMPARE(preview->headerData(1, Qt::Horizontal).toString(), u"question\nprompt"_s);
        QCOMPARE(preview->headerData(3, Qt::Horizontal).toString(), u"gold\nexpected answer"_s);
        QCOMPARE(preview->headerData(4, Qt::Horizontal).toString(), u"comment\nleft out"_s);
        QCOMPARE(preview->index(0, 1).data().toString(), u"Which one, number 0?"_s);
        QCOMPARE(importing.part<QLineEdit>("datasetName")->text(), u"exam"_s);
        QVERIFY(importing.isSaid(u"60 % train"_s));

        // A column plays one part only.
        importing.choose("subsetColumn", u"gold"_s);
        QVERIFY(importing.isSaid(u"“gold” is chosen twice"_s));
        QVERIFY(!importing.part<QPushButton>("import")->isEnabled());
        importing.choose("subsetColumn", u"category"_s);
        QVERIFY(!importing.isSaid(u"chosen twice"_s));
        QVERIFY(importing.part<QPushButton>("import")->isEnabled());
        importing.choose("promptColumn", u"Choose a column"_s);
        QVERIFY(importing.isSaid(u"Choose the column that holds the prompt."_s));
        QVERIFY(!importing.part<QPushButton>("import")->isEnabled());
        importing.choose("promptColumn", u"question"_s);
        auto *keep = importing.part<QCheckBox>("keepOthers");
        keep->setFocus();
        QTest::keyClick(keep, Qt::Key_Space);
        QCOMPARE(preview->headerData(4, Qt::Horizontal).toString(), u"comment\nkept"_s);

        importing.press("import");
        auto *problems = importing.part<QTableWidget>("problems");
        QTRY_VERIFY(problems->isVisible());
        QCOMPARE(problems->rowCount(), 3);
        QCOMPARE(problems->item(0, 0)->text(), u"42"_s); // as an editor counts: the header is 1
        QVERIFY(problems->item(0, 1)->text().contains(u"“q3” was already given in row 5"));
        QCOMPARE(problems->item(1, 0)->text(), u"43"_s);
        QVERIFY(problems->item(1, 1)->text().contains(u"prompt is empty"));
        QVERIFY(problems->item(2, 1)->text().contains(u"2 fields where the header has 5"));
        QVERIFY(importing.isSaid(u"Nothing was imported"_s));
        QVERIFY(!importing.page()->dataset());

        // Mended on the disk, the same dialog takes it.
        importing.write(u"exam.csv"_s, questions(40));
        importing.press("import");
        QTRY_VERIFY(!importing.dialog());
        QTRY_VERIFY(importing.page()->dataset());
        QCOMPARE(importing.page()->dataset()->name, u"exam"_s);
        QCOMPARE(importing.page()->dataset()->prompts(), 40);
        auto *cases = importing.page()->findChild<QTableView *>(u"prompts"_s);
        QTRY_COMPARE(cases->model()->rowCount(), 40);
        QCOMPARE(cases->model()->index(0, 2).data().toString(), u"B"_s);
        QVERIFY(importing.isSaid(u"“exam” is imported: 40 prompts."_s));
    }

    void whatTheGraderRefusesIsSaidAtItsField()
    {
        const Importing importing;
        importing.drop(importing.write(u"exam.csv"_s, questions(3)));
        importing.openedDialog();
        auto *start = importing.part<QPushButton>("import");
        QVERIFY(start->isEnabled());
        const auto remark = [&](const char *option) {
            const auto *label =
                importing.part<QLabel>(QByteArray("error_").append(option).constData());
            return label->isVisible() ? label->text() : QString();
        };

        importing.choose("graderKind", u"Regular expression"_s);
        QVERIFY(remark("pattern").contains(u"is missing"));
        QVERIFY(!start->isEnabled());
        auto *pattern = importing.part<QLineEdit>("edit_pattern");
        QTest::keyClicks(pattern, u"(a"_s);
        QVERIFY2(remark("pattern").contains(u"is wrong at character"),
                 qPrintable(remark("pattern")));
        QVERIFY(!start->isEnabled());
        QTest::keyClicks(pattern, u")+"_s);
        QCOMPARE(remark("pattern"), QString());
        QVERIFY(start->isEnabled());

        importing.choose("graderKind", u"Number"_s);
        auto *tolerance = importing.part<QLineEdit>("edit_absolute");
        QTest::keyClicks(tolerance, u"much"_s);
        QVERIFY(!remark("absolute").isEmpty());
        QVERIFY(!start->isEnabled());
        tolerance->selectAll();
        QTest::keyClicks(tolerance, u"0.5"_s);
        QCOMPARE(remark("absolute"), QString());
        QVERIFY(start->isEnabled());

        importing.press("import");
        QTRY_VERIFY(importing.page()->dataset());
        QCOMPARE(importing.page()->dataset()->grader,
                 (Json{{"kind", "number"}, {"absolute", 0.5}}));
    }

    void aNameThatIsTakenIsSaidAtTheNameAndAFreeOneOffered()
    {
        const Importing importing;
        const QString path = importing.write(u"exam.csv"_s, questions(3));
        importing.drop(path);
        importing.openedDialog();
        importing.press("import");
        QTRY_VERIFY(!importing.dialog() && importing.page()->dataset());
        QTRY_VERIFY(importing.page()->findChild<QAction *>(
            u"dataset-%1"_s.arg(qint64(importing.page()->dataset()->id))));

        importing.drop(path);
        importing.openedDialog();
        auto *name = importing.part<QLineEdit>("datasetName");
        QCOMPARE(name->text(), u"exam 2"_s);
        name->selectAll();
        QTest::keyClicks(name, u"exam"_s);
        QVERIFY(importing.isSaid(u"There is a data set “exam” already"_s));
        QVERIFY(!importing.part<QPushButton>("import")->isEnabled());
        name->selectAll();
        QTest::keyClick(name, Qt::Key_Delete);
        QVERIFY(importing.isSaid(u"Give the data set a name."_s));
        QTest::keyClicks(name, u"other"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY(!importing.dialog());
        QTRY_COMPARE(importing.page()->dataset()->name, u"other"_s);
    }

    void whatCannotBeReadIsSaidInTheDialog()
    {
        const Importing importing;
        importing.shown.window->setMode(Mode::Evaluate);
        importing.page()->importFile(importing.write(u"empty.csv"_s, {}));
        QTRY_VERIFY(importing.isSaid(u"“empty.csv” is empty."_s));
        QVERIFY(!importing.part<QPushButton>("import")->isEnabled());
        importing.press("cancelImport");
        QTRY_VERIFY(!importing.dialog());
    }

    void anImportIsStoppedAndLeavesNothing()
    {
        const Importing importing;
        importing.drop(importing.write(u"exam.csv"_s, questions(200'000)));
        importing.openedDialog();
        importing.press("import");
        auto *stop = importing.part<QPushButton>("cancelImport");
        QCOMPARE(stop->text(), u"Stop"_s);
        QVERIFY(importing.part<QWidget>("importProgress")->isVisible());
        QTest::mouseClick(stop, Qt::LeftButton);
        QCOMPARE(stop->text(), u"Cancel"_s);
        QVERIFY(importing.part<QPushButton>("import")->isEnabled());
        QTest::mouseClick(stop, Qt::LeftButton);
        QTRY_VERIFY(!importing.dialog());
        evaluation::DatasetThread datasets(importing.shown.options().datasetsPath);
        const auto list =
            datasets.ask([](evaluation::DatasetStore &store) { return store.datasets(); });
        QVERIFY(list.result()->isEmpty());
    }

    void pastRunsAreCountedAndBecomeADataSet()
    {
        const Importing importing;
        const auto ledger = ledger::Ledger::open(importing.shown.options().ledgerPath).value();
        const auto record = [&](int i, engine::RunOrigin origin, bool keepTexts) {
            engine::RunTrace trace = sampleTrace(QString::number(i), quint32(i));
            trace.origin = origin;
            QVERIFY(ledger->record(trace, keepTexts));
        };
        for (int i = 0; i < 5; ++i)
            record(i, engine::RunOrigin::Live, i > 1);
        record(5, engine::RunOrigin::Recorded, true); // is in a data set already, and not counted
        importing.shown.window->setMode(Mode::Evaluate);
        QTest::mouseClick(importing.page()->findChild<QPushButton *>(u"importPastRuns"_s),
                          Qt::LeftButton);
        auto *dialog = importing.page()->findChild<RunImportDialog *>();
        QVERIFY(dialog);
        auto *count = dialog->findChild<QLabel *>(u"runsCount"_s);
        QTRY_VERIFY2(count->text().startsWith(u"5 runs; 2 of them did not keep"),
                     qPrintable(count->text()));
        auto *name = dialog->findChild<QLineEdit *>(u"runsName"_s);
        name->selectAll();
        QTest::keyClick(name, Qt::Key_Delete);
        auto *start = dialog->findChild<QPushButton *>(u"importRunsNow"_s);
        QVERIFY(!start->isEnabled());
        QTest::keyClicks(name, u"traffic"_s);
        QTest::mouseClick(start, Qt::LeftButton);
        QTRY_VERIFY(importing.page()->dataset());
        QCOMPARE(importing.page()->dataset()->name, u"traffic"_s);
        QCOMPARE(importing.page()->dataset()->prompts(), 3);
    }

    void aFileIsImportedByTheMenuAndTheKeys()
    {
        const Importing importing;
        const QString path = importing.write(u"lines.jsonl"_s, "{\"prompt\":\"One?\"}\n");
        importing.shown.press(Qt::Key_5, Qt::ControlModifier);
        QTest::mouseClick(importing.page()->findChild<QPushButton *>(u"importPrompts"_s),
                          Qt::LeftButton);
        auto *files = importing.shown.window->findChild<QFileDialog *>();
        QVERIFY(files);
        Q_EMIT files->fileSelected(path);
        files->close();
        importing.openedDialog();
        QTest::keyClick(importing.part<QLineEdit>("datasetName"), Qt::Key_Return);
        QTRY_VERIFY(importing.page()->dataset());
        QCOMPARE(importing.page()->dataset()->name, u"lines"_s);
    }
};

QTEST_MAIN(TestDatasetImportWindow)
#include "tst_dataset_import_window.moc"
