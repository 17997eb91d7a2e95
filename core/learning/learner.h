#pragma once

#include "core/common/kind_registry.h"
#include "core/common/result.h"
#include "core/learning/artifact.h"
#include "core/learning/prompt_model.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace headgate::learning {

struct TrainingProgress
{
    double done = 0; // share of the work, in [0, 1], rising
    std::optional<double> loss; // mean of the training rows, where the learner goes by steps
};

// How a training is watched and stopped. The callback comes on the thread that trains.
struct TrainingControl
{
    quint64 seed = 1; // of every random choice: the same set, options and seed train the same model
    std::stop_token stop;
    std::function<void(const TrainingProgress &)> onProgress;
};

// One way to learn from prompts. Stateless; any thread.
class Learner
{
public:
    virtual ~Learner() = default;

    virtual QString label() const = 0; // for lists, translated: "Logistic regression"
    virtual bool learns(TargetKind kind) const = 0;
    // With their defaults; what `options` of train() may set. Unknown ones are refused.
    virtual Json defaultOptions() const = 0;

    // Fails with a sentence (InvalidInput) where the set cannot teach anything: too few rows, one
    // label only, nothing but ties, an option out of its range; with Cancelled where it was
    // stopped. The artifact's header has what the model is made of: kind, outputs, target kind,
    // options, seed, rows; the caller adds where the data came from.
    [[nodiscard]] virtual Result<Artifact> train(const TrainingSet &set, const Json &options,
                                                 const TrainingControl &control) const = 0;
    // Damaged where blocks are missing, of a wrong size, or hold numbers that are not finite.
    [[nodiscard]] virtual Result<std::unique_ptr<PromptModel>>
    load(const Artifact &artifact) const = 0;
};

using LearnerRegistry = KindRegistry<std::shared_ptr<const Learner>>;

LearnerRegistry builtinLearners(); // one visible list, by the artifact's kind

// The model of an artifact of any kind: UnknownKind names the known ones.
[[nodiscard]] Result<std::unique_ptr<PromptModel>> loadModel(const LearnerRegistry &learners,
                                                             const Artifact &artifact);

} // namespace headgate::learning
