#include "ui/evaluate/measured_policy.h"

#include "core/evaluation/metrics/measured_values.h"
#include "core/evaluation/metrics/routing_metrics.h"
#include "core/evaluation/optimizer/known_deployment.h"

#include <numeric>

namespace headgate::ui {

using evaluation::ReplayResult;

namespace {

// Who provides a model is nothing that a replay asks for.
policy::PolicyDocument withProviders(policy::PolicyDocument document)
{
    for (policy::Model &model : document.models) {
        if (model.provider.isEmpty())
            model.provider = QString::fromLatin1(evaluation::kUnknownProvider);
    }
    return document;
}

MeasuredPolicyPtr notMeasured(const Error &error)
{
    auto measured = std::make_shared<MeasuredPolicy>();
    measured->problem = error.message;
    return measured;
}

// What the first rows of a result came to.
evaluation::RoutedRows firstOf(evaluation::RoutedRows routed, size_t count)
{
    routed.rows.resize(count);
    routed.end.resize(count);
    routed.model.resize(count);
    routed.quality.resize(count);
    routed.cost.resize(count);
    return routed;
}

void sumUp(MeasuredPolicy &measured)
{
    std::vector<float> qualities;
    double cost = 0;
    bool isCostKnown = true;
    for (size_t place = 0; place < measured.routed.size(); ++place) {
        if (!measured.routed.isKnown(place))
            continue;
        qualities.push_back(measured.routed.quality[place]);
        cost += double(measured.routed.cost[place]);
        isCostKnown = isCostKnown && measured.routed.cost[place] >= 0;
    }
    measured.quality = evaluation::meanQuality(qualities);
    if (isCostKnown && !qualities.empty())
        measured.costPer1k = cost * evaluation::kUsdPer1kOfNano / double(qualities.size());
}

} // namespace

MeasuredPolicyPtr measurePolicy(const policy::PolicyDocument &document,
                                const LoadedOutcomes &outcomes,
                                const learning::ArtifactShelf &artifacts, MeasuredPolicies &known,
                                std::stop_token stop)
{
    const auto prepared = engine::PreparedPolicy::prepare(withProviders(document),
                                                          routers::builtinRouters(artifacts),
                                                          scorers::builtinScorers(artifacts));
    if (!prepared)
        return notMeasured(prepared.error());
    const QString version = (*prepared)->version();
    if (const MeasuredPolicyPtr there = known.value(version))
        return there;
    const auto inputs = evaluation::bindReplay(**prepared, *outcomes.table, std::move(stop));
    if (!inputs)
        return notMeasured(inputs.error());
    std::vector<qint32> rows = outcomes.validation.rows;
    rows.insert(rows.end(), outcomes.train.rows.begin(), outcomes.train.rows.end());
    const ReplayResult result = evaluation::replay((*prepared)->compiled(), *inputs, rows);
    auto measured = std::make_shared<MeasuredPolicy>();
    measured->version = version;
    measured->routed =
        firstOf(evaluation::routedRows(result, *inputs), outcomes.validation.rows.size());
    measured->coverage = evaluation::coverageOf((*prepared)->compiled(), result);
    sumUp(*measured);
    known.insert(version, measured);
    return measured;
}

} // namespace headgate::ui
