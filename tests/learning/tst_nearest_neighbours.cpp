#include "core/common/seeded_random.h"
#include "core/learning/artifact_file.h"
#include "core/learning/dot_product.h"
#include "core/learning/nearest_neighbours.h"

#include <QTest>

#include <algorithm>
#include <limits>
#include <numeric>

using namespace headgate;
using namespace headgate::learning;
using namespace Qt::StringLiterals;

namespace {

DenseMatrix matrixOf(std::initializer_list<std::vector<float>> rows)
{
    DenseMatrix matrix;
    for (const auto &row : rows) {
        matrix.columns = qsizetype(row.size());
        matrix.values.insert(matrix.values.end(), row.begin(), row.end());
    }
    return matrix;
}

// Directions around a few centres, as prompts lie around their subjects.
DenseMatrix scatteredRows(qsizetype rows, qsizetype columns, quint64 seed)
{
    SeededRandom random(seed);
    DenseMatrix centres{columns, std::vector<float>(size_t(20 * columns))};
    for (float &value : centres.values)
        value = float(random.normal());
    DenseMatrix matrix{columns, {}};
    for (qsizetype row = 0; row < rows; ++row) {
        for (const float value : centres.row(qsizetype(random.below(20))))
            matrix.values.push_back(value + float(random.normal()));
        scaleToUnit(matrix.row(row));
    }
    return matrix;
}

// By sorting all of them, in double precision.
std::vector<qsizetype> nearestBySorting(const DenseMatrix &rows, std::span<const float> query,
                                        size_t count)
{
    std::vector<double> similarity(size_t(rows.rows()));
    for (size_t row = 0; row < similarity.size(); ++row) {
        const auto values = rows.row(qsizetype(row));
        similarity[row] = std::inner_product(values.begin(), values.end(), query.begin(), 0.0);
    }
    std::vector<qsizetype> order(similarity.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](qsizetype one, qsizetype other) {
        return similarity[size_t(one)] > similarity[size_t(other)];
    });
    order.resize(count);
    return order;
}

std::vector<qsizetype> rowsOf(const std::vector<Neighbour> &neighbours)
{
    std::vector<qsizetype> rows;
    for (const Neighbour &neighbour : neighbours)
        rows.push_back(neighbour.row);
    return rows;
}

Artifact artifactOf(const std::vector<float> &values)
{
    Artifact artifact;
    artifact.blocks.insert(u"rows"_s, blockOf(values));
    return artifact;
}

} // namespace

