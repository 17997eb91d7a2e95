#include "core/learning/sphere_centres.h"

#include "core/common/seeded_random.h"
#include "core/learning/dot_product.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headgate::learning {

namespace {

constexpr int kCentreRounds = 8;

struct Nearest
{
    qsizetype centre = -1;
    float cosine = 0;
};

Nearest nearestOf(const DenseMatrix &centres, std::span<const float> point)
{
    Nearest nearest;
    for (qsizetype centre = 0; centre < centres.rows(); ++centre) {
        const float cosine = dotProduct(centres.row(centre), point);
        if (nearest.centre < 0 || cosine > nearest.cosine)
            nearest = {centre, cosine};
    }
    return nearest;
}

// Where no point went to a centre, it stays.
void moveTo(DenseMatrix &centres, const std::vector<double> &sums)
{
    for (qsizetype centre = 0; centre < centres.rows(); ++centre) {
        const double *sum = sums.data() + centre * centres.columns;
        double square = 0;
        for (qsizetype i = 0; i < centres.columns; ++i)
            square += sum[i] * sum[i];
        if (square <= 0)
            continue;
        const auto numbers = centres.row(centre);
        for (size_t i = 0; i < numbers.size(); ++i)
            numbers[i] = float(sum[i] / std::sqrt(square));
    }
}

} // namespace

DenseMatrix sphereCentres(const DenseMatrix &points, qsizetype count, quint64 seed)
{
    DenseMatrix centres;
    centres.columns = points.columns;
    std::vector<qsizetype> order(size_t(points.rows()));
    std::iota(order.begin(), order.end(), 0);
    SeededRandom random(seed);
    random.shuffle(std::span(order));
    for (size_t at = 0; at < size_t(std::min(count, points.rows())); ++at) {
        const auto point = points.row(order[at]);
        centres.values.insert(centres.values.end(), point.begin(), point.end());
    }
    for (int round = 0; round < kCentreRounds; ++round) {
        std::vector<double> sums(centres.values.size());
        for (qsizetype row = 0; row < points.rows(); ++row) {
            const auto point = points.row(row);
            double *sum = sums.data() + nearestOf(centres, point).centre * centres.columns;
            for (size_t i = 0; i < point.size(); ++i)
                sum[i] += double(point[i]);
        }
        moveTo(centres, sums);
    }
    return centres;
}

float nearestCosine(const DenseMatrix &centres, std::span<const float> point)
{
    return nearestOf(centres, point).cosine;
}

} // namespace headgate::learning
