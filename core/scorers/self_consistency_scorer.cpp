#include "core/scorers/answer_comparison.h"
#include "core/scorers/builtin_scorers.h"
#include "core/scorers/texts.h"

#include <cmath>

namespace headgate::scorers {

using namespace Qt::StringLiterals;

namespace {

constexpr quint64 kSeeds = 0x3FFFFFFF; // some providers read 32 bits

class SelfConsistencyScorer final : public AskingScorer
{
public:
    SelfConsistencyScorer(int samples, double temperature, text::AgreementBy by)
        : m_samples(samples)
        , m_temperature(temperature)
        , m_by(by)
    {
    }

    QList<Question> questions(const policy::Query &query, const ScoredAnswer &answer) const override
    {
        QList<Question> all;
        const quint64 seed = query.seed % kSeeds;
        for (int i = 1; i <= m_samples; ++i)
            // Without a seed of its own each would repeat the answer where the model has one.
            all.append(
                {.model = answer.model,
                 .messages = askedFor(query, answer),
                 .parameters = {{"temperature", m_temperature}, {"seed", seed + quint64(i)}}});
        return all;
    }

    Result<ScoreOutcome> judge(const policy::Query &, const ScoredAnswer &answer,
                               const QList<Result<Reply>> &replies) const override
    {
        double sum = 0;
        qsizetype came = 0;
        bool byWords = false;
        QString trouble;
        for (const Result<Reply> &reply : replies) {
            if (reply) {
                ++came;
                const double share = agreement(answer.text, reply->text, m_by);
                byWords = byWords || (share > 0 && share < 1);
                sum += share;
            } else if (trouble.isEmpty()) {
                trouble = reply.error().message;
            }
        }
        if (came * 2 < replies.size() || came == 0)
            return fail(ErrorCode::Unavailable,
                        Texts::tr("Of %1 further answers to compare with only %2 came: %3")
                            .arg(replies.size())
                            .arg(came)
                            .arg(trouble));
        return ScoreOutcome{sum / double(came), whyOf(sum, came, replies.size(), byWords)};
    }

private:
    static QString whyOf(double sum, qsizetype came, qsizetype asked, bool byWords)
    {
        const QString agrees =
            byWords ? Texts::tr("shares %1 % of its words with %2 further answers")
                          .arg(sum / double(came) * 100, 0, 'f', 0)
                          .arg(came)
                    : Texts::tr("%1 of %2 further answers say the same").arg(sum).arg(came);
        return came == asked ? agrees
                             : Texts::tr("%1; %2 did not come").arg(agrees).arg(asked - came);
    }

    int m_samples;
    double m_temperature;
    text::AgreementBy m_by;
};

} // namespace

Result<std::unique_ptr<Scorer>> makeSelfConsistencyScorer(const Json &options)
{
    const double samples = jsonNumber(options, "samples", 3);
    if (!(samples >= 2 && samples <= 10) || samples != std::floor(samples))
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("Self-consistency takes 2 to 10 \"samples\"."));
    const double temperature = jsonNumber(options, "temperature", 0.7);
    if (!(temperature >= 0 && temperature <= 2))
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The \"temperature\" of self-consistency must be a number from 0 to "
                              "2."));
    const auto by = comparisonFrom(options);
    if (!by)
        return tl::unexpected(by.error());
    return std::make_unique<SelfConsistencyScorer>(int(samples), temperature, *by);
}

} // namespace headgate::scorers
