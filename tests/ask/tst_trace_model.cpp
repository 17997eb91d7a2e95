#include "ui/ask/trace_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace headgate;
using namespace headgate::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

engine::Hop hop(const QString &node, const QString &kind, std::chrono::nanoseconds start,
                std::chrono::nanoseconds end, int attempt = 0)
{
    engine::Hop made;
    made.node = {node};
    made.kind = kind;
    made.title = node;
    made.start = start;
    made.end = end;
    made.attempt = attempt;
    return made;
}

QList<engine::Hop> retriedRun()
{
    QList<engine::Hop> hops{
        hop(u"query"_s, u"query"_s, 0ms, 0ms), hop(u"Heron"_s, u"model"_s, 0ms, 150ms, 1),
        hop(u"Heron"_s, u"model"_s, 350ms, 1450ms, 2), hop(u"Gate"_s, u"gate"_s, 1450ms, 1452ms)};
    hops[1].failureClass = u"rate"_s;
    hops[2].firstToken = 650ms;
    hops[3].score = 0.83;
    hops[3].threshold = 0.55;
    hops[3].port = u"accept"_s;
    return hops;
}

} // namespace

namespace {

// A gate that asked two models, one of them twice.
QList<engine::Hop> judgedRun()
{
    QList<engine::Hop> hops{
        hop(u"Heron"_s, u"model"_s, 0ms, 100ms, 1), hop(u"Gate"_s, u"judge"_s, 100ms, 200ms, 1),
        hop(u"Gate"_s, u"judge"_s, 300ms, 400ms, 2), hop(u"Gate"_s, u"judge"_s, 100ms, 350ms, 1),
        hop(u"Gate"_s, u"gate"_s, 400ms, 401ms)};
    hops[1].askedModel = hops[2].askedModel = u"egret"_s;
    hops[1].failureClass = u"transient"_s;
    hops[3].askedModel = u"albatross"_s;
    hops[4].score = 0.83;
    hops[4].threshold = 0.55;
    hops[4].port = u"accept"_s;
    return hops;
}

} // namespace

class TestTraceModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatAGateAskedStandsBelowIt()
    {
        TraceModel model;
        const QAbstractItemModelTester tester(&model);
        // As they come, one by one.
        for (const engine::Hop &each : judgedRun())
            model.append(each);
        QCOMPARE(model.rowCount(), 2);
        const QModelIndex gate = model.index(1, 0);
        QCOMPARE(gate.data().toString(), u"Gate"_s);
        QStringList rows;
        for (int row = 0; row < model.rowCount(gate); ++row)
            rows.append(model.index(row, 0, gate).data().toString());
        QCOMPARE(rows, (QStringList{u"Asks egret"_s, u"Asks egret, try 2"_s, u"Asks albatross"_s,
                                    u"Score"_s}));
        QCOMPARE(gate.data(TraceModel::KindRole).toString(), u"gate"_s);
        QVERIFY(gate.data(TraceModel::SubtitleRole).toString().contains("0.83"_L1));
        QVERIFY(gate.data(TraceModel::SubtitleRole).toString().startsWith(u'3'));
        QCOMPARE(model.index(2, 0, gate).data(TraceModel::KindRole).toString(), u"judge"_s);
        // The bar of the gate spans all that it asked.
        QCOMPARE(gate.data(TraceModel::StartRole).toLongLong(), 100'000'000);
    }

    void attemptsStandBelowTheirNode()
    {
        TraceModel model;
        const QAbstractItemModelTester tester(&model);
        model.setHops(retriedRun());

        QCOMPARE(model.rowCount(), 3);
        const QModelIndex heron = model.index(1, 0);
        QCOMPARE(heron.data().toString(), u"Heron"_s);
        QCOMPARE(model.rowCount(heron), 2);
        QCOMPARE(model.rowCount(model.index(0, 0)), 0);
        QVERIFY(model.index(0, 0, heron).data(TraceModel::FailedRole).toBool());
        QVERIFY(!heron.data(TraceModel::FailedRole).toBool());
        // The visit spans from the first try to the end of the last.
        QCOMPARE(heron.data(TraceModel::StartRole).toLongLong(), qint64(0));
        QCOMPARE(std::chrono::nanoseconds(heron.data(TraceModel::EndRole).toLongLong()),
                 std::chrono::nanoseconds(1450ms));
        QCOMPARE(model.span(), std::chrono::nanoseconds(1452ms));
    }

    void growsToTheSameTreeThatAWholeRunGives()
    {
        TraceModel grown;
        const QAbstractItemModelTester tester(&grown);
        QSignalSpy resets(&grown, &QAbstractItemModel::modelReset);
        for (const engine::Hop &step : retriedRun())
            grown.append(step);
        TraceModel whole;
        whole.setHops(retriedRun());

        QCOMPARE(resets.count(), 0);
        QCOMPARE(grown.rowCount(), whole.rowCount());
        for (int row = 0; row < whole.rowCount(); ++row) {
            const QModelIndex a = grown.index(row, 0);
            const QModelIndex b = whole.index(row, 0);
            QCOMPARE(grown.rowCount(a), whole.rowCount(b));
            QCOMPARE(a.data(TraceModel::SubtitleRole), b.data(TraceModel::SubtitleRole));
        }
    }

    void everyHopHasItsRow()
    {
        TraceModel model;
        model.setHops(retriedRun());
        for (int i = 0; i < model.hops().size(); ++i) {
            const QModelIndex index = model.indexOfHop(i);
            QVERIFY(index.isValid());
            QCOMPARE(index.data(TraceModel::HopRole).toInt(), i);
        }
        QVERIFY(!model.indexOfHop(99).isValid());
    }

    void clearingLeavesNothing()
    {
        TraceModel model;
        model.setHops(retriedRun());
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.span(), 0ns);
    }
};

QTEST_MAIN(TestTraceModel)
#include "tst_trace_model.moc"
