#include "core/policy/node_kinds/model_kind.h"

#include "core/policy/node_kinds/builtin_kinds.h"
#include "core/policy/node_kinds/config_value.h"

#include "core/policy/problem_parts.h"
#include "core/policy/texts.h"

#include <QSet>

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

const QString kTimeout = u"timeout_s"_s;
constexpr int kUsualTimeout = 30;
const QString kFallbacks = u"fallbacks"_s;
const QString kOrder = u"order"_s;
const QString kWeights = u"weights"_s;

// "$0.05": at least two places, as prices are read.
QString dollars(Money amount)
{
    QString text = amount.toDecimal();
    const qsizetype point = text.indexOf(u'.');
    const qsizetype places = point < 0 ? 0 : text.size() - point - 1;
    if (point >= 0 && places < 2)
        text += u'0';
    return u'$' + text;
}

QStringList groupOf(const Json &config)
{
    return QStringList{jsonString(config, "model")} + fallbacksOf(config);
}

const Json &weightsOf(const Json &config)
{
    static const Json none = Json::array();
    return memberOr(config, "weights", none);
}

QString ownSummary(const Node &node, const PolicyDocument &document)
{
    const QString name = jsonString(node.config, "model");
    const Model *model = document.model(name);
    if (!model)
        return name;
    if (model->price)
        return Texts::tr("%1 / %2 per 1M")
            .arg(dollars(model->price->input), dollars(model->price->output));
    return Texts::tr("%1 · %2").arg(model->provider, model->model);
}

QString modelSummary(const Node &node, const PolicyDocument &document)
{
    const QStringList fallbacks = fallbacksOf(node.config);
    const QString own = ownSummary(node, document);
    if (fallbacks.isEmpty())
        return own;
    if (fallbacks.size() == 1)
        return Texts::tr("%1 · else %2").arg(own, fallbacks.first());
    return Texts::tr("%1 · else %2 +%3").arg(own, fallbacks.first()).arg(fallbacks.size() - 1);
}

void validateTimeout(const Node &node, QList<Problem> &problems)
{
    static const Json none;
    if (!memberOr(node.config, "timeout_s", none).is_null())
        return;
    Problem problem =
        warningAt(node, u"no-timeout"_s,
                  Texts::tr("%1 has no timeout; a hung call would hold the query for 600 s.")
                      .arg(displayName(node)));
    problem.field = kTimeout;
    problem.mend =
        setConfigMend(Texts::tr("Set %1 s").arg(kUsualTimeout), node.id, kTimeout, kUsualTimeout);
    problems.append(problem);
}

void validateFallbacks(const Node &node, QList<Problem> &problems)
{
    const QStringList names = fallbacksOf(node.config);
    QSet<QString> seen{jsonString(node.config, "model")};
    Json without = Json::array();
    QStringList repeated;
    for (const QString &name : names) {
        if (seen.contains(name)) {
            repeated.append(name);
        } else {
            seen.insert(name);
            without.push_back(toStdString(name));
        }
    }
    if (!repeated.isEmpty()) {
        Problem problem = fieldErrorAt(
            node, kFallbacks, u"fallback-repeated"_s,
            Texts::tr("%1 names the model “%2” twice; a model that failed is not asked again.")
                .arg(displayName(node), repeated.first()));
        problem.mend = setConfigMend(Texts::tr("Remove the repetition"), node.id, kFallbacks,
                                     without.empty() ? Json() : without);
        problems.append(problem);
    }
    if (names.size() > kMostFallbacks)
        problems.append(fieldErrorAt(node, kFallbacks, u"too-many-fallbacks"_s,
                                     Texts::tr("%1 has %2 fallbacks; at most %3 are tried.")
                                         .arg(displayName(node))
                                         .arg(names.size())
                                         .arg(kMostFallbacks)));
}

// One entry a model of the group, all 1.
Json evenWeights(const Json &config)
{
    Json weights = Json::array();
    for (const QString &name : groupOf(config))
        weights.push_back({{"name", toStdString(name)}, {"weight", 1}});
    return weights;
}

void validateWeights(const Node &node, QList<Problem> &problems)
{
    const QStringList group = groupOf(node.config);
    const Json &weights = weightsOf(node.config);
    if (!weights.is_array())
        return; // the check of the field's type reports it
    const auto report = [&](const QString &code, const QString &sentence) {
        Problem problem = fieldErrorAt(node, kWeights, code, sentence);
        problem.mend = setConfigMend(Texts::tr("Weigh all alike"), node.id, kWeights,
                                     evenWeights(node.config));
        problems.append(problem);
    };
    QSet<QString> seen;
    for (const Json &entry : weights) {
        const QString name = jsonString(entry, "name");
        if (!group.contains(name))
            return report(u"weight-of-nothing"_s,
                          Texts::tr("%1 weighs “%2”, which is not one of its models.")
                              .arg(displayName(node), name));
        if (seen.contains(name))
            return report(
                u"weight-repeated"_s,
                Texts::tr("%1 weighs the model “%2” twice.").arg(displayName(node), name));
        seen.insert(name);
        const double weight = jsonNumber(entry, "weight", -1);
        if (!(weight > 0 && weight <= kLargestWeight))
            return report(u"bad-weight"_s, Texts::tr("The weight of “%1” in %2 must be above 0.")
                                               .arg(name, displayName(node)));
    }
}