class TestNearestNeighbours final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDotProductAddsUpRowsOfAnyLength()
    {
        for (size_t length : {0, 1, 15, 16, 17, 100}) {
            std::vector<float> counted(length);
            std::iota(counted.begin(), counted.end(), 1.0F);
            const std::vector<float> twos(length, 2);
            QCOMPARE(dotProduct(counted, twos), float(length * (length + 1)));
        }
    }

    void scalingGivesLengthOneOrZerosWhereThereIsNoDirection()
    {
        std::vector<float> row{3, 4};
        scaleToUnit(row);
        QCOMPARE(row, (std::vector<float>{0.6F, 0.8F}));
        for (const float odd : {0.0F, std::numeric_limits<float>::infinity(),
                                std::numeric_limits<float>::quiet_NaN(), 1e-38F}) {
            std::vector<float> none{odd, 0};
            scaleToUnit(none);
            QCOMPARE(none, (std::vector<float>{0, 0}));
        }
    }

    void findsWhatSortingAllRowsFinds()
    {
        const DenseMatrix rows = scatteredRows(700, 33, 1);
        const DenseMatrix queries = scatteredRows(20, 33, 2);
        const NearestNeighbours search(rows);
        QVERIFY(search.isExact());
        for (qsizetype query = 0; query < queries.rows(); ++query) {
            const auto found = search.nearest(queries.row(query), 10);
            QCOMPARE(rowsOf(found), nearestBySorting(rows, queries.row(query), 10));
            for (const Neighbour &neighbour : found)
                QCOMPARE(neighbour.similarity,
                         dotProduct(rows.row(neighbour.row), queries.row(query)));
        }
    }

    void amongEqualsTheLowerRowComesFirst()
    {
        const NearestNeighbours search(matrixOf({{0, 1}, {1, 0}, {1, 0}, {0, 1}, {1, 0}}));
        const std::vector<float> query{1, 0};
        QCOMPARE(search.nearest(query, 2), (std::vector<Neighbour>{{1, 1}, {2, 1}}));
        QCOMPARE(rowsOf(search.nearest(query, 4)), (std::vector<qsizetype>{1, 2, 4, 0}));
    }

    void aRowCanBeLeftOutAndMoreThanThereAreGivesAll()
    {
        const NearestNeighbours search(matrixOf({{1, 0}, {0, 1}, {0, 0}}));
        const std::vector<float> query{1, 0};
        QCOMPARE(rowsOf(search.nearest(query, 1, 0)), (std::vector<qsizetype>{1}));
        QCOMPARE(rowsOf(search.nearest(query, 100)), (std::vector<qsizetype>{0, 1, 2}));
        QCOMPARE(rowsOf(search.nearest(query, 100, 0)), (std::vector<qsizetype>{1, 2}));
        QVERIFY(search.nearest(query, 0).empty());
        QVERIFY(NearestNeighbours(DenseMatrix{2, {}}).nearest(query, 3).empty());
    }

    void aQueryLikeNothingIsAsFarFromAll()
    {
        const NearestNeighbours search(matrixOf({{1, 0}, {0, 1}}));
        const std::vector<float> nothing{0, 0};
        QCOMPARE(search.nearest(nothing, 2), (std::vector<Neighbour>{{0, 0}, {1, 0}}));
    }

    void aboveTheLimitAGraphFindsNearlyAllOfTheNearest()
    {
        const DenseMatrix rows = scatteredRows(3'000, 24, 3);
        const DenseMatrix queries = scatteredRows(50, 24, 4);
        const NearestNeighbours graph(rows, 2'999);
        const NearestNeighbours exact(rows, 3'000);
        QVERIFY(!graph.isExact());
        QVERIFY(exact.isExact());
        int met = 0;
        for (qsizetype query = 0; query < queries.rows(); ++query) {
            const auto found = graph.nearest(queries.row(query), 10);
            QCOMPARE(found.size(), size_t(10));
            for (const Neighbour &neighbour : exact.nearest(queries.row(query), 10))
                met += int(std::count(found.begin(), found.end(), neighbour));
        }
        QVERIFY2(met >= 475, qPrintable(QString::number(met))); // of 500
    }

    void theGraphIsTheSameFromBuildToBuildAndKnowsItsRows()
    {
        const DenseMatrix rows = scatteredRows(1'500, 24, 5);
        const NearestNeighbours one(rows, 100);
        const NearestNeighbours other(rows, 100);
        const DenseMatrix queries = scatteredRows(30, 24, 6);
        for (qsizetype query = 0; query < queries.rows(); ++query)
            QCOMPARE(one.nearest(queries.row(query), 40), other.nearest(queries.row(query), 40));
        QCOMPARE(one.nearest(rows.row(7), 1).front().row, 7);
        QVERIFY(one.nearest(rows.row(7), 1, 7).front().row != 7);
        QCOMPARE(one.nearest(rows.row(7), 5'000).size(), size_t(1'500));
    }

    void buildingTheGraphTellsOfItsProgressAndStops()
    {
        std::stop_source stop;
        std::vector<double> told;
        const NearestNeighbours stopped(scatteredRows(2'000, 8, 7), 100, stop.get_token(),
                                        [&](double done) {
                                            told.push_back(done);
                                            if (done > 0.5)
                                                stop.request_stop();
                                        });
        QVERIFY(told.size() > 2 && told.back() > 0.5 && told.back() < 0.8);
        QVERIFY(std::is_sorted(told.begin(), told.end()));
        QVERIFY(stopped.isExact());
    }

    void whatWasWrittenIsReadBack()
    {
        const DenseMatrix rows = scatteredRows(50, 9, 8);
        const auto read = NearestNeighbours::from(artifactOf(rows.values), u"rows"_s, 50, 9);
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(read->references(), rows);
    }

    void rowsThatAreNoDirectionsAreDamage_data()
    {
        QTest::addColumn<std::vector<float>>("values");
        QTest::addRow("too few") << std::vector<float>{1, 0, 1};
        QTest::addRow("too long") << std::vector<float>{1, 0, 2, 0};
        QTest::addRow("too short") << std::vector<float>{1, 0, 0, 0.1F};
        QTest::addRow("no number")
            << std::vector<float>{1, 0, std::numeric_limits<float>::quiet_NaN(), 0};
        QTest::addRow("infinite") << std::vector<float>{1, 0,
                                                        std::numeric_limits<float>::infinity(), 0};
    }

    void rowsThatAreNoDirectionsAreDamage()
    {
        QFETCH(const std::vector<float>, values);
        const auto read = NearestNeighbours::from(artifactOf(values), u"rows"_s, 2, 2);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Damaged);
        QVERIFY(!read.error().message.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestNearestNeighbours)
#include "tst_nearest_neighbours.moc"
