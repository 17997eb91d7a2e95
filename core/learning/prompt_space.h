#pragma once

#include "core/learning/latent_space.h"
#include "core/learning/learner.h"
#include "core/learning/model_header.h"

namespace headgate::learning {

// Where prompts lie to a learner that goes by their likeness: at a point of length 1, or at zeros
// where a prompt is like nothing. The points are the embeddings of the training set, or, where it
// has none, those of a latent space that is fitted on its prompts. Immutable; any thread.
class PromptSpace
{
public:
    // `dimensions` are those of a latent space; InvalidInput where the embeddings are no numbers;
    // Cancelled.
    static Result<PromptSpace> fit(const TrainingSet &set, int dimensions,
                                   const TrainingControl &control);
    static Result<PromptSpace> from(const Artifact &artifact, const ModelHeader &header);
    void addTo(Artifact &artifact) const;

    bool readsEmbeddings() const { return !m_latent; }
    qsizetype columns() const { return m_columns; }
    // One row a prompt of the set; fewer where it is stopped.
    DenseMatrix points(const TrainingSet &set, const std::stop_token &stop) const;
    std::vector<float> point(const PromptInput &input) const;

private:
    qsizetype m_columns = 0;
    std::optional<LatentSpace> m_latent;
};

} // namespace headgate::learning
