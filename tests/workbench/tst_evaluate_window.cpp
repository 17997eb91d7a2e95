#include "app/workbench/document_session.h"
#include "tests/support/telling_outcomes.h"
#include "tests/workbench/shown_window.h"
#include "ui/evaluate/evaluate_page.h"

#include <QFileDialog>
#include <QPushButton>
#include <QSignalSpy>
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
};

QTEST_MAIN(TestEvaluateWindow)
#include "tst_evaluate_window.moc"
