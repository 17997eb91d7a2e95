#include "core/evaluation/training/training_record.h"

#include "core/common/json.h"

#include <QCryptographicHash>

namespace headgate::evaluation {

using namespace Qt::StringLiterals;
using learning::TargetKind;

namespace {

Json numberOrNone(double value)
{
    return value == value ? Json(value) : Json();
}

void addText(QCryptographicHash &hash, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    const auto size = quint64(bytes.size());
    hash.addData({reinterpret_cast<const char *>(&size), sizeof size});
    hash.addData(bytes);
}

std::string hashOf(const learning::TrainingSet &set)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString &output : set.outputs)
        addText(hash, output);
    for (qsizetype row = 0; row < set.rows(); ++row) {
        addText(hash, set.prompts[row]);
        if (!set.answers.isEmpty())
            addText(hash, set.answers[row]);
        for (const float target : set.targets.row(row)) {
            // One pattern of bits for every NaN.
            const float value = target == target ? target : kNotMeasured;
            hash.addData({reinterpret_cast<const char *>(&value), sizeof value});
        }
    }
    return hash.result().toHex().toStdString();
}

const char *kindName(TargetKind kind)
{
    return kind == TargetKind::Labels      ? "labels"
           : kind == TargetKind::Qualities ? "qualities"
                                           : "rightness";
}

const char *sourceName(LabelSource source)
{
    return source == LabelSource::Difficulty ? "difficulty"
           : source == LabelSource::Label    ? "label"
                                             : "subset";
}

const char *noneRightName(NoneRight noneRight)
{
    return noneRight == NoneRight::Cheapest  ? "cheapest"
           : noneRight == NoneRight::Dearest ? "dearest"
                                             : "left_out";
}

Json targetJson(const OutcomeTable &table, const TargetRequest &request)
{
    Json models = Json::array();
    for (const qsizetype model : request.models)
        models.push_back(toStdString(table.models[size_t(model)].name));
    Json json{{"kind", kindName(request.kind)}, {"models", std::move(models)}};
    if (request.kind != TargetKind::Labels)
        return json;
    json["labels_from"] = sourceName(request.labels);
    if (request.labels != LabelSource::Difficulty)
        return json;
    json["right_from"] = request.difficulty.rightFrom;
    json["none_right"] = noneRightName(request.difficulty.noneRight);
    json["steps"] = Json::array();
    for (const std::vector<qsizetype> &step : request.steps) {
        Json names = Json::array();
        for (const qsizetype model : step)
            names.push_back(toStdString(table.models[size_t(model)].name));
        json["steps"].push_back(std::move(names));
    }
    return json;
}

Json countsJson(const TrainingRows &trained)
{
    const TargetCounts &counts = trained.counts;
    Json byOutput = Json::object();
    for (qsizetype output = 0; output < trained.set.outputs.size(); ++output)
        byOutput[toStdString(trained.set.outputs[output])] = counts.byOutput[size_t(output)];
    return {{"prompts", counts.prompts},
            {"used", counts.used},
            {"missing_outcomes", counts.missingOutcomes},
            {"without_answer", counts.withoutAnswer},
            {"undecided", counts.undecided},
            {"none_right", counts.noneRight},
            {"without_label", counts.withoutLabel},
            {"by_output", std::move(byOutput)}};
}

} // namespace

QString headlineName(Headline headline)
{
    switch (headline) {
    case Headline::Apgr:
        return u"apgr"_s;
    case Headline::Quality:
        return u"quality"_s;
    case Headline::Accuracy:
        return u"accuracy"_s;
    case Headline::Area:
        break;
    }
    return u"auc"_s;
}

void recordData(learning::Artifact &artifact, const DataRecord &data, const OutcomeTable &table,
                const TrainingTarget &target, const TrainingRows &trained)
{
    artifact.header["data"] = {
        {"name", toStdString(data.name)},
        {"split", "first 8 bytes of the prompt's SHA-256: 60 % train, 20 % validation, 20 % test"},
        {"prompts",
         {{"train", data.trainPrompts},
          {"validation", data.validationPrompts},
          {"test", data.testPrompts}}},
        {"trained_rows", trained.set.rows()},
        {"target", targetJson(table, target.request)},
        {"counts", countsJson(trained)},
        {"sha256", hashOf(trained.set)}};
}

void recordFigures(learning::Artifact &artifact, const PartReport &report)
{
    const Estimate &value = report.value;
    Json json{{"headline", toStdString(headlineName(report.headline))},
              {"value", numberOrNone(value.value)},
              {"n", value.n},
              {"ci95", value.hasInterval() ? Json::array({value.low, value.high}) : Json()},
              {"null", numberOrNone(report.null.value.value)},
              {"null_reaches", numberOrNone(report.null.reaches)}};
    artifact.header[report.part == Part::Test ? "test" : "validation"] = std::move(json);
}

} // namespace headgate::evaluation
