#include "core/policy/policy_checks.h"
#include "core/policy/texts.h"

#include <QSet>

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

Problem wholeProblem(Problem::Severity severity, const QString &code, const QString &sentence)
{
    Problem problem;
    problem.severity = severity;
    problem.code = code;
    problem.sentence = sentence;
    return problem;
}

Problem wholeError(const QString &code, const QString &sentence)
{
    return wholeProblem(Problem::Severity::Error, code, sentence);
}

bool isNegative(const Price &price)
{
    return price.input < Money() || price.output < Money() ||
           price.cachedInput.value_or(Money()) < Money() ||
           price.cacheWrite.value_or(Money()) < Money();
}

void checkModels(const PolicyDocument &document, QList<Problem> &problems)
{
    if (document.models.isEmpty() && !document.nodes.isEmpty())
        problems.append(wholeError(
            u"no-models"_s, Texts::tr("The policy has no model that could be called; add one.")));
    QSet<QString> names;
    for (const Model &model : document.models) {
        if (model.name.isEmpty())
            problems.append(
                wholeError(u"model-without-name"_s,
                           Texts::tr("A model of the policy has no name, so no node can "
                                     "refer to it; name it.")));
        if (names.contains(model.name))
            problems.append(
                wholeError(u"duplicate-model"_s,
                           Texts::tr("Two models are called “%1”; rename one.").arg(model.name)));
        names.insert(model.name);
        if (model.provider.isEmpty())
            problems.append(wholeError(u"model-without-provider"_s,
                                       Texts::tr("The model “%1” has no provider, so it cannot be "
                                                 "called; choose one.")
                                           .arg(model.name)));
        if (model.model.isEmpty())
            problems.append(wholeError(u"model-without-id"_s,
                                       Texts::tr("The model “%1” does not say which of its "
                                                 "provider's models it is; choose one.")
                                           .arg(model.name)));
        if (model.price && isNegative(*model.price))
            problems.append(
                wholeError(u"negative-price"_s,
                           Texts::tr("A price of the model “%1” is below 0.").arg(model.name)));
    }
}

// The model with the highest price where all are priced; else the one that the last model node
// calls, which in a cascade is the strongest.
QString dearestModel(const PolicyDocument &document)
{
    const auto price = [](const Model &model) { return model.price->input + model.price->output; };
    const auto &models = document.models;
    if (std::all_of(models.begin(), models.end(), [](const Model &m) { return m.price; }))
        return std::max_element(models.begin(), models.end(),
                                [&](const Model &a, const Model &b) { return price(a) < price(b); })
            ->name;
    QSet<QString> names;
    for (const Model &model : models)
        names.insert(model.name);
    for (auto node = document.nodes.crbegin(); node != document.nodes.crend(); ++node) {
        const QString name = jsonString(node->config, "model");
        if (node->kind == "model"_L1 && names.contains(name))
            return name;
    }
    return models.last().name;
}

void checkBaseline(const PolicyDocument &document, QList<Problem> &problems)
{
    const bool missing = document.baseline.isEmpty();
    if (missing ? document.models.size() < 2 : document.model(document.baseline) != nullptr)
        return;
    Problem problem =
        missing
            ? wholeProblem(Problem::Severity::Warning, u"no-baseline"_s,
                           Texts::tr("The policy has no baseline, so no savings can be counted."))
            : wholeError(
                  u"baseline-not-defined"_s,
                  Texts::tr("The baseline “%1” is no model of the policy, so no savings can be "
                            "counted.")
                      .arg(document.baseline));
    const QString name = document.models.isEmpty() ? QString() : dearestModel(document);
    if (!name.isEmpty()) {
        problem.mend = Mend{Texts::tr("Use “%1”").arg(name), [name](const PolicyDocument &before) {
                                PolicyDocument mended = before;
                                mended.baseline = name;
                                return mended;
                            }};
    }
    problems.append(problem);
}

void checkLimits(const PolicyDocument &document, QList<Problem> &problems)
{
    if (document.limits.maxCost && *document.limits.maxCost <= Money()) {
        Problem problem = wholeError(u"cost-limit-range"_s,
                                     Texts::tr("The cost limit of a query must be above 0 USD, or "
                                               "no model can be called."));
        problem.field = u"max_cost_usd"_s;
        problem.mend = Mend{Texts::tr("Remove the limit"), [](const PolicyDocument &before) {
                                PolicyDocument mended = before;
                                mended.limits.maxCost.reset();
                                return mended;
                            }};
        problems.append(problem);
    }
    if (document.limits.maxLatency && document.limits.maxLatency->count() <= 0) {
        Problem problem = wholeError(u"latency-limit-range"_s,
                                     Texts::tr("The time limit of a query must be above 0 s, or no "
                                               "model can be called."));
        problem.field = u"max_latency_s"_s;
        problem.mend = Mend{Texts::tr("Remove the limit"), [](const PolicyDocument &before) {
                                PolicyDocument mended = before;
                                mended.limits.maxLatency.reset();
                                return mended;
                            }};
        problems.append(problem);
    }
}

} // namespace

void checkSettings(const PolicyDocument &document, QList<Problem> &problems)
{
    checkModels(document, problems);
    checkBaseline(document, problems);
    checkLimits(document, problems);
}

} // namespace headgate::policy
