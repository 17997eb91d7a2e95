#include "core/scorers/builtin_scorers.h"
#include "core/scorers/texts.h"

#include <cmath>

namespace headgate::scorers {

using namespace Qt::StringLiterals;

namespace {

// Bounds in characters (UTF-16 units) of the answer without the white space around it.
class LengthScorer final : public Scorer
{
public:
    LengthScorer(qint64 minimum, std::optional<qint64> maximum)
        : m_minimum(minimum)
        , m_maximum(maximum)
    {
    }

    Result<ScoreOutcome> score(const policy::Query &, const ScoredAnswer &answer) const override
    {
        const qint64 length = QStringView(answer.text).trimmed().size();
        if (length == 0)
            return ScoreOutcome{0, Texts::tr("empty")};
        if (length < m_minimum)
            return ScoreOutcome{
                double(length) / double(m_minimum),
                Texts::tr("%1 characters, fewer than %2").arg(length).arg(m_minimum)};
        if (m_maximum && length > *m_maximum)
            return ScoreOutcome{
                double(*m_maximum) / double(length),
                Texts::tr("%1 characters, more than %2").arg(length).arg(*m_maximum)};
        return ScoreOutcome{1, Texts::tr("%1 characters").arg(length)};
    }

private:
    qint64 m_minimum = 1;
    std::optional<qint64> m_maximum;
};

// The whole number at `key`; none where it is absent or null.
Result<std::optional<qint64>> boundAt(const Json &options, const char *key)
{
    const auto it = options.is_object() ? options.find(key) : options.end();
    if (it == options.end() || it->is_null())
        return std::nullopt;
    const double value = it->is_number() ? it->get<double>() : -1;
    if (!(value >= 0 && value <= 1e9) || value != std::floor(value))
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The length scorer's \"%1\" must be a whole number from 0 to "
                              "1,000,000,000.")
                        .arg(QLatin1StringView(key)));
    return qint64(value);
}

} // namespace

Result<std::unique_ptr<Scorer>> makeLengthScorer(const Json &options)
{
    const auto minimum = boundAt(options, "min_characters");
    if (!minimum)
        return tl::unexpected(minimum.error());
    const auto maximum = boundAt(options, "max_characters");
    if (!maximum)
        return tl::unexpected(maximum.error());
    const qint64 least = minimum->value_or(1);
    if (*maximum && **maximum < least)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The length scorer's \"max_characters\" (%1) is below its "
                              "\"min_characters\" (%2).")
                        .arg(**maximum)
                        .arg(least));
    return std::make_unique<LengthScorer>(least, *maximum);
}

} // namespace headgate::scorers
