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

// Whose answers are judged by a regression of their own: fewer rows tell less than those of all.
constexpr qsizetype kFewestAnswers = 50;

// All answers, and then those of each model that has enough of them, right and wrong ones.
std::vector<Rows> headsOf(const TrainingSet &set, bool perModel, QStringList &answering)
{
    std::vector<Rows> heads(1);
    QMap<QString, Rows> byModel;
    for (qsizetype row = 0; row < set.rows(); ++row) {
        const float target = set.targets.row(row)[0];
        if (std::isnan(target))
            continue;
        heads[0].push_back({qint32(row), target, 1});
        if (perModel && !set.answering.isEmpty())
            byModel[set.answering.at(row)].push_back(heads[0].back());
    }
    for (auto model = byModel.cbegin(); model != byModel.cend(); ++model) {
        const bool differ = std::any_of(model->begin(), model->end(), [&](const auto &row) {
            return row.target != model->front().target;
        });
        if (model.key().isEmpty() || !differ || qsizetype(model->size()) < kFewestAnswers)
            continue;
        answering.append(model.key());
        heads.push_back(*model);
    }
    return heads;
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
        QStringList answering;
        return checkTrainingSet(set)
            .and_then([&] {
                return fitLinearHeads(set, headsOf(set, perModel, answering), options, control);
            })
            .map([&](const LinearHeads &heads) {
                Artifact artifact =
                    describedArtifact(u"scorer"_s, set, false, reader.all(), control.seed);
                addLinearHeads(artifact, heads, answering);
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
