#include "core/evaluation/training/label_report.h"

#include <numeric>

namespace headgate::evaluation {

namespace {

std::vector<double> hitsOf(std::span<const qsizetype> truth, const RowPredictions &predictions)
{
    std::vector<double> hits;
    for (size_t row = 0; row < truth.size(); ++row)
        hits.push_back(predictions.best(qsizetype(row)) == truth[row] ? 1 : 0);
    return hits;
}

} // namespace

LabelReport labelReport(std::span<const qsizetype> truth, const RowPredictions &predictions,
                        std::span<const RowPredictions> shuffled, qsizetype commonest,
                        const BootstrapOptions &options)
{
    const auto labels = size_t(predictions.outputs.size());
    LabelReport report;
    report.n = qsizetype(truth.size());
    report.labels = predictions.outputs;
    report.confusion.assign(labels, std::vector<qsizetype>(labels, 0));
    if (report.n == 0)
        return report;
    std::vector<double> common;
    for (size_t row = 0; row < truth.size(); ++row) {
        ++report.confusion[size_t(truth[row])][size_t(predictions.best(qsizetype(row)))];
        common.push_back(truth[row] == commonest ? 1 : 0);
    }
    report.hit = hitsOf(truth, predictions);
    report.accuracy = bootstrapMean(report.hit, options);
    report.commonest = bootstrapMean(common, options);
    report.aboveCommonest = bootstrapDifference(report.hit, common, options);
    std::vector<double> nulls;
    for (const RowPredictions &null : shuffled) {
        const std::vector<double> hits = hitsOf(truth, null);
        nulls.push_back(std::accumulate(hits.begin(), hits.end(), 0.0) / double(report.n));
    }
    report.null = againstNull(report.accuracy.value, std::move(nulls));
    return report;
}

} // namespace headgate::evaluation
