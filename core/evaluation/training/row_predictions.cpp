#include "core/evaluation/training/row_predictions.h"

#include "core/evaluation/texts.h"

#include <algorithm>
#include <chrono>

namespace headgate::evaluation {

using learning::TargetKind;

qsizetype RowPredictions::best(qsizetype at) const
{
    const auto predicted = row(at);
    return std::max_element(predicted.begin(), predicted.end()) - predicted.begin();
}

RowPredictions predictRows(const learning::PromptModel &model, const PredictedInputs &inputs,
                           std::stop_token stop)
{
    RowPredictions found{
        .outputs = model.outputs(), .kind = model.kind(), .values = {}, .familiarity = {}};
    const auto begun = std::chrono::steady_clock::now();
    for (qsizetype row = 0; row < inputs.prompts.size() && !stop.stop_requested(); ++row) {
        learning::PromptInput input{.prompt = inputs.prompts[row]};
        if (inputs.answers)
            input.answer = inputs.answers->at(row);
        if (inputs.embeddings && inputs.embeddings->columns > 0)
            input.embedding = inputs.embeddings->row(row);
        const learning::Prediction prediction = model.predict(input);
        found.values.insert(found.values.end(), prediction.values.begin(), prediction.values.end());
        found.familiarity.push_back(prediction.familiarity);
    }
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begun;
    if (found.rows() > 0)
        found.microseconds = took.count() / double(found.rows());
    return found;
}

Result<std::vector<double>> pairScores(const RowPredictions &predictions, const QString &strong,
                                       const QString &weak)
{
    const qsizetype strongAt = predictions.outputs.indexOf(strong);
    const qsizetype weakAt = predictions.outputs.indexOf(weak);
    const bool namesBoth = strongAt >= 0 && weakAt >= 0;
    if (predictions.kind == TargetKind::Rightness ||
        (predictions.kind == TargetKind::Qualities && !namesBoth))
        return fail(ErrorCode::InvalidInput,
                    predictions.kind == TargetKind::Rightness
                        ? Texts::tr("It judges answers, and cannot choose between models.")
                        : Texts::tr("It does not know both “%1” and “%2”; it was trained on: %3.")
                              .arg(strong, weak, predictions.outputs.join(u", ")));
    std::vector<double> scores;
    const auto last = double(predictions.outputs.size() - 1);
    for (qsizetype row = 0; row < predictions.rows(); ++row) {
        const auto values = predictions.row(row);
        if (namesBoth) {
            scores.push_back(values[size_t(strongAt)] - values[size_t(weakAt)]);
            continue;
        }
        double place = 0;
        for (size_t label = 1; label < values.size(); ++label)
            place += values[label] * double(label) / last;
        scores.push_back(place);
    }
    return scores;
}

} // namespace headgate::evaluation
