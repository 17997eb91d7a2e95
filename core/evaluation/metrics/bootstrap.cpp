#include "core/evaluation/metrics/bootstrap.h"

#include "core/common/seeded_random.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headgate::evaluation {

namespace {

// The rank, from 1, of a quantile among n values. The product of 0.95 and 20 may come out a hair
// above 19.
qint64 nearestRank(double quantile, qint64 n)
{
    return std::clamp(qint64(std::ceil(quantile * double(n) - 1e-9)), qint64(1), n);
}

// Sums with raw pointers: the loops that every resample goes through.
double weightedSum(RowWeights weights, std::span<const double> values)
{
    const quint32 *weight = weights.data();
    const double *value = values.data();
    const double *const end = value + values.size();
    double sum = 0;
    while (value != end)
        sum += *weight++ * *value++;
    return sum;
}

void drawRows(SeededRandom &random, std::vector<quint32> &weights)
{
    std::fill(weights.begin(), weights.end(), 0U);
    quint32 *const weight = weights.data();
    const auto rows = quint32(weights.size());
    for (quint32 drawn = 0; drawn < rows; ++drawn)
        ++weight[random.below(rows)];
}

// Reorders what was read.
void setInterval(Estimate &estimate, std::span<double> read, double confidence)
{
    const auto defined =
        std::partition(read.begin(), read.end(), [](double figure) { return figure == figure; });
    const qint64 count = defined - read.begin();
    if (!estimate.isDefined() || estimate.n < 2 || 2 * count <= qint64(read.size()))
        return;
    std::sort(read.begin(), defined);
    estimate.low = read[size_t(nearestRank((1 - confidence) / 2, count) - 1)];
    estimate.high = read[size_t(nearestRank((1 + confidence) / 2, count) - 1)];
}

} // namespace

std::vector<Estimate> bootstrap(qsizetype rows, size_t figures, const Statistics &statistics,
                                const BootstrapOptions &options)
{
    std::vector<Estimate> estimates(figures);
    if (rows == 0)
        return estimates;
    std::vector<quint32> weights(size_t(rows), 1U);
    std::vector<double> now(figures);
    statistics(weights, now);
    for (size_t figure = 0; figure < figures; ++figure)
        estimates[figure] = {.value = now[figure], .n = rows};
    if (rows < 2)
        return estimates;
    const auto resamples = size_t(options.resamples);
    std::vector<double> read(figures * resamples); // a figure's resamples beside each other
    SeededRandom random(options.seed);
    for (size_t resample = 0; resample < resamples; ++resample) {
        drawRows(random, weights);
        statistics(weights, now);
        for (size_t figure = 0; figure < figures; ++figure)
            read[figure * resamples + resample] = now[figure];
    }
    for (size_t figure = 0; figure < figures; ++figure)
        setInterval(estimates[figure], std::span(read).subspan(figure * resamples, resamples),
                    options.confidence);
    return estimates;
}

Estimate bootstrapMean(std::span<const double> values, const BootstrapOptions &options)
{
    const auto mean = [values](RowWeights weights, std::span<double> figures) {
        figures[0] = weightedSum(weights, values) / double(values.size());
    };
    return bootstrap(qsizetype(values.size()), 1, mean, options).front();
}

std::vector<Estimate> bootstrapQuantiles(std::span<const double> values,
                                         std::span<const double> quantiles,
                                         const BootstrapOptions &options)
{
    std::vector<double> sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    const auto n = qint64(sorted.size());
    // Which rows carry which weight does not matter, so that the weights go to the sorted values.
    const auto read = [&](RowWeights weights, std::span<double> figures) {
        for (size_t figure = 0; figure < quantiles.size(); ++figure) {
            const qint64 rank = nearestRank(quantiles[figure], n);
            const quint32 *weight = weights.data();
            qint64 reached = *weight;
            while (reached < rank)
                reached += *++weight;
            figures[figure] = sorted[size_t(weight - weights.data())];
        }
    };
    return bootstrap(n, quantiles.size(), read, options);
}

Estimate bootstrapDifference(std::span<const double> a, std::span<const double> b,
                             const BootstrapOptions &options)
{
    Q_ASSERT(a.size() == b.size());
    std::vector<double> difference(a.size());
    std::transform(a.begin(), a.end(), b.begin(), difference.begin(), std::minus<>());
    return bootstrapMean(difference, options);
}

Estimate bootstrapRatio(std::span<const double> numerator, std::span<const double> denominator,
                        const BootstrapOptions &options)
{
    Q_ASSERT(numerator.size() == denominator.size());
    const auto ratio = [&](RowWeights weights, std::span<double> figures) {
        const double below = weightedSum(weights, denominator);
        figures[0] = below == 0 ? kUndefined : weightedSum(weights, numerator) / below;
    };
    return bootstrap(qsizetype(numerator.size()), 1, ratio, options).front();
}

Estimate bootstrapShare(qint64 hits, qint64 n, const BootstrapOptions &options)
{
    Q_ASSERT(0 <= hits && hits <= n);
    Estimate estimate{.value = n > 0 ? double(hits) / double(n) : kUndefined, .n = n};
    if (n < 2)
        return estimate;
    std::vector<double> read(size_t(options.resamples));
    SeededRandom random(options.seed);
    for (double &share : read) {
        qint64 drawn = 0;
        for (qint64 draw = 0; draw < n; ++draw)
            drawn += random.below(quint32(n)) < hits;
        share = double(drawn) / double(n);
    }
    setInterval(estimate, read, options.confidence);
    return estimate;
}

Estimate spreadOfDraws(std::vector<double> draws)
{
    const auto n = qsizetype(draws.size());
    const double sum = std::accumulate(draws.begin(), draws.end(), 0.0);
    Estimate estimate{.value = n > 0 ? sum / double(n) : kUndefined, .n = n};
    setInterval(estimate, draws, 0.95);
    return estimate;
}

} // namespace headgate::evaluation
