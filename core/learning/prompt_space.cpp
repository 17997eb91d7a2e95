#include "core/learning/prompt_space.h"

#include "core/learning/dot_product.h"
#include "core/learning/texts.h"

#include <algorithm>
#include <cmath>

namespace headgate::learning {

Result<PromptSpace> PromptSpace::fit(const TrainingSet &set, int dimensions,
                                     const TrainingControl &control)
{
    PromptSpace space;
    space.m_columns = set.embeddings.columns;
    const auto &values = set.embeddings.values;
    if (!std::all_of(values.begin(), values.end(),
                     [](float value) { return std::isfinite(value); }))
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The embeddings hold something that is no number; embed the prompts "
                              "again."));
    if (space.m_columns > 0)
        return space;
    space.m_latent =
        LatentSpace::fit(set.prompts, {.dimensions = dimensions}, control.seed, control.stop);
    if (!space.m_latent)
        return fail(ErrorCode::Cancelled, Texts::tr("The training was stopped."));
    space.m_columns = space.m_latent->size();
    return space;
}

Result<PromptSpace> PromptSpace::from(const Artifact &artifact, const ModelHeader &header)
{
    PromptSpace space;
    space.m_columns = header.embeddingSize;
    if (space.m_columns > 0)
        return space;
    return LatentSpace::from(artifact).map([&](LatentSpace latent) {
        space.m_columns = latent.size();
        space.m_latent = std::move(latent);
        return std::move(space);
    });
}

void PromptSpace::addTo(Artifact &artifact) const
{
    if (m_latent)
        m_latent->addTo(artifact);
}

DenseMatrix PromptSpace::points(const TrainingSet &set, const std::stop_token &stop) const
{
    if (m_latent)
        return m_latent->transform(set.prompts, stop);
    DenseMatrix points = set.embeddings;
    for (qsizetype row = 0; row < points.rows(); ++row)
        scaleToUnit(points.row(row));
    return points;
}

std::vector<float> PromptSpace::point(const PromptInput &input) const
{
    std::vector<float> point(static_cast<size_t>(m_columns));
    if (m_latent) {
        thread_local FeatureRow row; // kept, so that reading a prompt allocates little
        m_latent->transform(input.prompt, row, point);
        return point;
    }
    Q_ASSERT(qsizetype(input.embedding.size()) == m_columns);
    std::copy(input.embedding.begin(), input.embedding.end(), point.begin());
    scaleToUnit(point);
    return point;
}

} // namespace headgate::learning
