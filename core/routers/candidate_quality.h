#pragma once

#include "core/learning/artifact_shelf.h"
#include "core/routers/router_registry.h"

namespace headgate::routers {

// Expected qualities of a predictor's candidates, in their order; NaN: not known.
struct CandidateQualities
{
    std::vector<double> values;
    double familiarity = 1; // of the prompt, to what estimated them
    QString task{};         // that the scores are of; empty: of any
};

// Where a predictor's expected qualities come from. Immutable; any thread.
class QualitySource
{
public:
    virtual ~QualitySource() = default;
    virtual QString embedder() const { return {}; }
    // Fails with a few words.
    [[nodiscard]] virtual Result<> estimate(const policy::Query &query, const RouterInputs &inputs,
                                            CandidateQualities &qualities) const = 0;
};

// As config's "estimator" says: "learned" (an artifact of qualities), "static" (a score for each
// kind of task, task_kind.h) or "measured" (one figure a model, which it falls back to). Fails where
// it says nothing of a candidate.
[[nodiscard]] Result<std::unique_ptr<QualitySource>>
makeQualitySource(const Json &config, const QStringList &candidates,
                  const QList<policy::Model> &models, const learning::ArtifactShelf &artifacts);

// Tokens of all messages: the query's estimate, or one made here.
qint64 tokensOf(const policy::Query &query);

} // namespace headgate::routers
