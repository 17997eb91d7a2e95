#include "core/scorers/builtin_scorers.h"
#include "core/scorers/texts.h"
#include "core/scorers/trained_scorer.h"

namespace headgate::scorers {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<Scorer>> ScorerRegistry::create(const QString &kind,
                                                       const Json &options) const
{
    const ScorerFactory *factory = find(kind);
    if (!factory)
        return fail(
            ErrorCode::UnknownKind,
            Texts::tr("There is no scorer “%1”; known: %2.").arg(kind, kinds().join(", "_L1)));
    return (*factory)(options);
}

Result<ScoreOutcome> AskingScorer::score(const policy::Query &, const ScoredAnswer &) const
{
    return fail(ErrorCode::Unavailable,
                Texts::tr("The scorer has to ask a model first, and nobody did."));
}

ScorerRegistry builtinScorers(const learning::ArtifactShelf &artifacts)
{
    ScorerRegistry registry;
    registry.add(u"agreement"_s, makeAgreementScorer);
    registry.add(u"format"_s, makeFormatScorer);
    registry.add(u"judge"_s, makeJudgeScorer);
    registry.add(u"length"_s, makeLengthScorer);
    registry.add(u"log_probability"_s, makeLogProbabilityScorer);
    registry.add(u"refusal"_s, makeRefusalScorer);
    registry.add(u"self_consistency"_s, makeSelfConsistencyScorer);
    registry.add(u"trained"_s, [artifacts](const Json &options) {
        return makeTrainedScorer(options, artifacts);
    });
    registry.add(u"truncation"_s, makeTruncationScorer);
    return registry;
}

} // namespace headgate::scorers
