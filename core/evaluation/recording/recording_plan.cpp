#include "core/evaluation/recording/recording_plan.h"

#include "core/evaluation/graders/grader.h"
#include "core/evaluation/texts.h"

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

// The name of the model that the grader asks; empty: it asks nobody.
Result<QString> judgeOf(const Json &config)
{
    if (config.empty())
        return QString();
    const auto grader = builtinGraders().create(config);
    if (!grader)
        return tl::unexpected(grader.error());
    const auto question = (*grader)->question({.prompt = u"?"_s, .answer = u"!"_s});
    return question ? question->model : QString();
}

} // namespace

Result<RecordingPlan> planRecording(const policy::PolicyDocument &document,
                                    const QStringList &names, const DatasetSummary &dataset)
{
    RecordingPlan plan;
    plan.dataset = dataset.id;
    for (const QString &name : names) {
        const policy::Model *model = document.model(name);
        if (!model)
            return fail(ErrorCode::NotFound,
                        Texts::tr("The policy has no model “%1” to be recorded.").arg(name));
        if (!plan.models.contains(*model))
            plan.models.append(*model);
    }
    if (names.isEmpty())
        plan.models = document.models;
    if (plan.models.isEmpty())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The policy has no models yet. Add those that are to be recorded."));
    const auto judge = judgeOf(dataset.grader);
    if (!judge)
        return tl::unexpected(judge.error());
    if (judge->isEmpty())
        return plan;
    const policy::Model *model = document.model(*judge);
    if (!model)
        return fail(ErrorCode::NotFound,
                    Texts::tr("The grader of “%1” asks the model “%2”, which the policy does not "
                              "have. Add it to the policy, or choose another grader.")
                        .arg(dataset.name, *judge));
    plan.judge = *model;
    return plan;
}

} // namespace headgate::evaluation
