#pragma once

#include "core/learning/answer_cues.h"
#include "core/learning/cue_scale.h"
#include "core/learning/feature_space.h"
#include "core/learning/prompt_model.h"

namespace headgate::learning {

struct LinearInputOptions
{
    bool text = true;        // n-grams and cues of the prompt
    bool embeddings = false; // the set's, each at length 1
    bool answer = false;     // n-grams and cues of the answer, and what it has of the question
    FeatureOptions features;
    // Whose answers have columns of their own beside those that all have: for the cues of the
    // answer, and one that says who answered.
    QStringList answering;
};

// What the linear models read of a query, as one sparse row: columns of the prompt's n-grams and
// cues, of the answer's, of the answer beside its question (for all models, and for each that is
// told apart), of the embedding. Immutable after
// fit(); any thread.
class LinearInput
{
public:
    // On these rows of the set. Of no use where it was stopped.
    static LinearInput fit(const TrainingSet &set, const std::vector<qint32> &rows,
                           const LinearInputOptions &options, const std::stop_token &stop);
    // Damaged where its parts are not as addTo() wrote them.
    static Result<LinearInput> from(const Artifact &artifact, qsizetype embeddingSize);
    void addTo(Artifact &artifact) const;

    quint32 columns() const;
    std::vector<Cue> cues() const; // by rising column
    void read(const PromptInput &input, FeatureRow &row) const;
    // All rows of the set; fewer where it is stopped.
    SparseMatrix read(const TrainingSet &set, const std::stop_token &stop) const;
    // Those that have a name, for an explanation; components of an embedding have none.
    std::vector<NamedFeature> named(const PromptInput &input) const;

private:
    quint32 textColumns() const { return m_text ? m_space.columns() : 0; }
    quint32 answerColumns() const
    {
        return m_answer ? m_space.columns() + quint32(kAnswerCues) + modelColumns() : 0;
    }
    quint32 modelColumns() const { return quint32(m_answering.size()) * kColumnsOfModel; }
    quint32 firstColumnOf(QStringView answering) const;
    void appendAnswer(const PromptInput &input, FeatureRow &row) const;
    void appendEmbedding(std::span<const float> embedding, FeatureRow &row) const;

    static constexpr quint32 kColumnsOfModel = quint32(kAnswerCues) + 1;

    bool m_text = true;
    bool m_answer = false;
    QStringList m_answering;
    qsizetype m_embeddingSize = 0;
    FeatureSpace m_space; // of prompts and answers
};

// The row of a training set, as what a model reads.
PromptInput inputOf(const TrainingSet &set, qsizetype row);

} // namespace headgate::learning
