#include "core/learning/logistic_regression.h"

#include "core/common/seeded_random.h"

#include <QTest>

#include <cmath>

using namespace headgate;
using namespace headgate::learning;

namespace {

using Row = LogisticRegression::Row;

// Rows of three of `columns` features each; the first column says what is right more often than
// not.
SparseMatrix someFeatures(int rows, quint32 columns, std::vector<Row> &targets)
{
    SeededRandom random(7);
    SparseMatrix matrix;
    matrix.columns = columns;
    for (int row = 0; row < rows; ++row) {
        const bool first = random.uniform() < 0.5;
        const quint32 second = 1 + random.below(columns / 2 - 1);
        const quint32 third = columns / 2 + random.below(columns / 2);
        std::vector<quint32> column{second, third};
        std::vector<float> value{0.5F, float(random.uniform())};
        if (first) {
            column.insert(column.begin(), 0);
            value.insert(value.begin(), 1.0F);
        }
        matrix.append({column, value});
        targets.push_back({row, random.uniform() < (first ? 0.9 : 0.2) ? 1.0F : 0.0F, 1});
    }
    return matrix;
}

// The largest entry of the objective's gradient, which is 0 at its minimum.
double gradientAt(const LinearWeights &weights, const SparseMatrix &matrix,
                  const std::vector<Row> &rows, double strength)
{
    std::vector<double> gradient(weights.weight.begin(), weights.weight.end());
    double bias = double(weights.bias);
    for (const Row &row : rows) {
        const SparseRow features = matrix.row(row.row);
        const double error = strength * double(row.weight) *
                             (logistic(weights.decision(features)) - double(row.target));
        for (size_t i = 0; i < features.size(); ++i)
            gradient[features.column[i]] += error * double(features.value[i]);
        bias += error;
    }
    double largest = std::abs(bias);
    for (const double entry : gradient)
        largest = std::max(largest, std::abs(entry));
    return largest;
}

double difference(const LinearWeights &a, const LinearWeights &b)
{
    double largest = std::abs(double(a.bias) - double(b.bias));
    for (size_t i = 0; i < a.weight.size(); ++i)
        largest = std::max(largest, std::abs(double(a.weight[i]) - double(b.weight[i])));
    return largest;
}

LinearWeights fitted(const SparseMatrix &matrix, const std::vector<Row> &rows, double strength)
{
    LogisticRegression regression(matrix, rows, 1);
    if (!regression.fit(strength))
        qFatal("was not stopped");
    return regression.weights();
}

} // namespace

