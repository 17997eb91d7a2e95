#include "core/evaluation/training/part_report.h"

#include <algorithm>
#include <numeric>

namespace headgate::evaluation {

using learning::TargetKind;

namespace {

// Where the rows that have a target stand among all rows, both being in the same order.
std::vector<size_t> placesOf(const ReportedRows &rows)
{
    std::vector<size_t> places;
    size_t at = 0;
    for (const qint32 row : rows.targets.row) {
        while (rows.rows[at] != row)
            ++at;
        places.push_back(at);
    }
    return places;
}

RowPredictions takenAt(const RowPredictions &predictions, const std::vector<size_t> &places)
{
    RowPredictions taken{.outputs = predictions.outputs,
                         .kind = predictions.kind,
                         .values = {},
                         .familiarity = {},
                         .microseconds = predictions.microseconds};
    for (const size_t place : places) {
        const auto values = predictions.row(qsizetype(place));
        taken.values.insert(taken.values.end(), values.begin(), values.end());
        taken.familiarity.push_back(predictions.familiarity[place]);
    }
    return taken;
}

std::vector<qsizetype> trueLabels(const TrainingRows &rows)
{
    std::vector<qsizetype> labels;
    for (qsizetype row = 0; row < rows.set.rows(); ++row) {
        const auto targets = rows.set.targets.row(row);
        labels.push_back(std::max_element(targets.begin(), targets.end()) - targets.begin());
    }
    return labels;
}

std::vector<OutputReliability> reliabilities(const TrainingRows &rows, const TrainGround &ground,
                                             const RowPredictions &predictions)
{
    std::vector<OutputReliability> found;
    for (qsizetype output = 0; output < predictions.outputs.size(); ++output) {
        std::vector<double> predicted;
        std::vector<double> observed;
        const double mean = ground.meanTarget[size_t(output)];
        double squares = 0;
        for (qsizetype row = 0; row < rows.set.rows(); ++row) {
            const auto target = double(rows.set.targets.row(row)[size_t(output)]);
            if (target != target)
                continue;
            predicted.push_back(predictions.row(row)[size_t(output)]);
            observed.push_back(target);
            squares += (target - mean) * (target - mean);
        }
        if (predicted.empty())
            continue;
        found.push_back({.output = predictions.outputs[output],
                         .reliability = learning::reliabilityOf(predicted, observed),
                         .brierOfMean = squares / double(predicted.size())});
    }
    return found;
}

Result<> readPair(PartReport &report, const ReportedRows &rows, const RowPredictions &predictions,
                  std::span<const RowPredictions> shuffled, const PartQuestion &question)
{
    const QString strong = rows.table->models[size_t(question.pair->strong)].name;
    const QString weak = rows.table->models[size_t(question.pair->weak)].name;
    const auto scores = pairScores(predictions, strong, weak);
    if (!scores)
        return tl::unexpected(scores.error());
    std::vector<std::vector<double>> nulls;
    for (const RowPredictions &null : shuffled) {
        auto nullScores = pairScores(null, strong, weak);
        if (!nullScores)
            return tl::unexpected(nullScores.error());
        nulls.push_back(std::move(*nullScores));
    }
    report.pair =
        pairReport(*rows.table, rows.rows, *question.pair, *scores, nulls, question.bootstrap);
    report.headline = Headline::Apgr;
    report.value = report.pair->performance.apgr;
    report.null = report.pair->null;
    return {};
}

void readFamiliarity(PartReport &report, const std::vector<double> &familiarity)
{
    if (familiarity.empty())
        return;
    const auto n = double(familiarity.size());
    report.meanFamiliarity = std::accumulate(familiarity.begin(), familiarity.end(), 0.0) / n;
    report.unfamiliarShare = double(std::count_if(familiarity.begin(), familiarity.end(),
                                                  [](double each) { return each < kUnfamiliar; })) /
                             n;
}

template<typename Report>
void setHeadline(PartReport &report, Headline headline, const Estimate &value, const Report &of)
{
    report.headline = headline;
    report.value = value;
    report.null = of.null;
}

void readKind(PartReport &report, const ReportedRows &rows, const TrainingTarget &target,
              const TrainGround &ground, const RowPredictions &predictions,
              std::span<const RowPredictions> shuffled, const PartQuestion &question)
{
    const auto places =
        predictions.kind == TargetKind::Rightness ? std::vector<size_t>() : placesOf(rows);
    if (predictions.kind == TargetKind::Qualities) {
        report.quality = qualityReport(*rows.table, rows.rows, predictions, shuffled,
                                       {.models = target.request.models,
                                        .meanCostsUsd = ground.meanCostsUsd,
                                        .bootstrap = question.bootstrap});
        setHeadline(report, Headline::Quality, report.quality->routed, *report.quality);
        report.reliability = reliabilities(rows.targets, ground, takenAt(predictions, places));
    } else if (predictions.kind == TargetKind::Labels) {
        const RowPredictions labelled = takenAt(predictions, places);
        std::vector<RowPredictions> nulls;
        for (const RowPredictions &null : shuffled)
            nulls.push_back(takenAt(null, places));
        const auto commonest =
            std::max_element(ground.meanTarget.begin(), ground.meanTarget.end()) -
            ground.meanTarget.begin();
        report.labels =
            labelReport(trueLabels(rows.targets), labelled, nulls, commonest, question.bootstrap);
        setHeadline(report, Headline::Accuracy, report.labels->accuracy, *report.labels);
        report.reliability = reliabilities(rows.targets, ground, labelled);
    } else {
        report.rightness =
            rightnessReport(*rows.table, rows.targets, predictions, shuffled, question.bootstrap);
        setHeadline(report, Headline::Area, report.rightness->area, *report.rightness);
        report.reliability = reliabilities(rows.targets, ground, predictions);
    }
}

} // namespace

TrainGround groundOf(const OutcomeTable &table, const TrainingRows &trained,
                     const TrainingTarget &target)
{
    TrainGround ground;
    for (qsizetype output = 0; output < target.outputs.size(); ++output) {
        double sum = 0;
        qsizetype count = 0;
        for (qsizetype row = 0; row < trained.set.rows(); ++row) {
            const float value = trained.set.targets.row(row)[size_t(output)];
            if (value == value) {
                sum += double(value);
                ++count;
            }
        }
        ground.meanTarget.push_back(count > 0 ? sum / double(count) : kUndefined);
    }
    if (target.request.kind == TargetKind::Qualities)
        ground.meanCostsUsd = meanCostsUsd(table, trained.row, target.request.models);
    return ground;
}

Result<PartReport> reportOn(const ReportedRows &rows, const TrainingTarget &target,
                            const TrainGround &ground, const RowPredictions &predictions,
                            std::span<const RowPredictions> shuffled, const PartQuestion &question)
{
    PartReport report;
    report.part = rows.part;
    report.counts = rows.targets.counts;
    readFamiliarity(report, predictions.familiarity);
    readKind(report, rows, target, ground, predictions, shuffled, question);
    if (question.pair && predictions.kind != TargetKind::Rightness) {
        if (const auto read = readPair(report, rows, predictions, shuffled, question); !read)
            return tl::unexpected(read.error());
    }
    return report;
}

HeadlineReader readHeadlineOf(const ReportedRows &rows, const PartReport &report,
                              const RowPredictions &predictions)
{
    switch (report.headline) {
    case Headline::Apgr:
        return readApgr(*rows.table, *report.pair);
    case Headline::Quality:
        return readMean(report.quality->reached);
    case Headline::Accuracy:
        return readMean(report.labels->hit);
    case Headline::Area:
        break;
    }
    const std::vector<double> qualities(rows.targets.set.targets.values.begin(),
                                        rows.targets.set.targets.values.end());
    return readArea(predictions.values, qualities);
}

} // namespace headgate::evaluation
