#pragma once

#include "core/common/kind_registry.h"
#include "core/policy/query.h"

#include <functional>
#include <memory>

namespace headgate::scorers {

// What a scorer may look at besides the query.
struct ScoredAnswer
{
    QString text;
    QString finishReason; // "stop", "length", "content_filter", …; as normalised by providers
    QList<double>
        tokenLogProbabilities; // natural log, one a token of the answer; empty: not offered
};

struct ScoreOutcome
{
    double score = 0; // in [0, 1], higher is better
    QString why;      // one short sentence for the trace: "mean log-probability −0.21"
};

// Judges an answer. Immutable after construction, so one instance may be used from several
// threads at once. Fails where the answer lacks what it needs (log-probabilities, say): never a
// made-up score.
class Scorer
{
public:
    virtual ~Scorer() = default;
    [[nodiscard]] virtual Result<ScoreOutcome> score(const policy::Query &query,
                                                     const ScoredAnswer &answer) const = 0;
};

using ScorerFactory = std::function<Result<std::unique_ptr<Scorer>>(const Json &options)>;

class ScorerRegistry final : public KindRegistry<ScorerFactory>
{
public:
    [[nodiscard]] Result<std::unique_ptr<Scorer>> create(const QString &kind,
                                                         const Json &options) const;
};

ScorerRegistry builtinScorers();

// The scorer of a gate: `scorers` is the gate's config field, [{"kind": …, "weight": …, options}].
// The weighted mean of all parts; if one fails, the whole fails.
Result<std::unique_ptr<Scorer>> combinedScorer(const ScorerRegistry &registry, const Json &scorers);

} // namespace headgate::scorers
