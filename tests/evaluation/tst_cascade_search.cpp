#include "core/evaluation/optimizer/cascade_search.h"

#include <QRandomGenerator>
#include <QTest>

#include <cmath>
#include <map>

using namespace headgate;
using namespace headgate::evaluation;
using namespace Qt::StringLiterals;

namespace {

struct Shape
{
    int models = 4;
    qsizetype rows = 40;
    int scores = 12; // different ones; few, so that many are equal
    bool holes = false;
};

CascadeColumns randomColumns(quint32 seed, const Shape &shape)
{
    QRandomGenerator random(seed);
    CascadeColumns columns;
    for (qint32 row = 0; row < shape.rows; ++row)
        columns.rows.push_back(row);
    for (int model = 0; model < shape.models; ++model) {
        CascadeColumn column;
        column.name = u"m%1"_s.arg(model);
        for (qsizetype row = 0; row < shape.rows; ++row) {
            column.quality.push_back(qualityUnits(float(random.bounded(4)) / 3));
            column.cost.push_back(random.bounded(100) * (model + 1));
            column.checkCost.push_back(random.bounded(3));
            column.latency.push_back(random.bounded(1'000));
            const double score = double(random.bounded(shape.scores)) / shape.scores;
            column.score.push_back(shape.holes && random.bounded(6) == 0
                                       ? std::numeric_limits<double>::quiet_NaN()
                                       : score);
        }
        columns.models.push_back(std::move(column));
    }
    return columns;
}

// All cascades with every observed threshold, one after the other.
std::vector<Cascade> everyCascade(const CascadeColumns &columns, int grid = 0)
{
    std::vector<Cascade> all;
    const qint32 models = qint32(columns.models.size());
    for (qint32 a = 0; a < models; ++a) {
        all.push_back({.stages = 1, .model = {a, -1, -1}});
        for (qint32 b = 0; b < models; ++b) {
            if (b == a)
                continue;
            for (const double s : thresholdsOf(columns.models[size_t(a)], grid)) {
                all.push_back({.stages = 2, .model = {a, b, -1}, .threshold = {s, 0}});
                for (qint32 c = 0; c < models; ++c) {
                    for (const double t : thresholdsOf(columns.models[size_t(b)], grid)) {
                        if (c != a && c != b)
                            all.push_back({.stages = 3, .model = {a, b, c}, .threshold = {s, t}});
                    }
                }
            }
        }
    }
    return all;
}

using Key = std::tuple<int, std::array<qint32, 3>, std::array<double, 2>>;
Key keyOf(const Cascade &cascade)
{
    return {cascade.stages, cascade.model, cascade.threshold};
}

bool isBeaten(const CascadeSums &point, const std::vector<CascadePoint> &by)
{
    return std::any_of(by.begin(), by.end(), [&](const CascadePoint &other) {
        return other.sums.cost <= point.cost && other.sums.quality >= point.quality &&
               (other.sums.cost < point.cost || other.sums.quality > point.quality);
    });
}

} // namespace

class TestCascadeSearch final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPointIsWhatAWalkOverTheRowsGives_data()
    {
        QTest::addColumn<bool>("holes");
        QTest::addColumn<int>("grid");
        QTest::newRow("observed scores") << false << 0;
        QTest::newRow("missing scores") << true << 0;
        QTest::newRow("grid of 5") << false << 5;
        QTest::newRow("grid of 5, missing scores") << true << 5;
    }

    void everyPointIsWhatAWalkOverTheRowsGives()
    {
        QFETCH(bool, holes);
        QFETCH(int, grid);
        for (quint32 seed = 1; seed <= 12; ++seed) {
            const CascadeColumns columns = randomColumns(seed, {.holes = holes});
            const std::chrono::nanoseconds late(1'200);
            std::map<Key, CascadeSums> found;
            SearchOptions options{.grid = grid, .latencyP95 = late};
            options.everyPoint = [&](const CascadePoint &point) {
                QVERIFY(found.emplace(keyOf(point.cascade), point.sums).second);
            };
            const auto front = searchCascades(columns, options);
            const std::vector<Cascade> all = everyCascade(columns, grid);
            QCOMPARE(found.size(), all.size());
            QVERIFY(!front || front->searched == qint64(all.size()));
            for (const Cascade &cascade : all) {
                const auto at = found.find(keyOf(cascade));
                QVERIFY(at != found.end());
                QVERIFY(at->second == evaluateCascade(columns, cascade, late.count()));
            }
        }
    }

    void theFrontHoldsAllThatNothingBeats()
    {
        for (quint32 seed = 1; seed <= 12; ++seed) {
            const CascadeColumns columns = randomColumns(seed, {});
            const auto front = searchCascades(columns, {.grid = 0});
            QVERIFY(front);
            for (size_t i = 1; i < front->points.size(); ++i) {
                QVERIFY(front->points[i - 1].sums.cost < front->points[i].sums.cost);
                QVERIFY(front->points[i - 1].sums.quality < front->points[i].sums.quality);
            }
            for (const Cascade &cascade : everyCascade(columns)) {
                const CascadeSums sums = evaluateCascade(columns, cascade);
                const bool onFront = std::any_of(
                    front->points.begin(), front->points.end(), [&](const CascadePoint &point) {
                        return point.sums.cost == sums.cost && point.sums.quality == sums.quality;
                    });
                QVERIFY(onFront || isBeaten(sums, front->points));
            }
        }
    }

    void theLatencyLimitIsThe95thPercentile()
    {
        const CascadeColumns columns = randomColumns(7, {.models = 3, .rows = 60});
        const std::chrono::nanoseconds limit(1'500);
        const auto front = searchCascades(columns, {.grid = 0, .latencyP95 = limit});
        QVERIFY2(front, front ? "" : qPrintable(front.error().message));
        const auto p95 = [&](const Cascade &cascade) {
            std::vector<qint64> latencies;
            for (size_t row = 0; row < columns.rows.size(); ++row) {
                qint64 elapsed = 0;
                for (int stage = 0; stage < cascade.stages; ++stage) {
                    const CascadeColumn &model =
                        columns.models[size_t(cascade.model[size_t(stage)])];
                    elapsed += model.latency[row];
                    if (stage + 1 == cascade.stages ||
                        model.score[row] >= cascade.threshold[size_t(stage)])
                        break;
                }
                latencies.push_back(elapsed);
            }
            std::sort(latencies.begin(), latencies.end());
            return latencies[size_t(std::ceil(0.95 * double(latencies.size()))) - 1];
        };
        qint64 within = 0;
        for (const CascadePoint &point : front->points)
            QVERIFY(p95(point.cascade) <= limit.count());
        for (const Cascade &cascade : everyCascade(columns)) {
            if (p95(cascade) > limit.count())
                continue;
            ++within;
            const CascadeSums sums = evaluateCascade(columns, cascade);
            QVERIFY(isBeaten(sums, front->points) ||
                    std::any_of(front->points.begin(), front->points.end(),
                                [&](const CascadePoint &point) {
                                    return point.sums.cost == sums.cost &&
                                           point.sums.quality == sums.quality;
                                }));
        }
        QVERIFY(within > 0 && within < qint64(everyCascade(columns).size()));
    }

    void everyStageAnswersTheLeastShare()
    {
        const CascadeColumns columns = randomColumns(3, {.rows = 100});
        const auto front = searchCascades(columns, {.grid = 0, .leastShare = 0.2});
        QVERIFY(front);
        int staged = 0;
        for (const CascadePoint &point : front->points) {
            staged += point.cascade.stages > 1;
            for (int stage = 0; stage < point.cascade.stages; ++stage)
                QVERIFY(point.sums.answered[size_t(stage)] >= 20);
        }
        QVERIFY(staged > 0);
    }

    void aModelWithoutScoresIsOnlyTheLastStage()
    {
        CascadeColumns columns = randomColumns(5, {.models = 3});
        columns.models[2].score.clear();
        SearchOptions options{.grid = 0};
        int last = 0;
        options.everyPoint = [&](const CascadePoint &point) {
            for (int stage = 0; stage + 1 < point.cascade.stages; ++stage)
                QVERIFY(point.cascade.model[size_t(stage)] != 2);
            last += point.cascade.stages == 3 && point.cascade.model[2] == 2;
        };
        QVERIFY(searchCascades(columns, options));
        QVERIFY(last > 0);
    }

    void aSearchThatIsStoppedGivesNothing()
    {
        const CascadeColumns columns = randomColumns(1, {});
        std::stop_source stop;
        qsizetype steps = 0;
        const auto front = searchCascades(
            columns, {},
            [&](qsizetype done, qsizetype all) {
                QVERIFY(done <= all);
                ++steps;
                stop.request_stop();
            },
            stop.get_token());
        QVERIFY(!front);
        QCOMPARE(front.error().code, ErrorCode::Cancelled);
        QCOMPARE(steps, 1);
    }

    void limitsThatNothingMeetsAreSaid()
    {
        const CascadeColumns columns = randomColumns(1, {});
        const auto front = searchCascades(columns, {.latencyP95 = std::chrono::nanoseconds(1)});
        QVERIFY(!front);
        QVERIFY(front.error().message.contains(u"No cascade meets"));
    }
};

QTEST_GUILESS_MAIN(TestCascadeSearch)
#include "tst_cascade_search.moc"
