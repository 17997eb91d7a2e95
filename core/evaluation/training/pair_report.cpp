#include "core/evaluation/training/pair_report.h"

#include "core/evaluation/metrics/paired_outcomes.h"

namespace headgate::evaluation {

namespace {

// The scores, where the pair was measured.
std::vector<double> scoresOf(const OutcomeTable &table, std::span<const qint32> rows,
                             const ModelPair &pair, std::span<const double> scores)
{
    std::vector<double> found;
    for (size_t at = 0; at < rows.size(); ++at) {
        if (table.models[size_t(pair.strong)].answered(rows[at]) &&
            table.models[size_t(pair.weak)].answered(rows[at]))
            found.push_back(scores[at]);
    }
    return found;
}

std::vector<double> taken(std::span<const double> values, const std::vector<size_t> &at)
{
    std::vector<double> found;
    for (const size_t place : at)
        found.push_back(values[place]);
    return found;
}

std::optional<CostQuality> costQualityOf(const PairedOutcomes &paired, const PairedCosts &costs,
                                         std::span<const std::vector<double>> shuffled,
                                         const BootstrapOptions &options)
{
    if (costs.at.empty() || shuffled.empty())
        return std::nullopt;
    const std::vector<double> strong = taken(paired.strong, costs.at);
    const std::vector<double> weak = taken(paired.weak, costs.at);
    const auto reader = [&](std::span<const double> scores) {
        const std::vector<double> score = taken(scores, costs.at);
        return readCallPerformance({.strong = strong, .weak = weak, .score = score},
                                   {.strong = costs.strong, .weak = costs.weak, .score = score});
    };
    const std::vector<quint32> once(costs.at.size(), 1U);
    std::vector<std::vector<CostQualityPoint>> nulls(shuffled.size());
    for (size_t null = 0; null < shuffled.size(); ++null)
        reader(shuffled[null])(once, nulls[null]);
    return costQuality(qsizetype(costs.at.size()), reader(paired.score),
                       readColumns({{.quality = weak, .costUsdPer1k = costs.weak},
                                    {.quality = strong, .costUsdPer1k = costs.strong}}),
                       nulls, options);
}

} // namespace

PairReport pairReport(const OutcomeTable &table, std::span<const qint32> rows,
                      const ModelPair &pair, std::span<const double> scores,
                      std::span<const std::vector<double>> shuffled,
                      const BootstrapOptions &options)
{
    PairedOutcomes paired = pairOutcomes(table, rows, pair.strong, pair.weak);
    paired.score = scoresOf(table, rows, pair, scores);
    PairReport report;
    report.strong = table.models[size_t(pair.strong)].name;
    report.weak = table.models[size_t(pair.weak)].name;
    report.missing = qsizetype(rows.size() - paired.rows.size());
    if (paired.rows.empty())
        return report;
    report.performance = callPerformance(paired.scored(), options);
    std::vector<std::vector<double>> nullScores;
    std::vector<double> nullApgr;
    for (const std::vector<double> &null : shuffled) {
        nullScores.push_back(scoresOf(table, rows, pair, null));
        const std::vector<quint32> once(paired.rows.size(), 1U);
        nullApgr.push_back(readApgr(
            {.strong = paired.strong, .weak = paired.weak, .score = nullScores.back()})(once));
    }
    report.null = againstNull(report.performance.apgr.value, std::move(nullApgr));
    report.costQuality = costQualityOf(paired, pairCosts(table, paired, pair.strong, pair.weak),
                                       nullScores, options);
    report.rows = std::move(paired.rows);
    report.score = std::move(paired.score);
    return report;
}

HeadlineReader readApgr(const OutcomeTable &table, const PairReport &report)
{
    PairedOutcomes paired = pairOutcomes(table, report.rows, table.modelIndex(report.strong),
                                         table.modelIndex(report.weak));
    paired.score = report.score;
    return readApgr(paired.scored());
}

} // namespace headgate::evaluation
