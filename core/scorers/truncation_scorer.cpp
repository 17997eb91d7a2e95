#include "core/scorers/builtin_scorers.h"
#include "core/scorers/texts.h"

namespace headgate::scorers {

using namespace Qt::StringLiterals;

namespace {

class TruncationScorer final : public Scorer
{
public:
    Result<ScoreOutcome> score(const policy::Query &, const ScoredAnswer &answer) const override
    {
        if (answer.finishReason == "length"_L1)
            return ScoreOutcome{0, Texts::tr("cut at the token limit")};
        if (answer.finishReason == "content_filter"_L1)
            return ScoreOutcome{0, Texts::tr("cut by the provider's content filter")};
        return ScoreOutcome{1, Texts::tr("not cut")};
    }
};

} // namespace

Result<std::unique_ptr<Scorer>> makeTruncationScorer(const Json &)
{
    return std::make_unique<TruncationScorer>();
}

} // namespace headgate::scorers
