#include "tests/editor/editor_fixture.h"

#include "ui/common/settings.h"
#include "ui/common/theme.h"
#include "ui/editor/build_page.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"
#include "ui/editor/wire_item.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using test::id;

namespace {

policy::PolicyDocument twoGates()
{
    policy::PolicyDocument document = test::cascade();
    policy::Node second = *document.node(id("g"));
    second.id = id("h");
    second.title = u"Gate 2"_s;
    second.at = {440, 320};
    second.config["threshold"] = 0.8;
    document.nodes.append(second);
    return document;
}

struct Bench
{
    explicit Bench(const policy::PolicyDocument &document = twoGates())
        : editor(document)
        , page(theme, editor, undo)
    {
        page.resize(1300, 800);
        page.show();
        page.activateWindow();
        if (!QTest::qWaitForWindowActive(&page))
            qFatal("the page does not become active");
        settle();
    }
    static void settle()
    {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCoreApplication::processEvents();
    }
    template<typename Widget>
    Widget *find(const QString &name) const
    {
        settle();
        for (Widget *widget : page.findChildren<Widget *>(name)) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    void select(const QList<policy::NodeId> &nodes)
    {
        page.scene().select(nodes);
        settle();
    }
    Json threshold(const char *node) const
    {
        return editor.document().node(id(node))->config["threshold"];
    }

    Theme theme;
    policy::PolicyEditor editor;
    QUndoStack undo;
    BuildPage page;
};

} // namespace

class TestPanels final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void severalNodesShowWhatTheyHaveInCommon()
    {
        Bench bench;
        bench.select({id("g"), id("h")});
        QCOMPARE(bench.find<QLabel>(u"inspectorHeading"_s)->text(), u"2 nodes"_s);
        auto *threshold = bench.find<QLineEdit>(u"edit_threshold"_s);
        QVERIFY(threshold);
        QCOMPARE(threshold->text(), QString());
        QCOMPARE(threshold->placeholderText(), u"mixed"_s);
        // What is alike shows its value; the title is each one's own.
        QCOMPARE(bench.find<QComboBox>(u"edit_on_scorer_failure"_s)->currentText(), u"escalate"_s);
        QVERIFY(!bench.find<QLineEdit>(u"edit_title"_s));
        bench.select({id("g"), id("s")});
        QVERIFY(!bench.find<QLineEdit>(u"edit_threshold"_s));
    }

