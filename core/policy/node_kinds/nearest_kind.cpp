#include "core/policy/node_kinds/builtin_kinds.h"
#include "core/policy/node_kinds/config_value.h"
#include "core/policy/node_kinds/label_check.h"

#include "core/policy/problem_parts.h"
#include "core/policy/texts.h"

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

constexpr double kLeastSimilarity = 0.3;
const QString kReferences = u"references"_s;

void validateNearest(const Node &node, const PolicyDocument &, QList<Problem> &problems)
{
    static const Json none;
    const Json &references = memberOr(node.config, "references", none);
    if (!references.is_array())
        return;
    if (references.empty())
        problems.append(fieldErrorAt(
            node, kReferences, u"no-references"_s,
            Texts::tr("%1 has no reference prompt to compare with; add some with labels.")
                .arg(displayName(node))));
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

} // namespace

// {"embedder": name, "references": [{"prompt", "label"}], "k": neighbours that vote,
//  "minimum_similarity": cosine in [0, 1]}
NodeKind nearestKind()
{
    NodeKind kind;
    kind.id = u"nearest"_s;
    kind.label = Texts::tr("Nearest prompts");
    kind.group = NodeGroup::Route;
    kind.help = Texts::tr("Sends a query where the reference prompts most like it went.");
    kind.tags = {Texts::tr("embedding"), Texts::tr("semantic"), Texts::tr("similar"),
                 Texts::tr("examples"), Texts::tr("neighbours")};
    kind.fields = {
        {.key = u"embedder"_s,
         .label = Texts::tr("Embedder"),
         .type = FieldType::Text,
         .defaultValue = "lsa",
         .help = Texts::tr("What turns a prompt into numbers that can be compared.")},
        {.key = kReferences,
         .label = Texts::tr("Reference prompts"),
         .type = FieldType::References,
         .help = Texts::tr("Prompts with the label that each stands for; one port a label."),
         .required = true},
        {.key = u"k"_s,
         .label = Texts::tr("Neighbours"),
         .type = FieldType::Integer,
         .defaultValue = 5,
         .unit = Texts::tr("prompts"),
         .help = Texts::tr("How many of the nearest reference prompts vote."),
         .minimum = 1,
         .maximum = 1000},
        {.key = u"minimum_similarity"_s,
         .label = Texts::tr("Least similarity"),
         .type = FieldType::Number,
         .defaultValue = kLeastSimilarity,
         .help = Texts::tr("Where no reference is as similar, the query goes to “unsure”."),
         .minimum = 0,
         .maximum = 1},
    };
    kind.runtime = Runtime::NeedsTraining;
    const Port unsure{.name = kUnsure, .label = Texts::tr("unsure"), .role = PortRole::Default};
    kind.outPorts = [unsure](const Json &config) {
        static const Json none;
        return portsNamed(stringsAt(memberOr(config, "references", none), "label"), unsure);
    };
    kind.withoutBranch = [](const Json &config, const QString &port) {
        return port == kUnsure ? std::nullopt : std::optional(WithoutBranch{config, kUnsure});
    };
    kind.summary = [](const Node &node, const PolicyDocument &) {
        return Texts::tr("similarity ≥ %1")
            .arg(jsonNumber(node.config, "minimum_similarity", kLeastSimilarity));
    };
    kind.validate = validateNearest;
    return kind;
}

} // namespace headgate::policy
