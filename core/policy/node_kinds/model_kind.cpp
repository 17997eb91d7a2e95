#include "core/policy/node_kinds/builtin_kinds.h"
#include "core/policy/node_kinds/config_value.h"

#include "core/policy/problem_parts.h"

#include <QCoreApplication>

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::policy)
};

const QString kTimeout = u"timeout_s"_s;
constexpr int kUsualTimeout = 30;

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

QString modelSummary(const Node &node, const PolicyDocument &document)
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

void validateModelNode(const Node &node, const PolicyDocument &, QList<Problem> &problems)
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

} // namespace

// {"model": name of a model of the policy, "system": text put before the messages as a system
//  message, "retries": 0 to 10, "timeout_s": seconds a call; absent: the endpoint's own}
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
