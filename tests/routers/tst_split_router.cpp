#include "core/routers/split_router.h"

#include <QTest>

#include <numeric>

using namespace headgate;
using namespace headgate::routers;
using namespace Qt::StringLiterals;

namespace {

// JSON with single quotes, which reads better in a table.
Json fromQuoted(QByteArray text)
{
    return parseJson(text.replace('\'', '"')).value();
}

std::unique_ptr<Router> splitOf(const QList<double> &weights, int seed = 1,
                                const QString &stickyKey = {})
{
    Json branches = Json::array();
    QStringList ports;
    for (const double weight : weights) {
        ports.append(u"branch %1"_s.arg(ports.size()));
        branches.push_back({{"name", ports.last().toStdString()}, {"weight", weight}});
    }
    auto router = makeSplitRouter(
        {{"branches", branches}, {"seed", seed}, {"sticky_key", stickyKey.toStdString()}}, ports);
    Q_ASSERT(router);
    return std::move(*router);
}

policy::Query drawnWith(quint64 seed)
{
    policy::Query query;
    query.seed = seed;
    return query;
}

policy::Query ofUser(const Json &user, quint64 seed)
{
    policy::Query query = drawnWith(seed);
    query.metadata = {{"user", user}};
    return query;
}

// Pearson's statistic of the counts against the weights.
double chiSquare(const QList<int> &counts, const QList<double> &weights)
{
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    const int all = std::accumulate(counts.begin(), counts.end(), 0);
    double statistic = 0;
    for (qsizetype branch = 0; branch < weights.size(); ++branch) {
        const double expected = all * weights[branch] / sum;
        if (expected > 0)
            statistic += (counts[branch] - expected) * (counts[branch] - expected) / expected;
    }
    return statistic;
}

} // namespace

