#include "app/workbench/document_session.h"
#include "app/workbench/open_documents.h"
#include "tests/support/telling_outcomes.h"
#include "tests/workbench/shown_window.h"
#include "ui/editor/editor_commands/policy_commands.h"
#include "ui/editor/editor_commands/threshold_command.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/wire_item.h"
#include "ui/evaluate/evaluate_page.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QUndoStack>

using namespace headgate;
using namespace headgate::test;
using namespace headgate::ui;
using workbench::Mode;

// Tuning in the real window: from a blank page to a drawn cascade.
class TestEvaluateWindow final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fromOutcomesToADrawnCascadeInThreeClicks()
    {
        const ShownWindow shown;
        const QString path = shown.folder.filePath(u"outcomes.jsonl"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(tellingOutcomes(1'500));
        file.close();

        shown.press(Qt::Key_5, Qt::ControlModifier);
        QCOMPARE(shown.window->mode(), Mode::Evaluate);
        auto *page = qobject_cast<EvaluatePage *>(shown.window->currentPage());
        QVERIFY(page);
        QSignalSpy searched(page, &EvaluatePage::searchShown);
        QTest::mouseClick(page->findChild<QPushButton *>(u"openOutcomes"_s), Qt::LeftButton);
        auto *dialog = shown.window->findChild<QFileDialog *>();
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(path);
        dialog->close();
        QTRY_COMPARE_WITH_TIMEOUT(searched.size(), 1, 20'000);

        auto &session = shown.window->session();
        const policy::PolicyDocument before = session.editor().document();
        const int steps = session.undoStack().index();
        QTest::mouseClick(page->findChild<QPushButton *>(u"apply"_s), Qt::LeftButton);
        QCOMPARE(session.undoStack().index(), steps + 1);
        QVERIFY(session.undoStack().undoText().contains(u"Apply the cascade"));
        const policy::PolicyDocument after = session.editor().document();
        QVERIFY(after.model(u"small"_s));
        QVERIFY(std::any_of(after.nodes.begin(), after.nodes.end(),
                            [](const policy::Node &node) { return node.kind == "gate"_L1; }));
        QVERIFY(page->findChild<FrontPlot *>()->data().drawn);

        // One step back, and the page sees it.
        session.undoStack().undo();
        QVERIFY(session.editor().document() == before);
        QVERIFY(!page->findChild<FrontPlot *>()->data().drawn);
    }

    void stepsOfTheDrawingAreScoredAndAClickGoesBack()
    {
        const ShownWindow shown;
        const QString path = shown.folder.filePath(u"outcomes.jsonl"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(tellingOutcomes(600));
        file.close();
        shown.press(Qt::Key_5, Qt::ControlModifier);
        auto *page = qobject_cast<EvaluatePage *>(shown.window->currentPage());
        QSignalSpy searched(page, &EvaluatePage::searchShown);
        page->openOutcomes(path);
        QTRY_COMPARE_WITH_TIMEOUT(searched.size(), 1, 20'000);
        auto *history = page->findChild<QTableView *>(u"history"_s);
        QVERIFY(history);
        const QAbstractItemModel *model = history->model();
        QCOMPARE(model->rowCount(), 1);
        const auto cell = [model](int row, int column) {
            return model->index(row, column).data().toString();
        };
        auto *apply = page->findChild<QPushButton *>(u"apply"_s);
        QTest::mouseClick(apply, Qt::LeftButton);
        QTest::keyClick(page->findChild<FrontPlot *>(), Qt::Key_Home); // the cheapest
        QTest::mouseClick(apply, Qt::LeftButton);
        QCOMPARE(model->rowCount(), 3);
        QTRY_VERIFY(cell(0, 1) != u"–"_s && cell(1, 1) != u"–"_s); // newest first
        QVERIFY(cell(0, 1).toDouble() < cell(1, 1).toDouble());
        QCOMPARE(cell(2, 1), u"–"_s); // what was drawn first asks other models
        QVERIFY(model->index(2, 0).data(Qt::ToolTipRole).toString().contains(u"Not measured"));
        // A click goes back, and so does Enter forward again.
        auto &session = shown.window->session();
        const int last = session.undoStack().index();
        QTest::mouseClick(history->viewport(), Qt::LeftButton, {},
                          history->visualRect(model->index(1, 0)).center());
        QCOMPARE(session.undoStack().index(), last - 1);
        QCOMPARE(model->rowCount(), 3); // the step that was undone is still there
        history->setFocus();
        history->setCurrentIndex(model->index(0, 0));
        QTest::keyClick(history, Qt::Key_Return);
        QCOMPARE(session.undoStack().index(), last);
        // Moving a node changes no score.
        policy::PolicyDocument moved = session.editor().document();
        moved.nodes[0].at += QPointF(40, 0);
        session.undoStack().push(new ui::ReplaceDocumentCommand(session.editor(), moved, u"M"_s));
        QCOMPARE(model->rowCount(), 4);
        QCOMPARE(cell(0, 1), cell(1, 1)); // at once: it was measured already
    }

    void theDrawingShowsWhichBranchesNoCaseTakes()
    {
        const ShownWindow shown;
        const QString path = shown.folder.filePath(u"outcomes.jsonl"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(tellingOutcomes(600));
        file.close();
        const auto *status = shown.window->findChild<QLabel *>(u"coverageStatus"_s);
        QVERIFY(status && status->text().isEmpty());
        shown.press(Qt::Key_5, Qt::ControlModifier);
        auto *page = qobject_cast<EvaluatePage *>(shown.window->currentPage());
        QSignalSpy searched(page, &EvaluatePage::searchShown);
        page->openOutcomes(path);
        QTRY_COMPARE_WITH_TIMEOUT(searched.size(), 1, 20'000);
        auto *stages = page->findChild<QComboBox *>(u"stages"_s);
        stages->setFocus();
        QTest::keyClick(stages, Qt::Key_Up); // at most two
        QTRY_COMPARE_WITH_TIMEOUT(searched.size(), 2, 20'000);
        QCOMPARE(page->here()->stages, 2);
        // Everything is accepted at the first stage.
        auto *threshold = page->findChild<QDoubleSpinBox *>(u"thresholdNumber0"_s);
        threshold->setFocus();
        threshold->selectAll();
        QTest::keyClicks(threshold, QLocale().toString(0));
        QTest::keyClick(threshold, Qt::Key_Return);
        QTest::mouseClick(page->findChild<QPushButton *>(u"apply"_s), Qt::LeftButton);
        // To the first model, its gate and the answer; not to the second model and from there.
        QTRY_COMPARE(status->text(), u"coverage 60 %"_s);
        QVERIFY2(status->toolTip().startsWith(u"3 of 5 wires"), qPrintable(status->toolTip()));
        shown.press(Qt::Key_2, Qt::ControlModifier);
        auto *build = qobject_cast<BuildPage *>(shown.window->currentPage());
        QVERIFY(build);
        const auto wire = [build](const char *from, const char *port) {
            for (WireItem *item : build->scene().wiresInOrder()) {
                if (item->wire().from.value == QLatin1StringView(from) &&
                    item->wire().port == QLatin1StringView(port))
                    return item;
            }
            qFatal("no wire");
        };
        QVERIFY(!wire("gate1", "accept")->isUntaken());
        QVERIFY(wire("gate1", "escalate")->isUntaken());
        QVERIFY(!wire("gate1", "escalate")->hatching().isEmpty());
        QVERIFY(wire("gate1", "escalate")->sentence().startsWith(u"0 of "));
        const NodeItem *gate = build->scene().nodeItem({u"gate1"_s});
        QVERIFY(gate->outPort(u"accept"_s)->label().endsWith(u"(100 %)"));
        QVERIFY(!gate->look().isUntaken);
        const NodeItem *second = build->scene().nodeItem({u"model2"_s});
        QVERIFY(second->look().isUntaken);
        QVERIFY(second->toolTipText().contains(u"0 of "));
        // An edit on the drawing is followed, without going back to Evaluate.
        auto &session = shown.window->session();
        session.undoStack().push(new SetThresholdCommand(session.editor(), {u"gate1"_s}, 0.6));
        QTRY_COMPARE(status->text(), u"coverage 100 %"_s);
        QTRY_VERIFY(!wire("gate1", "escalate")->isUntaken());
        QVERIFY(wire("gate1", "escalate")->hatching().isEmpty());
        QVERIFY(!second->look().isUntaken);
        // Another document has no coverage of this one.
        shown.window->documents().addNew();
        QVERIFY(status->text().isEmpty());
    }

    void designFromDataKeepsWhatIsDrawn()
    {
        const ShownWindow shown;
        auto &first = shown.window->session();
        const policy::PolicyDocument drawn = first.editor().document();
        shown.window->findChild<QAction *>(u"file-design-from-data"_s)->trigger();
        QCOMPARE(shown.window->mode(), Mode::Evaluate);
        QVERIFY(&shown.window->session() != &first);
        auto *dialog = shown.window->findChild<QFileDialog *>();
        QVERIFY(dialog);
        dialog->close();
        QVERIFY(first.editor().document() == drawn);
    }

    void theOtherOpenDocumentsAreGhosts()
    {
        const ShownWindow shown;
        const QString path = shown.folder.filePath(u"outcomes.jsonl"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(tellingOutcomes(600));
        file.close();
        shown.press(Qt::Key_5, Qt::ControlModifier);
        auto *page = qobject_cast<EvaluatePage *>(shown.window->currentPage());
        QSignalSpy searched(page, &EvaluatePage::searchShown);
        page->openOutcomes(path);
        QTRY_COMPARE_WITH_TIMEOUT(searched.size(), 1, 20'000);
        QTest::mouseClick(page->findChild<QPushButton *>(u"apply"_s), Qt::LeftButton);
        const auto *plot = page->findChild<FrontPlot *>();
        QVERIFY(plot->data().ghosts.isEmpty());
        const QString name = shown.window->session().name();
        // Another document comes to the front: the first becomes a ghost.
        shown.window->documents().addNew();
        QCOMPARE(shown.window->mode(), Mode::Evaluate);
        QTRY_COMPARE(plot->data().ghosts.size(), 1);
        QCOMPARE(plot->data().ghosts[0].name, name);
        QVERIFY(!plot->data().drawn);
    }
};

QTEST_MAIN(TestEvaluateWindow)
#include "tst_evaluate_window.moc"
