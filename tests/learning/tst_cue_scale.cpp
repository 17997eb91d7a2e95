#include "core/learning/cue_scale.h"

#include <QTest>

#include <cmath>

using namespace headgate::learning;

namespace {

// Columns 0 and 3 are n-grams, 1 and 2 cues.
SparseMatrix someRows()
{
    SparseMatrix matrix;
    matrix.columns = 4;
    const std::vector<quint32> all{0, 1, 3};
    const std::vector<quint32> cue{1, 2};
    matrix.append({all, std::vector<float>{1, 0.6F, 0.5F}});
    matrix.append({cue, std::vector<float>{0.2F, 0.5F}});
    matrix.append({});
    return matrix;
}

} // namespace

class TestCueScale final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cuesHaveOneSpreadAndGramsStayAsTheyAre()
    {
        const SparseMatrix matrix = someRows();
        const SparseMatrix scaled =
            CueScale(matrix, {0, 1, 2}, {{1, 0.1F}, {2, 0.1F}}).scaled(matrix);
        QCOMPARE(scaled.rows(), 3);
        for (qsizetype row = 0; row < 3; ++row)
            QVERIFY(scaled.row(row).size() >= 2); // a cue of 0 differs from the mean, too
        QCOMPARE(scaled.row(0).value[0], 1.0F);
        QCOMPARE(scaled.row(0).value[3], 0.5F);
        for (const quint32 column : {1U, 2U}) {
            double sum = 0, square = 0;
            for (qsizetype row = 0; row < 3; ++row) {
                const SparseRow features = scaled.row(row);
                for (size_t i = 0; i < features.size(); ++i) {
                    if (features.column[i] != column)
                        continue;
                    sum += double(features.value[i]);
                    square += double(features.value[i]) * double(features.value[i]);
                }
            }
            QVERIFY(std::abs(sum) < 1e-6);
            QVERIFY(std::abs(std::sqrt(square / 3) - 0.1) < 1e-3);
        }
    }

    void turnedBackWeightsDecideTheSameOfWhatIsRead()
    {
        const SparseMatrix matrix = someRows();
        const CueScale scale(matrix, {0, 1, 2}, {{1, 0.1F}, {2, 0.1F}});
        const SparseMatrix scaled = scale.scaled(matrix);
        const LinearWeights weights{{0.5F, -2, 3, 1}, 0.25F};
        const LinearWeights back = scale.unscaled(weights);
        for (qsizetype row = 0; row < 3; ++row)
            QVERIFY(std::abs(back.decision(matrix.row(row)) - weights.decision(scaled.row(row))) <
                    1e-5);
    }

    void aCueThatIsTheSameEverywhereSaysNothing()
    {
        SparseMatrix matrix;
        matrix.columns = 1;
        const std::vector<quint32> column{0};
        for (int row = 0; row < 3; ++row)
            matrix.append({column, std::vector<float>{0.7F}});
        const CueScale scale(matrix, {0, 1, 2}, {{0, 0.1F}});
        const SparseMatrix scaled = scale.scaled(matrix);
        QCOMPARE(scaled.row(1).value[0], 0.0F);
        QCOMPARE(scale.unscaled({{5}, 0}).weight[0], 0.0F);
    }
};

QTEST_GUILESS_MAIN(TestCueScale)
#include "tst_cue_scale.moc"
