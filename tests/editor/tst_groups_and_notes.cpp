#include "tests/editor/editor_fixture.h"

#include "ui/common/theme.h"
#include "ui/editor/canvas_action_list.h"
#include "ui/editor/mini_map.h"
#include "ui/editor/node_item.h"
#include "ui/editor/note_editor.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"

#include <QContextMenuEvent>
#include <QLineEdit>
#include <QMenu>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using policy::PolicyDocument;
using test::id;

namespace {

PolicyDocument document()
{
    PolicyDocument made = test::cascade();
    made.groups = {{.id = u"g1"_s, .title = u"First stage"_s, .nodes = {id("s"), id("g")}}};
    policy::Node note;
    note.id = id("n");
    note.kind = u"note"_s;
    note.title = u"Remark"_s;
    note.at = {200, 240};
    note.config = {{"text", "Ask again"}, {"width", 240}, {"height", 120}};
    made.nodes.append(note);
    return made;
}

struct Desk
{
    Desk()
        : editor(document())
        , scene(editor, theme)
        , view(scene, editor, undo)
    {
        view.resize(1300, 700);
        view.show();
        (void)QTest::qWaitForWindowActive(&view); // for the focus
        view.setFocus();
        view.centerOn(500, 150);
    }

    QPoint at(QPointF place) const { return view.mapFromScene(place); }
    QPoint title() const { return at(scene.group(u"g1"_s)->header().center()); }
    void click(QPoint place, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(view.viewport(), Qt::LeftButton, modifiers, place);
    }
    void drag(QPoint from, QPoint to)
    {
        QTest::mousePress(view.viewport(), Qt::LeftButton, {}, from);
        for (const QPoint place : {(from + to) / 2, to}) {
            QMouseEvent event(QEvent::MouseMove, place, view.viewport()->mapToGlobal(place),
                              Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(view.viewport(), &event);
        }
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, to);
        QCoreApplication::processEvents();
    }
    QPointF placeOf(const char *node) const { return editor.document().node(id(node))->at; }
    NoteEditor *words() { return view.findChild<NoteEditor *>(u"noteEditor"_s); }

    Theme theme;
    policy::PolicyEditor editor;
    QUndoStack undo;
    PolicyScene scene;
    PolicyView view;
};

} // namespace

