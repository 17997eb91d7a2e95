#include "tests/editor/editor_fixture.h"

#include "ui/common/theme.h"
#include "ui/editor/build_page.h"
#include "ui/editor/editor_commands/compound_commands.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"
#include "ui/editor/wire_item.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using test::id;

namespace {

struct Bench
{
    explicit Bench(const policy::PolicyDocument &document = test::cascade())
        : editor(document)
        , page(theme, editor, undo)
    {
        page.resize(1300, 800);
        page.show();
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
    void type(const QString &field, const QString &text) const
    {
        auto *edit = find<QLineEdit>(u"edit_"_s + field);
        QVERIFY2(edit, qPrintable(field));
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
    }
    // Cards that were taken down are gone, and new ones are laid out.
    static void settle()
    {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    Json config(const char *node) const { return editor.document().node(id(node))->config; }

    Theme theme;
    policy::PolicyEditor editor;
    QUndoStack undo;
    BuildPage page;
};

policy::PolicyDocument withoutTimeout()
{
    policy::PolicyDocument document = test::cascade();
    document.nodes[1].config.erase("timeout_s");
    return document;
}

policy::PolicyDocument withNode(const QString &kind, const Json &config)
{
    policy::PolicyDocument document = test::cascade();
    policy::Node node;
    node.id = id("x");
    node.kind = kind;
    node.title = u"Under test"_s;
    node.at = {200, 320};
    node.config = config;
    document.nodes.append(node);
    return document;
}

engine::RunEvent hopEnded(const char *node, const QString &port)
{
    engine::RunEvent event;
    event.kind = engine::RunEvent::Kind::HopEnded;
    event.node = id(node);
    event.hop.node = id(node);
    event.hop.port = port;
    return event;
}

} // namespace

class TestBuildPage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theInspectorWritesConfigAndUndoRestoresIt()
    {
        Bench bench;
        bench.page.selectNode(id("g"));
        auto *edit = bench.find<QLineEdit>(u"edit_threshold"_s);
        QVERIFY(edit);
        QCOMPARE(edit->text(), u"0.6"_s);
        bench.type(u"threshold"_s, u"0.75"_s);
        QCOMPARE(bench.config("g")["threshold"], Json(0.75));
        QCOMPARE(bench.undo.count(), 1); // one burst of typing
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
        QCOMPARE(edit->text(), u"0.6"_s);
    }

    void aValueOutOfRangeIsRefusedAtTheField()
    {
        Bench bench;
        bench.page.selectNode(id("g"));
        auto *edit = bench.find<QLineEdit>(u"edit_threshold"_s);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, u"7"_s);
        QCOMPARE(bench.editor.document(), test::cascade());
        auto *error = bench.find<QLabel>(u"error_threshold"_s);
        QVERIFY(error && error->text().contains(u"0 to 1"_s));
        QTest::keyClick(edit, Qt::Key_Backspace);
        QTest::keyClicks(edit, u"0.5"_s);
        QVERIFY(!bench.find<QLabel>(u"error_threshold"_s));
    }

    void theResetArrowGoesBackToTheDefault()
    {
        Bench bench;
        bench.page.selectNode(id("g"));
        auto *reset = bench.find<QAbstractButton>(u"reset_threshold"_s);
        QVERIFY(reset);
        QTest::mouseClick(reset, Qt::LeftButton);
        QVERIFY(!bench.config("g").contains("threshold"));
        QVERIFY(!bench.find<QAbstractButton>(u"reset_threshold"_s));
        QCOMPARE(bench.find<QLineEdit>(u"edit_threshold"_s)->placeholderText(), u"0.5"_s);
    }

    void titlesAreEditedAndATakenOneIsRefused()
    {
        Bench bench;
        bench.page.selectNode(id("g"));
        bench.type(u"title"_s, u"Judge"_s);
        QCOMPARE(bench.editor.document().node(id("g"))->title, u"Judge"_s);
        QCOMPARE(bench.undo.count(), 1);
        bench.type(u"title"_s, u"Large"_s);
        QVERIFY(bench.editor.document().node(id("g"))->title != u"Large"_s);
        QVERIFY(bench.find<QLabel>(u"error_title"_s));
    }

