#include "core/evaluation/training/cost_steps.h"

#include "core/evaluation/metrics/estimate.h"
#include "core/evaluation/texts.h"

#include <algorithm>
#include <numeric>

namespace headgate::evaluation {

namespace {

constexpr double kUsdOfNano = 1e-9;
constexpr double kSameCost = 1e-9; // relative: below what a sum of nano-dollars can tell

double meanCost(const ModelColumns &model, std::span<const qint32> rows)
{
    double sum = 0;
    qsizetype count = 0;
    for (const qint32 row : rows) {
        if (const qint64 cost = model.costAt(row); cost != kNoCost) {
            sum += double(cost);
            ++count;
        }
    }
    return count == 0 ? kUndefined : sum * kUsdOfNano / double(count);
}

} // namespace

std::vector<double> meanCostsUsd(const OutcomeTable &table, std::span<const qint32> rows,
                                 std::span<const qsizetype> models)
{
    std::vector<qint32> common;
    for (const qint32 row : rows) {
        if (std::all_of(models.begin(), models.end(), [&](qsizetype model) {
                return table.models[size_t(model)].costAt(row) != kNoCost;
            }))
            common.push_back(row);
    }
    std::vector<double> costs;
    for (const qsizetype model : models)
        costs.push_back(
            meanCost(table.models[size_t(model)], common.empty() ? rows : std::span(common)));
    return costs;
}

Result<CostSteps> costSteps(const OutcomeTable &table, std::span<const qint32> rows,
                            std::span<const qsizetype> models)
{
    const std::vector<double> costs = meanCostsUsd(table, rows, models);
    QStringList without;
    for (size_t at = 0; at < costs.size(); ++at) {
        if (costs[at] != costs[at])
            without.append(table.models[size_t(models[at])].name);
    }
    if (!without.isEmpty())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The outcomes hold no cost of: %1. How hard a prompt is goes by the "
                              "cheapest model that is right, so say what a call costs.")
                        .arg(without.join(u", ")));
    std::vector<size_t> order(costs.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::stable_sort(order.begin(), order.end(),
                     [&](size_t a, size_t b) { return costs[a] < costs[b]; });
    CostSteps steps;
    double last = -1;
    for (const size_t at : order) {
        if (steps.empty() || costs[at] - last > kSameCost * costs[at])
            steps.emplace_back();
        last = costs[at];
        steps.back().push_back(models[at]);
    }
    return steps;
}

} // namespace headgate::evaluation
