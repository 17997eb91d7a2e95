#include "core/scorers/builtin_scorers.h"
#include "core/scorers/texts.h"

#include <cmath>

namespace headgate::scorers {

using namespace Qt::StringLiterals;

namespace {

class LogProbabilityScorer final : public Scorer
{
public:
    explicit LogProbabilityScorer(bool least)
        : m_least(least)
    {
    }

    Result<ScoreOutcome> score(const policy::Query &, const ScoredAnswer &answer) const override
    {
        if (answer.tokenLogProbabilities.isEmpty())
            return fail(ErrorCode::Unavailable,
                        Texts::tr("The model sent no log-probabilities for this answer."));
        double sum = 0;
        double least = 0;
        for (const double value : answer.tokenLogProbabilities) {
            if (std::isnan(value))
                return fail(ErrorCode::Protocol,
                            Texts::tr("The model sent a log-probability that is no number."));
            // Rounding at the server can put a certain token a little above zero.
            const double logProbability = std::min(value, 0.0);
            sum += logProbability;
            least = std::min(least, logProbability);
        }
        const double mean = sum / double(answer.tokenLogProbabilities.size());
        const double aggregate = m_least ? least : mean;
        const QString number = u"%1"_s.arg(aggregate, 0, 'f', 2).replace(u'-', u'−');
        return ScoreOutcome{std::exp(aggregate),
                            m_least ? Texts::tr("least log-probability %1").arg(number)
                                    : Texts::tr("mean log-probability %1").arg(number)};
    }

private:
    bool m_least = false;
};

} // namespace

Result<std::unique_ptr<Scorer>> makeLogProbabilityScorer(const Json &options)
{
    const QString aggregate = jsonString(options, "aggregate", u"mean"_s);
    if (aggregate != "mean"_L1 && aggregate != "min"_L1)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The log-probability scorer knows the aggregates “mean” and “min”, "
                              "not “%1”.")
                        .arg(aggregate));
    return std::make_unique<LogProbabilityScorer>(aggregate == "min"_L1);
}

} // namespace headgate::scorers