class TestGroupsAndNotes final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void draggingTheTitleMovesTheMembersInOneStep()
    {
        Desk desk;
        const QPoint from = desk.title();
        desk.drag(from, from + QPoint(43, 81));
        QCOMPARE(desk.placeOf("s"), QPointF(240, 80));
        QCOMPARE(desk.placeOf("g"), QPointF(480, 80));
        QCOMPARE(desk.placeOf("q"), QPointF(0, 0));
        QCOMPARE(desk.undo.count(), 1);
        QCOMPARE(desk.undo.undoText(), u"Move 2 nodes"_s);
        desk.undo.undo();
        QCOMPARE(desk.editor.document(), document());
    }

    void aCollapsedCardIsDraggedAsAWhole()
    {
        Desk desk;
        QTest::mouseDClick(desk.view.viewport(), Qt::LeftButton, {}, desk.title());
        QVERIFY(desk.scene.group(u"g1"_s)->collapsed);
        const QPoint from = desk.at(desk.scene.group(u"g1"_s)->rect.center());
        desk.drag(from, from + QPoint(0, 100));
        QCOMPARE(desk.placeOf("s"), QPointF(200, 100));
        QCOMPARE(desk.placeOf("g"), QPointF(440, 100));
        QCOMPARE(desk.undo.count(), 2);
    }

    void clickingTheTitleSelectsTheMembers()
    {
        Desk desk;
        desk.click(desk.title());
        QCOMPARE(desk.scene.selectedNodes(), (QList{id("s"), id("g")}));
        QCoreApplication::processEvents();
        desk.click(desk.title(), Qt::ControlModifier);
        QVERIFY(desk.scene.selectedNodes().isEmpty());
        QCOMPARE(desk.undo.count(), 0);
    }

    void theMenuOfATitleIsThatOfTheGroup()
    {
        Desk desk;
        const QPoint place = desk.title();
        QContextMenuEvent event(QContextMenuEvent::Mouse, place,
                                desk.view.viewport()->mapToGlobal(place));
        QApplication::sendEvent(desk.view.viewport(), &event);
        QCOMPARE(desk.scene.selectedNodes(), (QList{id("s"), id("g")}));
        auto *menu = desk.view.findChild<QMenu *>(u"canvasMenu"_s);
        QVERIFY(menu);
        QCoreApplication::processEvents();
        desk.view.actionList().action("canvas.collapse_group")->trigger();
        QVERIFY(desk.editor.document().groups.first().collapsed);
        menu->close();
    }

    void theMouseShowsWhatACornerAndAChevronDo()
    {
        Desk desk;
        const auto cursorAt = [&desk](QPointF place) {
            const QPoint pixel = desk.at(place);
            QMouseEvent event(QEvent::MouseMove, pixel, desk.view.viewport()->mapToGlobal(pixel),
                              Qt::NoButton, Qt::NoButton, {});
            QApplication::sendEvent(desk.view.viewport(), &event);
            return desk.view.viewport()->cursor().shape();
        };
        QCOMPARE(cursorAt({435, 355}), Qt::SizeFDiagCursor);
        QCOMPARE(cursorAt({300, 300}), Qt::ArrowCursor);
        QCOMPARE(cursorAt(desk.scene.group(u"g1"_s)->chevron().center()), Qt::PointingHandCursor);
    }

    void theChevronCollapsesAndExpands()
    {
        Desk desk;
        desk.click(desk.at(desk.scene.group(u"g1"_s)->chevron().center()));
        QVERIFY(desk.editor.document().groups.first().collapsed);
        QCOMPARE(desk.undo.undoText(), u"Collapse “First stage”"_s);
        desk.click(desk.at(desk.scene.group(u"g1"_s)->chevron().center()));
        QVERIFY(!desk.editor.document().groups.first().collapsed);
        QCOMPARE(desk.undo.undoText(), u"Expand “First stage”"_s);
    }

    void escapePutsADraggedGroupBack()
    {
        Desk desk;
        const QPoint from = desk.title();
        QTest::mousePress(desk.view.viewport(), Qt::LeftButton, {}, from);
        const QPoint to = from + QPoint(90, 90);
        QMouseEvent event(QEvent::MouseMove, to, desk.view.viewport()->mapToGlobal(to),
                          Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(desk.view.viewport(), &event);
        QVERIFY(desk.scene.nodeItem(id("s"))->pos() != QPointF(200, 0));
        QTest::keyClick(&desk.view, Qt::Key_Escape);
        QCOMPARE(desk.scene.nodeItem(id("s"))->pos(), QPointF(200, 0));
        QTest::mouseRelease(desk.view.viewport(), Qt::LeftButton, {}, to);
        QCOMPARE(desk.undo.count(), 0);
    }

    void aGroupIsRenamedInItsPlace()
    {
        Desk desk;
        desk.view.renameGroup(u"g1"_s);
        auto *title = desk.view.findChild<QLineEdit *>(u"groupTitleEditor"_s);
        QVERIFY(title->isVisible());
        QVERIFY(!title->accessibleName().isEmpty());
        QTest::keyClicks(title, u"Cheap first"_s);
        QTest::keyClick(title, Qt::Key_Return);
        QCOMPARE(desk.editor.document().groups.first().title, u"Cheap first"_s);
        QVERIFY(!title->isVisible());
        desk.view.renameGroup(u"g1"_s);
        QTest::keyClicks(title, u"Other"_s);
        QTest::keyClick(title, Qt::Key_Escape);
        QCOMPARE(desk.editor.document().groups.first().title, u"Cheap first"_s);
        QCOMPARE(desk.undo.count(), 1);
    }

    void doubleClickWritesANoteAndABurstIsOneStep()
    {
        Desk desk;
        QTest::mouseDClick(desk.view.viewport(), Qt::LeftButton, {}, desk.at({300, 300}));
        QVERIFY(desk.words()->isVisible());
        QCOMPARE(desk.words()->toPlainText(), u"Ask again"_s);
        QTest::keyClicks(desk.words(), u"On Monday"_s); // over what is selected
        QCOMPARE(jsonString(desk.editor.document().node(id("n"))->config, "text"), u"On Monday"_s);
        QCOMPARE(desk.undo.count(), 1);
        QTest::keyClick(desk.words(), Qt::Key_Escape);
        QVERIFY(!desk.words()->isVisible());
        QVERIFY(desk.view.hasFocus());
        desk.undo.undo();
        QCOMPARE(desk.editor.document(), document());
    }

    void lettersInANoteAreNoKeysOfTheCanvas()
    {
        Desk desk;
        QTest::mouseDClick(desk.view.viewport(), Qt::LeftButton, {}, desk.at({300, 300}));
        QTest::keyClicks(desk.words(), u"m a c b 1 0 . ?"_s);
        QTest::keyClick(desk.words(), Qt::Key_Delete);
        QCOMPARE(desk.editor.document().nodes.size(), document().nodes.size());
        QCOMPARE(desk.editor.document().node(id("n"))->mode, policy::NodeMode::Active);
    }

    void theCornerOfANoteResizesItInOneStep()
    {
        Desk desk;
        const QPointF corner(200 + 240 - 5, 240 + 120 - 5);
        desk.drag(desk.at(corner), desk.at(corner + QPointF(60, 40)));
        const Json &config = desk.editor.document().node(id("n"))->config;
        QCOMPARE(config["width"], Json(300));
        QCOMPARE(config["height"], Json(160));
        QCOMPARE(desk.undo.count(), 1);
        QCOMPARE(desk.undo.undoText(), u"Resize “Remark”"_s);
        desk.drag(desk.at(corner + QPointF(60, 40)), desk.at({210, 250})); // not below the least
        QCOMPARE(config["width"], Json(80));
        QCOMPARE(config["height"], Json(40));
        desk.undo.undo();
        desk.undo.undo();
        QCOMPARE(desk.editor.document(), document());
    }
};

QTEST_MAIN(TestGroupsAndNotes)
#include "tst_groups_and_notes.moc"
