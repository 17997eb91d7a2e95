#include "app/cli/train_report.h"

#include "app/cli/figure_format.h"
#include "app/cli/metrics_report.h"
#include "app/cli/text_table.h"
#include "app/cli/texts.h"
#include "core/evaluation/training/training_record.h"

namespace headgate::cli {

using namespace Qt::StringLiterals;
using evaluation::Estimate;
using evaluation::Headline;
using evaluation::NullFigure;
using evaluation::PartReport;
using evaluation::TrainedLearner;

namespace {

constexpr int kFigurePlaces = 4;

Json figureOrNull(double value)
{
    return value == value ? Json(value) : Json();
}

Json nullJson(const NullFigure &null)
{
    return {{"value", estimateJson(null.value)}, {"reaches", figureOrNull(null.reaches)}};
}

Json countsJson(const evaluation::TargetCounts &counts, const QStringList &outputs)
{
    Json byOutput = Json::object();
    for (qsizetype output = 0; output < outputs.size(); ++output)
        byOutput[toStdString(outputs[output])] = counts.byOutput[size_t(output)];
    return {{"prompts", counts.prompts},
            {"used", counts.used},
            {"missing_outcomes", counts.missingOutcomes},
            {"without_answer", counts.withoutAnswer},
            {"undecided", counts.undecided},
            {"none_right", counts.noneRight},
            {"without_label", counts.withoutLabel},
            {"by_output", std::move(byOutput)}};
}

Json pairJson(const evaluation::PairReport &pair, const std::optional<double> &strongShare)
{
    const evaluation::CallPerformance &performance = pair.performance;
    Json points = Json::array();
    for (const evaluation::CallPerformancePoint &point : performance.curve)
        points.push_back({{"threshold", point.threshold},
                          {"strong_share", point.strongShare},
                          {"quality", point.quality}});
    Json json{{"strong", toStdString(pair.strong)},
              {"weak", toStdString(pair.weak)},
              {"n", pair.n()},
              {"missing_outcomes", pair.missing},
              {"strong_quality", estimateJson(performance.strongQuality)},
              {"weak_quality", estimateJson(performance.weakQuality)},
              {"apgr", estimateJson(performance.apgr)},
              {"cpt50_percent", estimateJson(performance.cpt50)},
              {"cpt80_percent", estimateJson(performance.cpt80)},
              {"null", nullJson(pair.null)},
              {"call_performance", std::move(points)},
              {"cost_quality", pair.costQuality ? costQualityJson(*pair.costQuality) : Json()}};
    if (strongShare)
        json["calibrated"] =
            calibratedJson(evaluation::calibrateThreshold(pair.score, *strongShare));
    return json;
}

Json qualityJson(const evaluation::QualityReport &quality)
{
    Json models = Json::array();
    for (const evaluation::SingleQuality &single : quality.singles)
        models.push_back({{"model", toStdString(single.model)},
                          {"quality", estimateJson(single.quality)},
                          {"share", estimateJson(single.share)}});
    return {
        {"n", quality.n},
        {"incomplete", quality.incomplete},
        {"routed", estimateJson(quality.routed)},
        {"best_single", quality.bestSingle < 0
                            ? Json()
                            : Json(toStdString(quality.singles[size_t(quality.bestSingle)].model))},
        {"above_best_single", estimateJson(quality.aboveBestSingle)},
        {"oracle", estimateJson(quality.oracle)},
        {"null", nullJson(quality.null)},
        {"models", std::move(models)},
        {"cost_quality", quality.costQuality ? costQualityJson(*quality.costQuality) : Json()}};
}

Json labelsJson(const evaluation::LabelReport &labels)
{
    Json names = Json::array();
    for (const QString &label : labels.labels)
        names.push_back(toStdString(label));
    return {{"n", labels.n},
            {"labels", std::move(names)},
            {"confusion", labels.confusion},
            {"accuracy", estimateJson(labels.accuracy)},
            {"commonest_label_accuracy", estimateJson(labels.commonest)},
            {"above_commonest_label", estimateJson(labels.aboveCommonest)},
            {"null", nullJson(labels.null)}};
}

Json rightnessJson(const evaluation::RightnessReport &rightness)
{
    Json models = Json::array();
    for (const auto &model : rightness.models)
        models.push_back({{"model", toStdString(model.model)},
                          {"quality", estimateJson(model.quality)},
                          {"auc", estimateJson(model.area)}});
    return {{"n", rightness.area.n},
            {"quality", estimateJson(rightness.quality)},
            {"auc", estimateJson(rightness.area)},
            {"null", nullJson(rightness.null)},
            {"models", std::move(models)}};
}

Json reliabilityJson(const std::vector<evaluation::OutputReliability> &outputs)
{
    Json json = Json::array();
    for (const evaluation::OutputReliability &output : outputs) {
        Json curve = Json::array();
        for (const learning::ReliabilityBin &bin : output.reliability.curve)
            curve.push_back(
                {{"predicted", bin.predicted}, {"observed", bin.observed}, {"n", bin.rows}});
        json.push_back({{"output", toStdString(output.output)},
                        {"n", output.reliability.rows},
                        {"brier", output.reliability.brier},
                        {"brier_of_mean", figureOrNull(output.brierOfMean)},
                        {"expected_calibration_error", output.reliability.expectedError},
                        {"curve", std::move(curve)}});
    }
    return json;
}

Json partJson(const PartReport &part, const TrainReport &report, const QStringList &outputs)
{
    return {{"headline", toStdString(evaluation::headlineName(part.headline))},
            {"value", estimateJson(part.value)},
            {"null", nullJson(part.null)},
            {"counts", countsJson(part.counts, outputs)},
            {"pair", part.pair ? pairJson(*part.pair, report.strongShare) : Json()},
            {"quality", part.quality ? qualityJson(*part.quality) : Json()},
            {"labels", part.labels ? labelsJson(*part.labels) : Json()},
            {"rightness", part.rightness ? rightnessJson(*part.rightness) : Json()},
            {"reliability", reliabilityJson(part.reliability)},
            {"mean_familiarity", figureOrNull(part.meanFamiliarity)},
            {"unfamiliar_share", figureOrNull(part.unfamiliarShare)}};
}

Json learnerJson(const TrainedLearner &learner, const TrainReport &report)
{
    Json json{{"name", toStdString(learner.contender.name)},
              {"learner", toStdString(learner.contender.learner)},
              {"options", learner.contender.options},
              {"embedder", toStdString(learner.contender.embedder)},
              {"error", Json()}};
    if (learner.error) {
        json["error"] = toStdString(learner.error->message);
        return json;
    }
    Json curve = Json::array();
    for (const evaluation::CurvePoint &point : learner.curve)
        curve.push_back({{"train_prompts", point.prompts}, {"value", estimateJson(point.value)}});
    const QStringList &outputs = learner.target.outputs;
    json["trained_on"] = countsJson(learner.trainedOn, outputs);
    json["validation"] = partJson(learner.validation, report, outputs);
    json["test"] = learner.test ? partJson(*learner.test, report, outputs) : Json();
    json["learning_curve"] = std::move(curve);
    json["against_chosen"] = estimateJson(learner.againstChosen);
    json["training_s"] = learner.trainingSeconds;
    json["decision_us"] = learner.decisionMicroseconds;
    return json;
}

QString headlineText(Headline headline)
{
    switch (headline) {
    case Headline::Apgr:
        return Texts::tr("APGR");
    case Headline::Quality:
        return Texts::tr("Mean quality");
    case Headline::Accuracy:
        return Texts::tr("Accuracy");
    case Headline::Area:
        break;
    }
    return Texts::tr("AUC");
}

QString dashed(const Estimate &estimate)
{
    return estimate.isDefined() ? figureText(estimate, kFigurePlaces) : u"–"_s;
}

QString learnersText(const TrainReport &report)
{
    const auto right = TextTable::Align::Right;
    const Headline headline =
        report.training.learners[size_t(report.training.chosen)].validation.headline;
    TextTable table({{Texts::tr("Learner")},
                     {Texts::tr("%1, validation").arg(headlineText(headline)), right},
                     {Texts::tr("Null"), right},
                     {Texts::tr("Against the chosen"), right},
                     {Texts::tr("Training s"), right},
                     {Texts::tr("Decision us"), right}});
    for (qsizetype at = 0; at < qsizetype(report.training.learners.size()); ++at) {
        const TrainedLearner &learner = report.training.learners[size_t(at)];
        const QString name =
            learner.contender.name + (at == report.training.chosen ? u" *"_s : u""_s);
        if (learner.error) {
            table.addRow({name, learner.error->message, {}, {}, {}, {}});
            continue;
        }
        table.addRow({name, dashed(learner.validation.value), dashed(learner.validation.null.value),
                      learner.againstChosen.isDefined()
                          ? differenceText(learner.againstChosen, kFigurePlaces)
                          : u"–"_s,
                      QString::number(learner.trainingSeconds, 'f', 2),
                      QString::number(learner.decisionMicroseconds, 'f', 1)});
    }
    return table.text() + u'\n' + Texts::tr("* the best on validation");
}

QString nullText(const NullFigure &null)
{
    return null.value.isDefined()
               ? Texts::tr("trained on shuffled targets %1, which reach it with probability %2")
                     .arg(figureText(null.value, kFigurePlaces),
                          QString::number(null.reaches, 'f', 3))
               : Texts::tr("nothing was trained on shuffled targets");
}

QStringList pairLines(const evaluation::PairReport &pair, const TrainReport &report)
{
    QStringList lines{Texts::tr("Between    %1 (%2) and %3 (%4)")
                          .arg(pair.strong, dashed(pair.performance.strongQuality), pair.weak,
                               dashed(pair.performance.weakQuality)),
                      Texts::tr("CPT(50)    %1 %").arg(dashed(pair.performance.cpt50)),
                      Texts::tr("CPT(80)    %1 %").arg(dashed(pair.performance.cpt80))};
    if (pair.costQuality)
        lines << costQualityText(*pair.costQuality);
    if (report.strongShare)
        lines << calibratedText(evaluation::calibrateThreshold(pair.score, *report.strongShare),
                                pair.strong);
    return lines;
}

QStringList qualityLines(const evaluation::QualityReport &quality)
{
    if (quality.bestSingle < 0)
        return {Texts::tr("No prompt has an outcome of every model.")};
    QStringList lines{
        Texts::tr("Routed     %1; best single model %2: %3")
            .arg(dashed(quality.routed), quality.singles[size_t(quality.bestSingle)].model,
                 dashed(quality.singles[size_t(quality.bestSingle)].quality)),
        Texts::tr("Above it   %1; the most there is: %2")
            .arg(differenceText(quality.aboveBestSingle, kFigurePlaces), dashed(quality.oracle))};
    if (quality.costQuality)
        lines << costQualityText(*quality.costQuality);
    return lines;
}

QString confusionText(const evaluation::LabelReport &labels)
{
    QList<TextTable::Column> columns{{Texts::tr("Is, said")}};
    for (const QString &label : labels.labels)
        columns.append({label, TextTable::Align::Right});
    TextTable table(columns);
    for (qsizetype truth = 0; truth < labels.labels.size(); ++truth) {
        QStringList cells{labels.labels[truth]};
        for (const qsizetype count : labels.confusion[size_t(truth)])
            cells.append(QString::number(count));
        table.addRow(cells);
    }
    return table.text();
}

QStringList rightnessLines(const evaluation::RightnessReport &rightness)
{
    const auto right = TextTable::Align::Right;
    TextTable table({{Texts::tr("Answers of")},
                     {Texts::tr("n"), right},
                     {Texts::tr("Quality"), right},
                     {Texts::tr("AUC"), right}});
    for (const auto &model : rightness.models)
        table.addRow({model.model, QString::number(model.area.n), dashed(model.quality),
                      dashed(model.area)});
    return {QString(), table.text()};
}

QStringList partLines(const QString &title, const PartReport &part, const TrainReport &report)
{
    QStringList lines{Texts::tr("%1: %2 %3, n %4")
                          .arg(title, headlineText(part.headline), dashed(part.value))
                          .arg(part.value.n),
                      Texts::tr("Null       %1").arg(nullText(part.null))};
    if (part.pair)
        lines << pairLines(*part.pair, report);
    if (part.quality)
        lines << qualityLines(*part.quality);
    if (part.labels)
        lines << Texts::tr("Accuracy   %1; always the commonest label: %2")
                     .arg(dashed(part.labels->accuracy), dashed(part.labels->commonest))
              << confusionText(*part.labels);
    if (part.rightness)
        lines << rightnessLines(*part.rightness);
    for (const evaluation::OutputReliability &output : part.reliability)
        lines << Texts::tr("Brier      %1 of “%2” (always its mean: %3); calibration error %4")
                     .arg(QString::number(output.reliability.brier, 'f', kFigurePlaces),
                          output.output, QString::number(output.brierOfMean, 'f', kFigurePlaces),
                          QString::number(output.reliability.expectedError, 'f', kFigurePlaces));
    lines << Texts::tr("Unfamiliar %1 % of the prompts")
                 .arg(QString::number(100 * part.unfamiliarShare, 'f', 1));
    return lines;
}

QString trainedText(const TrainedLearner &learner)
{
    const evaluation::TargetCounts &counts = learner.trainedOn;
    QString text = Texts::tr("Trained on %1 of %2 prompts; %3 outcomes missing")
                       .arg(counts.used)
                       .arg(counts.prompts)
                       .arg(counts.missingOutcomes);
    if (learner.target.request.kind != learning::TargetKind::Labels)
        return text;
    QStringList labels;
    for (qsizetype label = 0; label < learner.target.outputs.size(); ++label)
        labels.append(
            u"%1 %2"_s.arg(counts.byOutput[size_t(label)]).arg(learner.target.outputs[label]));
    text += u"; "_s + labels.join(u", "_s);
    if (counts.noneRight > 0)
        text += u"; "_s + Texts::tr("no model is right on %1").arg(counts.noneRight);
    return text;
}

QString curveText(const std::vector<evaluation::CurvePoint> &curve)
{
    const auto right = TextTable::Align::Right;
    TextTable table({{Texts::tr("Train prompts"), right}, {Texts::tr("On validation"), right}});
    for (const evaluation::CurvePoint &point : curve)
        table.addRow({QString::number(point.prompts), dashed(point.value)});
    return table.text();
}

} // namespace

Json trainJson(const TrainReport &report)
{
    Json learners = Json::array();
    for (const TrainedLearner &learner : report.training.learners)
        learners.push_back(learnerJson(learner, report));
    const evaluation::TrainingReport &training = report.training;
    return {{"outcomes", toStdString(report.outcomes)},
            {"seed", report.seed},
            {"strong", report.strong.isEmpty() ? Json() : Json(toStdString(report.strong))},
            {"weak", report.weak.isEmpty() ? Json() : Json(toStdString(report.weak))},
            {"prompts",
             {{"train", training.trainPrompts},
              {"validation", training.validationPrompts},
              {"test", training.testPrompts}}},
            {"chosen", toStdString(training.learners[size_t(training.chosen)].contender.name)},
            {"artifact", report.written.isEmpty() ? Json() : Json(toStdString(report.written))},
            {"learners", std::move(learners)}};
}

QString trainText(const TrainReport &report)
{
    const evaluation::TrainingReport &training = report.training;
    const TrainedLearner &chosen = training.learners[size_t(training.chosen)];
    QStringList lines{Texts::tr("Prompts    %1 train, %2 validation, %3 test")
                          .arg(training.trainPrompts)
                          .arg(training.validationPrompts)
                          .arg(training.testPrompts),
                      trainedText(chosen), QString(), learnersText(report), QString()};
    if (!chosen.curve.empty())
        lines << curveText(chosen.curve) << QString();
    lines << partLines(Texts::tr("Validation"), chosen.validation, report);
    if (chosen.test)
        lines << QString() << partLines(Texts::tr("Test"), *chosen.test, report);
    return lines.join(u'\n');
}

} // namespace headgate::cli
