#include "tests/editor/editor_fixture.h"

#include "ui/common/theme.h"
#include "ui/editor/canvas_metrics.h"
#include "ui/editor/editor_commands/group_commands.h"
#include "ui/editor/mini_map.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"
#include "ui/editor/port_item.h"
#include "ui/editor/wire_item.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using policy::NodeMode;
using policy::PolicyDocument;
using policy::Wire;
using test::id;

namespace {

struct Desk
{
    explicit Desk(const PolicyDocument &document = test::cascade())
        : editor(document)
        , scene(editor, theme)
        , view(scene, editor, undo)
    {
        theme.setScheme(Scheme::Light);
        view.resize(1300, 700);
        view.show();
        view.centerOn(500, 150);
        settle();
    }

    void settle() { QTest::qWait(80); } // the pause after which cards are drawn sharp
    WireItem *wire(const char *from, const QString &port, const char *to) const
    {
        return scene.wireItem(Wire{id(from), port, id(to)});
    }
    NodeItem *node(const char *name) const { return scene.nodeItem(id(name)); }
    QImage picture()
    {
        settle();
        return view.viewport()->grab().toImage().convertToFormat(QImage::Format_RGB32);
    }
    // What is seen of one card, without its surroundings, in shades of grey.
    QImage greyCard(const char *name)
    {
        const QRect place = view.mapFromScene(node(name)->place()).boundingRect();
        return picture()
            .copy(place.adjusted(-2, -2, 2, 2))
            .convertToFormat(QImage::Format_Grayscale8);
    }

    Theme theme;
    policy::PolicyEditor editor;
    QUndoStack undo;
    PolicyScene scene;
    PolicyView view;
};

PolicyDocument grouped(bool collapsed)
{
    PolicyDocument document = test::cascade();
    document.groups = {{.id = u"g1"_s,
                        .title = u"First stage"_s,
                        .nodes = {id("s"), id("g")},
                        .collapsed = collapsed}};
    return document;
}

PolicyDocument withNote()
{
    PolicyDocument document = test::cascade();
    policy::Node note;
    note.id = id("n");
    note.kind = u"note"_s;
    note.title = u"Remark"_s;
    note.at = {200, 160};
    note.config = {{"text", "Ask again on Monday"}, {"width", 240}, {"height", 120}};
    document.nodes.append(note);
    return document;
}

bool runsThrough(const WireItem &wire, const QRectF &card)
{
    const QRectF inner = card.adjusted(2, 2, -2, -2);
    for (int step = 0; step <= 200; ++step) {
        if (inner.contains(wire.path().pointAtPercent(step / 200.0)))
            return true;
    }
    return false;
}

qsizetype differing(const QImage &a, const QImage &b)
{
    qsizetype count = 0;
    for (int y = 0; y < qMin(a.height(), b.height()); ++y) {
        for (int x = 0; x < qMin(a.width(), b.width()); ++x)
            count += qAbs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y))) > 24 ? 1 : 0;
    }
    return count;
}

} // namespace

