#include "tests/editor/canvas_bench.h"

#include <QComboBox>
#include <QGraphicsLineItem>
#include <QGraphicsPathItem>
#include <QLineEdit>
#include <QListView>
#include <QMenu>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using policy::NodeId;
using policy::Wire;
using test::Bench;
using test::id;

namespace {

// A cascade with room to drop things between Small and Gate 1, and a cache without wires.
policy::PolicyDocument withLooseCache(double gateX = 760)
{
    policy::PolicyDocument document = test::cascade();
    for (policy::Node &node : document.nodes) {
        if (node.at.x() >= 440)
            node.at.rx() += gateX - 440;
    }
    policy::Node cache;
    cache.id = id("c");
    cache.kind = u"cache"_s;
    cache.title = u"Cache"_s;
    cache.at = {300, 300};
    document.nodes.append(cache);
    return document;
}

bool glows(const PolicyScene &scene)
{
    const QList<QGraphicsItem *> items = scene.items();
    return std::any_of(items.cbegin(), items.cend(), [](const QGraphicsItem *item) {
        return item->type() == QGraphicsPathItem::Type;
    });
}

bool isCutting(const PolicyScene &scene)
{
    const QList<QGraphicsItem *> items = scene.items();
    return std::any_of(items.cbegin(), items.cend(), [](const QGraphicsItem *item) {
        return item->type() == QGraphicsLineItem::Type;
    });
}

} // namespace