    void anEditOfSeveralNodesIsOneStep()
    {
        Bench bench;
        bench.select({id("g"), id("h")});
        auto *threshold = bench.find<QLineEdit>(u"edit_threshold"_s);
        threshold->setFocus();
        QTest::keyClicks(threshold, u"0.45"_s);
        QCOMPARE(bench.threshold("g"), Json(0.45));
        QCOMPARE(bench.threshold("h"), Json(0.45));
        QCOMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), twoGates());
        QCOMPARE(threshold->placeholderText(), u"mixed"_s);
        bench.undo.redo();
        QCOMPARE(bench.threshold("g"), Json(0.45));
        QCOMPARE(bench.threshold("h"), Json(0.45));
    }

    void aMixedChoiceIsSetForAll()
    {
        policy::PolicyDocument document = twoGates();
        document.nodes.last().config["on_scorer_failure"] = "accept";
        Bench bench(document);
        bench.select({id("g"), id("h")});
        auto *choice = bench.find<QComboBox>(u"edit_on_scorer_failure"_s);
        QCOMPARE(choice->currentIndex(), -1);
        choice->setFocus();
        QTest::keyClick(choice, Qt::Key_End);
        for (const char *gate : {"g", "h"})
            QCOMPARE(bench.editor.document().node(id(gate))->config["on_scorer_failure"],
                     Json("accept"));
        QCOMPARE(bench.undo.count(), 1);
    }

    void renamedPortsOfSeveralNodesKeepTheirWiresInOneStep()
    {
        policy::PolicyDocument document = test::cascade();
        for (const char *name : {"c", "d"}) {
            policy::Node node;
            node.id = id(name);
            node.kind = u"classifier"_s;
            node.title = QString::fromLatin1(name);
            node.config = {{"labels", {"easy", "hard"}}};
            document.nodes.append(node);
            document.wires.append({node.id, u"hard"_s, id("l")});
        }
        Bench bench(document);
        bench.select({id("c"), id("d")});
        auto *labels = bench.find<QPlainTextEdit>(u"edit_labels"_s);
        labels->setFocus();
        labels->selectAll();
        QTest::keyClicks(labels, u"easy"_s);
        QTest::keyClick(labels, Qt::Key_Return);
        QTest::keyClicks(labels, u"difficult"_s);
        bench.find<QLineEdit>(u"paletteSearch"_s)->setFocus();
        for (const char *name : {"c", "d"})
            QCOMPARE(bench.editor.document().target(id(name), u"difficult"_s),
                     std::optional(id("l")));
        QCOMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), document);
    }

    void aSliderDragIsWrittenOnceAtItsEnd()
    {
        Bench bench;
        bench.select({id("g")});
        auto *slider = bench.find<QSlider>(u"slide_threshold"_s);
        QVERIFY(slider);
        QCOMPARE(slider->value(), 60);
        const QPoint start(QStyle::sliderPositionFromValue(0, 100, 60, slider->width() - 16) + 8,
                           slider->height() / 2);
        QTest::mousePress(slider, Qt::LeftButton, {}, start);
        QTest::mouseMove(slider, start + QPoint(8, 0));
        QTest::mouseMove(slider, start + QPoint(16, 0));
        QVERIFY(slider->value() > 60);
        QCOMPARE(bench.threshold("g"), Json(0.6)); // not yet
        QTest::mouseRelease(slider, Qt::LeftButton, {}, start + QPoint(16, 0));
        QCOMPARE(bench.threshold("g"), Json(slider->value() / 100.0));
        QCOMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        QCOMPARE(slider->value(), 60);
    }

    void sliderKeysAreOneBurst()
    {
        Bench bench;
        bench.select({id("g")});
        auto *slider = bench.find<QSlider>(u"slide_threshold"_s);
        slider->setFocus();
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(slider, Qt::Key_Right);
        QCOMPARE(bench.threshold("g"), Json(0.63));
        QCOMPARE(bench.undo.count(), 1);
    }

    void whatWasRefusedDoesNotFollowToAnotherNode()
    {
        policy::PolicyDocument document = twoGates();
        document.nodes.last().config["threshold"] = 0.6;
        Bench bench(document);
        bench.select({id("g")});
        auto *threshold = bench.find<QLineEdit>(u"edit_threshold"_s);
        threshold->setFocus();
        threshold->selectAll();
        QTest::keyClicks(threshold, u"9"_s);
        QVERIFY(bench.find<QLabel>(u"error_threshold"_s));
        bench.select({id("h")});
        QCOMPARE(threshold->text(), u"0.6"_s);
        QVERIFY(!bench.find<QLabel>(u"error_threshold"_s));
        QCOMPARE(bench.editor.document(), document);
    }

    void undoGoesToThePolicyUnlessAFieldHoldsItsOwn()
    {
        Bench bench;
        QAction undoAction(&bench.page);
        undoAction.setShortcut(QKeySequence::Undo);
        bench.page.addAction(&undoAction);
        QObject::connect(&undoAction, &QAction::triggered, &bench.undo, &QUndoStack::undo);
        bench.select({id("g")});
        auto *threshold = bench.find<QLineEdit>(u"edit_threshold"_s);
        threshold->setFocus();
        threshold->selectAll();
        QTest::keyClicks(threshold, u"0.7"_s);
        QCOMPARE(bench.threshold("g"), Json(0.7));
        QTest::keyClick(threshold, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(bench.threshold("g"), Json(0.6));
        QCOMPARE(threshold->text(), u"0.6"_s);
        // Refused, so never written: the field takes it back itself.
        QTest::keyClicks(threshold, u"x"_s);
        QCOMPARE(threshold->text(), u"0.6x"_s);
        QTest::keyClick(threshold, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(threshold->text(), u"0.6"_s);
        QCOMPARE(bench.editor.document(), twoGates());
    }

    void typingDoesNotRebuildTheInspector()
    {
        Bench bench;
        bench.select({id("g")});
        const QPointer<QLineEdit> title = bench.find<QLineEdit>(u"edit_title"_s);
        const QPointer<QLineEdit> threshold = bench.find<QLineEdit>(u"edit_threshold"_s);
        title->setFocus();
        title->selectAll();
        QTest::keyClicks(title, u"Judge"_s);
        title->setCursorPosition(2);
        QTest::keyClicks(title, u"xy"_s);
        bench.settle();
        QVERIFY(title && threshold);
        QCOMPARE(title->text(), u"Juxydge"_s);
        QCOMPARE(title->cursorPosition(), 4);
        QVERIFY(title->hasFocus());
    }

    void onlyTheOptionsOfAScorerThatItReadsAreShown()
    {
        policy::PolicyDocument document = test::cascade();
        document.nodes[2].config["scorers"] = {{{"kind", "format"}, {"weight", 1}}};
        Bench bench(document);
        bench.select({id("g")});
        QVERIFY(!bench.find<QLineEdit>(u"edit_pattern"_s));
        auto *format = bench.find<QComboBox>(u"edit_format"_s);
        format->setFocus();
        QTest::keyClick(format, Qt::Key_End); // regex
        QVERIFY(bench.find<QLineEdit>(u"edit_pattern"_s));
        QVERIFY(!bench.find<QPlainTextEdit>(u"edit_schema"_s));
    }

    void undoInAnEntryKeepsTheCards()
    {
        Bench bench;
        bench.select({id("g")});
        const QPointer<QLineEdit> weight = bench.find<QLineEdit>(u"edit_weight"_s);
        weight->setFocus();
        weight->selectAll();
        QTest::keyClicks(weight, u"3"_s);
        QCOMPARE(bench.editor.document().node(id("g"))->config["scorers"][0]["weight"], Json(3));
        bench.undo.undo();
        bench.settle();
        QVERIFY(weight && weight->hasFocus());
        QCOMPARE(weight->text(), u"1"_s);
    }

    void aWireShowsItsEndsAndLeadsToThem()
    {
        Bench bench;
        const policy::Wire wire{id("g"), u"escalate"_s, id("l")};
        bench.select({});
        bench.page.scene().wireItem(wire)->setSelected(true);
        auto *from = bench.find<QAbstractButton>(u"wireFrom"_s);
        QVERIFY(from);
        QCOMPARE(from->text(), u"Gate 1"_s);
        QCOMPARE(bench.find<QLabel>(u"wirePort"_s)->text(), u"escalate"_s);
        QTest::mouseClick(bench.find<QAbstractButton>(u"wireTo"_s), Qt::LeftButton);
        QCOMPARE(bench.page.scene().selectedNodes(), QList{id("l")});
        bench.select({});
        bench.page.scene().wireItem(wire)->setSelected(true);
        QTest::mouseClick(bench.find<QAbstractButton>(u"wireRemove"_s), Qt::LeftButton);
        QVERIFY(!bench.editor.document().wires.contains(wire));
        QVERIFY(!bench.find<QAbstractButton>(u"wireFrom"_s));
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), twoGates());
    }

    void outlineRowsAreRenamedInPlace()
    {
        Bench bench;
        bench.select({id("g")});
        auto *tree = bench.find<QTreeView>(u"outlineTree"_s);
        tree->setFocus();
        QTest::keyClick(tree, Qt::Key_F2);
        auto *edit = tree->findChild<QLineEdit *>();
        QVERIFY(edit && !edit->accessibleName().isEmpty());
        edit->selectAll();
        QTest::keyClicks(edit, u"Judge"_s);
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(bench.editor.document().node(id("g"))->title, u"Judge"_s);
        QCOMPARE(bench.undo.count(), 1);
        QTest::keyClick(tree, Qt::Key_F2);
        bench.settle();
        edit = tree->findChild<QLineEdit *>();
        QVERIFY(edit);
        edit->selectAll();
        QTest::keyClicks(edit, u"Large"_s);
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(bench.editor.document().node(id("g"))->title, u"Judge"_s);
        QVERIFY(bench.find<QLabel>(u"outlineSentence"_s)->text().contains(u"“Large”"_s));
        QCOMPARE(bench.undo.count(), 1);
    }

    void canvasKeysWorkOnOutlineRows()
    {
        Bench bench;
        bench.select({id("l")});
        auto *tree = bench.find<QTreeView>(u"outlineTree"_s);
        tree->setFocus();
        const QPointF before = bench.editor.document().node(id("l"))->at;
        QTest::keyClick(tree, Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(bench.editor.document().node(id("l"))->at.x() > before.x());
        QTest::keyClick(tree, Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(bench.editor.document().nodes.size(), twoGates().nodes.size() + 1);
        QTest::keyClick(tree, Qt::Key_Delete);
        QCOMPARE(bench.editor.document().nodes.size(), twoGates().nodes.size());
        QTest::keyClick(tree, Qt::Key_Return);
        QVERIFY(bench.find<QLineEdit>(u"edit_title"_s) || bench.find<QLineEdit>(u"edit_name"_s));
    }

    void aClosedRowStaysClosed()
    {
        Bench bench;
        auto *tree = bench.find<QTreeView>(u"outlineTree"_s);
        bench.select({id("g")});
        tree->setFocus();
        QTest::keyClick(tree, Qt::Key_Left);
        QVERIFY(!tree->isExpanded(tree->currentIndex()));
        QVERIFY(bench.editor.connect({id("l"), u"error"_s, id("a")}));
        bench.settle();
        QCOMPARE(tree->currentIndex().data().toString(), u"Gate 1"_s);
        QVERIFY(!tree->isExpanded(tree->currentIndex()));
    }

    void keepingTextsIsOneClickAndOneStep()
    {
        Bench bench;
        bench.select({});
        auto *box = bench.find<QCheckBox>(u"edit_keep_texts"_s);
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
        QVERIFY(bench.editor.document().keepTexts);
        QCOMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        bench.settle();
        QVERIFY(!bench.editor.document().keepTexts);
        QVERIFY(!bench.find<QCheckBox>(u"edit_keep_texts"_s)->isChecked());
    }

    void fallbacksAreTickedInTheForm()
    {
        Bench bench;
        bench.select({id("s")});
        auto *list = bench.find<QListWidget>(u"edit_fallbacks"_s);
        const QList<QListWidgetItem *> large = list->findItems(u"large"_s, Qt::MatchExactly);
        QCOMPARE(large.size(), 1);
        list->setFocus();
        list->setCurrentItem(large.first());
        QTest::keyClick(list, Qt::Key_Space);
        QCOMPARE(bench.editor.document().node(id("s"))->config["fallbacks"],
                 Json::array({"large"}));
        bench.undo.undo();
        QVERIFY(!bench.editor.document().node(id("s"))->config.contains("fallbacks"));
    }

    void weightsAreThereOnlyWhereTheOrderDrawsByThem()
    {
        Bench bench;
        bench.select({id("s")});
        bench.settle();
        QVERIFY(!bench.find<QWidget>(u"field_weights"_s));
        auto *order = bench.find<QComboBox>(u"edit_order"_s);
        order->setCurrentIndex(order->findData(u"weighted"_s));
        Q_EMIT order->activated(order->currentIndex());
        bench.settle();
        QVERIFY(bench.find<QWidget>(u"field_weights"_s));
    }

    void problemsAreWorkedByKeysAlone()
    {
        policy::PolicyDocument document = test::cascade();
        document.nodes[1].config.erase("timeout_s");
        Bench bench(document);
        auto *list = bench.find<QListView>(u"problemsList"_s);
        list->setFocus();
        list->setCurrentIndex(list->model()->index(0, 0));
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(bench.page.scene().selectedNodes(), QList{id("s")});
        QVERIFY(bench.find<QLineEdit>(u"edit_timeout_s"_s)->hasFocus());
        QSignalSpy told(&bench.page, &BuildPage::announced);
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Period, Qt::ControlModifier);
        QVERIFY(bench.editor.document().node(id("s"))->config.contains("timeout_s"));
        QCOMPARE(bench.undo.count(), 1);
        QCOMPARE(told.size(), 1);
        QVERIFY(told.first().first().toString().startsWith(u"Fix: "_s));
    }

    void editsAreAnnouncedOnceABurst()
    {
        Bench bench;
        QSignalSpy told(&bench.page, &BuildPage::announced);
        bench.select({id("g")});
        auto *title = bench.find<QLineEdit>(u"edit_title"_s);
        title->setFocus();
        title->selectAll();
        QTest::keyClicks(title, u"Judge"_s);
        QCOMPARE(told.size(), 1);
        bench.undo.undo();
        QCOMPARE(told.size(), 2);
        QVERIFY(told.last().first().toString().startsWith(u"Undone: "_s));
    }

    void findGoesThroughTheMatches()
    {
        Bench bench;
        bench.page.openFind();
        auto *text = bench.find<QLineEdit>(u"findText"_s);
        QVERIFY(text && text->hasFocus());
        QTest::keyClicks(text, u"gate"_s);
        QCOMPARE(bench.find<QLabel>(u"findCount"_s)->text(), u"1 of 2"_s);
        QCOMPARE(bench.page.scene().selectedNodes(), QList{id("g")});
        QTest::keyClick(text, Qt::Key_F3);
        QCOMPARE(bench.page.scene().selectedNodes(), QList{id("h")});
        QTest::keyClick(text, Qt::Key_Return);
        QCOMPARE(bench.page.scene().selectedNodes(), QList{id("g")});
        QTest::keyClick(text, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(bench.page.scene().selectedNodes(), QList{id("h")});
        text->selectAll();
        QTest::keyClicks(text, u"small"_s); // a model's name
        QCOMPARE(bench.page.scene().selectedNodes(), QList{id("s")});
        text->selectAll();
        QTest::keyClicks(text, u"zzz"_s);
        QCOMPARE(bench.find<QLabel>(u"findCount"_s)->text(), u"No match"_s);
        QTest::keyClick(text, Qt::Key_Escape);
        QVERIFY(!bench.find<QLineEdit>(u"findText"_s));
        QVERIFY(bench.page.view().hasFocus());
    }

    void thePaletteIsWorkedByKeysAndKeepsFavourites()
    {
        QTemporaryDir folder;
        Settings settings(folder.filePath(u"settings.ini"_s));
        Bench bench;
        bench.page.useSettings(settings);
        auto *search = bench.find<QLineEdit>(u"paletteSearch"_s);
        search->setFocus();
        QTest::keyClicks(search, u"zzz"_s);
        auto *clear = bench.find<QAbstractButton>(u"paletteClear"_s);
        QVERIFY(clear);
        QTest::keyClick(clear, Qt::Key_Space);
        QCOMPARE(search->text(), QString());
        search->setFocus();
        QTest::keyClicks(search, u"model"_s);
        QTest::keyClick(search, Qt::Key_Down);
        auto *tree = bench.find<QTreeView>(u"paletteTree"_s);
        QVERIFY(tree->hasFocus());
        QTest::keyClick(tree, Qt::Key_Return);
        QCOMPARE(bench.editor.document().nodes.last().kind, u"model"_s);
        QCOMPARE(settings.get(settings::kRecentKinds), QStringList{u"model"_s});
        QTest::keyClick(tree, Qt::Key_Up); // on the first row: back to the search
        QVERIFY(search->hasFocus());
        QTest::keyClick(search, Qt::Key_Escape);
        QCOMPARE(search->text(), QString());
    }
};

QTEST_MAIN(TestPanels)
#include "tst_panels.moc"