class TestDrawing final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wiresFollowTheirNodes()
    {
        Desk desk;
        const WireItem *wire = desk.wire("g", u"accept"_s, "a");
        desk.node("a")->setPos(1000, 240);
        QCOMPARE(wire->path().currentPosition(), QPointF(1000, 240 + kFirstPortY));
        desk.editor.moveNode(id("g"), {440, -60});
        QCOMPARE(wire->path().pointAtPercent(0), QPointF(440 + kCardWidth, -60 + kFirstPortY));
    }

    void wiresLeadAroundCardsInTheirWay()
    {
        Desk desk;
        const WireItem *wire = desk.wire("g", u"accept"_s, "a");
        desk.editor.moveNode(id("l"), {680, -20});
        desk.settle();
        QVERIFY(!runsThrough(*wire, desk.node("l")->place()));
        QVERIFY(!runsThrough(*wire, desk.node("g")->place()));
    }

    void portsTakeTheMouseWithinTwelvePixelsOnTheScreen()
    {
        Desk desk;
        const QPointF port = desk.node("g")->outPort(u"accept"_s)->scenePos();
        const double reach = PortItem::kTarget / 2;
        QVERIFY(desk.scene.portAt(port + QPointF(11, 0), reach));
        QCOMPARE(desk.scene.portAt(port + QPointF(11, 0), reach)->port().name, u"accept"_s);
        QVERIFY(!desk.scene.portAt(port + QPointF(13, 0), reach));
    }

    void anOpenGroupIsATitledFrameAroundItsMembers()
    {
        Desk desk(grouped(false));
        QCOMPARE(desk.scene.groups().size(), 1);
        const GroupFrame &frame = desk.scene.groups().first();
        QVERIFY(frame.rect.contains(desk.node("s")->place()));
        QVERIFY(frame.rect.contains(desk.node("g")->place()));
        QVERIFY(!frame.header().intersects(desk.node("s")->place()));
        QCOMPARE(desk.scene.groupAt(frame.header().center())->id, u"g1"_s);
        QVERIFY(!desk.scene.groupAt(desk.node("s")->place().center()));
        desk.editor.moveNode(id("g"), {440, 300});
        desk.settle();
        QVERIFY(desk.scene.groups().first().rect.contains(desk.node("g")->place()));
    }

    void aCollapsedGroupIsOneCardWithTheWiresAcrossItsBorder()
    {
        Desk desk(grouped(true));
        const GroupFrame &card = desk.scene.groups().first();
        QVERIFY(desk.wire("s", u"answer"_s, "g")->isFolded());
        QVERIFY(!desk.wire("q", u"query"_s, "s")->isFolded());
        QCOMPARE(desk.wire("q", u"query"_s, "s")->path().currentPosition(), card.inPlace());
        QCOMPARE(card.outPorts.size(), 2); // accept and escalate; the wire within has none
        QCOMPARE(desk.wire("g", u"escalate"_s, "l")->path().pointAtPercent(0),
                 card.outPort(id("g"), u"escalate"_s)->place);
        QVERIFY(!desk.scene.nodeAt(desk.node("s")->place().center()));
        QCOMPARE(desk.scene.groupAt(card.rect.center())->id, u"g1"_s);
    }

    void collapsingAndExpandingShowAndHideTheMembers()
    {
        Desk desk(grouped(false));
        const QImage open = desk.picture();
        const QPointF inside = desk.node("g")->place().center();
        desk.undo.push(collapseGroupCommand(desk.editor, u"g1"_s, true).release());
        QVERIFY(desk.node("g")->isFolded());
        QVERIFY(!desk.scene.nodeAt(inside));
        QVERIFY(differing(open, desk.picture()) > 2000);
        desk.undo.undo();
        QVERIFY(!desk.node("g")->isFolded());
        QCOMPARE(desk.scene.nodeAt(inside), desk.node("g"));
        QCOMPARE(differing(open, desk.picture()), 0);
    }

    void aGroupShowsTheTimeThatPassedNotTheSum()
    {
        using namespace std::chrono_literals;
        NodeRun first{
            .state = NodeState::Done, .duration = 300ms, .end = 300ms, .hasFigures = true};
        NodeRun second{.state = NodeState::Failed,
                       .duration = 300ms,
                       .start = 200ms,
                       .end = 500ms,
                       .hasFigures = true};
        const NodeRun both = togetherOf({first, second, NodeRun()});
        QCOMPARE(both.duration, std::chrono::nanoseconds(500ms));
        QCOMPARE(both.state, NodeState::Failed);
        QVERIFY(togetherOf({NodeRun()}).state == NodeState::Idle);
    }

    void mutedNodesCutOffWhatLiesBehindThem()
    {
        Desk desk;
        desk.editor.setMode(id("s"), NodeMode::Muted);
        desk.settle();
        QVERIFY(desk.node("g")->look().isCutOff);
        QVERIFY(desk.node("l")->look().isCutOff);
        QVERIFY(!desk.node("q")->look().isCutOff);
        QVERIFY(!desk.node("s")->look().isCutOff); // it says itself that it is muted
        QVERIFY(desk.wire("g", u"accept"_s, "a")->strength() < 0.6);
        desk.editor.setMode(id("s"), NodeMode::Active);
        desk.settle();
        QVERIFY(!desk.node("g")->look().isCutOff);
        QCOMPARE(desk.wire("g", u"accept"_s, "a")->strength(), 1.0);
    }

    void aBypassedNodeHandsOnAlongItsMainPortOnly()
    {
        Desk desk;
        desk.editor.setMode(id("g"), NodeMode::Bypassed);
        desk.settle();
        QVERIFY(desk.node("l")->look().isCutOff); // behind “escalate”
        QVERIFY(!desk.node("a")->look().isCutOff);
        QVERIFY(desk.wire("g", u"escalate"_s, "l")->strength() < 0.6);
        QCOMPARE(desk.wire("g", u"accept"_s, "a")->strength(), 1.0);
    }

    void conditionsAreWrittenBesideCardsNeverOverThem()
    {
        Desk desk;
        const QPointF port = desk.node("g")->outPort(u"accept"_s)->scenePos();
        const QRect label =
            desk.view.mapFromScene(QRectF(port + QPointF(10, -14), QSizeF(40, 11))).boundingRect();
        const QImage free = desk.picture().copy(label);
        const auto inked = [&desk](const QImage &image) {
            const int ground = qGray(desk.theme.color(Token::Canvas).rgb());
            int dark = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x)
                    dark += ground - qGray(image.pixel(x, y)) > 60 ? 1 : 0;
            }
            return dark;
        };
        QVERIFY(inked(free) > 20); // “accept”
        // A card close by leaves no room: its ground is not written on.
        desk.editor.moveNode(id("l"), {port.x() + 16, port.y() - 60});
        desk.settle();
        const QImage covered = desk.picture().copy(label.adjusted(14, 0, -10, 0));
        QVERIFY(inked(covered) < 10);
    }

    void everyStateLooksDifferentWithoutColour()
    {
        QList<QImage> looks;
        QStringList names;
        const auto look = [&](const QString &name, NodeState state, NodeMode mode) {
            Desk desk;
            desk.editor.setMode(id("s"), mode);
            desk.settle();
            NodeRun run;
            run.state = state;
            desk.node("s")->setRun(run);
            const QImage card = desk.greyCard("s");
            for (qsizetype i = 0; i < looks.size(); ++i)
                QVERIFY2(differing(looks[i], card) > 25,
                         qPrintable(u"%1 looks like %2"_s.arg(name, names[i])));
            looks.append(card);
            names.append(name);
        };
        look(u"idle"_s, NodeState::Idle, NodeMode::Active);
        look(u"queued"_s, NodeState::Queued, NodeMode::Active);
        look(u"running"_s, NodeState::Running, NodeMode::Active);
        look(u"done"_s, NodeState::Done, NodeMode::Active);
        look(u"skipped"_s, NodeState::Skipped, NodeMode::Active);
        look(u"failed"_s, NodeState::Failed, NodeMode::Active);
        look(u"muted"_s, NodeState::Idle, NodeMode::Muted);
        look(u"bypassed"_s, NodeState::Idle, NodeMode::Bypassed);
    }

    void aNoteHasItsSizeAndWordsAndNoPorts()
    {
        Desk desk(withNote());
        const NodeItem *note = desk.node("n");
        QCOMPARE(note->place(), QRectF(200, 160, 240, 120));
        QVERIFY(!note->inPort() || !note->inPort()->isVisible());
        QVERIFY(note->outPorts().isEmpty());
        const QImage before = desk.greyCard("n");
        desk.editor.setConfigValue(id("n"), u"text"_s, "Entirely other words");
        QVERIFY(differing(before, desk.greyCard("n")) > 50);
        QVERIFY(desk.scene.noteHandleAt({200 + 240 - 5, 160 + 120 - 5}));
        QVERIFY(!desk.scene.noteHandleAt({210, 170}));
    }

    void cardsFromAfarHaveNoText()
    {
        Desk desk;
        desk.view.setZoom(0.3);
        const QImage named = desk.picture();
        desk.editor.setTitle(id("s"), u"WWWWWWWWWW"_s);
        QCOMPARE(differing(named, desk.picture()), 0);
        desk.view.setZoom(1);
        const QImage near = desk.picture();
        desk.editor.setTitle(id("s"), u"iiiiiiiiii"_s);
        QVERIFY(differing(near, desk.picture()) > 20);
    }

    void theMiniMapIsThereWhenTheDrawingDoesNotFit()
    {
        Desk desk;
        auto *map = desk.view.findChild<MiniMap *>(u"miniMap"_s);
        desk.view.fitAll();
        desk.settle();
        QVERIFY(!map->isVisible());
        desk.view.setZoom(3);
        desk.settle();
        QVERIFY(map->isVisible());
        QVERIFY(!map->accessibleName().isEmpty());
        const QPointF before = desk.view.mapToScene(desk.view.viewport()->rect().center());
        QTest::mouseClick(map, Qt::LeftButton, {}, {10, 46});
        const QPointF after = desk.view.mapToScene(desk.view.viewport()->rect().center());
        QVERIFY(after.x() < before.x());
        map->setWanted(false);
        QVERIFY(!map->isVisible());
    }

    void theFrameOfTheMiniMapIsDragged()
    {
        Desk desk;
        auto *map = desk.view.findChild<MiniMap *>(u"miniMap"_s);
        desk.view.setZoom(3);
        desk.settle();
        const auto middle = [&desk] {
            return desk.view.mapToScene(desk.view.viewport()->rect().center());
        };
        QTest::mouseClick(map, Qt::LeftButton, {}, map->rect().center());
        const QPointF before = middle();
        QTest::mousePress(map, Qt::LeftButton, {}, map->rect().center());
        QCOMPARE(middle(), before); // grabbed inside: nothing jumps
        QMouseEvent drag(QEvent::MouseMove, map->rect().center() + QPointF(20, 0),
                         map->mapToGlobal(map->rect().center() + QPoint(20, 0)), Qt::NoButton,
                         Qt::LeftButton, {});
        QApplication::sendEvent(map, &drag);
        QVERIFY(middle().x() > before.x() + 20);
        QTest::mouseRelease(map, Qt::LeftButton, {}, map->rect().center() + QPoint(20, 0));
    }
};

QTEST_MAIN(TestDrawing)
#include "tst_drawing.moc"
