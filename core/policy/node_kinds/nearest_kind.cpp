#include "core/policy/node_kinds/builtin_kinds.h"
#include "core/policy/node_kinds/config_value.h"
#include "core/policy/node_kinds/label_check.h"
#include "core/policy/node_kinds/trained_field.h"

#include "core/policy/problem_parts.h"
#include "core/policy/texts.h"

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

constexpr double kLeastSimilarity = 0.3;
constexpr qsizetype kNearestSummary = 120;
const QString kReferences = u"references"_s;
const FieldCondition kOwn{.key = u"source"_s, .value = "references", .byDefault = true};
const FieldCondition kTrained{.key = u"source"_s, .value = "trained"};

bool isTrained(const Json &config)
{
    return jsonString(config, "source") == "trained"_L1;
}

QStringList nearestLabels(const Json &config)
{
    static const Json none;
    return isTrained(config) ? stringsOf(memberOr(config, "labels", none))
                             : stringsAt(memberOr(config, "references", none), "label");
}

void checkReferences(const Node &node, const Json &references, QList<Problem> &problems)
{
    QStringList labels = stringsAt(references, "label");
    labels.removeDuplicates();
    checkPortNames(node, kReferences, labels, kUnsure, problems);
    qsizetype number = 0;
    for (const Json &entry : references) {
        ++number;
        if (!entry.is_object() || (!jsonString(entry, "prompt").isEmpty() &&
                                   entry.contains("label") && entry["label"].is_string()))
            continue;
        problems.append(fieldErrorAt(
            node, kReferences, u"reference-incomplete"_s,
            Texts::tr("Reference %1 of %2 needs a prompt and a label; complete or remove it.")
                .arg(QString::number(number), displayName(node))));
    }
}

void validateNearest(const Node &node, const PolicyDocument &, QList<Problem> &problems)
{
    static const Json none = Json::array();
    if (isTrained(node.config)) {
        checkArtifactGiven(node, problems);
        checkPortNames(node, u"labels"_s, nearestLabels(node.config), kUnsure, problems);
        return;
    }
    const Json &references = memberOr(node.config, "references", none);
    if (!references.is_array())
        return;
    if (references.empty())
        problems.append(fieldErrorAt(
            node, kReferences, u"no-references"_s,
            Texts::tr("%1 has no reference prompt to compare with; add some with labels.")
                .arg(displayName(node))));
    checkReferences(node, references, problems);
}

QList<Field> nearestFields()
{
    return {
        {.key = u"source"_s,
         .label = Texts::tr("Compares with"),
         .type = FieldType::Choice,
         .defaultValue = "references",
         .help = Texts::tr("Prompts that stand in this node, or those of a trained file."),
         .choices = {u"references"_s, u"trained"_s}},
        {.key = kReferences,
         .label = Texts::tr("Reference prompts"),
         .type = FieldType::References,
         .help = Texts::tr("Prompts with the label that each stands for; one port a label."),
         .onlyWhen = kOwn},
        {.key = u"embedder"_s,
         .label = Texts::tr("Embedder"),
         .type = FieldType::Text,
         .defaultValue = "lsa",
         .help = Texts::tr("What makes prompts comparable: “lsa” is built in and free; the name of "
                           "an endpoint's embedder costs a call a query."),
         .onlyWhen = kOwn},
        {.key = u"k"_s,
         .label = Texts::tr("Neighbours"),
         .type = FieldType::Integer,
         .defaultValue = 5,
         .unit = Texts::tr("prompts"),
         .help = Texts::tr("How many of the nearest reference prompts vote."),
         .minimum = 1,
         .maximum = 1000,
         .onlyWhen = kOwn},
        {.key = u"minimum_similarity"_s,
         .label = Texts::tr("Least similarity"),
         .type = FieldType::Number,
         .defaultValue = kLeastSimilarity,
         .help = Texts::tr("Where no reference is as similar, the query goes to “unsure”."),
         .minimum = 0,
         .maximum = 1,
         .onlyWhen = kOwn},
        artifactField(Texts::tr("Trained file"), kTrained),
        {.key = u"labels"_s,
         .label = Texts::tr("Labels"),
         .type = FieldType::Labels,
         .help = Texts::tr("Of the trained file's prompts; one port a label."),
         .onlyWhen = kTrained},
        familiarityField(Texts::tr("A query that is less like the trained file's prompts goes to "
                                   "“unsure”."),
                         kTrained),
    };
}

} // namespace

// {"source": "references", "references": [{"prompt", "label"}], "embedder": "lsa" or one that takes
//  a call, "k": neighbours that vote, "minimum_similarity": cosine in [0, 1]}, or
// {"source": "trained", "artifact": file beside the policy, "labels": [names], "least_familiarity"}
NodeKind nearestKind()
{
    NodeKind kind;
    kind.id = u"nearest"_s;
    kind.label = Texts::tr("Nearest prompts");
    kind.group = NodeGroup::Route;
    kind.help = Texts::tr("Sends a query where the reference prompts most like it went.");
    kind.tags = {Texts::tr("embedding"), Texts::tr("semantic"), Texts::tr("similar"),
                 Texts::tr("examples"), Texts::tr("neighbours")};
    kind.fields = nearestFields();
    const Port unsure{.name = kUnsure, .label = Texts::tr("unsure"), .role = PortRole::Default};
    kind.outPorts = [unsure](const Json &config) { return portsNamed(nearestLabels(config), unsure); };
    kind.withoutBranch = [](const Json &config, const QString &port) {
        return port == kUnsure ? std::nullopt : std::optional(WithoutBranch{config, kUnsure});
    };
    kind.summary = [](const Node &node, const PolicyDocument &) {
        if (isTrained(node.config))
            return nearestLabels(node.config).join(", "_L1).left(kNearestSummary);
        return Texts::tr("similarity ≥ %1")
            .arg(jsonNumber(node.config, "minimum_similarity", kLeastSimilarity));
    };
    kind.validate = validateNearest;
    return kind;
}

} // namespace headgate::policy
