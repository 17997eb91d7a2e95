#include "core/policy/node_kinds/trained_field.h"

#include "core/policy/problem_parts.h"
#include "core/policy/texts.h"

namespace headgate::policy {

using namespace Qt::StringLiterals;

namespace {

const QString kArtifact = u"artifact"_s;

} // namespace

Field artifactField(const QString &label, const FieldCondition &onlyWhen)
{
    return {.key = kArtifact,
            .label = label,
            .type = FieldType::Artifact,
            .help = Texts::tr("The file that training wrote; it is kept beside the policy."),
            .onlyWhen = onlyWhen};
}

Field familiarityField(const QString &help, const FieldCondition &onlyWhen)
{
    return {.key = u"least_familiarity"_s,
            .label = Texts::tr("Least familiarity"),
            .type = FieldType::Number,
            .defaultValue = 0.02, // routers/trained_routing.h has the same
            .help = help,
            .minimum = 0,
            .maximum = 1,
            .onlyWhen = onlyWhen};
}

void checkArtifactGiven(const Node &node, QList<Problem> &problems)
{
    if (jsonString(node.config, "artifact").isEmpty())
        problems.append(
            fieldErrorAt(node, kArtifact, u"needs-training"_s,
                         Texts::tr("%1 has no trained file, so it cannot decide; train one, or "
                                   "choose one.")
                             .arg(displayName(node))));
}

} // namespace headgate::policy
