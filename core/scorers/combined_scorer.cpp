#include "core/scorers/scorer.h"
#include "core/scorers/texts.h"

#include <cmath>

namespace headgate::scorers {

using namespace Qt::StringLiterals;

namespace {

struct Part
{
    QString kind;
    double weight = 1;
    std::unique_ptr<Scorer> scorer;
};

class CombinedScorer final : public Scorer
{
public:
    explicit CombinedScorer(std::vector<Part> parts)
        : m_parts(std::move(parts))
    {
    }

    Result<ScoreOutcome> score(const policy::Query &query,
                               const ScoredAnswer &answer) const override
    {
        return combined([&](const Part &part) { return part.scorer->score(query, answer); });
    }

    QList<Question> questions(const policy::Query &query, const ScoredAnswer &answer) const override
    {
        QList<Question> all;
        for (const Part &part : m_parts)
            all += part.scorer->questions(query, answer);
        return all;
    }

    Result<ScoreOutcome> judge(const policy::Query &query, const ScoredAnswer &answer,
                               const QList<Result<Reply>> &replies) const override
    {
        qsizetype next = 0; // of the replies: each part's stand where its questions stood
        return combined([&](const Part &part) {
            const qsizetype count = part.scorer->questions(query, answer).size();
            const auto own = replies.mid(next, count);
            next += count;
            return part.scorer->judge(query, answer, own);
        });
    }

private:
    template<typename Judge>
    Result<ScoreOutcome> combined(Judge judgeBy) const
    {
        double sum = 0;
        double weights = 0;
        QStringList reasons;
        for (const Part &part : m_parts) {
            const Result<ScoreOutcome> outcome = judgeBy(part);
            if (!outcome)
                return outcome;
            sum += part.weight * outcome->score;
            weights += part.weight;
            reasons.append(m_parts.size() == 1 ? outcome->why
                                               : Texts::tr("%1 %2 (%3)")
                                                     .arg(part.kind)
                                                     .arg(outcome->score, 0, 'f', 2)
                                                     .arg(outcome->why));
        }
        return ScoreOutcome{std::clamp(sum / weights, 0.0, 1.0), reasons.join(", "_L1)};
    }

    std::vector<Part> m_parts; // never empty, and the weights sum to more than 0
};

Result<Part> makePart(const ScorerRegistry &registry, const Json &entry, int number)
{
    if (!entry.is_object())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("Scorer %1 is no object with a \"kind\".").arg(number));
    Part part;
    part.kind = jsonString(entry, "kind");
    if (const auto weight = entry.find("weight"); weight != entry.end()) {
        part.weight = weight->is_number() ? weight->get<double>() : -1;
        if (!std::isfinite(part.weight) || part.weight < 0)
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("The weight of scorer %1 (%2) must be a number from 0 up.")
                            .arg(number)
                            .arg(part.kind));
    }
    auto scorer = registry.create(part.kind, entry);
    if (!scorer)
        return tl::unexpected(std::move(scorer).error());
    part.scorer = std::move(*scorer);
    return part;
}

} // namespace

Result<std::unique_ptr<Scorer>> combinedScorer(const ScorerRegistry &registry, const Json &scorers)
{
    if (!scorers.is_array() || scorers.empty())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The gate has no scorer; add one, for example “log_probability”."));
    std::vector<Part> parts;
    double weights = 0;
    for (const Json &entry : scorers) {
        auto part = makePart(registry, entry, int(parts.size()) + 1);
        if (!part)
            return tl::unexpected(std::move(part).error());
        weights += part->weight;
        // A part without weight has no say, so neither may its failure.
        if (part->weight > 0)
            parts.push_back(std::move(*part));
    }
    if (!std::isfinite(weights) || weights <= 0)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The weights of the gate's scorers sum to nothing; give one a "
                              "weight above 0."));
    return std::make_unique<CombinedScorer>(std::move(parts));
}

} // namespace headgate::scorers
