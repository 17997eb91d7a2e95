#include "core/policy/node_kinds/builtin_kinds.h"
#include "core/policy/node_kinds/config_value.h"
#include "core/policy/node_kinds/label_check.h"
#include "core/policy/node_kinds/trained_field.h"

#include "core/policy/problem_parts.h"
#include "core/policy/texts.h"

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

const Json &defaultLabels()
{
    static const Json labels = {"easy", "medium", "hard"};
    return labels;
}

QStringList labelsOf(const Json &config)
{
    return stringsOf(memberOr(config, "labels", defaultLabels()));
}

void validateClassifier(const Node &node, const PolicyDocument &, QList<Problem> &problems)
{
    const QStringList labels = labelsOf(node.config);
    checkArtifactGiven(node, problems);
    checkPortNames(node, u"labels"_s, labels, kUnsure, problems);
    if (labels.isEmpty()) {
        Problem problem = fieldErrorAt(
            node, u"labels"_s, u"no-labels"_s,
            Texts::tr("%1 has no label, so it decides nothing; add one.").arg(displayName(node)));
        problem.mend = setConfigMend(Texts::tr("Use easy, medium, hard"), node.id, u"labels"_s,
                                     defaultLabels());
        problems.append(problem);
    }
}

} // namespace

// {"artifact": file beside the policy, "labels": [names], "floor": probability in [0, 1],
//  "least_familiarity": in [0, 1]}
NodeKind classifierKind()
{
    NodeKind kind;
    kind.id = u"classifier"_s;
    kind.label = Texts::tr("Classifier");
    kind.group = NodeGroup::Route;
    kind.help = Texts::tr("Sends a query by the label that a trained classifier gives it.");
    kind.tags = {Texts::tr("difficulty"), Texts::tr("easy"), Texts::tr("hard"),
                 Texts::tr("trained"), Texts::tr("learned")};
    kind.fields = {
        artifactField(Texts::tr("Trained file")),
        {.key = u"labels"_s,
         .label = Texts::tr("Labels"),
         .type = FieldType::Labels,
         .defaultValue = defaultLabels(),
         .help = Texts::tr("What the classifier tells apart; one port each.")},
        {.key = u"floor"_s,
         .label = Texts::tr("Least certainty"),
         .type = FieldType::Number,
         .defaultValue = 0.5,
         .help = Texts::tr("Below this probability the query goes to “unsure”."),
         .minimum = 0,
         .maximum = 1},
        familiarityField(Texts::tr("A query that is less like what the classifier was trained on "
                                   "goes to “unsure”.")),
    };
    const Port unsure{.name = kUnsure, .label = Texts::tr("unsure"), .role = PortRole::Default};
    kind.outPorts = [unsure](const Json &config) { return portsNamed(labelsOf(config), unsure); };
    kind.withoutBranch = [](const Json &config, const QString &port) {
        return port == kUnsure ? std::nullopt : std::optional(WithoutBranch{config, kUnsure});
    };
    kind.summary = [](const Node &node, const PolicyDocument &) {
        return labelsOf(node.config).join(", "_L1);
    };
    kind.validate = validateClassifier;
    return kind;
}

} // namespace headgate::policy
