#include "ui/editor/layout/layer_graph.h"
#include "ui/editor/layout/layered_layout.h"

#include <QRandomGenerator>
#include <QRectF>
#include <QTest>

using namespace headgate::ui;

namespace {

const QSizeF kCard(180, 80);

LayoutEdge edge(qsizetype from, qsizetype to, double fromY = 30, double weight = 1)
{
    return {.from = from, .to = to, .fromY = fromY, .toY = 30, .weight = weight};
}

QList<QSizeF> cards(int count)
{
    return QList<QSizeF>(count, kCard);
}

bool overlap(const QList<QPointF> &places, const QList<QSizeF> &sizes)
{
    for (qsizetype a = 0; a < places.size(); ++a) {
        for (qsizetype b = a + 1; b < places.size(); ++b) {
            if (QRectF(places[a], sizes[a]).intersects(QRectF(places[b], sizes[b])))
                return true;
        }
    }
    return false;
}

} // namespace

class TestLayeredLayout final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void setsACascadeInStagesThatStepDown()
    {
        // 0 query, 1 small, 2 gate, 3 large, 4 gate, 5 largest, 6 answer
        const QList<LayoutEdge> edges{edge(0, 1), edge(1, 2), edge(2, 6),     edge(2, 3, 54),
                                      edge(3, 4), edge(4, 6), edge(4, 5, 54), edge(5, 6)};
        const QList<QPointF> places = layeredLayout(cards(7), edges);
        QCOMPARE(places.size(), 7);
        QCOMPARE(places[0], QPointF(0, 0));
        for (const LayoutEdge &each : edges)
            QVERIFY(places[each.from].x() + kCard.width() < places[each.to].x());
        // The first row runs straight to the answer; each escalation is a row lower.
        QCOMPARE(places[1].y(), places[0].y());
        QCOMPARE(places[2].y(), places[0].y());
        QVERIFY(places[3].y() > places[2].y());
        QCOMPARE(places[4].y(), places[3].y());
        QVERIFY(places[5].y() > places[4].y());
    }

    void keepsCardsApartAndOnTheGrid_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 40; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }

    void keepsCardsApartAndOnTheGrid()
    {
        QFETCH(const int, seed);
        QRandomGenerator random{quint32(seed)};
        const int count = 2 + random.bounded(60);
        QList<QSizeF> sizes;
        for (int i = 0; i < count; ++i)
            sizes.append({100.0 + 20 * random.bounded(6), 40.0 + 20 * random.bounded(5)});
        QList<LayoutEdge> edges;
        for (int i = 0; i < 2 * count; ++i) // cycles and loops among them
            edges.append(edge(random.bounded(count), random.bounded(count),
                              20.0 * random.bounded(3), random.bounded(2)));
        const LayoutGaps gaps;
        const QList<QPointF> places = layeredLayout(sizes, edges, gaps);
        QCOMPARE(places.size(), sizes.size());
        QVERIFY(!overlap(places, sizes));
        for (const QPointF &place : places) {
            QCOMPARE(std::fmod(place.x(), gaps.grid), 0.0);
            QCOMPARE(std::fmod(place.y(), gaps.grid), 0.0);
        }
        QCOMPARE(layeredLayout(sizes, edges, gaps), places);
    }

    void leadsForwardsWhereThereIsNoCycle()
    {
        QRandomGenerator random(7);
        QList<LayoutEdge> edges;
        for (int i = 0; i < 150; ++i) {
            const int from = random.bounded(59);
            edges.append(edge(from, from + 1 + random.bounded(59 - from)));
        }
        const QList<QPointF> places = layeredLayout(cards(60), edges);
        for (const LayoutEdge &each : edges)
            QVERIFY(places[each.from].x() < places[each.to].x());
    }

    void uncrossesWhatNeedNotCross()
    {
        // Three of one layer lead to three of the next, written down in the opposite order.
        LayoutPart part{
            {0, 1, 2, 3, 4, 5, 6},
            {edge(0, 1, 10), edge(0, 2, 30), edge(0, 3, 50), edge(1, 6), edge(2, 5), edge(3, 4)}};
        LayerGraph graph = makeLayerGraph(part, cards(7));
        QVERIFY(crossings(graph) > 0);
        orderLayers(graph, {});
        QCOMPARE(crossings(graph), 0);
    }

    void countsCrossingsAsTryingAllPairsDoes()
    {
        QRandomGenerator random(11);
        LayoutPart part;
        for (int node = 0; node < 40; ++node)
            part.nodes.push_back(node);
        for (int i = 0; i < 90; ++i)
            part.edges.push_back(edge(random.bounded(20), 20 + random.bounded(20)));
        const LayerGraph graph = makeLayerGraph(part, cards(40));
        std::vector<int> place(40);
        for (const auto &layer : graph.layers) {
            for (size_t i = 0; i < layer.size(); ++i)
                place[size_t(layer[i])] = int(i);
        }
        qint64 tried = 0;
        for (const LayerGraph::Link &a : graph.links) {
            for (const LayerGraph::Link &b : graph.links)
                tried +=
                    graph.vertices[size_t(a.from)].layer == graph.vertices[size_t(b.from)].layer &&
                    place[size_t(a.from)] < place[size_t(b.from)] &&
                    place[size_t(a.to)] > place[size_t(b.to)];
        }
        QVERIFY(tried > 0);
        QCOMPARE(crossings(graph), tried);
    }

    void standsPartsBelowEachOther()
    {
        const QList<QPointF> places = layeredLayout(cards(5), {edge(0, 1), edge(2, 3)});
        QVERIFY(places[2].y() >= places[0].y() + kCard.height());
        QVERIFY(places[4].y() >= places[2].y() + kCard.height());
        QCOMPARE(places[2].x(), places[0].x());
    }

    void standsNothingAndALoop()
    {
        QVERIFY(layeredLayout({}, {}).isEmpty());
        QCOMPARE(layeredLayout(cards(1), {edge(0, 0)}), QList<QPointF>{QPointF()});
        QCOMPARE(layeredLayout(cards(2), {edge(0, 1), edge(1, 0)}).size(), 2);
    }

    void stopsWhenAsked()
    {
        std::stop_source source;
        source.request_stop();
        QVERIFY(layeredLayout(cards(2), {edge(0, 1)}, {}, source.get_token()).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLayeredLayout)
#include "tst_layered_layout.moc"
