#include "ui/savings/savings_report.h"

#include <QSet>

#include <algorithm>

namespace headgate::ui {

namespace {

constexpr int kPoliciesFrom = 2000; // newest runs whose policies the filter offers
constexpr int kUnpricedFrom = 20;   // newest runs whose unpriced models are named

Result<bool> hasRuns(const ledger::Ledger &ledger, bool simulated)
{
    ledger::SpendFilter filter;
    filter.simulated = simulated;
    const auto newest = ledger.runs(filter, 1);
    if (!newest)
        return tl::unexpected(newest.error());
    return !newest->isEmpty();
}

Result<QStringList> policyNames(const ledger::Ledger &ledger)
{
    const auto runs = ledger.runs({}, kPoliciesFrom);
    if (!runs)
        return tl::unexpected(runs.error());
    QSet<QString> names;
    for (const ledger::RunSummary &run : *runs)
        names.insert(run.policyName);
    QStringList sorted = names.values();
    sorted.sort(Qt::CaseInsensitive);
    return sorted;
}

// The baseline of the newest run that has one; a mixture of policies has no single one.
QString baselineOf(const ledger::Ledger &ledger, const QList<ledger::RunSummary> &runs)
{
    QSet<QString> policies;
    for (const ledger::RunSummary &run : runs)
        policies.insert(run.policyName);
    if (policies.size() != 1)
        return {};
    const auto compared = std::find_if(
        runs.cbegin(), runs.cend(), [](const auto &run) { return run.baselineCost.has_value(); });
    if (compared == runs.cend())
        return {};
    const auto trace = ledger.run(compared->id);
    return trace ? trace->baseline : QString();
}

QStringList unpricedModels(const ledger::Ledger &ledger, const QList<ledger::RunSummary> &runs)
{
    QSet<QString> names;
    int left = kUnpricedFrom;
    for (const ledger::RunSummary &run : runs) {
        if (run.unknownPrices == 0 || left-- <= 0)
            continue;
        const auto trace = ledger.run(run.id);
        if (!trace)
            continue;
        for (const engine::Hop &hop : trace->hops) {
            if (hop.costOrigin == engine::CostOrigin::UnknownPrice)
                names.insert(hop.askedModel);
        }
    }
    QStringList sorted = names.values();
    sorted.sort(Qt::CaseInsensitive);
    return sorted;
}

Result<> readFigures(const ledger::Ledger &ledger, const ledger::SpendFilter &spend,
                     SavingsReport &report)
{
    const auto totals = ledger.totals(spend);
    const auto models = ledger.byModel(spend);
    const auto points = ledger.cumulative(spend);
    const auto runs = ledger.runs(spend, kMostRuns);
    for (const Error *error :
         {totals ? nullptr : &totals.error(), models ? nullptr : &models.error(),
          points ? nullptr : &points.error(), runs ? nullptr : &runs.error()}) {
        if (error)
            return tl::unexpected(*error);
    }
    report.totals = *totals;
    report.models = *models;
    report.points = *points;
    report.runs = *runs;
    std::stable_sort(report.models.begin(), report.models.end(),
                     [](const auto &a, const auto &b) { return a.answered > b.answered; });
    return {};
}

} // namespace

Result<SavingsReport> loadReport(const ledger::Ledger &ledger, const SavingsFilter &filter,
                                 const QDateTime &now)
{
    SavingsReport report;
    const auto simulated = hasRuns(ledger, true);
    const auto live = hasRuns(ledger, false);
    const auto names = policyNames(ledger);
    if (!simulated || !live || !names) {
        const Error &error = !simulated ? simulated.error() : !live ? live.error() : names.error();
        return tl::unexpected(error);
    }
    report.hasSimulated = *simulated;
    report.hasLive = *live;
    report.policyNames = *names;
    report.origin = filter.origin.value_or(*live ? Origin::Live : Origin::Simulated);
    const ledger::SpendFilter spend = toSpendFilter(filter, report.origin, now);
    if (const auto read = readFigures(ledger, spend, report); !read)
        return tl::unexpected(read.error());
    if (spend.origin) {
        ledger::SpendFilter recordings = spend;
        recordings.origin = engine::RunOrigin::Recorded;
        const auto totals = ledger.totals(recordings);
        if (!totals)
            return tl::unexpected(totals.error());
        report.recordings = *totals;
    }
    report.baseline = baselineOf(ledger, report.runs);
    report.unpricedModels = unpricedModels(ledger, report.runs);
    return report;
}

} // namespace headgate::ui
