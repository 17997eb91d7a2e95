#pragma once

#include "core/learning/learner.h"

namespace headgate::test {

// Learns the mean target of the prompts (and answers) that hold a word, and predicts the mean of
// that over the words that it knows. Enough to tell whether what surrounds a learner is right.
// Options: "weight", in [0, 1]: how much words count against the mean of all rows.
class WordMeanLearner final : public learning::Learner
{
public:
    QString label() const override;
    bool learns(learning::TargetKind) const override { return true; }
    Json defaultOptions() const override { return {{"weight", 1.0}}; }
    Result<learning::Artifact> train(const learning::TrainingSet &set, const Json &options,
                                     const learning::TrainingControl &control) const override;
    Result<std::unique_ptr<learning::PromptModel>>
    load(const learning::Artifact &artifact) const override;
};

// Of kind "word_means" alone.
learning::LearnerRegistry wordMeanLearners();

} // namespace headgate::test
