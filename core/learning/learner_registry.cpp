#include "core/learning/builtin_learners.h"
#include "core/learning/learner.h"
#include "core/learning/texts.h"

namespace headgate::learning {

using namespace Qt::StringLiterals;

LearnerRegistry builtinLearners()
{
    LearnerRegistry learners;
    learners.add(u"knn"_s, makeNearestLearner());
    learners.add(u"linear"_s, makeLinearLearner());
    learners.add(u"mf"_s, makeFactorizationLearner());
    learners.add(u"scorer"_s, makeScorerLearner());
    learners.add(u"sw"_s, makeRankingLearner());
    return learners;
}

Result<std::unique_ptr<PromptModel>> loadModel(const LearnerRegistry &learners,
                                               const Artifact &artifact)
{
    if (const auto *const learner = learners.find(artifact.kind))
        return (*learner)->load(artifact);
    return fail(
        ErrorCode::UnknownKind,
        Texts::tr("It holds a model of the kind “%1”, which is unknown here; known are: %2.")
            .arg(artifact.kind, learners.kinds().join(", "_L1)));
}

} // namespace headgate::learning
