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

// The rows that have that target.
Rows rowsWith(const TrainingSet &set, qsizetype output)
{
    Rows rows;
    for (qsizetype row = 0; row < set.rows(); ++row) {
        const float target = set.targets.row(row)[size_t(output)];
        if (!std::isnan(target))
            rows.push_back({qint32(row), target, 1});
    }
    return rows;
}

// Two labels take one regression, for the second of them.
std::vector<Rows> headsOf(const TrainingSet &set)
{
    if (set.kind == TargetKind::Labels && set.outputs.size() == 2)
        return {rowsWith(set, 1)};
    std::vector<Rows> heads;
    for (qsizetype output = 0; output < set.outputs.size(); ++output)
        heads.push_back(rowsWith(set, output));
    return heads;
}

class LinearLearner final : public Learner
{
public:
    QString label() const override { return Texts::tr("Logistic regression"); }
    bool learns(TargetKind) const override { return true; }
    Json defaultOptions() const override
    {
        Json defaults = linearDefaults();
        defaults["reads"] = "text";
        return defaults;
    }

    Result<Artifact> train(const TrainingSet &set, const Json &given,
                           const TrainingControl &control) const override
    {
        OptionReader reader(given, defaultOptions());
        LinearOptions options = linearOptions(reader);
        const QString reads = reader.choice("reads", {u"text"_s, u"embedding"_s, u"both"_s});
        if (reader.failed())
            return reader.error();
        options.input.text = reads != "embedding"_L1;
        options.input.embeddings = reads != "text"_L1;
        options.input.answer = set.kind == TargetKind::Rightness;
        return checkTrainingSet(set)
            .and_then([&] { return checkInput(set, options.input); })
            .and_then([&] { return fitLinearHeads(set, headsOf(set), options, control); })
            .map([&](const LinearHeads &heads) {
                Artifact artifact = describedArtifact(u"linear"_s, set, options.input.embeddings,
                                                      reader.all(), control.seed);
                addLinearHeads(artifact, heads);
                return artifact;
            });
    }

    Result<std::unique_ptr<PromptModel>> load(const Artifact &artifact) const override
    {
        return loadLinearModel(artifact);
    }

private:
    static Result<> checkInput(const TrainingSet &set, const LinearInputOptions &input)
    {
        if (input.embeddings && set.embeddings.columns == 0)
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("Embeddings are to be read, but the prompts have none; choose "
                                  "an embedder or let it read the text."));
        const FeatureOptions &features = input.features;
        if (!input.embeddings && features.wordGrams == 0 && features.characterTo == 0 &&
            !features.cues)
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("Neither words nor characters nor cues are to be read, which "
                                  "leaves nothing to learn from."));
        return {};
    }
};

} // namespace

std::shared_ptr<const Learner> makeLinearLearner()
{
    return std::make_shared<LinearLearner>();
}

} // namespace headgate::learning