void validateModelNode(const Node &node, const PolicyDocument &, QList<Problem> &problems)
{
    validateTimeout(node, problems);
    validateFallbacks(node, problems);
    validateWeights(node, problems);
}

// What a group of models is tried by.
QList<Field> groupFields()
{
    return {
        {.key = kFallbacks,
         .label = Texts::tr("Fallbacks"),
         .type = FieldType::Models,
         .help = Texts::tr("Models that take its place, one after the other, where it cannot "
                           "serve.")},
        {.key = kOrder,
         .label = Texts::tr("Try first"),
         .type = FieldType::Choice,
         .defaultValue = "in_order",
         .help = Texts::tr("Which of the model and its fallbacks is tried first: as listed, drawn "
                           "by weight, the fastest lately, or the cheapest for the query."),
         .choices = {u"in_order"_s, u"weighted"_s, u"fastest"_s, u"cheapest"_s}},
        {.key = kWeights,
         .label = Texts::tr("Weights"),
         .type = FieldType::ModelWeights,
         .help = Texts::tr("Shares of the queries for the order “weighted”; a model that is not "
                           "listed has 1."),
         .onlyWhen = {kOrder, "weighted"}},
        {.key = u"hedge_after_percentile"_s,
         .label = Texts::tr("Hedge after"),
         .type = FieldType::Number,
         .unit = Texts::tr("percentile"),
         .help = Texts::tr("Sends a second request where the first takes longer than this share "
                           "of its latest answers; both are paid for. Empty: off."),
         .minimum = 50,
         .maximum = 99.9},
    };
}

} // namespace

QStringList fallbacksOf(const Json &config)
{
    static const Json none;
    return stringsOf(memberOr(config, "fallbacks", none));
}

std::vector<double> groupWeights(const Json &config)
{
    std::vector<double> weights;
    for (const QString &name : groupOf(config)) {
        weights.push_back(1);
        for (const Json &entry : weightsOf(config)) {
            if (jsonString(entry, "name") == name)
                weights.back() = jsonNumber(entry, "weight", 1);
        }
    }
    return weights;
}

// {"model": name of a model of the policy, "system": text put before the messages as a system
//  message, "retries": 0 to 10, "timeout_s": seconds a call; absent: the endpoint's own,
//  "fallbacks": [names of models], "order": "in_order" | "weighted" | "fastest" | "cheapest",
//  "weights": [{"name": model, "weight": above 0}], "hedge_after_percentile": 50 to 99.9}
NodeKind modelKind()
{
    NodeKind kind;
    kind.id = u"model"_s;
    kind.label = Texts::tr("Model");
    kind.group = NodeGroup::Call;
    kind.help = Texts::tr("Sends the query to a model and takes its answer on.");
    kind.tags = {Texts::tr("LLM"), Texts::tr("call"), Texts::tr("provider"), Texts::tr("failover")};
    kind.fields = {
        {.key = u"model"_s,
         .label = Texts::tr("Model"),
         .type = FieldType::Model,
         .help = Texts::tr("The model of this policy that is called."),
         .required = true},
        {.key = u"system"_s,
         .label = Texts::tr("System message"),
         .type = FieldType::LongText,
         .defaultValue = "",
         .help = Texts::tr("Put before the messages of the query.")},
        {.key = u"retries"_s,
         .label = Texts::tr("Retries"),
         .type = FieldType::Integer,
         .defaultValue = 2,
         .help = Texts::tr("How often a call that failed for a passing reason is tried again."),
         .minimum = 0,
         .maximum = 10},
        {.key = kTimeout,
         .label = Texts::tr("Timeout"),
         .type = FieldType::Number,
         .startValue = kUsualTimeout,
         .unit = Texts::tr("s"),
         .help = Texts::tr("A call that takes longer counts as failed."),
         .minimum = 0.1,
         .maximum = 86400},
    };
    kind.fields += groupFields();
    const QList<Port> ports{{.name = u"answer"_s, .label = Texts::tr("answer")},
                            {.name = u"error"_s,
                             .label = Texts::tr("on error"),
                             .role = PortRole::Error,
                             .required = false}};
    kind.outPorts = [ports](const Json &) { return ports; };
    kind.bypassPort = u"answer"_s;
    kind.summary = modelSummary;
    kind.validate = validateModelNode;
    return kind;
}

} // namespace headgate::policy