class TestLogisticRegression final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFitMinimisesItsObjective_data()
    {
        QTest::addColumn<double>("strength");
        for (const double strength : {0.01, 1.0, 30.0})
            QTest::addRow("%g", strength) << strength;
    }
    void theFitMinimisesItsObjective()
    {
        QFETCH(double, strength);
        std::vector<Row> rows;
        const SparseMatrix matrix = someFeatures(300, 20, rows);
        for (Row &row : rows) {
            row.target = row.target > 0 ? 0.8F : 0.1F;
            row.weight = row.row % 3 == 0 ? 2.0F : 0.5F;
        }
        const LinearWeights weights = fitted(matrix, rows, strength);
        const LinearWeights none{std::vector<float>(20), 0};
        const double start = gradientAt(none, matrix, rows, strength);
        const double end = gradientAt(weights, matrix, rows, strength);
        QVERIFY2(end < 0.02 * start, qPrintable(QString::number(end / start)));
    }

    void whatIsRightMoreOftenHasTheHigherProbability()
    {
        std::vector<Row> rows;
        const SparseMatrix matrix = someFeatures(2000, 20, rows);
        const LinearWeights weights = fitted(matrix, rows, 1);
        QVERIFY(weights.weight[0] > 2);
        const std::vector<quint32> first{0};
        const std::vector<float> one{1};
        QVERIFY(logistic(weights.decision({first, one})) > 0.8);
        QVERIFY(logistic(weights.decision({})) < 0.35);
    }

    void aTargetBetweenWeighsTheRowAsBothClasses()
    {
        std::vector<Row> rows;
        const SparseMatrix matrix = someFeatures(200, 20, rows);
        std::vector<Row> soft;
        std::vector<Row> both;
        for (const Row &row : rows) {
            soft.push_back({row.row, 0.25F + row.target / 2, 1});
            both.push_back({row.row, 1, 0.25F + row.target / 2});
            both.push_back({row.row, 0, 0.75F - row.target / 2});
        }
        const double apart = difference(fitted(matrix, soft, 3), fitted(matrix, both, 3));
        QVERIFY2(apart < 0.02, qPrintable(QString::number(apart)));
    }

    void aWeightIsSoManyCopiesOfTheRow()
    {
        std::vector<Row> rows;
        const SparseMatrix matrix = someFeatures(200, 20, rows);
        std::vector<Row> weighed = rows;
        std::vector<Row> copied = rows;
        for (const Row &row : rows) {
            if (row.row % 2 == 0) {
                weighed[size_t(row.row)].weight = 2;
                copied.push_back(row);
            }
        }
        const double apart = difference(fitted(matrix, weighed, 3), fitted(matrix, copied, 3));
        QVERIFY2(apart < 0.02, qPrintable(QString::number(apart)));
    }

    void theSameRowsAndSeedGiveTheSameWeights()
    {
        std::vector<Row> rows;
        const SparseMatrix matrix = someFeatures(200, 20, rows);
        const LinearWeights once = fitted(matrix, rows, 3);
        const LinearWeights again = fitted(matrix, rows, 3);
        QVERIFY(once.weight == again.weight);
        QCOMPARE(once.bias, again.bias);
    }

    void aPathOfStrengthsEndsWhereOneStrengthDoes()
    {
        std::vector<Row> rows;
        const SparseMatrix matrix = someFeatures(300, 20, rows);
        LogisticRegression path(matrix, rows, 1);
        for (const double strength : {0.1, 1.0, 10.0})
            QVERIFY(path.fit(strength));
        const double apart = difference(path.weights(), fitted(matrix, rows, 10));
        QVERIFY2(apart < 0.05, qPrintable(QString::number(apart)));
    }

    void moreStrengthFitsItsRowsCloser()
    {
        std::vector<Row> rows;
        const SparseMatrix matrix = someFeatures(200, 20, rows);
        LogisticRegression regression(matrix, rows, 1);
        double before = std::log(2.0);
        for (const double strength : {0.01, 0.1, 1.0, 10.0, 100.0}) {
            QVERIFY(regression.fit(strength));
            QVERIFY2(regression.loss() < before, qPrintable(QString::number(strength)));
            before = regression.loss();
        }
    }

    void oneClassEmptyRowsAndHugeValuesStayFinite()
    {
        SparseMatrix matrix;
        matrix.columns = 2;
        const std::vector<quint32> column{0, 1};
        const std::vector<float> huge{1e6F, -1e6F};
        matrix.append({});
        matrix.append({column, huge});
        matrix.append({});
        for (const double strength : {1e-3, 1.0, 1e4}) {
            const std::vector<Row> right{{0, 1, 1}, {1, 1, 1}, {2, 1, 1}};
            const std::vector<Row> mixed{{0, 0, 1}, {1, 1, 1}, {2, 1, 1}};
            for (const std::vector<Row> &rows : {right, mixed}) {
                const LinearWeights weights = fitted(matrix, rows, strength);
                QVERIFY(std::isfinite(weights.bias));
                QVERIFY(std::isfinite(weights.weight[0]) && std::isfinite(weights.weight[1]));
            }
            QVERIFY(logistic(fitted(matrix, right, strength).decision({})) > 0.5);
        }
        const LinearWeights none = fitted(matrix, {}, 1);
        QCOMPARE(none.decision({}), 0.0);
    }

    void balancedRowsWeighBothClassesTheSame()
    {
        std::vector<Row> rows;
        for (int row = 0; row < 100; ++row)
            rows.push_back({row, row < 5 ? 1.0F : 0.0F, 1});
        balance(rows);
        double yes = 0, no = 0;
        for (const Row &row : rows) {
            yes += double(row.target * row.weight);
            no += double((1 - row.target) * row.weight);
        }
        QVERIFY(std::abs(yes - 50) < 1e-3 && std::abs(no - 50) < 1e-3);
        std::vector<Row> one{{0, 1, 1}, {1, 1, 1}};
        balance(one);
        QCOMPARE(one[0].weight, 1.0F);
    }

    void aStoppedFitSaysSo()
    {
        std::vector<Row> rows;
        const SparseMatrix matrix = someFeatures(200, 20, rows);
        LogisticRegression regression(matrix, rows, 1);
        std::stop_source source;
        source.request_stop();
        QVERIFY(!regression.fit(1, source.get_token()));
    }
};

QTEST_GUILESS_MAIN(TestLogisticRegression)
#include "tst_logistic_regression.moc"
