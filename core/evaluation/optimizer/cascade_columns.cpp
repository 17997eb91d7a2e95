#include "core/evaluation/optimizer/cascade_columns.h"

#include "core/evaluation/texts.h"

#include <algorithm>
#include <cmath>

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

// A model of the table, and what each of its calls costs where the table does not say.
struct PricedModel
{
    const ModelColumns *outcomes = nullptr;
    qint32 place = -1;
    std::optional<qint64> costPerCall;

    qint64 cost(qint32 row) const
    {
        const qint64 measured = outcomes->costAt(row);
        return measured == kNoCost ? costPerCall.value_or(kNoCost) : measured;
    }
    bool isComplete(qint32 row) const
    {
        return outcomes->answered(row) && cost(row) != kNoCost && knowsCheck(row);
    }
    // Without any cost of checks they need no call of their own; with some, what is absent was not
    // measured.
    bool knowsCheck(qint32 row) const
    {
        return outcomes->checkCost.empty() || outcomes->checkCostAt(row) != kNoCost;
    }
};

Result<std::vector<PricedModel>> candidatesIn(const OutcomeTable &table,
                                              const CascadeColumnsOptions &options)
{
    QStringList named = options.leaveOut + options.costPerCall.keys();
    for (const QString &name : named) {
        if (table.modelIndex(name) < 0)
            return fail(ErrorCode::NotFound,
                        Texts::tr("The outcomes hold no model “%1”.").arg(name));
    }
    std::vector<PricedModel> candidates;
    QStringList withoutCost;
    for (const ModelColumns &model : table.models) {
        if (options.leaveOut.contains(model.name))
            continue;
        PricedModel candidate{&model, qint32(std::distance(table.models.data(), &model)), {}};
        if (const auto cost = options.costPerCall.constFind(model.name);
            cost != options.costPerCall.cend())
            candidate.costPerCall = cost->nanos();
        else if (model.cost.empty())
            withoutCost.append(model.name);
        candidates.push_back(candidate);
    }
    if (candidates.empty())
        return fail(ErrorCode::InvalidInput, Texts::tr("Every model was left out."));
    if (!withoutCost.isEmpty())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The outcomes hold no cost of: %1. Say what a call costs, or leave "
                              "these models out.")
                        .arg(withoutCost.join(u", "_s)));
    return candidates;
}

CascadeColumn columnOf(const PricedModel &candidate, const std::vector<qint32> &rows)
{
    const ModelColumns &outcomes = *candidate.outcomes;
    CascadeColumn column{.name = outcomes.name,
                         .place = candidate.place,
                         .quality = {},
                         .cost = {},
                         .checkCost = {},
                         .latency = {},
                         .score = {}};
    const std::vector<qint64> latencies = outcomes.latencyNanos();
    for (const qint32 row : rows) {
        column.quality.push_back(qualityUnits(outcomes.quality[size_t(row)]));
        column.cost.push_back(candidate.cost(row));
        column.checkCost.push_back(qMax(qint64(0), outcomes.checkCostAt(row)));
        if (!outcomes.confidence.empty())
            column.score.push_back(std::exp(double(outcomes.confidence[size_t(row)])));
        if (!latencies.empty())
            column.latency.push_back(latencies[size_t(row)]);
    }
    if (std::find(column.latency.begin(), column.latency.end(), -1) != column.latency.end())
        column.latency.clear();
    return column;
}

} // namespace

qint64 qualityUnits(float quality)
{
    return std::llround(double(quality) * kQualityUnits);
}

Result<CascadeColumns> cascadeColumns(const OutcomeTable &table, std::span<const qint32> rows,
                                      const CascadeColumnsOptions &options)
{
    const auto candidates = candidatesIn(table, options);
    if (!candidates)
        return tl::unexpected(candidates.error());
    CascadeColumns columns;
    for (const qint32 row : rows) {
        if (std::all_of(candidates->begin(), candidates->end(),
                        [row](const PricedModel &each) { return each.isComplete(row); }))
            columns.rows.push_back(row);
    }
    columns.incomplete = qsizetype(rows.size()) - columns.count();
    if (columns.rows.empty())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("No prompt has an outcome and a cost of every model: there is "
                              "nothing to compare cascades on."));
    for (const PricedModel &candidate : *candidates)
        columns.models.push_back(columnOf(candidate, columns.rows));
    return columns;
}

} // namespace headgate::evaluation
