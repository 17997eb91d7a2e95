#include "core/routers/predictor_router.h"

#include "core/routers/candidate_quality.h"
#include "core/routers/predictor_objective.h"
#include "core/routers/texts.h"
#include "core/routers/trained_routing.h"

#include <cmath>

namespace headgate::routers {

using namespace Qt::StringLiterals;

namespace {

constexpr double kAnswerTokens = 300;
constexpr double kNoLimit = std::numeric_limits<double>::infinity();

struct Candidate
{
    QString name;
    QString model{}; // the provider's id
    qint64 answerTokens = 0;
    std::optional<double> seconds{}; // where nothing was measured
};

// What is expected of one candidate for one query.
struct Rated
{
    size_t candidate = 0;
    double quality = 0;
    std::optional<double> costUsd;
    std::optional<double> seconds;
};

struct Limits
{
    double costUsd = kNoLimit;
    double seconds = kNoLimit;
    QStringList allow; // empty: all
    QStringList deny;
};

QStringList namesAt(const Json &object, const char *key)
{
    QStringList names;
    const auto list = object.is_object() ? object.find(key) : object.end();
    for (const Json &name : list != object.end() && list->is_array() ? *list : Json::array()) {
        if (name.is_string())
            names.append(toQString(name.get_ref<const std::string &>()));
    }
    return names;
}

// Two decimals from a dollar on, else three digits that count.
QString usd(double value)
{
    const int decimals =
        value >= 1 || value <= 0 ? 2 : std::min(12, 2 - int(std::floor(std::log10(value))));
    QString text = QString::number(value, 'f', decimals);
    while (value < 1 && decimals > 2 && text.endsWith(u'0'))
        text.chop(1);
    return u'$' + text;
}

QString seconds(double value)
{
    return Texts::tr("%1 s").arg(QString::number(value, 'g', 3));
}

class PredictorRouter final : public Router
{
public:
    PredictorRouter(std::vector<Candidate> candidates, std::unique_ptr<QualitySource> source,
                    const Json &config)
        : m_candidates(std::move(candidates))
        , m_source(std::move(source))
        , m_objective(predictorObjective(config))
        , m_leastFamiliarity(jsonNumber(config, "least_familiarity", kLeastFamiliarity))
    {
        m_limits.costUsd = jsonNumber(config, "max_cost_usd", kNoLimit);
        m_limits.seconds = jsonNumber(config, "max_latency_s", kNoLimit);
        m_limits.allow = namesAt(config, "allow");
        m_limits.deny = namesAt(config, "deny");
    }

    QString embedder() const override { return m_source->embedder(); }

    Result<Decision> decide(const policy::Query &query, const RouterInputs &inputs) const override
    {
        thread_local CandidateQualities qualities;
        if (const auto estimated = m_source->estimate(query, inputs, qualities); !estimated)
            return Decision{none(), estimated.error().message, {}};
        if (qualities.familiarity < m_leastFamiliarity)
            return Decision{none(), unfamiliarText(qualities.familiarity), {}};
        const Removal removal(*this, query, inputs.explained);
        thread_local std::vector<Rated> left;
        left.clear();
        QStringList removed;
        for (size_t index = 0; index < m_candidates.size(); ++index) {
            const Rated rated = rate(index, qualities.values[index], query, inputs);
            if (removal.keeps(rated, removed))
                left.push_back(rated);
        }
        const Rated *best = bestOf(left);
        Decision decision{best ? qint32(best->candidate) : none(), {},
                          best ? std::optional(best->quality) : std::nullopt};
        if (inputs.explained)
            decision.why = whyOf(best, qualities.task, removed);
        return decision;
    }

private:
    // Tells which limit takes a candidate out.
    class Removal
    {
    public:
        Removal(const PredictorRouter &router, const policy::Query &query, bool explained)
            : m_router(router)
            , m_metadata(query.metadata)
            , m_explained(explained)
            , m_costUsd(tighter(router.m_limits.costUsd, "max_cost_usd"))
            , m_seconds(tighter(router.m_limits.seconds, "max_latency_s"))
            , m_allow(namesAt(query.metadata, "allow"))
            , m_deny(namesAt(query.metadata, "deny"))
        {
        }

        bool keeps(const Rated &rated, QStringList &removed) const
        {
            const Candidate &candidate = m_router.m_candidates[rated.candidate];
            const Limits &limits = m_router.m_limits;
            if (isIn(limits.deny, candidate) || isIn(m_deny, candidate))
                return remove(removed, candidate, [] { return Texts::tr("denied"); });
            if ((!limits.allow.isEmpty() && !isIn(limits.allow, candidate)) ||
                (!m_allow.isEmpty() && !isIn(m_allow, candidate)))
                return remove(removed, candidate, [] { return Texts::tr("not allowed"); });
            if (m_costUsd < kNoLimit && !rated.costUsd)
                return remove(removed, candidate, [] { return Texts::tr("price not known"); });
            if (rated.costUsd.value_or(0) > m_costUsd)
                return remove(removed, candidate, [&] {
                    return u"%1 > %2"_s.arg(usd(*rated.costUsd), usd(m_costUsd));
                });
            // What was never measured may be tried, or it never would be.
            if (rated.seconds.value_or(0) > m_seconds)
                return remove(removed, candidate, [&] {
                    return u"%1 > %2"_s.arg(seconds(*rated.seconds), seconds(m_seconds));
                });
            return true;
        }

