#pragma once

#include "core/learning/learner.h"
#include "core/learning/pairwise.h"

namespace headgate::learning {

struct FactorizationOptions
{
    int dimensions = 32; // of the space in which models and prompts meet
    int epochs = 40;
    double learningRate = 0.003;
    double weightDecay = 0.01;
    double noise = 0.5; // length of what is added to a point each time it is read
    Ties ties = Ties::Half;
};

// The matrix factorisation of RouteLLM (Ong et al., "RouteLLM: Learning to Route LLMs with
// Preference Data", 2024, section 4.2): how well model M does on prompt q is
//     w2 . (v_M * (W1 q + b)),
// * by element, of which the differences between models are learned by the logistic loss of who
// beat whom. Here both come from the qualities of each row: all pairs of models, each row
// weighing 1.
class Factorization
{
public:
    // Of points of `columns` numbers; the beginning of every training, drawn from the seed.
    Factorization(qsizetype models, qsizetype columns, int dimensions, quint64 seed);
    static Result<Factorization> from(const Artifact &artifact, qsizetype models,
                                      qsizetype columns);
    void addTo(Artifact &artifact) const;

    // How well each model does, up to what all have in common.
    void scores(std::span<const float> point, std::span<float> each) const;

    // What a row costs, in the mean over its pairs; 0 where it has none.
    double loss(std::span<const float> point, std::span<const float> qualities, Ties ties) const;

private:
    friend class FactorizationTraining;

    struct Layout
    {
        size_t models = 0; // v: models x dimensions, from 0 on
        size_t columns = 0;
        size_t dimensions = 0;

        size_t projection() const { return models * dimensions; }           // W1
        size_t bias() const { return projection() + dimensions * columns; } // b
        size_t classifier() const { return bias() + dimensions; }           // w2
        size_t size() const { return classifier() + dimensions; }
    };

    explicit Factorization(Layout layout)
        : m_layout(layout)
        , m_parameters(layout.size())
    {
    }

    Layout m_layout;
    std::vector<float> m_parameters;
};

// Adam (Kingma and Ba, 2015) with decoupled weight decay over batches of rows in an order drawn
// from the seed. `onEpoch` is told of each epoch's model and mean loss; where it returns false, or
// the training is stopped, that is the last one.
using OnEpoch = std::function<bool(const Factorization &model, int epoch, double loss)>;
Factorization trainFactorization(const DenseMatrix &points, const DenseMatrix &qualities,
                                 std::span<const qsizetype> rows,
                                 const FactorizationOptions &options, quint64 seed,
                                 const std::stop_token &stop, const OnEpoch &onEpoch);

} // namespace headgate::learning
