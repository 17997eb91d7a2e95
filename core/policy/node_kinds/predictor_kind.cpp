#include "core/policy/node_kinds/builtin_kinds.h"
#include "core/policy/node_kinds/config_value.h"
#include "core/policy/node_kinds/label_check.h"

#include "core/policy/problem_parts.h"
#include "core/policy/texts.h"

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

const QString kModels = u"models"_s;
const QString kNone = u"none"_s;

QStringList candidatesOf(const Json &config)
{
    static const Json none;
    return stringsOf(memberOr(config, "models", none));
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
    double weights = 0;
    for (const auto &[key, fallback] :
         {std::pair("quality_weight", 1.0), std::pair("cost_weight", 0.0),
          std::pair("latency_weight", 0.0)})
        weights += jsonNumber(node.config, key, fallback);
    if (weights == 0) {
        Problem problem = fieldErrorAt(
            node, u"quality_weight"_s, u"no-objective"_s,
            Texts::tr("All weights of %1 are 0, so every model is as good as any; set one.")
                .arg(displayName(node)));
        problem.mend = setConfigMend(Texts::tr("Weigh quality"), node.id, u"quality_weight"_s, 1);
        problems.append(problem);
    }
}

Field weightField(const QString &key, const QString &label, double fallback, const QString &help)
{
    return {.key = key,
            .label = label,
            .type = FieldType::Number,
            .defaultValue = fallback,
            .help = help,
            .minimum = 0};
}

QList<Field> predictorFields()
{
    return {
        {.key = kModels,
         .label = Texts::tr("Candidates"),
         .type = FieldType::Models,
         .help = Texts::tr("The models to choose from; one port each."),
         .required = true},
        {.key = u"estimator"_s,
         .label = Texts::tr("Quality estimate"),
         .type = FieldType::Choice,
         .defaultValue = "measured",
         .help = Texts::tr("Where the expected quality of a model comes from."),
         .choices = {u"measured"_s, u"static"_s, u"learned"_s}},
        {.key = u"artifact"_s,
         .label = Texts::tr("Trained predictor"),
         .type = FieldType::Artifact,
         .help = Texts::tr("The file beside the policy that training wrote.")},
        weightField(u"quality_weight"_s, Texts::tr("Weight of quality"), 1,
                    Texts::tr("How much the expected quality counts.")),
        weightField(u"cost_weight"_s, Texts::tr("Weight of cost"), 0,
                    Texts::tr("How much the expected cost counts against a model.")),
        weightField(u"latency_weight"_s, Texts::tr("Weight of latency"), 0,
                    Texts::tr("How much the expected latency counts against a model.")),
        {.key = u"max_latency_s"_s,
         .label = Texts::tr("Latency, at most"),
         .type = FieldType::Number,
         .unit = Texts::tr("s"),
         .help = Texts::tr("A model expected to take longer is no candidate."),
         .minimum = 0},
        {.key = u"max_cost_usd"_s,
         .label = Texts::tr("Cost, at most"),
         .type = FieldType::Number,
         .unit = Texts::tr("USD"),
         .help = Texts::tr("A model expected to cost more is no candidate."),
         .minimum = 0},
    };
}

} // namespace

// {"models": [names], "estimator": "measured" | "static" | "learned", "artifact": file,
//  "quality_weight", "cost_weight", "latency_weight": from 0 up, "max_latency_s", "max_cost_usd"}
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
    kind.fields = predictorFields();
    kind.runtime = Runtime::NeedsTraining;
    const Port none{.name = kNone, .label = Texts::tr("none"), .role = PortRole::Default};
    kind.outPorts = [none](const Json &config) { return portsNamed(candidatesOf(config), none); };
    kind.summary = [](const Node &node, const PolicyDocument &) {
        return candidatesOf(node.config).join(", "_L1);
    };
    kind.withoutBranch = [](const Json &config, const QString &port) {
        return withoutEntry(config, "models", Json::array(), nullptr, port);
    };
    kind.validate = validatePredictor;
    return kind;
}

} // namespace headgate::policy