    void scorersAreAddedChangedAndRemoved()
    {
        Bench bench;
        bench.page.selectNode(id("g"));
        QTest::mouseClick(bench.find<QAbstractButton>(u"add_scorers"_s), Qt::LeftButton);
        QCOMPARE(bench.config("g")["scorers"].size(), 2U);
        auto *second = bench.find<QWidget>(u"entry_scorers_1"_s);
        QVERIFY(second);
        auto *kind = second->findChild<QComboBox *>(u"edit_kind"_s);
        kind->setCurrentIndex(kind->findData(u"length"_s));
        Q_EMIT kind->activated(kind->currentIndex());
        QCOMPARE(bench.config("g")["scorers"][1]["kind"], Json("length"));
        second = bench.find<QWidget>(u"entry_scorers_1"_s);
        auto *least = second->findChild<QLineEdit *>(u"edit_min_characters"_s);
        QVERIFY(least);
        QTest::keyClicks(least, u"20"_s);
        QCOMPARE(bench.config("g")["scorers"][1]["min_characters"], Json(20));
        QTest::mouseClick(bench.find<QAbstractButton>(u"remove_scorers_1"_s), Qt::LeftButton);
        QCOMPARE(bench.config("g")["scorers"].size(), 1U);
    }

    void aJudgeIsChosenWithItsModelAndRubric()
    {
        Bench bench;
        bench.page.selectNode(id("g"));
        auto *entry = bench.find<QWidget>(u"entry_scorers_0"_s);
        auto *kind = entry->findChild<QComboBox *>(u"edit_kind"_s);
        kind->setCurrentIndex(kind->findData(u"judge"_s));
        Q_EMIT kind->activated(kind->currentIndex());
        entry = bench.find<QWidget>(u"entry_scorers_0"_s);
        auto *model = entry->findChild<QComboBox *>(u"edit_model"_s);
        QVERIFY(model);
        QCOMPARE(model->findText(u"Add a model…"_s), -1);
        model->setCurrentIndex(model->findData(u"large"_s));
        Q_EMIT model->activated(model->currentIndex());
        entry = bench.find<QWidget>(u"entry_scorers_0"_s);
        auto *rubric = entry->findChild<QPlainTextEdit *>(u"edit_rubric"_s);
        QVERIFY(rubric);
        QVERIFY(!rubric->placeholderText().isEmpty());
        QTest::keyClicks(rubric, u"Short."_s);
        const Json scorer = bench.config("g")["scorers"][0];
        QCOMPARE(scorer["kind"], Json("judge"));
        QCOMPARE(scorer["model"], Json("large"));
        QCOMPARE(scorer["rubric"], Json("Short."));
        while (bench.undo.canUndo())
            bench.undo.undo();
        QCOMPARE(bench.config("g")["scorers"][0]["kind"], Json("log_probability"));
    }

    void aModelThatAJudgeIsFollowsItsNewName()
    {
        policy::PolicyDocument document = test::cascade();
        for (policy::Node &node : document.nodes) {
            if (node.kind == "gate"_L1)
                node.config["scorers"] =
                    Json::array({Json{{"kind", "judge"}, {"model", "large"}, {"weight", 1}}});
        }
        Bench bench(document);
        bench.undo.push(renameModelCommand(bench.editor, u"large"_s, u"giant"_s).release());
        QCOMPARE(bench.config("g")["scorers"][0]["model"], Json("giant"));
        bench.undo.undo();
        QCOMPARE(bench.config("g")["scorers"][0]["model"], Json("large"));
    }