class TestSplitRouter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTheWeights_data()
    {
        QTest::addColumn<QList<double>>("weights");
        QTest::addColumn<bool>("consecutive");
        for (const bool consecutive : {true, false}) {
            const char *how = consecutive ? "consecutive seeds" : "random seeds";
            QTest::addRow("half, %s", how) << QList<double>{1, 1} << consecutive;
            QTest::addRow("unequal, %s", how) << QList<double>{0.7, 0.2, 0.1} << consecutive;
            QTest::addRow("rare, %s", how) << QList<double>{99, 1} << consecutive;
            QTest::addRow("with nothing for one, %s", how)
                << QList<double>{2, 0, 1, 0} << consecutive;
        }
    }
    void followsTheWeights()
    {
        QFETCH(const QList<double>, weights);
        QFETCH(const bool, consecutive);
        const auto router = splitOf(weights);
        QRandomGenerator64 random(11);
        QList<int> counts(weights.size(), 0);
        for (quint64 draw = 0; draw < 100'000; ++draw)
            ++counts[router->decide(drawnWith(consecutive ? draw : random.generate()))->port];
        for (qsizetype branch = 0; branch < weights.size(); ++branch)
            QVERIFY(weights[branch] > 0 || counts[branch] == 0);
        // Up to 3 degrees of freedom: a fair split passes 16.3 once in a thousand seeds.
        QVERIFY2(chiSquare(counts, weights) < 16.3,
                 qPrintable(QString::number(chiSquare(counts, weights))));
    }

    void keepsStickyValuesOnOneBranch()
    {
        const auto router = splitOf({1, 1, 1}, 5, u"user"_s);
        QList<int> counts(3, 0);
        for (int user = 0; user < 30'000; ++user) {
            const std::string name = "user-" + std::to_string(user);
            const auto first = router->decide(ofUser(name, quint64(user)));
            QCOMPARE(router->decide(ofUser(name, quint64(user) * 7919 + 1))->port, first->port);
            ++counts[first->port];
        }
        QVERIFY2(chiSquare(counts, {1, 1, 1}) < 13.8,
                 qPrintable(QString::number(chiSquare(counts, {1, 1, 1}))));
    }

    void takesNumbersAsStickyValues()
    {
        const auto router = splitOf({1, 1}, 1, u"user"_s);
        QList<int> counts(2, 0);
        for (int user = 0; user < 1000; ++user) {
            QCOMPARE(router->decide(ofUser(user, 1))->port, router->decide(ofUser(user, 2))->port);
            ++counts[router->decide(ofUser(user, 1))->port];
        }
        QVERIFY(counts[0] > 400 && counts[1] > 400);
    }

    void drawsBySeedWhereTheStickyValueIsMissingAndSaysSo()
    {
        const auto sticky = splitOf({1, 1}, 1, u"user"_s);
        const auto plain = splitOf({1, 1}, 1);
        for (quint64 seed = 0; seed < 100; ++seed) {
            const auto decision = sticky->decide(drawnWith(seed));
            QCOMPARE(decision->port, plain->decide(drawnWith(seed))->port);
            QVERIFY2(decision->why.contains(u"user"_s), qPrintable(decision->why));
        }
    }

    void anotherSeedDrawsIndependently()
    {
        const auto one = splitOf({1, 1}, 1);
        const auto two = splitOf({1, 1}, 2);
        QList<int> pairs(4, 0);
        for (quint64 draw = 0; draw < 100'000; ++draw)
            ++pairs[one->decide(drawnWith(draw))->port * 2 + two->decide(drawnWith(draw))->port];
        QVERIFY2(chiSquare(pairs, {1, 1, 1, 1}) < 16.3,
                 qPrintable(QString::number(chiSquare(pairs, {1, 1, 1, 1}))));
    }

    // Fixed for good: a changed hash would move every user of every policy to another branch.
    void drawsTheSameInEveryVersion()
    {
        const auto bySeed = splitOf({1, 1, 1, 1}, 42);
        const auto byUser = splitOf({1, 1, 1, 1}, 42, u"user"_s);
        QString drawn;
        for (quint64 draw = 0; draw < 24; ++draw)
            drawn += QString::number(bySeed->decide(drawnWith(draw))->port);
        QCOMPARE(drawn, u"330203033301102121101123"_s);
        drawn.clear();
        for (const char *user : {"ada", "grace", "edsger", "barbara", "donald", "Zoë", "水", ""})
            drawn += QString::number(byUser->decide(ofUser(user, 0))->port);
        QCOMPARE(drawn, u"21002332"_s);
    }

    void refusesWhatItCannotSplitBy_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QString>("word");
        QTest::newRow("no branches") << QByteArray("{}") << u"no branches"_s;
        QTest::newRow("empty") << QByteArray("{'branches':[]}") << u"no branches"_s;
        QTest::newRow("too few ports") << QByteArray("{'branches':[{'weight':1}]}") << u"ports"_s;
        QTest::newRow("negative")
            << QByteArray("{'branches':[{'name':'blue','weight':1},{'name':'red','weight':-1}]}")
            << u"red"_s;
        QTest::newRow("all zero") << QByteArray("{'branches':[{'weight':0},{'weight':0}]}")
                                  << u"more than 0"_s;
        QTest::newRow("no number")
            << QByteArray("{'branches':[{'weight':'1'},{'weight':1}]}") << u"number"_s;
        QTest::newRow("seed") << QByteArray("{'seed':1.5,'branches':[{'weight':1},{'weight':1}]}")
                              << u"seed"_s;
    }
    void refusesWhatItCannotSplitBy()
    {
        QFETCH(const QByteArray, config);
        QFETCH(const QString, word);
        const auto router = makeSplitRouter(fromQuoted(config), {u"blue"_s, u"red"_s});
        QVERIFY(!router);
        QCOMPARE(router.error().code, ErrorCode::InvalidInput);
        QVERIFY2(router.error().message.contains(word), qPrintable(router.error().message));
    }
};

QTEST_GUILESS_MAIN(TestSplitRouter)
#include "tst_split_router.moc"
