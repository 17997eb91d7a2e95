#pragma once

#include "core/learning/familiarity.h"
#include "core/learning/nearest_neighbours.h"
#include "core/learning/prompt_space.h"

namespace headgate::learning {

// A prompt that a model was trained on is kept so far, for explanations.
inline constexpr qsizetype kKeptText = 1'000; // UTF-16 units

// What models that go by the likeness of prompts share: where a prompt lies, and the reference
// prompts that a decision is explained with.
class PlacedModel : public PromptModel
{
public:
    struct Parts
    {
        ModelHeader header{};
        PromptSpace space{};
        NearestNeighbours references;
        QStringList prompts{}; // of the references
        Familiarity familiarity{};
    };
    // Damaged where a part is missing or not as addParts() wrote it.
    static Result<Parts> partsOf(const Artifact &artifact,
                                 qsizetype exactRows = NearestNeighbours::kExactRows);

    explicit PlacedModel(Parts parts)
        : m_parts(std::move(parts))
    {
    }

    TargetKind kind() const final { return m_parts.header.target; }
    const QStringList &outputs() const final { return m_parts.header.outputs; }
    QString embedder() const final { return m_parts.header.embedder; }
    qsizetype embeddingSize() const final { return m_parts.header.embeddingSize; }
    Prediction predict(const PromptInput &input) const final;
    // The nearest reference prompts; they are the same for every output.
    QList<Reason> explain(const PromptInput &input, qsizetype output, qsizetype most) const final;

protected:
    // One an output, for a prompt that lies there.
    virtual std::vector<double> valuesAt(std::span<const float> point) const = 0;

    const NearestNeighbours &references() const { return m_parts.references; }

private:
    Parts m_parts;
};

// What such a training begins with.
struct PlacedPrompts
{
    PromptSpace space;
    DenseMatrix points; // one row a prompt of the set
    Familiarity familiarity;
};
// `dimensions` are those of a latent space, where the set has no embeddings. Cancelled.
[[nodiscard]] Result<PlacedPrompts> placePrompts(const TrainingSet &set, int dimensions,
                                                 const TrainingControl &control);

// An artifact with all that PlacedModel reads. `rows` of the set become the references.
Artifact placedArtifact(const QString &kind, const TrainingSet &set, const PlacedPrompts &placed,
                        std::span<const qsizetype> rows, const Json &options, quint64 seed);

// The targets of a training as a block, and back: in [0, 1] or NaN; Damaged else.
void addTargets(Artifact &artifact, const DenseMatrix &targets);
[[nodiscard]] Result<DenseMatrix> targetsIn(const Artifact &artifact, qsizetype rows,
                                            qsizetype outputs);

} // namespace headgate::learning
