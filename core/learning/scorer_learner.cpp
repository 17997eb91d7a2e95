#include "core/learning/builtin_learners.h"
#include "core/learning/linear_model.h"
#include "core/learning/linear_training.h"
#include "core/learning/model_header.h"
#include "core/learning/texts.h"
#include "core/learning/training_check.h"

#include <cmath>

namespace headgate::learning {

using namespace Qt::StringLiterals;

namespace {

using Rows = std::vector<LogisticRegression::Row>;

// A model is told apart from the others by so many answers.
constexpr int kFewestAnswers = 20;

Rows measuredRows(const TrainingSet &set)
{
    Rows rows;
    for (qsizetype row = 0; row < set.rows(); ++row) {
        if (!std::isnan(set.targets.row(row)[0]))
            rows.push_back({qint32(row), set.targets.row(row)[0], 1});
    }
    return rows;
}

QStringList modelsToTellApart(const TrainingSet &set)
{
    QMap<QString, int> answers;
    for (qsizetype row = 0; row < set.answering.size(); ++row)
        answers[set.answering.at(row)] += std::isnan(set.targets.row(row)[0]) ? 0 : 1;
    QStringList models;
    for (auto model = answers.cbegin(); model != answers.cend(); ++model) {
        if (!model.key().isEmpty() && *model >= kFewestAnswers)
            models.append(model.key());
    }
    return models;
}

class ScorerLearner final : public Learner
{
public:
    QString label() const override { return Texts::tr("Answer scorer"); }
    bool learns(TargetKind kind) const override { return kind == TargetKind::Rightness; }
    Json defaultOptions() const override
    {
        Json defaults = linearDefaults();
        defaults["bits"] = 18;
        defaults["per_model"] = true;
        return defaults;
    }

    Result<Artifact> train(const TrainingSet &set, const Json &given,
                           const TrainingControl &control) const override
    {
        OptionReader reader(given, defaultOptions());
        LinearOptions options = linearOptions(reader);
        const bool perModel = reader.flag("per_model");
        if (reader.failed())
            return reader.error();
        if (!learns(set.kind))
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("A scorer learns from answers and whether they are right."));
        options.input.answer = true;
        if (perModel)
            options.input.answering = modelsToTellApart(set);
        return checkTrainingSet(set)
            .and_then([&] { return fitLinearHeads(set, {measuredRows(set)}, options, control); })
            .map([&](const LinearHeads &heads) {
                Artifact artifact =
                    describedArtifact(u"scorer"_s, set, false, reader.all(), control.seed);
                addLinearHeads(artifact, heads);
                return artifact;
            });
    }

    Result<std::unique_ptr<PromptModel>> load(const Artifact &artifact) const override
    {
        return loadLinearModel(artifact);
    }
};

} // namespace

std::shared_ptr<const Learner> makeScorerLearner()
{
    return std::make_shared<ScorerLearner>();
}

} // namespace headgate::learning
