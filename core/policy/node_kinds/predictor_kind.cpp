#include "core/policy/node_kinds/builtin_kinds.h"
#include "core/policy/node_kinds/config_value.h"
#include "core/policy/node_kinds/label_check.h"
#include "core/policy/node_kinds/trained_field.h"

#include "core/policy/problem_parts.h"
#include "core/policy/texts.h"

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

const QString kModels = u"models"_s;
const QString kNone = u"none"_s;
const FieldCondition kMeasured{.key = u"estimator"_s, .value = "measured", .byDefault = true};
const FieldCondition kStatic{.key = u"estimator"_s, .value = "static"};
const FieldCondition kLearned{.key = u"estimator"_s, .value = "learned"};
// Of files of before: shown where a node has them.
const FieldCondition kNever{.key = u"estimator"_s, .value = false};

QStringList candidatesOf(const Json &config)
{
    static const Json none;
    return stringsOf(memberOr(config, "models", none));
}

// Which candidates the list has no quality of, whatever the task.
QStringList withoutQuality(const Json &config, const char *key)
{
    static const Json none;
    QStringList missing = candidatesOf(config);
    const Json &list = memberOr(config, key, none);
    for (const Json &entry : list.is_array() ? list : Json::array()) {
        if (jsonString(entry, "task", u"any"_s) == "any"_L1 && jsonNumber(entry, "quality", -1) >= 0)
            missing.removeAll(jsonString(entry, "model"));
    }
    return missing;
}

void checkEstimator(const Node &node, QList<Problem> &problems)
{
    const QString estimator = jsonString(node.config, "estimator", u"measured"_s);
    if (estimator == "learned"_L1) {
        checkArtifactGiven(node, problems);
        return;
    }
    const bool isStatic = estimator == "static"_L1;
    const QStringList missing = withoutQuality(node.config, isStatic ? "scores" : "measured");
    if (missing.isEmpty())
        return;
    const QString models = u'“' + missing.join(u"”, “"_s) + u'”';
    problems.append(fieldErrorAt(
        node, isStatic ? u"scores"_s : u"measured"_s, u"needs-training"_s,
        isStatic ? Texts::tr("%1 has no score of %2 for any task; add one.")
                       .arg(displayName(node), models)
                 : Texts::tr("%1 has no measured quality of %2; measure it on a data set, or give "
                             "the figure.")
                       .arg(displayName(node), models)));
}

void checkEntries(const Node &node, const char *key, const char *figure, double most,
                  QList<Problem> &problems)
{
    static const Json none;
    const Json &list = memberOr(node.config, key, none);
    const QStringList candidates = candidatesOf(node.config);
    for (const Json &entry : list.is_array() ? list : Json::array()) {
        const QString model = jsonString(entry, "model");
        const double value = jsonNumber(entry, figure, -1);
        if (!candidates.contains(model)) {
            Problem problem = warningAt(
                node, u"no-candidate"_s,
                Texts::tr("%1 has a figure of “%2”, which is none of its candidates.")
                    .arg(displayName(node), model));
            problem.field = QString::fromLatin1(key);
            problems.append(problem);
        } else if (!(value >= 0 && value <= most)) {
            problems.append(fieldErrorAt(
                node, QString::fromLatin1(key), u"field-range"_s,
                most == 1 ? Texts::tr("In %1 the quality of “%2” must lie between 0 and 1.")
                                .arg(displayName(node), model)
                          : Texts::tr("In %1 the seconds of “%2” must be a number from 0 up.")
                                .arg(displayName(node), model)));
        }
    }
}

// What the weights of a former file say in dollars.
Mend inDollars(const Node &node)
{
    const double quality = jsonNumber(node.config, "quality_weight", 1);
    const double cost = jsonNumber(node.config, "cost_weight", 0);
    const double latency = jsonNumber(node.config, "latency_weight", 0);
    return {Texts::tr("Say it in dollars"),
            [id = node.id, quality, cost, latency](const PolicyDocument &document) {
                PolicyDocument mended = document;
                for (Node &changed : mended.nodes) {
                    if (changed.id != id)
                        continue;
                    for (const char *key : {"quality_weight", "cost_weight", "latency_weight"})
                        changed.config.erase(key);
                    if (cost <= 0)
                        continue;
                    changed.config["willingness_usd"] = quality / cost;
                    if (latency > 0)
                        changed.config["second_usd"] = latency / cost;
                }
                return mended;
            }};
}

