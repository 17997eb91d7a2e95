#pragma once

#include "core/common/kind_registry.h"
#include "core/learning/artifact_shelf.h"
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
    QString model{};           // that answered: its name in the policy
    QList<Message> asked{};    // what it was sent: the query's messages as its node wraps them
    // Whether anybody reads `why`: a replay of many rows does not.
    bool explained = true;
};

struct ScoreOutcome
{
    double score = 0; // in [0, 1], higher is better
    QString why;      // one short sentence for the trace: "mean log-probability −0.21"
};

// What a scorer has to ask a model before it can judge an answer.
struct Question
{
    QString model; // name in the policy
    QList<Message> messages;
    // What goes over the model's own parameters, as a JSON merge patch: null takes one away.
    Json parameters = Json::object();

    bool operator==(const Question &) const = default;
};

// What the model said to it.
struct Reply
{
    QString text;
    QString finishReason;
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

    // A scorer does no I/O: it says what it has to ask, somebody else asks all of it, at a time or
    // one after the other, and judge() gets the replies in the order of the questions, with an
    // error in place of each that failed. Empty: it asks nobody, and score() is enough.
    virtual QList<Question> questions(const policy::Query &, const ScoredAnswer &) const
    {
        return {};
    }
    [[nodiscard]] virtual Result<ScoreOutcome> judge(const policy::Query &query,
                                                     const ScoredAnswer &answer,
                                                     const QList<Result<Reply>> &replies) const
    {
        Q_ASSERT(replies.isEmpty());
        return score(query, answer);
    }
};

// One that always has to ask.
class AskingScorer : public Scorer
{
public:
    // Fails: nobody was asked.
    [[nodiscard]] Result<ScoreOutcome> score(const policy::Query &query,
                                             const ScoredAnswer &answer) const final;
    QList<Question> questions(const policy::Query &query,
                              const ScoredAnswer &answer) const override = 0;
    [[nodiscard]] Result<ScoreOutcome>
    judge(const policy::Query &query, const ScoredAnswer &answer,
          const QList<Result<Reply>> &replies) const override = 0;
};

using ScorerFactory = std::function<Result<std::unique_ptr<Scorer>>(const Json &options)>;

class ScorerRegistry final : public KindRegistry<ScorerFactory>
{
public:
    [[nodiscard]] Result<std::unique_ptr<Scorer>> create(const QString &kind,
                                                         const Json &options) const;
};

// The trained scorer takes its artifacts from the shelf.
ScorerRegistry builtinScorers(const learning::ArtifactShelf &artifacts = {});

// The scorer of a gate: `scorers` is the gate's config field, [{"kind": …, "weight": …, options}].
// The weighted mean of all parts; if one fails, the whole fails.
Result<std::unique_ptr<Scorer>> combinedScorer(const ScorerRegistry &registry, const Json &scorers);

} // namespace headgate::scorers