    private:
        double tighter(double limit, const char *key) const
        {
            const double own = jsonNumber(m_metadata, key, kNoLimit);
            return own >= 0 ? std::min(limit, own) : limit;
        }
        static bool isIn(const QStringList &names, const Candidate &candidate)
        {
            return names.contains(candidate.name) || names.contains(candidate.model);
        }
        template<typename Words>
        bool remove(QStringList &removed, const Candidate &candidate, Words words) const
        {
            if (m_explained)
                removed.append(u"%1: %2"_s.arg(candidate.name, words()));
            return false;
        }

        const PredictorRouter &m_router;
        const Json &m_metadata;
        bool m_explained;
        double m_costUsd;
        double m_seconds;
        QStringList m_allow;
        QStringList m_deny;
    };

    qint32 none() const { return qint32(m_candidates.size()); }

    Rated rate(size_t index, double quality, const policy::Query &query,
               const RouterInputs &inputs) const
    {
        const Candidate &candidate = m_candidates[index];
        Rated rated{.candidate = index, .quality = quality, .costUsd = {},
                    .seconds = candidate.seconds};
        if (!inputs.models)
            return rated;
        if (const auto cost =
                inputs.models->cost(candidate.name, tokensOf(query), candidate.answerTokens))
            rated.costUsd = cost->toUsd();
        if (const auto latency = inputs.models->latency(candidate.name))
            rated.seconds = std::chrono::duration<double>(*latency).count();
        return rated;
    }

    // Whose price is not known comes after all whose is, where money counts; whose speed is not
    // known counts as slow as the slowest. Of equals the first listed; nullptr of none.
    const Rated *bestOf(const std::vector<Rated> &left) const
    {
        double slowest = 0;
        for (const Rated &rated : left)
            slowest = std::max(slowest, rated.seconds.value_or(0));
        const Rated *best = nullptr;
        double most = -std::numeric_limits<double>::infinity();
        for (const Rated &rated : left) {
            const double worth = m_objective.quality * rated.quality -
                                 m_objective.perUsd * rated.costUsd.value_or(0) -
                                 m_objective.perSecond * rated.seconds.value_or(slowest);
            const bool unpriced = m_objective.perUsd > 0 && !rated.costUsd;
            const bool bestUnpriced = best && m_objective.perUsd > 0 && !best->costUsd;
            if (!best || (unpriced == bestUnpriced ? worth > most : bestUnpriced)) {
                best = &rated;
                most = worth;
            }
        }
        return best;
    }

    QString whyOf(const Rated *best, const QString &task, const QStringList &removed) const
    {
        QString why = Texts::tr("no candidate is left");
        if (best) {
            QStringList facts{task.isEmpty()
                                  ? Texts::tr("quality %1").arg(figure(best->quality))
                                  : Texts::tr("quality %1 (%2)").arg(figure(best->quality), task)};
            if (best->costUsd)
                facts.append(usd(*best->costUsd));
            else if (m_objective.perUsd > 0)
                facts.append(Texts::tr("price not known"));
            if (best->seconds)
                facts.append(seconds(*best->seconds));
            why = u"%1: %2"_s.arg(m_candidates[best->candidate].name, facts.join(", "_L1));
        }
        return removed.isEmpty() ? why : u"%1; %2"_s.arg(why, removed.join("; "_L1));
    }

    std::vector<Candidate> m_candidates; // in the order of the ports
    std::unique_ptr<QualitySource> m_source;
    PredictorObjective m_objective;
    double m_leastFamiliarity;
    Limits m_limits;
};

std::vector<Candidate> candidatesOf(const RouterParts &parts, const QStringList &names)
{
    const double tokens = jsonNumber(parts.config, "answer_tokens", kAnswerTokens);
    std::vector<Candidate> candidates;
    for (const QString &name : names) {
        Candidate candidate{.name = name, .answerTokens = qint64(tokens)};
        for (const policy::Model &model : parts.models) {
            if (model.name != name)
                continue;
            candidate.model = model.model;
            candidate.answerTokens =
                qint64(std::min(tokens, jsonNumber(model.parameters, "max_tokens", tokens)));
        }
        const auto list = parts.config.find("latencies");
        for (const Json &entry : list != parts.config.end() && list->is_array() ? *list : Json()) {
            if (jsonString(entry, "model") == name && jsonNumber(entry, "seconds", -1) >= 0)
                candidate.seconds = jsonNumber(entry, "seconds", 0);
        }
        candidates.push_back(std::move(candidate));
    }
    return candidates;
}

} // namespace

Result<std::unique_ptr<Router>> makePredictorRouter(const RouterParts &parts,
                                                    const learning::ArtifactShelf &artifacts)
{
    const QStringList names = parts.ports.first(std::max<qsizetype>(parts.ports.size() - 1, 0));
    if (names.isEmpty())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("It has no model to choose from; add some."));
    auto source = makeQualitySource(parts.config, names, parts.models, artifacts);
    if (!source)
        return tl::unexpected(std::move(source).error());
    return std::make_unique<PredictorRouter>(candidatesOf(parts, names), std::move(*source),
                                             parts.config);
}

} // namespace headgate::routers
