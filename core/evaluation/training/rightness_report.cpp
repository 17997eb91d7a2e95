#include "core/evaluation/training/rightness_report.h"

#include "core/evaluation/metrics/ranking_area.h"

namespace headgate::evaluation {

namespace {

std::vector<double> qualitiesOf(const TrainingRows &answers)
{
    return {answers.set.targets.values.begin(), answers.set.targets.values.end()};
}

} // namespace

RightnessReport rightnessReport(const OutcomeTable &table, const TrainingRows &answers,
                                const RowPredictions &predictions,
                                std::span<const RowPredictions> shuffled,
                                const BootstrapOptions &options)
{
    const std::vector<double> qualities = qualitiesOf(answers);
    RightnessReport report;
    report.quality = bootstrapMean(qualities, options);
    report.area = rankingArea(predictions.values, qualities, options);
    const std::vector<quint32> once(qualities.size(), 1U);
    std::vector<double> nulls;
    for (const RowPredictions &null : shuffled)
        nulls.push_back(RankingArea(null.values, qualities).read(once));
    report.null = againstNull(report.area.value, std::move(nulls));
    for (size_t model = 0; model < table.models.size(); ++model) {
        std::vector<double> score;
        std::vector<double> quality;
        for (size_t row = 0; row < qualities.size(); ++row) {
            if (answers.model[row] == qsizetype(model)) {
                score.push_back(predictions.values[row]);
                quality.push_back(qualities[row]);
            }
        }
        if (!score.empty())
            report.models.push_back({.model = table.models[model].name,
                                     .quality = bootstrapMean(quality, options),
                                     .area = rankingArea(score, quality, options)});
    }
    return report;
}

} // namespace headgate::evaluation
