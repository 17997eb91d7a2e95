#include "core/evaluation/metrics/paired_outcomes.h"

#include "core/evaluation/metrics/measured_values.h"

namespace headgate::evaluation {

PairedOutcomes pairOutcomes(const OutcomeTable &table, std::span<const qint32> rows,
                            qsizetype strong, qsizetype weak, std::span<const double> scores)
{
    const ModelColumns &strongColumns = table.models[size_t(strong)];
    const ModelColumns &weakColumns = table.models[size_t(weak)];
    PairedOutcomes paired;
    for (const qint32 row : rows) {
        const bool hasStrong = strongColumns.answered(row);
        const bool hasWeak = weakColumns.answered(row);
        const double score = scores.empty() ? 0 : scores[size_t(row)];
        paired.withoutStrong += !hasStrong;
        paired.withoutWeak += !hasWeak;
        paired.withoutScore += score != score;
        if (!hasStrong || !hasWeak || score != score)
            continue;
        paired.rows.push_back(row);
        paired.strong.push_back(double(strongColumns.quality[size_t(row)]));
        paired.weak.push_back(double(weakColumns.quality[size_t(row)]));
        if (!scores.empty())
            paired.score.push_back(score);
    }
    return paired;
}

PairedCosts pairCosts(const OutcomeTable &table, const PairedOutcomes &outcomes, qsizetype strong,
                      qsizetype weak)
{
    PairedCosts costs;
    for (size_t at = 0; at < outcomes.rows.size(); ++at) {
        const qint64 strongCost = table.models[size_t(strong)].costAt(outcomes.rows[at]);
        const qint64 weakCost = table.models[size_t(weak)].costAt(outcomes.rows[at]);
        if (strongCost == kNoCost || weakCost == kNoCost)
            continue;
        costs.at.push_back(at);
        costs.strong.push_back(double(strongCost) * kUsdPer1kOfNano);
        costs.weak.push_back(double(weakCost) * kUsdPer1kOfNano);
    }
    return costs;
}

} // namespace headgate::evaluation