class TestCanvasWiring final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aKindDroppedOnAWireGoesIntoIt()
    {
        const policy::PolicyDocument before = withLooseCache();
        Bench bench(before);
        const QPoint middle = bench.at({570, 30});
        bench.dropKind(u"gate"_s, middle, false);
        QVERIFY(glows(bench.scene));
        QCOMPARE(bench.editor.document(), before);
        bench.dropKind(u"gate"_s, middle);
        QVERIFY(!glows(bench.scene));
        const NodeId added = bench.editor.document().nodes.last().id;
        QCOMPARE(bench.target("s", u"answer"_s), std::optional(added));
        QCOMPARE(bench.editor.document().target(added, u"accept"_s), std::optional(id("g")));
        QCOMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), before);
    }

    void neighboursMakeRoomForWhatIsInserted()
    {
        Bench bench; // 60 units between Small and Gate 1
        bench.dropKind(u"gate"_s, bench.at({410, 30}));
        const policy::PolicyDocument &document = bench.editor.document();
        const NodeId added = document.nodes.last().id;
        QCOMPARE(bench.target("s", u"answer"_s), std::optional(added));
        const auto card = [&](const NodeId &node) {
            const NodeItem *item = bench.scene.nodeItem(node);
            return item->mapRectToScene(item->card());
        };
        QVERIFY(card(added).left() > card(id("s")).right());
        QVERIFY(card(id("g")).left() > card(added).right());
        for (const policy::Node &one : document.nodes) {
            for (const policy::Node &other : document.nodes)
                QVERIFY(one.id == other.id || !card(one.id).intersects(card(other.id)));
        }
        QCOMPARE(document.node(id("s"))->at, QPointF(200, 0)); // what comes before stays
        QCOMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        QCOMPARE(document, test::cascade());
    }

    void aKindWithoutAWayOutIsNotInserted()
    {
        const policy::PolicyDocument before = withLooseCache();
        Bench bench(before);
        bench.dropKind(u"answer"_s, bench.at({570, 30}), false);
        QVERIFY(!glows(bench.scene));
        bench.dropKind(u"answer"_s, bench.at({570, 30}));
        QCOMPARE(bench.editor.document().nodes.size(), before.nodes.size() + 1);
        QCOMPARE(bench.editor.document().wires, before.wires);
    }

    void aLooseNodeDraggedOntoAWireGoesIntoIt()
    {
        const policy::PolicyDocument before = withLooseCache();
        Bench bench(before);
        const QPoint from = bench.onCard("c");
        const QPoint to = from + (bench.at({480, 0}) - bench.at({300, 300}));
        bench.press(from);
        bench.move((from + to) / 2);
        bench.move(to);
        QVERIFY(glows(bench.scene));
        bench.release(to);
        QVERIFY(!glows(bench.scene));
        QCOMPARE(bench.target("s", u"answer"_s), std::optional(id("c")));
        QCOMPARE(bench.target("c", u"miss"_s), std::optional(id("g")));
        QCOMPARE(bench.editor.document().node(id("c"))->at, QPointF(480, 0));
        QCOMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), before);
        QCOMPARE(bench.scene.nodeItem(id("c"))->pos(), QPointF(300, 300));
    }

    void aWireUnderTheEdgeOfTheCardIsTakenToo()
    {
        Bench bench(withLooseCache());
        const QPoint from = bench.onCard("c");
        bench.press(from);
        bench.move(from + (bench.at({480, 20}) - bench.at({300, 300}))); // 10 below its top
        QVERIFY(glows(bench.scene));
        bench.move(from + (bench.at({480, 40}) - bench.at({300, 300}))); // clear of it
        QVERIFY(!glows(bench.scene));
        QTest::keyClick(&bench.view, Qt::Key_Escape);
        bench.release(from);
    }

    void escapeCancelsWhateverIsHeldDown()
    {
        Bench bench;
        bench.press(bench.inPort("l"), Qt::ControlModifier);
        bench.move(bench.inPort("a"), Qt::ControlModifier);
        QTest::keyClick(&bench.view, Qt::Key_Escape, Qt::ControlModifier);
        bench.release(bench.inPort("a"), Qt::ControlModifier);
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void aKindThatComesInOverTheEdgeDoesNotScroll()
    {
        Bench bench;
        const QPointF before = bench.view.mapToScene(0, 0);
        bench.dropKind(u"gate"_s, {3, 300}, false);
        QTest::qWait(80);
        QCOMPARE(bench.view.mapToScene(0, 0), before);
        bench.dropKind(u"gate"_s, {300, 300}, false);
        bench.dropKind(u"gate"_s, {3, 300}, false);
        QTRY_VERIFY(bench.view.mapToScene(0, 0).x() < before.x() - 20);
    }

    void aWiredNodeDraggedOverAWireOnlyMoves()
    {
        const policy::PolicyDocument before = withLooseCache();
        Bench bench(before);
        const QPoint from = bench.onCard("l");
        const QPoint to = bench.at({570, 30});
        bench.press(from);
        bench.move(to);
        QVERIFY(!glows(bench.scene));
        bench.release(to);
        QCOMPARE(bench.editor.document().wires, before.wires);
    }

    void altDragSlicesTheWiresThatItCrosses()
    {
        Bench bench;
        const WireItem *crossed = bench.scene.wireItem({id("s"), u"answer"_s, id("g")});
        const double whole = crossed->strength();
        const QPoint from = bench.at({410, -60});
        const QPoint to = bench.at({410, 300});
        bench.press(from, Qt::AltModifier);
        bench.move(to, Qt::AltModifier);
        QVERIFY(isCutting(bench.scene));
        QVERIFY(crossed->strength() < whole); // shown before it is done
        QTest::keyClick(&bench.view, Qt::Key_Escape);
        QVERIFY(!isCutting(bench.scene));
        QCOMPARE(crossed->strength(), whole);
        bench.release(to, Qt::AltModifier);
        QCOMPARE(bench.editor.document(), test::cascade());
        const QPoint above = bench.at({650, -60});
        const QPoint below = bench.at({650, 300});
        bench.drag(above, below, Qt::AltModifier);
        QVERIFY(!bench.target("g", u"accept"_s));
        QVERIFY(!bench.target("g", u"escalate"_s));
        QCOMPARE(bench.target("s", u"answer"_s), std::optional(id("g")));
        QCOMPARE(bench.undo.count(), 1);
        QCOMPARE(bench.undo.undoText(), u"Delete 2 wires"_s);
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void altClickOnAPortTakesItsWires()
    {
        Bench bench;
        bench.drag(bench.inPort("a"), bench.inPort("a"), Qt::AltModifier);
        QVERIFY(!bench.target("g", u"accept"_s));
        QVERIFY(!bench.target("l", u"answer"_s));
        QCOMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
        bench.drag(bench.outPort("s", u"error"_s), bench.outPort("s", u"error"_s),
                   Qt::AltModifier); // it has none
        QCOMPARE(bench.undo.count(), 1);
        QVERIFY(!bench.undo.canUndo());
    }

    void ctrlDragMovesAllWiresOfAnInPort()
    {
        Bench bench;
        bench.drag(bench.inPort("a"), bench.inPort("l"), Qt::ControlModifier);
        // Large -> Large would be a circle: none of them is moved.
        QCOMPARE(bench.editor.document(), test::cascade());
        QVERIFY(!bench.hint().isEmpty());
        policy::PolicyDocument two = test::cascade();
        policy::Node other = *two.node(id("a"));
        other.id = id("b");
        other.title = u"Other"_s;
        other.at = {940, 200};
        two.nodes.append(other);
        Bench wide(two);
        wide.drag(wide.inPort("a"), wide.inPort("b"), Qt::ControlModifier);
        QCOMPARE(wide.target("g", u"accept"_s), std::optional(id("b")));
        QCOMPARE(wide.target("l", u"answer"_s), std::optional(id("b")));
        QCOMPARE(wide.undo.count(), 1);
        QCOMPARE(wide.undo.undoText(), u"Move 2 wires to “Other”"_s);
        wide.undo.undo();
        QCOMPARE(wide.editor.document(), two);
    }

    void ctrlDragMovesTheWireOfAnOutPortToAnother()
    {
        Bench bench;
        bench.drag(bench.outPort("s", u"answer"_s), bench.outPort("s", u"error"_s),
                   Qt::ControlModifier);
        QVERIFY(!bench.target("s", u"answer"_s));
        QCOMPARE(bench.target("s", u"error"_s), std::optional(id("g")));
        QCOMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void aWireIsDrawnBackwardsFromAnInPort()
    {
        policy::PolicyDocument loose = withLooseCache();
        Bench bench(loose);
        bench.drag(bench.inPort("c"), bench.outPort("s", u"error"_s));
        QCOMPARE(bench.target("s", u"error"_s), std::optional(id("c")));
        bench.undo.undo();
        bench.drag(bench.inPort("c"), bench.at({200, 420}));
        auto *search = bench.view.findChild<QLineEdit *>(u"nodeSearchText"_s);
        QVERIFY(search->isVisible());
        QTest::keyClicks(search, u"gate"_s);
        QTest::keyClick(search, Qt::Key_Return);
        const policy::Node added = bench.editor.document().nodes.last();
        QCOMPARE(added.kind, u"gate"_s);
        QCOMPARE(bench.editor.document().target(added.id, u"accept"_s), std::optional(id("c")));
        QCOMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), loose);
    }

    void theListConnectsByKeysAlone()
    {
        Bench bench;
        bench.scene.select({id("s")});
        QTest::keyClick(&bench.view, Qt::Key_C);
        auto *popup = bench.view.findChild<QWidget *>(u"connectPopup"_s);
        auto *text = bench.view.findChild<QLineEdit *>(u"connectText"_s);
        auto *ports = bench.view.findChild<QComboBox *>(u"connectPort"_s);
        auto *list = bench.view.findChild<QListView *>(u"connectList"_s);
        QVERIFY(popup->isVisible());
        QCOMPARE(ports->currentData().toString(), u"error"_s); // the one that is free
        QStringList names;
        for (int row = 0; row < list->model()->rowCount(); ++row)
            names.append(list->model()->index(row, 0).data().toString());
        // The nearest first; neither itself nor the query, which leads to it.
        QCOMPARE(names, (QStringList{u"Gate 1"_s, u"Large"_s, u"Answer"_s, u"A new node…"_s}));
        QTest::keyClick(text, Qt::Key_Down);
        QTest::keyClick(text, Qt::Key_Return);
        QVERIFY(!popup->isVisible());
        QCOMPARE(bench.target("s", u"error"_s), std::optional(id("l")));
        QCOMPARE(bench.undo.count(), 1);
        QTest::keyClick(&bench.view, Qt::Key_C);
        QTest::keyClick(text, Qt::Key_Left);
        QCOMPARE(ports->currentData().toString(), u"answer"_s);
        QTest::keyClicks(text, u"answ"_s);
        QTest::keyClick(text, Qt::Key_Return);
        QCOMPARE(bench.target("s", u"answer"_s), std::optional(id("a")));
        QTest::keyClick(&bench.view, Qt::Key_C);
        QTest::keyClick(text, Qt::Key_Escape);
        QVERIFY(!popup->isVisible());
        QCOMPARE(bench.undo.count(), 2);
    }

    void theMenuOfAWireInsertsANode()
    {
        const policy::PolicyDocument before = withLooseCache();
        Bench bench(before);
        const QPoint place = bench.at({570, 30});
        QContextMenuEvent event(QContextMenuEvent::Mouse, place,
                                bench.view.viewport()->mapToGlobal(place));
        QApplication::sendEvent(bench.view.viewport(), &event);
        auto *menu = bench.view.findChild<QMenu *>(u"canvasMenu"_s);
        QVERIFY(menu && menu->isVisible());
        QCOMPARE(bench.scene.selectedWires(), (QList{Wire{id("s"), u"answer"_s, id("g")}}));
        menu->actions().first()->trigger();
        menu->close();
        auto *search = bench.view.findChild<QLineEdit *>(u"nodeSearchText"_s);
        QVERIFY(search->isVisible());
        QTest::keyClicks(search, u"gate"_s);
        QTest::keyClick(search, Qt::Key_Return);
        const NodeId added = bench.editor.document().nodes.last().id;
        QCOMPARE(bench.target("s", u"answer"_s), std::optional(added));
        QCOMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), before);
    }

    void aDoubleClickOnAWireInsertsThere()
    {
        Bench bench(withLooseCache());
        QTest::mouseDClick(bench.view.viewport(), Qt::LeftButton, {}, bench.at({570, 30}));
        auto *search = bench.view.findChild<QLineEdit *>(u"nodeSearchText"_s);
        QVERIFY(search->isVisible());
        QTest::keyClicks(search, u"cache"_s);
        QTest::keyClick(search, Qt::Key_Return);
        const NodeId added = bench.editor.document().nodes.last().id;
        QCOMPARE(bench.editor.document().target(added, u"miss"_s), std::optional(id("g")));
    }

    void theMenuOfANodeOffersWhatCanBeDoneToIt()
    {
        Bench bench;
        const QPoint place = bench.onCard("g");
        QContextMenuEvent event(QContextMenuEvent::Mouse, place,
                                bench.view.viewport()->mapToGlobal(place));
        QApplication::sendEvent(bench.view.viewport(), &event);
        auto *menu = bench.view.findChild<QMenu *>(u"canvasMenu"_s);
        QCOMPARE(bench.scene.selectedNodes(), QList{id("g")});
        QStringList names;
        for (const QAction *action : menu->findChild<QMenu *>()->actions())
            names.append(action->objectName());
        QVERIFY(names.contains(u"canvas.align_left"_s));
        QVERIFY(menu->actions().contains(bench.view.actionList().action("canvas.bypass")));
        menu->close();
    }

    void whatWasDoneIsSaidToThoseWhoListen()
    {
        Bench bench;
        bench.drag(bench.outPort("s", u"error"_s), bench.inPort("l"));
        QCOMPARE(bench.view.accessibleDescription(), u"Connect “Small” to “Large”"_s);
        bench.undo.undo();
        QCOMPARE(bench.view.accessibleDescription(), u"Undone: Connect “Small” to “Large”"_s);
    }

    void theListSaysWhereNothingLeadsOut()
    {
        Bench bench;
        bench.scene.select({id("a")});
        QTest::keyClick(&bench.view, Qt::Key_C);
        QVERIFY(!bench.view.findChild<QWidget *>(u"connectPopup"_s)->isVisible());
        QVERIFY(bench.hint().contains(u"Answer"_s));
    }
};

QTEST_MAIN(TestCanvasWiring)
#include "tst_canvas_wiring.moc"
