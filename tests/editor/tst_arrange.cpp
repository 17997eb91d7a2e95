#include "tests/editor/editor_fixture.h"

#include "ui/editor/arrange.h"
#include "ui/editor/room_on_wire.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using test::id;

namespace {

const QList<PlacedCard> kCards = {
    {id("q"), {0, 0, 140, 56}}, {id("s"), {200, 30, 180, 80}}, {id("g"), {700, 120, 180, 120}}};

QHash<policy::NodeId, QPointF> placesAfter(const QList<PlacedCard> &cards,
                                           const QList<NodeMove> &moves)
{
    QHash<policy::NodeId, QPointF> places;
    for (const PlacedCard &card : cards)
        places.insert(card.node, card.card.topLeft());
    for (const NodeMove &move : moves)
        places[move.node] = move.to;
    return places;
}

// All cards of the cascade at their places, as they are drawn.
QList<PlacedCard> cascadeCards(const policy::PolicyDocument &document)
{
    QList<PlacedCard> cards;
    for (const policy::Node &node : document.nodes)
        cards.append({node.id, QRectF(node.at, QSizeF(180, 80))});
    return cards;
}

} // namespace

class TestArrange final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void alignsEdgesAndMiddles_data()
    {
        QTest::addColumn<int>("alignment");
        QTest::addColumn<QList<QPointF>>("places"); // of q, s, g
        const auto row = [](const char *name, Alignment alignment, const QList<QPointF> &places) {
            QTest::newRow(name) << int(alignment) << places;
        };
        row("left", Alignment::Left, {{0, 0}, {0, 30}, {0, 120}});
        row("centre", Alignment::Centre, {{370, 0}, {350, 30}, {350, 120}});
        row("right", Alignment::Right, {{740, 0}, {700, 30}, {700, 120}});
        row("top", Alignment::Top, {{0, 0}, {200, 0}, {700, 0}});
        row("middle", Alignment::Middle, {{0, 92}, {200, 80}, {700, 60}});
        row("bottom", Alignment::Bottom, {{0, 184}, {200, 160}, {700, 120}});
    }

    void alignsEdgesAndMiddles()
    {
        QFETCH(const int, alignment);
        QFETCH(const QList<QPointF>, places);
        const QList<NodeMove> moves = aligned(kCards, Alignment(alignment));
        const auto after = placesAfter(kCards, moves);
        QCOMPARE((QList{after[id("q")], after[id("s")], after[id("g")]}), places);
        for (const NodeMove &move : moves) { // those that stay are left out
            const auto card =
                std::find_if(kCards.cbegin(), kCards.cend(),
                             [&](const PlacedCard &c) { return c.node == move.node; });
            QVERIFY(card->card.topLeft() != move.to);
        }
    }

    void distributesTheSameGap()
    {
        const auto across = placesAfter(kCards, distributed(kCards, Qt::Horizontal));
        QCOMPARE(across[id("q")], QPointF(0, 0));
        QCOMPARE(across[id("s")], QPointF(330, 30)); // 190 to either side
        QCOMPARE(across[id("g")], QPointF(700, 120));
        const auto down = placesAfter(kCards, distributed(kCards, Qt::Vertical));
        QCOMPARE(down[id("s")], QPointF(200, 48)); // 56 + 80 in 120: they overlap evenly by 8
        QVERIFY(distributed(kCards.mid(0, 2), Qt::Horizontal).isEmpty());
    }

    void makesRoomOnlyWhereItIsNeeded()
    {
        policy::PolicyDocument document = test::cascade();
        document.nodes[2].at.setX(900); // Gate 1, with what follows left of it
        document.nodes[4].at.setX(1200);
        const policy::Wire wire{id("s"), u"answer"_s, id("g")};
        const QRectF card(560, 0, 180, 80);
        const RoomOnWire room = roomOnWire(document, wire, card, cascadeCards(document));
        QCOMPARE(room.at, card.topLeft());
        QVERIFY(room.moves.isEmpty());
    }

    void standsInTheRowOfWhatFollowsWhereItIsNearThat()
    {
        policy::PolicyDocument document = test::cascade();
        document.nodes[2].at = {900, 100};
        document.nodes[3].at = {1200, 400}; // out of the way
        const policy::Wire wire{id("s"), u"answer"_s, id("g")};
        const auto placedAt = [&](double y) {
            return roomOnWire(document, wire, {560, y, 180, 80}, cascadeCards(document)).at.y();
        };
        QCOMPARE(placedAt(70), 100.0);
        QCOMPARE(placedAt(140), 100.0);
        QCOMPARE(placedAt(50), 50.0);
    }

    void movesWhatFollowsAndLeavesTheRest()
    {
        const policy::PolicyDocument document = test::cascade();
        const policy::Wire wire{id("s"), u"answer"_s, id("g")};
        const QRectF card(320, 0, 180, 80);
        const QList<PlacedCard> cards = cascadeCards(document);
        const RoomOnWire room = roomOnWire(document, wire, card, cards);
        QCOMPARE(room.at, QPointF(420, 0)); // 40 to the right of Small
        const auto after = placesAfter(cards, room.moves);
        QCOMPARE(after[id("g")], QPointF(640, 0));
        QCOMPARE(after[id("l")], QPointF(880, 160));
        QCOMPARE(after[id("a")], QPointF(1140, 0));
        QCOMPARE(after[id("q")], QPointF(0, 0));
        QCOMPARE(after[id("s")], QPointF(200, 0));
    }

    void pushesWhatWouldBeCovered()
    {
        policy::PolicyDocument document = test::cascade();
        policy::Node note;
        note.id = id("n");
        note.kind = u"note"_s;
        note.at = {1140, 0}; // where the answer would come to lie
        document.nodes.append(note);
        const QList<PlacedCard> cards = cascadeCards(document);
        const RoomOnWire room =
            roomOnWire(document, {id("s"), u"answer"_s, id("g")}, {320, 0, 180, 80}, cards);
        QCOMPARE(placesAfter(cards, room.moves)[id("n")], QPointF(1340, 0));
    }
};

QTEST_MAIN(TestArrange)
#include "tst_arrange.moc"