    void casesOfARuleAreEdited()
    {
        Bench bench(withNode(u"rule"_s, {{"cases", {{{"name", "long"}, {"min_length", 2000}}}}}));
        bench.page.selectNode(id("x"));
        auto *entry = bench.find<QWidget>(u"entry_cases_0"_s);
        QVERIFY(entry);
        auto *name = entry->findChild<QLineEdit *>(u"edit_name"_s);
        name->selectAll();
        QTest::keyClicks(name, u"very long"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(bench.config("x")["cases"][0]["name"], Json("very long"));
        QTest::mouseClick(bench.find<QAbstractButton>(u"add_cases"_s), Qt::LeftButton);
        QCOMPARE(bench.config("x")["cases"].size(), 2U);
        // The condition that the first case has goes away by its button.
        entry = bench.find<QWidget>(u"entry_cases_0"_s);
        QTest::mouseClick(entry->findChild<QAbstractButton *>(u"reset_min_length"_s),
                          Qt::LeftButton);
        QVERIFY(!bench.config("x")["cases"][0].contains("min_length"));
    }

    void labelsAndModelsAndTextAreEdited()
    {
        Bench bench(withNode(u"classifier"_s, Json::object()));
        bench.page.selectNode(id("x"));
        auto *labels = bench.find<QPlainTextEdit>(u"edit_labels"_s);
        QVERIFY(labels);
        labels->setFocus();
        labels->selectAll();
        QTest::keyClicks(labels, u"simple"_s);
        QTest::keyClick(labels, Qt::Key_Return);
        QTest::keyClicks(labels, u"odd"_s);
        QFocusEvent out(QEvent::FocusOut);
        QApplication::sendEvent(labels, &out);
        QCOMPARE(bench.config("x")["labels"], Json({"simple", "odd"}));
        bench.page.selectNode(id("s"));
        auto *model = bench.find<QComboBox>(u"edit_model"_s);
        model->setCurrentIndex(model->findData(u"large"_s));
        Q_EMIT model->activated(model->currentIndex());
        QCOMPARE(bench.config("s")["model"], Json("large"));
        auto *system = bench.find<QPlainTextEdit>(u"edit_system"_s);
        QTest::keyClicks(system, u"Be brief."_s);
        QCOMPARE(bench.config("s")["system"], Json("Be brief."));
    }

    void withNothingSelectedThePolicyIsEdited()
    {
        Bench bench;
        bench.page.selectNode({});
        bench.type(u"max_cost_usd"_s, u"0.02"_s);
        bench.type(u"max_latency_s"_s, u"12.5"_s);
        QCOMPARE(bench.editor.document().limits.maxCost, Money::fromUsd(0.02).value());
        QCOMPARE(bench.editor.document().limits.maxLatency,
                 std::optional<std::chrono::nanoseconds>(std::chrono::milliseconds(12'500)));
        auto *baseline = bench.find<QComboBox>(u"edit_baseline"_s);
        baseline->setCurrentIndex(baseline->findData(u"small"_s));
        Q_EMIT baseline->activated(baseline->currentIndex());
        QCOMPARE(bench.editor.document().baseline, u"small"_s);
        while (bench.undo.canUndo())
            bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void modelsAreAddedPricedRenamedAndDeleted()
    {
        Bench bench;
        bench.page.selectNode({});
        QTest::mouseClick(bench.find<QAbstractButton>(u"addModel"_s), Qt::LeftButton);
        QCOMPARE(bench.editor.document().models.size(), 3);
        auto *form = bench.find<QWidget>(u"modelForm"_s);
        QVERIFY(form);
        auto *name = form->findChild<QLineEdit *>(u"edit_name"_s);
        name->selectAll();
        QTest::keyClicks(name, u"medium"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(bench.editor.document().model(u"medium"_s));
        QTest::keyClicks(form->findChild<QLineEdit *>(u"edit_input_price"_s), u"0.4"_s);
        QCOMPARE(bench.editor.document().model(u"medium"_s)->price->input,
                 Money::fromUsd(0.4).value());
        QTest::mouseClick(bench.find<QAbstractButton>(u"removeModel"_s), Qt::LeftButton);
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void theFixButtonMendsInOneStep()
    {
        Bench bench(withoutTimeout());
        auto *fix = bench.find<QPushButton>(u"fix_0"_s);
        QVERIFY(fix);
        QTest::mouseClick(fix, Qt::LeftButton);
        QVERIFY(bench.config("s").contains("timeout_s"));
        QCOMPARE(bench.undo.count(), 1);
        QVERIFY(bench.undo.undoText().startsWith(u"Fix: "_s));
        QTRY_VERIFY(!bench.find<QPushButton>(u"fix_0"_s));
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), withoutTimeout());
    }

    void aProblemLeadsToItsNode()
    {
        Bench bench(withoutTimeout());
        auto *list = bench.find<QListView>(u"problemsList"_s);
        QVERIFY(list);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(list->model()->index(0, 0)).topLeft() + QPoint(60, 8));
        QCOMPARE(bench.page.scene().selectedNodes(), QList{id("s")});
    }

    void runIsRefusedWhileThereIsAnError()
    {
        policy::PolicyDocument broken = test::cascade();
        broken.wires.removeLast(); // Large leads nowhere
        Bench bench(broken);
        QSignalSpy runs(&bench.page, &BuildPage::runRequested);
        auto *run = bench.find<QPushButton>(u"runButton"_s);
        QTest::mouseClick(run, Qt::LeftButton);
        QCOMPARE(runs.size(), 0);
        QCOMPARE(bench.page.scene().selectedNodes(), QList{id("l")});
        QVERIFY(bench.editor.connect({id("l"), u"answer"_s, id("a")}));
        QTest::mouseClick(run, Qt::LeftButton);
        QCOMPARE(runs.size(), 1);
    }

    void runEventsLightThePath()
    {
        Bench bench;
        engine::RunEvent started;
        started.node = id("s");
        bench.page.showRunEvent(started);
        const PolicyScene &scene = bench.page.scene();
        QCOMPARE(scene.nodeItem(id("s"))->run().state, NodeState::Running);
        bench.page.showRunEvent(hopEnded("s", u"answer"_s));
        bench.page.showRunEvent(hopEnded("g", u"escalate"_s));
        QVERIFY(scene.wireItem({id("s"), u"answer"_s, id("g")})->isLit());
        QVERIFY(scene.wireItem({id("g"), u"escalate"_s, id("l")})->isLit());
        QVERIFY(!scene.wireItem({id("g"), u"accept"_s, id("a")})->isLit());
        bench.page.clearRun();
        QVERIFY(!scene.wireItem({id("s"), u"answer"_s, id("g")})->isLit());
        QCOMPARE(scene.nodeItem(id("s"))->run().state, NodeState::Idle);
    }

    void aWholeRunIsShownFromItsTrace()
    {
        Bench bench;
        engine::RunTrace trace;
        trace.hops = {hopEnded("s", u"answer"_s).hop, hopEnded("g", u"accept"_s).hop,
                      hopEnded("a", {}).hop};
        bench.page.showRun(trace);
        QCOMPARE(bench.page.scene().nodeItem(id("l"))->run().state, NodeState::Skipped);
        QVERIFY(bench.page.scene().wireItem({id("g"), u"accept"_s, id("a")})->isLit());
    }

    void selectionIsSharedByCanvasOutlineAndSignal()
    {
        Bench bench;
        QSignalSpy selected(&bench.page, &BuildPage::nodeSelected);
        bench.page.selectNode(id("g"));
        QCOMPARE(selected.last().first().value<policy::NodeId>(), id("g"));
        auto *tree = bench.find<QTreeView>(u"outlineTree"_s);
        QCOMPARE(tree->selectionModel()->selectedRows().value(0).data().toString(), u"Gate 1"_s);
        tree->setFocus();
        QTest::keyClick(tree, Qt::Key_Up);
        QCOMPARE(bench.page.scene().selectedNodes(), QList{id("s")});
        QTest::keyClick(tree, Qt::Key_Delete);
        QVERIFY(!bench.editor.document().node(id("s")));
    }

    void thePaletteAddsByEnterAndTheEditedMarkShows()
    {
        Bench bench;
        QVERIFY(!bench.find<QLabel>(u"editedMark"_s));
        auto *search = bench.find<QLineEdit>(u"paletteSearch"_s);
        QTest::keyClicks(search, u"gate"_s);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(bench.editor.document().nodes.last().kind, u"gate"_s);
        QVERIFY(bench.find<QLabel>(u"editedMark"_s));
        bench.undo.undo();
        QVERIFY(!bench.find<QLabel>(u"editedMark"_s));
        QCOMPARE(bench.find<QLabel>(u"policyName"_s)->text(), u"support"_s);
    }

    void everyControlHasAName()
    {
        Bench bench;
        for (const char *node : {"", "q", "s", "g", "l", "a"}) {
            bench.page.selectNode(id(node));
            QCoreApplication::processEvents();
            for (const QWidget *widget : bench.page.findChildren<QWidget *>()) {
                if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus ||
                    widget->focusProxy() || widget->inherits("QScrollBar"))
                    continue;
                const auto *button = qobject_cast<const QAbstractButton *>(widget);
                const bool named =
                    !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
                QVERIFY2(named, qPrintable(QString::fromLatin1(widget->metaObject()->className()) +
                                           u' ' + widget->objectName()));
                if (button && button->text().isEmpty() && button->inherits("QToolButton"))
                    QVERIFY2(!button->toolTip().isEmpty(), qPrintable(button->objectName()));
            }
        }
    }

    void fitsASmallWindow()
    {
        Bench bench;
        // 1024 x 640 less the mode bar, the menu bar and the status bar.
        QVERIFY(bench.page.minimumSizeHint().width() <= 1024 - 76);
        QVERIFY(bench.page.minimumSizeHint().height() <= 640 - 28 - 28);
    }
};

QTEST_MAIN(TestBuildPage)
#include "tst_build_page.moc"
