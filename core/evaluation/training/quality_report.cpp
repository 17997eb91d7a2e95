#include "core/evaluation/training/quality_report.h"

#include "core/evaluation/metrics/measured_values.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headgate::evaluation {

namespace {

// Prices of quality from "cost does not count" to "only cost counts", evenly by their logarithm.
constexpr int kPriceSteps = 24;
constexpr double kPricesPerDecade = 4;
constexpr double kFromDecade = -3;

// The rows on which every model has an outcome, by model.
struct CompleteRows
{
    std::vector<size_t> at;   // places among the predictions
    std::vector<qint32> rows; // of the table
    std::vector<std::vector<double>> quality;
    std::vector<std::vector<double>> costUsdPer1k; // empty: some are not known
};

CompleteRows completeRows(const OutcomeTable &table, std::span<const qint32> rows,
                          const std::vector<qsizetype> &models)
{
    CompleteRows complete{.at = {}, .rows = {}, .quality = {}, .costUsdPer1k = {}};
    for (size_t at = 0; at < rows.size(); ++at) {
        if (std::all_of(models.begin(), models.end(), [&](qsizetype model) {
                return table.models[size_t(model)].answered(rows[at]);
            })) {
            complete.at.push_back(at);
            complete.rows.push_back(rows[at]);
        }
    }
    bool hasCosts = true;
    for (const qsizetype model : models) {
        const ModelColumns &columns = table.models[size_t(model)];
        std::vector<double> quality;
        std::vector<double> cost;
        for (const qint32 row : complete.rows) {
            quality.push_back(double(columns.quality[size_t(row)]));
            cost.push_back(double(columns.costAt(row)) * kUsdPer1kOfNano);
            hasCosts &= columns.costAt(row) != kNoCost;
        }
        complete.quality.push_back(std::move(quality));
        complete.costUsdPer1k.push_back(std::move(cost));
    }
    if (!hasCosts)
        complete.costUsdPer1k.clear();
    return complete;
}

// Where each row goes when a dollar must be worth so much quality.
std::vector<size_t> choices(const RowPredictions &predictions, const CompleteRows &complete,
                            const std::vector<double> &costs, double qualityPerUsd)
{
    std::vector<size_t> found;
    for (const size_t at : complete.at) {
        const auto values = predictions.row(qsizetype(at));
        size_t best = 0;
        const auto worth = [&](size_t model) {
            return values[model] - (qualityPerUsd > 0 ? qualityPerUsd * costs[model] : 0.0);
        };
        for (size_t model = 1; model < values.size(); ++model) {
            if (worth(model) > worth(best))
                best = model;
        }
        found.push_back(best);
    }
    return found;
}

std::vector<double> reachedBy(const std::vector<size_t> &choice,
                              const std::vector<std::vector<double>> &byModel)
{
    std::vector<double> found;
    for (size_t row = 0; row < choice.size(); ++row)
        found.push_back(byModel[choice[row]][row]);
    return found;
}

double meanOf(const std::vector<double> &values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

std::vector<OperatingColumns> atAllPrices(const RowPredictions &predictions,
                                          const CompleteRows &complete,
                                          const std::vector<double> &costs)
{
    const double dearest = *std::max_element(costs.begin(), costs.end());
    std::vector<OperatingColumns> points;
    for (int step = 0; step <= kPriceSteps; ++step) {
        const double price =
            step == 0 ? 0 : std::pow(10, kFromDecade + (step - 1) / kPricesPerDecade) / dearest;
        const std::vector<size_t> choice = choices(predictions, complete, costs, price);
        points.push_back({.quality = reachedBy(choice, complete.quality),
                          .costUsdPer1k = reachedBy(choice, complete.costUsdPer1k)});
    }
    return points;
}

std::optional<CostQuality> costQualityOf(const RowPredictions &predictions,
                                         std::span<const RowPredictions> shuffled,
                                         const CompleteRows &complete,
                                         const QualityQuestion &question)
{
    const std::vector<double> &costs = question.meanCostsUsd;
    const bool known =
        !complete.costUsdPer1k.empty() && !costs.empty() &&
        std::all_of(costs.begin(), costs.end(), [](double cost) { return cost == cost; }) &&
        *std::max_element(costs.begin(), costs.end()) > 0;
    if (!known || shuffled.empty())
        return std::nullopt;
    const std::vector<quint32> once(complete.rows.size(), 1U);
    std::vector<std::vector<CostQualityPoint>> nulls(shuffled.size());
    for (size_t null = 0; null < shuffled.size(); ++null)
        readColumns(atAllPrices(shuffled[null], complete, costs))(once, nulls[null]);
    std::vector<OperatingColumns> singles;
    for (size_t model = 0; model < complete.quality.size(); ++model)
        singles.push_back(
            {.quality = complete.quality[model], .costUsdPer1k = complete.costUsdPer1k[model]});
    return costQuality(qsizetype(complete.rows.size()),
                       readColumns(atAllPrices(predictions, complete, costs)),
                       readColumns(std::move(singles)), nulls, question.bootstrap);
}

void readSingles(QualityReport &report, const CompleteRows &complete,
                 const std::vector<size_t> &choice, const RowPredictions &predictions,
                 const BootstrapOptions &options)
{
    for (size_t model = 0; model < complete.quality.size(); ++model) {
        const auto sent = std::count(choice.begin(), choice.end(), model);
        report.singles.push_back({.model = predictions.outputs[qsizetype(model)],
                                  .quality = bootstrapMean(complete.quality[model], options),
                                  .share = bootstrapShare(sent, report.n, options)});
    }
    const auto best = std::max_element(report.singles.begin(), report.singles.end(),
                                       [](const SingleQuality &a, const SingleQuality &b) {
                                           return a.quality.value < b.quality.value;
                                       });
    report.bestSingle = best - report.singles.begin();
    report.aboveBestSingle =
        bootstrapDifference(report.reached, complete.quality[size_t(report.bestSingle)], options);
    std::vector<double> most = complete.quality.front();
    for (const std::vector<double> &quality : complete.quality) {
        for (size_t row = 0; row < most.size(); ++row)
            most[row] = std::max(most[row], quality[row]);
    }
    report.oracle = bootstrapMean(most, options);
}

} // namespace

QualityReport qualityReport(const OutcomeTable &table, std::span<const qint32> rows,
                            const RowPredictions &predictions,
                            std::span<const RowPredictions> shuffled,
                            const QualityQuestion &question)
{
    const CompleteRows complete = completeRows(table, rows, question.models);
    QualityReport report;
    report.n = qsizetype(complete.rows.size());
    report.incomplete = qsizetype(rows.size()) - report.n;
    if (report.n == 0)
        return report;
    const std::vector<size_t> choice = choices(predictions, complete, {}, 0);
    report.reached = reachedBy(choice, complete.quality);
    report.routed = bootstrapMean(report.reached, question.bootstrap);
    readSingles(report, complete, choice, predictions, question.bootstrap);
    std::vector<double> nulls;
    for (const RowPredictions &null : shuffled)
        nulls.push_back(meanOf(reachedBy(choices(null, complete, {}, 0), complete.quality)));
    report.null = againstNull(report.routed.value, std::move(nulls));
    report.costQuality = costQualityOf(predictions, shuffled, complete, question);
    return report;
}

} // namespace headgate::evaluation
