#include "tests/editor/canvas_bench.h"

#include <QLineEdit>
#include <QNativeGestureEvent>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using policy::Wire;
using test::Bench;
using test::id;

class TestCanvasGestures final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void draggingNodesIsOneStepAndSnaps()
    {
        Bench bench;
        bench.press(bench.onCard("s"));
        bench.release(bench.onCard("s"));
        QCOMPARE(bench.scene.selectedNodes(), QList{id("s")});
        QCOMPARE(bench.undo.count(), 0);
        const QPoint from = bench.onCard("s");
        bench.press(from);
        bench.move(from + QPoint(30, 20));
        bench.move(from + QPoint(47, 68));
        QCOMPARE(bench.editor.document(), test::cascade()); // not before release
        bench.release(from + QPoint(47, 68));
        QCOMPARE(bench.editor.document().node(id("s"))->at, QPointF(240, 60));
        QCOMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
        QCOMPARE(bench.scene.nodeItem(id("s"))->pos(), QPointF(200, 0));
    }

    void shiftSwitchesSnappingOffAndSeveralNodesMoveTogether()
    {
        Bench bench;
        bench.scene.select({id("s"), id("g")});
        const QPoint from = bench.onCard("s");
        bench.press(from);
        bench.move(from + QPoint(20, 20), Qt::ShiftModifier);
        bench.move(from + QPoint(47, 33), Qt::ShiftModifier);
        bench.release(from + QPoint(47, 33), Qt::ShiftModifier);
        QCOMPARE(bench.editor.document().node(id("s"))->at, QPointF(247, 33));
        QCOMPARE(bench.editor.document().node(id("g"))->at, QPointF(487, 33));
        QCOMPARE(bench.undo.undoText(), u"Move 2 nodes"_s);
    }

    void escapePutsADraggedNodeBack()
    {
        Bench bench;
        const QPoint from = bench.onCard("s");
        bench.press(from);
        bench.move(from + QPoint(80, 80));
        QVERIFY(bench.scene.nodeItem(id("s"))->pos() != QPointF(200, 0));
        QTest::keyClick(&bench.view, Qt::Key_Escape);
        QCOMPARE(bench.scene.nodeItem(id("s"))->pos(), QPointF(200, 0));
        bench.release(from + QPoint(80, 80));
        QCOMPARE(bench.undo.count(), 0);
    }

    void clicksSelectToggleAndAddAndTheBandTakesWhatItTouches()
    {
        Bench bench;
        bench.drag(bench.onCard("s"), bench.onCard("s"));
        bench.drag(bench.onCard("g"), bench.onCard("g"), Qt::ShiftModifier);
        QCOMPARE(bench.scene.selectedNodes(), (QList{id("s"), id("g")}));
        bench.drag(bench.onCard("s"), bench.onCard("s"), Qt::ControlModifier);
        QCOMPARE(bench.scene.selectedNodes(), QList{id("g")});
        const QPoint corner = bench.at({190, -30});
        bench.drag(corner, bench.at({460, 20}));
        QCOMPARE(bench.scene.selectedNodes(), (QList{id("s"), id("g")}));
        bench.drag(corner, bench.at({260, 20}), Qt::ControlModifier);
        QCOMPARE(bench.scene.selectedNodes(), QList{id("g")});
        bench.drag(bench.at({300, 300}), bench.at({300, 300}));
        QVERIFY(bench.scene.selectedNodes().isEmpty());
        QCOMPARE(bench.undo.count(), 0);
    }

    void aWireIsDrawnFromPortToPort()
    {
        Bench bench;
        bench.drag(bench.outPort("s", u"error"_s), bench.inPort("l"));
        QCOMPARE(bench.editor.document().target(id("s"), u"error"_s), std::optional(id("l")));
        QVERIFY(bench.scene.wireItem({id("s"), u"error"_s, id("l")}));
        QCOMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
        QVERIFY(!bench.scene.wireItem({id("s"), u"error"_s, id("l")}));
    }

    void aWireSnapsNearAPortAndSwapsTheOneThatIsThere()
    {
        Bench bench;
        bench.drag(bench.outPort("g", u"escalate"_s), bench.inPort("a") + QPoint(-15, -12));
        QCOMPARE(bench.editor.document().target(id("g"), u"escalate"_s), std::optional(id("a")));
        QCOMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void compatiblePortsGlowAndOthersFadeWhileAWireIsDrawn()
    {
        Bench bench;
        bench.press(bench.outPort("l", u"error"_s));
        bench.move(bench.outPort("l", u"error"_s) + QPoint(40, 60));
        const auto emphasis = [&](const char *node) {
            return bench.scene.nodeItem(id(node))->inPort()->emphasis();
        };
        QCOMPARE(emphasis("a"), PortItem::Emphasis::Compatible);
        QCOMPARE(emphasis("s"), PortItem::Emphasis::Faded); // would close a circle
        QTest::keyClick(&bench.view, Qt::Key_Escape);
        QCOMPARE(emphasis("a"), PortItem::Emphasis::None);
        QCOMPARE(emphasis("s"), PortItem::Emphasis::None);
        bench.release({5, 5});
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void aRefusedWireChangesNothingAndSaysWhy()
    {
        Bench bench;
        bench.drag(bench.outPort("l", u"error"_s), bench.inPort("s"));
        QCOMPARE(bench.editor.document(), test::cascade());
        QCOMPARE(bench.undo.count(), 0);
        QVERIFY(!bench.hint().isEmpty());
        QVERIFY(!bench.hint().contains(u'\n'));
    }

    void aWireEndIsReplugged()
    {
        Bench bench;
        bench.drag(bench.inPort("l"), bench.inPort("a"));
        QCOMPARE(bench.editor.document().target(id("g"), u"escalate"_s), std::optional(id("a")));
        QCOMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void aWireEndDroppedInTheOpenIsTakenOffAndEscapeKeepsIt()
    {
        Bench bench;
        bench.press(bench.inPort("l"));
        bench.move(bench.at({600, 400}));
        QTest::keyClick(&bench.view, Qt::Key_Escape);
        bench.release(bench.at({600, 400}));
        QCOMPARE(bench.editor.document(), test::cascade());
        bench.drag(bench.inPort("l"), bench.at({600, 400}));
        QVERIFY(!bench.editor.document().target(id("g"), u"escalate"_s));
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void aWireReleasedInTheOpenOffersKindsAndConnectsTheNewNode()
    {
        Bench bench;
        bench.drag(bench.outPort("s", u"error"_s), bench.at({440, 320}));
        auto *search = bench.view.findChild<QLineEdit *>(u"nodeSearchText"_s);
        QVERIFY(search && search->isVisible());
        QTest::keyClicks(search, u"model"_s);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(bench.editor.document().nodes.size(), 6);
        const policy::Node added = bench.editor.document().nodes.last();
        QCOMPARE(added.kind, u"model"_s);
        QCOMPARE(bench.editor.document().target(id("s"), u"error"_s), std::optional(added.id));
        QCOMPARE(bench.scene.selectedNodes(), QList{added.id});
        QCOMPARE(bench.undo.count(), 1); // node and wire together
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void aDoubleClickInTheOpenAddsANodeThere()
    {
        Bench bench;
        QTest::mouseDClick(bench.view.viewport(), Qt::LeftButton, {}, bench.at({300, 300}));
        auto *search = bench.view.findChild<QLineEdit *>(u"nodeSearchText"_s);
        QVERIFY(search->isVisible());
        QTest::keyClicks(search, u"gate"_s);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(bench.editor.document().nodes.last().kind, u"gate"_s);
        QCOMPARE(bench.editor.document().nodes.last().at, QPointF(300, 300));
    }

    void aSecondQueryIsRefusedInWords()
    {
        Bench bench;
        bench.view.addNode(u"query"_s);
        QCOMPARE(bench.editor.document(), test::cascade());
        QVERIFY(!bench.hint().isEmpty());
    }

    void keysDeleteDuplicateNudgeAndStep()
    {
        Bench bench;
        bench.scene.select({id("g")});
        QTest::keyClick(&bench.view, Qt::Key_Right, Qt::ControlModifier);
        QTest::keyClick(&bench.view, Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(bench.editor.document().node(id("g"))->at, QPointF(460, 100));
        QCOMPARE(bench.undo.count(), 1); // one burst
        bench.undo.undo();
        QTest::keyClick(&bench.view, Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(bench.editor.document().nodes.size(), 6);
        QTest::keyClick(&bench.view, Qt::Key_Delete);
        QCOMPARE(bench.editor.document(), test::cascade());
        bench.scene.select({id("s")});
        QTest::keyClick(&bench.view, Qt::Key_Right);
        QCOMPARE(bench.scene.selectedNodes(), QList{id("g")});
        QTest::keyClick(&bench.view, Qt::Key_Left);
        QTest::keyClick(&bench.view, Qt::Key_Left);
        QCOMPARE(bench.scene.selectedNodes(), QList{id("q")});
        QTest::keyClick(&bench.view, Qt::Key_Escape);
        QVERIFY(bench.scene.selectedNodes().isEmpty());
    }

    void deletingTakesTheWiresAlongAndUndoBringsThemBack()
    {
        Bench bench;
        bench.scene.select({id("g"), id("l")});
        QTest::keyClick(&bench.view, Qt::Key_Delete);
        QCOMPARE(bench.editor.document().nodes.size(), 3);
        QCOMPARE(bench.editor.document().wires.size(), 1);
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
        QVERIFY(bench.scene.wireItem({id("l"), u"answer"_s, id("a")}));
    }

    void aSelectedWireIsDeletedAlone()
    {
        Bench bench;
        bench.scene.wireItem({id("l"), u"answer"_s, id("a")})->setSelected(true);
        QTest::keyClick(&bench.view, Qt::Key_Delete);
        QCOMPARE(bench.editor.document().wires.size(), 4);
        QCOMPARE(bench.editor.document().nodes.size(), 5);
    }

    void wheelZoomsAtTheCursorWithinItsBounds()
    {
        Bench bench;
        const QPoint cursor = bench.onCard("g");
        const QPointF held = bench.view.mapToScene(cursor);
        const auto turn = [&](int angle, Qt::KeyboardModifiers modifiers) {
            bench.turnWheel(cursor, angle, modifiers);
        };
        turn(240, {});
        QVERIFY(bench.view.zoom() > 1.2);
        QVERIFY(QLineF(bench.view.mapToScene(cursor), held).length() < 2);
        for (int i = 0; i < 60; ++i)
            turn(480, Qt::ControlModifier);
        QCOMPARE(bench.view.zoom(), 4.0);
        for (int i = 0; i < 60; ++i)
            turn(-480, {});
        QCOMPARE(bench.view.zoom(), 0.1);
        QTest::keyClick(&bench.view, Qt::Key_0);
        QCOMPARE(bench.view.zoom(), 1.0);
        const double left = bench.view.mapToScene(0, 0).x();
        turn(120, Qt::ShiftModifier);
        QVERIFY(bench.view.mapToScene(0, 0).x() < left);
        QCOMPARE(bench.view.zoom(), 1.0);
    }

    void middleDragAndSpaceDragPan()
    {
        Bench bench;
        const QPointF before = bench.view.mapToScene(0, 0);
        QTest::mousePress(bench.view.viewport(), Qt::MiddleButton, {}, {300, 300});
        bench.move({340, 330});
        QTest::mouseRelease(bench.view.viewport(), Qt::MiddleButton, {}, {340, 330});
        QCOMPARE(bench.view.mapToScene(0, 0), before - QPointF(40, 30));
        QTest::keyPress(&bench.view, Qt::Key_Space);
        const QPoint card = bench.onCard("g");
        bench.drag(card, card - QPoint(40, 30));
        QTest::keyRelease(&bench.view, Qt::Key_Space);
        QCOMPARE(bench.view.mapToScene(0, 0), before);
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void aTouchPadScrollsAndThePreferenceSwapsTheWheel()
    {
        Bench bench;
        const QPointingDevice pad(u"pad"_s, 7, QInputDevice::DeviceType::TouchPad,
                                  QPointingDevice::PointerType::Finger,
                                  QInputDevice::Capability::Scroll, 2, 0);
        const QPointF before = bench.view.mapToScene(0, 0);
        bench.turnWheel({200, 200}, -80, {}, &pad);
        QCOMPARE(bench.view.zoom(), 1.0);
        QCOMPARE(bench.view.mapToScene(0, 0), before + QPointF(0, 40));
        bench.turnWheel({200, 200}, 80, Qt::ControlModifier, &pad);
        QVERIFY(bench.view.zoom() > 1.1);
        QTest::keyClick(&bench.view, Qt::Key_0);
        bench.view.setWheelScrolls(true);
        QVERIFY(bench.view.actionList().action("canvas.wheel_scrolls")->isChecked());
        const double top = bench.view.mapToScene(0, 0).y();
        bench.turnWheel({200, 200}, -120);
        QCOMPARE(bench.view.zoom(), 1.0);
        QCOMPARE(bench.view.mapToScene(0, 0).y(), top + 60);
        bench.turnWheel({200, 200}, 120, Qt::ControlModifier);
        QVERIFY(bench.view.zoom() > 1.2);
    }

    void aPinchZoomsAtItsPlace()
    {
        Bench bench;
        const QPointF held = bench.view.mapToScene(400, 300);
        QNativeGestureEvent pinch(Qt::ZoomNativeGesture, QPointingDevice::primaryPointingDevice(),
                                  2, {400, 300}, {400, 300}, {400, 300}, 0.5, {});
        QApplication::sendEvent(bench.view.viewport(), &pinch);
        QCOMPARE(bench.view.zoom(), 1.5);
        QVERIFY(QLineF(bench.view.mapToScene(400, 300), held).length() < 2);
    }

    void holdingANodeAtTheEdgeScrollsOnAndItComesAlong()
    {
        Bench bench;
        const QPoint from = bench.onCard("a");
        const QPoint edge(bench.view.viewport()->width() - 4, from.y());
        bench.press(from);
        bench.move(from + QPoint(40, 0));
        bench.move(edge);
        const double left = bench.view.mapToScene(0, 0).x();
        const double place = bench.scene.nodeItem(id("a"))->x();
        QTRY_VERIFY(bench.view.mapToScene(0, 0).x() > left + 60);
        QVERIFY(bench.scene.nodeItem(id("a"))->x() > place + 40);
        bench.release(edge);
        const double stopped = bench.view.mapToScene(0, 0).x();
        QTest::qWait(60);
        QCOMPARE(bench.view.mapToScene(0, 0).x(), stopped);
        QCOMPARE(bench.undo.count(), 1);
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void altDragDragsACopyAndEscapeTakesItBack()
    {
        Bench bench;
        const QPoint from = bench.onCard("s");
        bench.press(from, Qt::AltModifier);
        bench.move(from + QPoint(20, 200), Qt::AltModifier);
        QCOMPARE(bench.scene.nodeItem(id("s"))->pos(), QPointF(200, 0)); // it stays
        const qsizetype items = bench.scene.items().size();
        QTest::keyClick(&bench.view, Qt::Key_Escape);
        QVERIFY(bench.scene.items().size() < items); // the copy in the air is gone
        bench.release(from + QPoint(20, 200), Qt::AltModifier);
        QCOMPARE(bench.undo.count(), 0);
        bench.drag(from, from + QPoint(20, 200), Qt::AltModifier);
        QCOMPARE(bench.undo.count(), 1);
        QCOMPARE(bench.editor.document().nodes.size(), 6);
        const policy::Node &copy = bench.editor.document().nodes.last();
        QCOMPARE(copy.title, u"Small 2"_s);
        QCOMPARE(copy.at, QPointF(220, 200));
        QCOMPARE(bench.scene.selectedNodes(), QList{copy.id});
        bench.undo.undo();
        QCOMPARE(bench.editor.document(), test::cascade());
    }

    void altDragOfTheQueryIsRefusedInWords()
    {
        Bench bench;
        bench.drag(bench.onCard("q"), bench.onCard("q") + QPoint(0, 200), Qt::AltModifier);
        QCOMPARE(bench.editor.document(), test::cascade());
        QVERIFY(!bench.hint().isEmpty());
    }

    void aWideDrawingOpensAtItsQueryAndFitStillShowsAll()
    {
        policy::PolicyDocument wide = test::cascade();
        wide.nodes.last().at = {9000, 0};
        Bench bench(wide);
        bench.view.showOpening();
        QCOMPARE(bench.view.zoom(), 0.5);
        const QRectF seen = bench.view.mapToScene(bench.view.viewport()->rect()).boundingRect();
        QVERIFY(seen.contains(bench.scene.nodeItem(id("q"))->sceneBoundingRect()));
        QVERIFY(seen.left() > -200); // it begins there
        QVERIFY(std::abs(seen.center().y() - bench.scene.drawingRect().center().y()) < 2);
        QTest::keyClick(&bench.view, Qt::Key_1);
        QVERIFY(bench.view.zoom() < 0.2);
        bench.scene.select({id("s"), id("g")});
        QTest::keyClick(&bench.view, Qt::Key_Period);
        QCOMPARE(bench.view.zoom(), 1.0);
        const QRectF near = bench.view.mapToScene(bench.view.viewport()->rect()).boundingRect();
        QVERIFY(near.contains(bench.scene.nodeItem(id("g"))->sceneBoundingRect()));
    }

    void fitShowsEverything()
    {
        policy::PolicyDocument wide = test::cascade();
        wide.nodes.last().at = {4000, 2500};
        Bench bench(wide);
        QTest::keyClick(&bench.view, Qt::Key_1);
        const QRectF seen = bench.view.mapToScene(bench.view.viewport()->rect()).boundingRect();
        QVERIFY(seen.contains(bench.scene.drawingRect()));
    }

    void targetsOfPortsAreLargeEnough()
    {
        Bench bench;
        for (const NodeItem *node : bench.scene.nodeItems()) {
            for (const PortItem *port : node->outPorts()) {
                for (const QPointF way : {QPointF(11.5, 0), QPointF(-11.5, 0), QPointF(0, 11.5)})
                    QCOMPARE(bench.scene.portAt(port->scenePos() + way, PortItem::kTarget / 2),
                             port);
            }
        }
        // A press 11 px beside the dot still grips it.
        bench.drag(bench.outPort("s", u"error"_s) + QPoint(8, 7), bench.inPort("l"));
        QCOMPARE(bench.editor.document().target(id("s"), u"error"_s), std::optional(id("l")));
    }

    void undoUnderTheMouseLetsGo()
    {
        Bench bench;
        bench.view.addNode(u"gate"_s);
        const policy::NodeId added = bench.editor.document().nodes.last().id;
        const NodeItem *item = bench.scene.nodeItem(added);
        const QPoint port = bench.at(item->outPort(u"accept"_s)->scenePos());
        bench.press(port);
        bench.move(port + QPoint(30, 30));
        bench.undo.undo(); // the node that the wire hangs on is gone
        bench.move(port + QPoint(60, 30));
        bench.release(port + QPoint(60, 30));
        QCOMPARE(bench.editor.document(), test::cascade());
    }
};

QTEST_MAIN(TestCanvasGestures)
#include "tst_canvas_gestures.moc"