void checkObjective(const Node &node, QList<Problem> &problems)
{
    const bool dollars = jsonNumber(node.config, "willingness_usd", 0) > 0;
    if (!dollars && jsonNumber(node.config, "second_usd", 0) > 0)
        problems.append(fieldErrorAt(
            node, u"second_usd"_s, u"no-objective"_s,
            Texts::tr("%1 says what a second is worth, but not what quality is worth; say both.")
                .arg(displayName(node))));
    const bool weighs = node.config.contains("quality_weight") ||
                        node.config.contains("cost_weight") ||
                        node.config.contains("latency_weight");
    if (!weighs)
        return;
    if (!dollars && jsonNumber(node.config, "quality_weight", 1) <= 0) {
        Problem problem = fieldErrorAt(
            node, u"quality_weight"_s, u"no-objective"_s,
            Texts::tr("In %1 quality has no weight, so that the cheapest model would always be "
                      "best; give it one.")
                .arg(displayName(node)));
        problem.mend = setConfigMend(Texts::tr("Weigh quality"), node.id, u"quality_weight"_s, 1);
        problems.append(problem);
        return;
    }
    Problem problem = warningAt(node, u"old-weights"_s,
                                Texts::tr("%1 has weights of an earlier version; they still hold, "
                                          "unless it says what quality is worth in dollars.")
                                    .arg(displayName(node)));
    problem.field = u"quality_weight"_s;
    problem.mend = inDollars(node);
    problems.append(problem);
}

void validatePredictor(const Node &node, const PolicyDocument &, QList<Problem> &problems)
{
    static const Json none;
    const QStringList candidates = candidatesOf(node.config);
    checkPortNames(node, kModels, candidates, kNone, problems);
    if (candidates.isEmpty() && memberOr(node.config, "models", none).is_array())
        problems.append(fieldErrorAt(
            node, kModels, u"no-candidates"_s,
            Texts::tr("%1 has no model to choose from; add some.").arg(displayName(node))));
    checkEstimator(node, problems);
    checkEntries(node, "measured", "quality", 1, problems);
    checkEntries(node, "scores", "quality", 1, problems);
    checkEntries(node, "latencies", "seconds", 1e9, problems);
    checkObjective(node, problems);
}

Field weightField(const QString &key, const QString &label, double fallback)
{
    return {.key = key,
            .label = label,
            .type = FieldType::Number,
            .defaultValue = fallback,
            .help = Texts::tr("Of an earlier version; it holds where nothing is said in dollars."),
            .minimum = 0,
            .onlyWhen = kNever};
}

QList<Field> estimateFields()
{
    return {
        {.key = kModels,
         .label = Texts::tr("Candidates"),
         .type = FieldType::Models,
         .help = Texts::tr("The models to choose from; one port each."),
         .required = true},
        {.key = u"estimator"_s,
         .label = Texts::tr("Quality from"),
         .type = FieldType::Choice,
         .defaultValue = "measured",
         .help = Texts::tr("Where the expected quality of a model comes from: one measured figure "
                           "each, scores for kinds of task, or a trained file."),
         .choices = {u"measured"_s, u"static"_s, u"learned"_s}},
        {.key = u"measured"_s,
         .label = Texts::tr("Measured quality"),
         .type = FieldType::ModelScores,
         .help = Texts::tr("The share of right answers of each model on your data."),
         .onlyWhen = kMeasured},
        {.key = u"scores"_s,
         .label = Texts::tr("Scores by task"),
         .type = FieldType::TaskScores,
         .help = Texts::tr("The quality of a model for a kind of task; “any” for all others."),
         .onlyWhen = kStatic},
        artifactField(Texts::tr("Trained file"), kLearned),
        familiarityField(Texts::tr("A query that is less like what the file was trained on goes to "
                                   "“none”."),
                         kLearned),
    };
}

