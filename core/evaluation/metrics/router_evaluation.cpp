#include "core/evaluation/metrics/router_evaluation.h"

#include "core/evaluation/metrics/arena_score.h"
#include "core/evaluation/metrics/call_performance_curve.h"
#include "core/evaluation/metrics/needed_cases.h"
#include "core/evaluation/metrics/reference_routers.h"

namespace headgate::evaluation {

namespace {

// Quality and cost, row by row of some rows of a table.
struct RowFigures
{
    std::vector<float> quality;
    std::vector<qint64> cost;

    void add(const ModelColumns &model, qint32 row)
    {
        quality.push_back(model.quality[size_t(row)]);
        cost.push_back(model.costAt(row));
    }
    RoutedColumns columns() const { return {.quality = quality, .cost = cost}; }
};

RowFigures figuresOfModel(const ModelColumns &model, std::span<const qint32> rows)
{
    RowFigures figures;
    for (const qint32 row : rows)
        figures.add(model, row);
    return figures;
}

// Differences in quality on the rows that the baseline has an outcome of.
std::vector<double> differences(const RowFigures &routed, const RowFigures &baseline)
{
    std::vector<double> found;
    for (size_t row = 0; row < routed.quality.size(); ++row) {
        const double difference = double(routed.quality[row]) - double(baseline.quality[row]);
        if (difference == difference)
            found.push_back(difference);
    }
    return found;
}

OperatingPoint operatingPoint(const CallPerformancePoint &at, const RowFigures &routed,
                              const RowFigures &baseline, const BootstrapOptions &options)
{
    const std::vector<double> against = differences(routed, baseline);
    OperatingPoint point;
    point.at = at;
    point.quality = meanQuality(routed.quality, options);
    point.qualityDifference = bootstrapMean(against, options);
    point.moreCases = moreCasesNeeded(against);
    point.costUsdPer1k = costUsdPer1k(routed.cost, options);
    point.saving = savingAgainst(baseline.columns(), routed.columns(), options);
    point.arenaScore = arenaScore(routed.columns(), options);
    return point;
}

// The rows of `paired` that have both costs.
struct CostedPairs
{
    std::vector<double> strong;
    std::vector<double> weak;
    std::vector<double> score;
    PairedCosts costs;

    ScoredPairs qualityBy(std::span<const double> scores) const
    {
        return {.strong = strong, .weak = weak, .score = scores};
    }
    ScoredPairs costBy(std::span<const double> scores) const
    {
        return {.strong = costs.strong, .weak = costs.weak, .score = scores};
    }
};

CostQuality costQualityOf(const CostedPairs &pairs, const RouterQuestion &question)
{
    const std::vector<quint32> once(pairs.score.size(), 1U);
    std::vector<std::vector<CostQualityPoint>> nulls(static_cast<size_t>(question.shuffles));
    quint64 seed = question.bootstrap.seed;
    for (std::vector<CostQualityPoint> &null : nulls) {
        const auto shuffled = shuffledScores(pairs.score, ++seed);
        readCallPerformance(pairs.qualityBy(shuffled), pairs.costBy(shuffled))(once, null);
    }
    return costQuality(qsizetype(pairs.score.size()),
                       readCallPerformance(pairs.qualityBy(pairs.score), pairs.costBy(pairs.score)),
                       readColumns({{.quality = pairs.weak, .costUsdPer1k = pairs.costs.weak},
                                    {.quality = pairs.strong, .costUsdPer1k = pairs.costs.strong}}),
                       nulls, question.bootstrap);
}

} // namespace

ModelFigures modelFigures(const OutcomeTable &table, std::span<const qint32> rows, qsizetype model,
                          const BootstrapOptions &options)
{
    const ModelColumns &columns = table.models[size_t(model)];
    const RowFigures figures = figuresOfModel(columns, rows);
    const std::vector<qint64> latency = columns.latencyNanos();
    std::vector<qint64> measured;
    for (const qint32 row : rows) {
        if (!latency.empty())
            measured.push_back(latency[size_t(row)]);
    }
    ModelFigures read;
    read.name = columns.name;
    read.quality = meanQuality(figures.quality, options);
    read.missing = qsizetype(rows.size()) - read.quality.n;
    read.costUsdPer1k = costUsdPer1k(figures.cost, options);
    read.latencyMs = latencyMs(measured, options);
    read.arenaScore = arenaScore(figures.columns(), options);
    return read;
}

RouterEvaluation evaluateRouter(const OutcomeTable &table, const PairedOutcomes &paired,
                                const RouterQuestion &question)
{
    RouterEvaluation result;
    if (paired.rows.empty())
        return result;
    Q_ASSERT(paired.score.size() == paired.rows.size());
    const ModelColumns &strong = table.models[size_t(question.strong)];
    const ModelColumns &weak = table.models[size_t(question.weak)];
    const RowFigures baseline =
        figuresOfModel(table.models[size_t(question.baseline)], paired.rows);
    result.performance = callPerformance(paired.scored(), question.bootstrap);
    const CallPerformanceCurve curve(paired.scored());
    for (const CallPerformancePoint &at : result.performance.curve) {
        const std::vector<bool> isStrong = curve.strongRows(at);
        RowFigures routed;
        for (size_t row = 0; row < paired.rows.size(); ++row)
            routed.add(isStrong[row] ? strong : weak, paired.rows[row]);
        OperatingPoint point = operatingPoint(at, routed, baseline, question.bootstrap);
        point.performanceGapRecovered =
            performanceGapRecovered(at.quality, result.performance.weakQuality.value,
                                    result.performance.strongQuality.value);
        result.points.push_back(std::move(point));
    }

    CostedPairs costed;
    costed.costs = pairCosts(table, paired, question.strong, question.weak);
    for (const size_t at : costed.costs.at) {
        costed.strong.push_back(paired.strong[at]);
        costed.weak.push_back(paired.weak[at]);
        costed.score.push_back(paired.score[at]);
    }
    result.withoutCost = qsizetype(paired.rows.size() - costed.score.size());
    if (!costed.score.empty())
        result.costQuality = costQualityOf(costed, question);
    return result;
}

} // namespace headgate::evaluation
