#include "tests/editor/canvas_bench.h"

#include "ui/editor/editor_commands/policy_commands.h"

#include <QClipboard>
#include <QLineEdit>
#include <QSet>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using policy::NodeId;
using policy::NodeMode;
using policy::Wire;
using test::Bench;
using test::id;

class TestCanvasKeys final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyActionHasANameATextAndKeysOfItsOwn()
    {
        Bench bench;
        QSet<QString> names;
        QSet<QKeySequence> keys;
        for (const QAction *action : bench.view.canvasActions()) {
            QVERIFY(action->objectName().startsWith("canvas."_L1));
            QVERIFY(!action->text().isEmpty());
            QVERIFY(!names.contains(action->objectName()));
            names.insert(action->objectName());
            for (const QKeySequence &key : action->shortcuts()) {
                QVERIFY2(!keys.contains(key), qPrintable(key.toString()));
                keys.insert(key);
            }
            QCOMPARE(action->shortcutContext(), Qt::WidgetShortcut);
        }
        for (const char *key : {"A",
                                "Ins",
                                "Del",
                                "Ctrl+Del",
                                "Ctrl+D",
                                "F2",
                                "Return",
                                "Left",
                                "Ctrl+Left",
                                "Ctrl+Shift+Left",
                                "C",
                                "M",
                                "B",
                                "+",
                                "-",
                                "0",
                                "1",
                                ".",
                                "Ctrl+G",
                                "Ctrl+Shift+G",
                                "Ctrl+Shift+L",
                                "Esc",
                                "?",
                                "Ctrl+C",
                                "Ctrl+X",
                                "Ctrl+V",
                                "Ctrl+Shift+V",
                                "Ctrl+A"})
            QVERIFY2(keys.contains(QKeySequence(QString::fromLatin1(key))), key);
    }

    void actionsAreEnabledWhereTheyCanDoSomething()
    {
        Bench bench;
        const CanvasActionList &list = bench.view.actionList();
        QVERIFY(!list.action("canvas.duplicate")->isEnabled());
        QVERIFY(list.action("canvas.tidy")->isEnabled());
        bench.scene.select({id("s")});
        QVERIFY(list.action("canvas.duplicate")->isEnabled());
        QVERIFY(list.action("canvas.rename")->isEnabled());
        QVERIFY(!list.action("canvas.align_left")->isEnabled());
        QVERIFY(!list.action("canvas.ungroup")->isEnabled());
        bench.scene.select({id("s"), id("g")});
        QVERIFY(list.action("canvas.align_left")->isEnabled());
        QVERIFY(!list.action("canvas.rename")->isEnabled());
        QVERIFY(!list.action("canvas.distribute_vertically")->isEnabled());
    }

    void ctrlDeleteHealsTheWayPastWhatIsDeleted()
    {
        Bench bench;
        bench.scene.select({id("s"), id("g")});
        QTest::keyClick(&bench.view, Qt::Key_Delete, Qt::ControlModifier);
        QCOMPARE(bench.editor.document().nodes.size(), 3);
        QCOMPARE(bench.target("q", u"query"_s), std::optional(id("a"))); // answer, then accept
        QCOMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void mAndBMuteAndBypassAndAgainMakeActive()
    {
        Bench bench;
        const auto mode = [&](const char *node) {
            return bench.editor.document().node(id(node))->mode;
        };
        bench.scene.select({id("s"), id("l")});
        QTest::keyClick(&bench.view, Qt::Key_M);
        QCOMPARE(mode("s"), NodeMode::Muted);
        QCOMPARE(mode("l"), NodeMode::Muted);
        QCOMPARE(bench.undo.undoText(), u"Mute 2 nodes"_s);
        QTest::keyClick(&bench.view, Qt::Key_M);
        QCOMPARE(mode("s"), NodeMode::Active);
        bench.scene.select({id("g")});
        QTest::keyClick(&bench.view, Qt::Key_B);
        QCOMPARE(mode("g"), NodeMode::Bypassed);
        QCOMPARE(bench.undo.count(), 3);
        while (bench.undo.canUndo())
            bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void whatCannotBeBypassedOrMutedIsRefusedInWords()
    {
        Bench bench;
        bench.scene.select({id("s"), id("a")});
        QTest::keyClick(&bench.view, Qt::Key_B);
        QCOMPARE(bench.editor.document(), test::cascade());
        QVERIFY(bench.hint().contains(u"Answer"_s));
        bench.scene.select({id("q")});
        QTest::keyClick(&bench.view, Qt::Key_M);
        QCOMPARE(bench.editor.document(), test::cascade());
        QVERIFY(bench.hint().contains(u"Query"_s));
    }

    void groupsAreMadeAndDissolvedInOneStepEach()
    {
        Bench bench;
        bench.scene.select({id("s"), id("g")});
        QTest::keyClick(&bench.view, Qt::Key_G, Qt::ControlModifier);
        QCOMPARE(bench.editor.document().groups.size(), 1);
        QCOMPARE(bench.editor.document().groups.first().nodes, (QList{id("s"), id("g")}));
        QCOMPARE(bench.undo.undoText(), u"Group 2 nodes"_s);
        bench.scene.select({id("g")});
        QTRY_VERIFY(bench.view.actionList().action("canvas.ungroup")->isEnabled());
        QTest::keyClick(&bench.view, Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(bench.editor.document().groups.isEmpty());
        bench.undo.undo();
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void tidyUpIsOneStepAndCoversNothing()
    {
        policy::PolicyDocument heap = test::cascade();
        for (policy::Node &node : heap.nodes)
            node.at = {100, 100};
        Bench bench(heap);
        QTest::keyClick(&bench.view, Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(bench.undo.count(), 1);
        const auto cards = bench.scene.nodeItems();
        for (const NodeItem *one : cards) {
            for (const NodeItem *other : cards)
                QVERIFY(one == other || !one->mapRectToScene(one->card())
                                             .intersects(other->mapRectToScene(other->card())));
        }
        QVERIFY(cards[id("q")]->x() < cards[id("s")]->x());
        QVERIFY(cards[id("s")]->x() < cards[id("g")]->x());
        QVERIFY(cards[id("g")]->x() < cards[id("a")]->x());
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), heap);
    }

    void tidyUpOfSeveralLeavesTheOthers()
    {
        Bench bench;
        bench.scene.select({id("g"), id("l")});
        QTest::keyClick(&bench.view, Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        for (const char *node : {"q", "s", "a"})
            QCOMPARE(bench.editor.document().node(id(node))->at,
                     test::cascade().node(id(node))->at);
    }

    void aLargeDrawingIsTidiedInTheBackground()
    {
        policy::PolicyDocument large = test::cascade();
        for (int i = 0; i < 300; ++i) {
            policy::Node node = *large.node(id("l"));
            node.id = {u"x%1"_s.arg(i)};
            node.title = u"Extra %1"_s.arg(i);
            large.nodes.append(node);
            if (i > 0)
                large.wires.append({{u"x%1"_s.arg(i - 1)}, u"answer"_s, node.id});
        }
        Bench bench(large);
        bench.view.actions().tidyUp();
        QCOMPARE(bench.undo.count(), 0);
        QTRY_COMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), large);
        bench.view.actions().tidyUp();
        bench.editor.setName(u"other"_s); // what was laid out is not there any more
        QTest::qWait(300);
        QCOMPARE(bench.undo.index(), 0);
    }

    void copiesTravelThroughTheClipboardAsText()
    {
        Bench from;
        from.scene.select({id("s"), id("g")});
        QTest::keyClick(&from.view, Qt::Key_C, Qt::ControlModifier);
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY(text.contains(u"\"headgate.policy\""_s));

        Bench into{policy::PolicyDocument()}; // another window, another document
        QTest::keyClick(&into.view, Qt::Key_V, Qt::ControlModifier);
        const policy::PolicyDocument &document = into.editor.document();
        QCOMPARE(document.nodes.size(), 2);
        QCOMPARE(document.nodes.first().title, u"Small"_s);
        QVERIFY(document.model(u"small"_s));
        QVERIFY(!document.model(u"large"_s)); // nobody asked for it
        QCOMPARE(document.wires,
                 (QList{Wire{document.nodes[0].id, u"answer"_s, document.nodes[1].id}}));
        QCOMPARE(into.scene.selectedNodes().size(), 2);
        QCOMPARE(into.undo.count(), 1);
        into.undo.undo();
        QCOMPARE(document, policy::PolicyDocument());

        from.activate();
        QTest::keyClick(&from.view, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(from.editor.document().nodes.size(), 7);
        QSet<QString> titles;
        for (const policy::Node &node : from.editor.document().nodes)
            titles.insert(node.title);
        QCOMPARE(titles.size(), 7);
        QCOMPARE(from.target("q", u"query"_s), std::optional(id("s"))); // no outer wires
        from.undo.undo();
        QCOMPARE(from.editor.document(), test::cascade());
    }

    void ctrlShiftVKeepsIncomingWires()
    {
        Bench bench;
        bench.scene.select({id("s")});
        QTest::keyClick(&bench.view, Qt::Key_X, Qt::ControlModifier);
        QCOMPARE(bench.editor.document().nodes.size(), 4);
        QCOMPARE(bench.undo.undoText(), u"Cut “Small”"_s);
        QTest::keyClick(&bench.view, Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
        const policy::Node &pasted = bench.editor.document().nodes.last();
        QCOMPARE(pasted.title, u"Small"_s);
        QCOMPARE(bench.target("q", u"query"_s), std::optional(pasted.id));
        QVERIFY(!bench.editor.document().target(pasted.id, u"answer"_s));
        QCOMPARE(bench.undo.count(), 2);
        bench.undo.undo();
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void foreignTextIsRefusedInWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("prose") << u"Dear sirs,"_s;
        QTest::newRow("json") << u"{\"a\": 1}"_s;
        QTest::newRow("empty") << QString();
        QTest::newRow("no nodes") << u"{\"format\": \"headgate.policy\", \"version\": 1}"_s;
        QTest::newRow("damaged") << u"{\"format\": \"headgate.policy\", \"version\": 1, "
                                    "\"nodes\": [{\"id\": 3}]}"_s;
        QTest::newRow("newer") << u"{\"format\": \"headgate.policy\", \"version\": 99, "
                                  "\"nodes\": [{\"id\": \"n\", \"kind\": \"model\"}]}"_s;
    }

    void foreignTextIsRefusedInWords()
    {
        QFETCH(const QString, text);
        Bench bench;
        QGuiApplication::clipboard()->setText(text);
        QTest::keyClick(&bench.view, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(bench.editor.document(), test::cascade());
        QCOMPARE(bench.undo.count(), 0);
        QVERIFY(bench.hint().endsWith(u'.'));
    }

    void aCopiedQueryIsRefusedWhereThereIsOne()
    {
        Bench bench;
        bench.scene.select({id("q")});
        QTest::keyClick(&bench.view, Qt::Key_C, Qt::ControlModifier);
        QTest::keyClick(&bench.view, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(bench.editor.document(), test::cascade());
        QVERIFY(!bench.hint().isEmpty());
        Bench empty{policy::PolicyDocument()};
        QTest::keyClick(&empty.view, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(empty.editor.document().nodes.size(), 1);
    }

    void newAndCopiedSplitsDrawSeedsOfTheirOwn()
    {
        Bench bench{policy::PolicyDocument()};
        bench.view.addNode(u"split"_s);
        bench.view.addNode(u"split"_s);
        QTest::keyClick(&bench.view, Qt::Key_D, Qt::ControlModifier);
        QTest::keyClick(&bench.view, Qt::Key_C, Qt::ControlModifier);
        QTest::keyClick(&bench.view, Qt::Key_V, Qt::ControlModifier);
        QSet<int> seeds;
        for (const policy::Node &node : bench.editor.document().nodes)
            seeds.insert(int(jsonNumber(node.config, "seed", 1)));
        QCOMPARE(seeds.size(), 4);
        QSet<QString> titles;
        for (const policy::Node &node : bench.editor.document().nodes)
            titles.insert(node.title);
        QVERIFY(titles.contains(u"Split 4"_s)); // a title of the kind's counts on
    }

    void undoAndRedoSelectAndRevealWhatTheyChanged()
    {
        Bench bench;
        bench.scene.select({id("l")});
        QTest::keyClick(&bench.view, Qt::Key_Right, Qt::ControlModifier);
        bench.scene.select({id("s")});
        QTest::keyClick(&bench.view, Qt::Key_Delete);
        bench.scene.clearSelection();
        bench.view.centerOn(3000, 3000);
        bench.undo.undo();
        QCOMPARE(bench.scene.selectedNodes(), QList{id("s")});
        const auto seen = [&](const char *node) {
            return bench.view.mapToScene(bench.view.viewport()->rect())
                .boundingRect()
                .contains(bench.scene.nodeItem(id(node))->sceneBoundingRect());
        };
        QVERIFY(seen("s"));
        bench.undo.undo();
        QCOMPARE(bench.scene.selectedNodes(), QList{id("l")});
        bench.scene.clearSelection();
        bench.view.centerOn(3000, 3000);
        bench.undo.redo();
        QCOMPARE(bench.scene.selectedNodes(), QList{id("l")});
        QVERIFY(seen("l"));
    }

    void undoOfACutWireSelectsIt()
    {
        Bench bench;
        const Wire wire{id("l"), u"answer"_s, id("a")};
        bench.scene.wireItem(wire)->setSelected(true);
        QTest::keyClick(&bench.view, Qt::Key_Delete);
        bench.scene.select({id("q")});
        bench.undo.undo();
        QCOMPARE(bench.scene.selectedWires(), QList{wire});
        QVERIFY(bench.scene.selectedNodes().isEmpty());
    }

    void undoOfAMendSelectsTheNodeThatItMended()
    {
        Bench bench;
        policy::PolicyDocument mended = test::cascade();
        mended.nodes[3].config["timeout_s"] = 10;
        bench.undo.push(new ReplaceDocumentCommand(bench.editor, mended, u"Set 10 s"_s));
        bench.scene.clearSelection();
        bench.undo.undo();
        QCOMPARE(bench.scene.selectedNodes(), QList{id("l")});
        bench.scene.clearSelection();
        bench.undo.redo();
        QCOMPARE(bench.scene.selectedNodes(), QList{id("l")});
    }

    void whatIsDoneForTheFirstTimeLeavesTheSelection()
    {
        Bench bench;
        bench.scene.select({id("q")});
        bench.drag(bench.outPort("s", u"error"_s), bench.inPort("l"));
        QCOMPARE(bench.scene.selectedNodes(), QList{id("q")});
        bench.undo.undo();
        bench.scene.select({id("q")});
        bench.drag(bench.outPort("g", u"escalate"_s), bench.inPort("a")); // in place of the redo
        QCOMPARE(bench.scene.selectedNodes(), QList{id("q")});
    }

    void keysAloneAddConnectMoveAndDeleteWithHealing()
    {
        Bench bench;
        bench.scene.select({id("s")});
        QTest::keyClick(&bench.view, Qt::Key_C);
        auto *text = bench.view.findChild<QLineEdit *>(u"connectText"_s);
        QTest::keyClicks(text, u"new"_s);
        QTest::keyClick(text, Qt::Key_Return); // a new node at the error port
        auto *search = bench.view.findChild<QLineEdit *>(u"nodeSearchText"_s);
        QVERIFY(search->isVisible());
        QTest::keyClicks(search, u"model"_s);
        QTest::keyClick(search, Qt::Key_Return);
        const NodeId added = bench.editor.document().nodes.last().id;
        QCOMPARE(bench.target("s", u"error"_s), std::optional(added));
        const QPointF before = bench.editor.document().node(added)->at;
        QTest::keyClick(&bench.view, Qt::Key_Down, Qt::ControlModifier);
        QCOMPARE(bench.editor.document().node(added)->at, before + QPointF(0, 20));
        QTest::keyClick(&bench.view, Qt::Key_C);
        QTest::keyClicks(text, u"answer"_s);
        QTest::keyClick(text, Qt::Key_Return);
        QCOMPARE(bench.editor.document().target(added, u"answer"_s), std::optional(id("a")));
        QTest::keyClick(&bench.view, Qt::Key_Delete, Qt::ControlModifier);
        QVERIFY(!bench.editor.document().node(added));
        QCOMPARE(bench.target("s", u"error"_s), std::optional(id("a")));
        QCOMPARE(bench.undo.count(), 4);
        while (bench.undo.canUndo())
            bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void otherKeysAskTheirPanels()
    {
        Bench bench;
        QSignalSpy keys(&bench.view, &PolicyView::keysRequested);
        QSignalSpy rename(&bench.view, &PolicyView::renameRequested);
        QSignalSpy inspect(&bench.view, &PolicyView::inspectRequested);
        QTest::keyClick(&bench.view, Qt::Key_Question, Qt::ShiftModifier);
        QCOMPARE(keys.size(), 1);
        bench.scene.select({id("s")});
        QTest::keyClick(&bench.view, Qt::Key_F2);
        QTest::keyClick(&bench.view, Qt::Key_Return);
        QCOMPARE(rename.size(), 1);
        QCOMPARE(inspect.size(), 1);
    }
};

QTEST_MAIN(TestCanvasKeys)
#include "tst_canvas_keys.moc"