QList<Field> objectiveFields()
{
    return {
        {.key = u"willingness_usd"_s,
         .label = Texts::tr("Worth if right"),
         .type = FieldType::Number,
         .unit = Texts::tr("USD"),
         .help = Texts::tr("What you would pay for an answer that is right instead of wrong; "
                           "without it the best model is taken, whatever it costs."),
         .minimum = 0},
        {.key = u"second_usd"_s,
         .label = Texts::tr("Worth a second"),
         .type = FieldType::Number,
         .unit = Texts::tr("USD"),
         .help = Texts::tr("What you would pay for an answer a second sooner."),
         .minimum = 0},
        {.key = u"max_cost_usd"_s,
         .label = Texts::tr("Cost, at most"),
         .type = FieldType::Number,
         .unit = Texts::tr("USD"),
         .help = Texts::tr("A model expected to cost more is no candidate, nor is one whose price "
                           "is not known."),
         .minimum = 0},
        {.key = u"max_latency_s"_s,
         .label = Texts::tr("Latency, at most"),
         .type = FieldType::Number,
         .unit = Texts::tr("s"),
         .help = Texts::tr("A model expected to take longer is no candidate."),
         .minimum = 0},
        {.key = u"allow"_s,
         .label = Texts::tr("Only these"),
         .type = FieldType::Models,
         .help = Texts::tr("Where some are listed, no other candidate is taken; a query's metadata "
                           "may have a list “allow” of its own.")},
        {.key = u"deny"_s,
         .label = Texts::tr("Never these"),
         .type = FieldType::Models,
         .help = Texts::tr("Candidates that are not taken for now; a query's metadata may have a "
                           "list “deny” of its own.")},
        {.key = u"answer_tokens"_s,
         .label = Texts::tr("Answer length"),
         .type = FieldType::Integer,
         .defaultValue = 300, // routers/predictor_router.cpp has the same
         .unit = Texts::tr("tokens"),
         .help = Texts::tr("How long an answer is expected to be, for its cost."),
         .minimum = 0,
         .maximum = 1e6},
        {.key = u"latencies"_s,
         .label = Texts::tr("Expected latency"),
         .type = FieldType::ModelSeconds,
         .help = Texts::tr("Of models that were not measured lately.")},
        weightField(u"quality_weight"_s, Texts::tr("Weight of quality"), 1),
        weightField(u"cost_weight"_s, Texts::tr("Weight of cost"), 0),
        weightField(u"latency_weight"_s, Texts::tr("Weight of latency"), 0),
    };
}

// "$0.05 a right answer · ≤ $0.01 · ≤ 0.5 s": the ports name the candidates.
QString predictorSummary(const Node &node)
{
    const double willingness = jsonNumber(node.config, "willingness_usd", 0);
    const double cost = jsonNumber(node.config, "max_cost_usd", -1);
    const double latency = jsonNumber(node.config, "max_latency_s", -1);
    QStringList parts;
    if (willingness > 0)
        parts.append(Texts::tr("$%1 a right answer").arg(QString::number(willingness, 'g', 3)));
    if (cost >= 0)
        parts.append(Texts::tr("≤ $%1").arg(QString::number(cost, 'g', 3)));
    if (latency >= 0)
        parts.append(Texts::tr("≤ %1 s").arg(QString::number(latency, 'g', 3)));
    return parts.isEmpty() ? Texts::tr("the best expected quality") : parts.join(u" · "_s);
}

} // namespace

// {"models": [names], "estimator": "measured" | "static" | "learned",
//  "measured": [{"model", "quality", "rows"?}], "scores": [{"model", "task": task_kind.h or "any",
//  "quality"}], "artifact": file beside the policy, "least_familiarity",
//  "willingness_usd": for a unit of quality, "second_usd", "max_cost_usd", "max_latency_s",
//  "allow", "deny": [names], "answer_tokens", "latencies": [{"model", "seconds"}]};
// of before: "quality_weight", "cost_weight", "latency_weight"
NodeKind predictorKind()
{
    NodeKind kind;
    kind.id = u"predictor"_s;
    kind.label = Texts::tr("Predictor");
    kind.group = NodeGroup::Route;
    kind.help = Texts::tr("Sends a query to the model with the best expected trade of quality, "
                          "cost and latency.");
    kind.tags = {Texts::tr("quality"), Texts::tr("cost"), Texts::tr("latency"),
                 Texts::tr("learned"), Texts::tr("estimate")};
    kind.fields = estimateFields() + objectiveFields();
    const Port none{.name = kNone, .label = Texts::tr("none"), .role = PortRole::Default};
    kind.outPorts = [none](const Json &config) { return portsNamed(candidatesOf(config), none); };
    kind.summary = [](const Node &node, const PolicyDocument &) {
        return predictorSummary(node);
    };
    kind.withoutBranch = [](const Json &config, const QString &port) {
        return withoutEntry(config, "models", Json::array(), nullptr, port);
    };
    kind.validate = validatePredictor;
    return kind;
}

} // namespace headgate::policy
