#include "core/policy/node_kinds/builtin_kinds.h"
#include "core/policy/node_kinds/config_value.h"
#include "core/policy/node_kinds/label_check.h"

#include "core/policy/problem_parts.h"
#include "core/policy/texts.h"

#include <cmath>

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

constexpr double kSumTolerance = 1e-6;
const QString kBranches = u"branches"_s;

const Json &defaultBranches()
{
    static const Json branches =
        Json::array({{{"name", "a"}, {"weight", 0.5}}, {{"name", "b"}, {"weight", 0.5}}});
    return branches;
}

const Json &branchesOf(const Json &config)
{
    return memberOr(config, "branches", defaultBranches());
}

Json scaledToOne(const Json &branches, double sum)
{
    Json scaled = branches;
    for (Json &branch : scaled)
        branch["weight"] = branch["weight"].get<double>() / sum;
    return scaled;
}

// The sum of all weights; none where one of them is wrong, which is reported.
std::optional<double> checkWeights(const Node &node, const Json &branches, QList<Problem> &problems)
{
    double sum = 0;
    bool good = true;
    qsizetype number = 0;
    for (const Json &branch : branches) {
        ++number;
        const double weight = jsonNumber(branch, "weight", -1);
        const bool named =
            branch.is_object() && branch.contains("name") && branch["name"].is_string();
        if (!branch.is_object()) {
            good = false; // the check of the field's type reports it
        } else if (!(weight > 0 && weight <= kLargestWeight)) {
            good = false;
            Problem problem = fieldErrorAt(
                node, kBranches, u"bad-weight"_s,
                Texts::tr("The weight of branch %1 of %2 must be above 0; a branch that takes no "
                          "query is to be removed.")
                    .arg(named ? u'“' + jsonString(branch, "name") + u'”' : QString::number(number),
                         displayName(node)));
            problem.port = jsonString(branch, "name");
            problems.append(problem);
        } else if (!named) {
            good = false;
            problems.append(
                fieldErrorAt(node, kBranches, u"name-empty"_s,
                             Texts::tr("Branch %1 of %2 has no name; its port could not be wired.")
                                 .arg(QString::number(number), displayName(node))));
        }
        sum += weight;
    }
    return good && number > 0 ? std::optional(sum) : std::nullopt;
}

void validateSplit(const Node &node, const PolicyDocument &, QList<Problem> &problems)
{
    const Json &branches = branchesOf(node.config);
    if (!branches.is_array())
        return;
    if (branches.empty())
        problems.append(
            fieldErrorAt(node, kBranches, u"no-branches"_s,
                         Texts::tr("%1 has no branch, so no query can leave it; add one.")
                             .arg(displayName(node))));
    checkPortNames(node, kBranches, stringsAt(branches, "name"), {}, problems);
    const std::optional<double> sum = checkWeights(node, branches, problems);
    if (!sum || std::abs(*sum - 1) <= kSumTolerance)
        return;
    Problem problem = warningAt(
        node, u"weights-not-one"_s,
        Texts::tr("The weights of %1 sum to %2, not to 1; each branch gets its part of that sum.")
            .arg(displayName(node), QString::number(*sum)));
    problem.field = kBranches;
    problem.mend =
        setConfigMend(Texts::tr("Scale to 1"), node.id, kBranches, scaledToOne(branches, *sum));
    problems.append(problem);
}

QString splitSummary(const Node &node, const PolicyDocument &)
{
    const Json &branches = branchesOf(node.config);
    if (!branches.is_array())
        return {};
    double sum = 0;
    for (const Json &branch : branches)
        sum += qMax(0.0, jsonNumber(branch, "weight", 0));
    QStringList shares;
    for (const Json &branch : branches) {
        const double weight = jsonNumber(branch, "weight", 0);
        if (weight > 0)
            shares.append(QString::number(100 * weight / sum, 'g', 3));
    }
    return Texts::tr("%1 %").arg(shares.join(" / "_L1));
}

} // namespace

// {"branches": [{"name", "weight": above 0}], "sticky_key": key of the query's metadata, "seed"}
NodeKind splitKind()
{
    NodeKind kind;
    kind.id = u"split"_s;
    kind.label = Texts::tr("Split");
    kind.group = NodeGroup::Route;
    kind.help = Texts::tr("Sends each query down one branch at random, by weight.");
    kind.tags = {Texts::tr("weighted"), Texts::tr("random"), Texts::tr("canary"), Texts::tr("A/B"),
                 Texts::tr("load balancing")};
    kind.fields = {
        {.key = kBranches,
         .label = Texts::tr("Branches"),
         .type = FieldType::Weights,
         .defaultValue = defaultBranches(),
         .help = Texts::tr("Names with weights; one port each."),
         .required = true},
        {.key = u"sticky_key"_s,
         .label = Texts::tr("Sticky key"),
         .type = FieldType::Text,
         .defaultValue = "",
         .help = Texts::tr("Queries with the same value at this key of their metadata take the "
                           "same branch.")},
        {.key = u"seed"_s,
         .label = Texts::tr("Seed"),
         .type = FieldType::Integer,
         .defaultValue = 1,
         .help = Texts::tr("Another seed deals the queries out anew."),
         .minimum = 0,
         .maximum = 9007199254740992.0},
    };
    kind.outPorts = [](const Json &config) {
        return portsNamed(stringsAt(branchesOf(config), "name"));
    };
    kind.summary = splitSummary;
    // The others share its part by their weights.
    kind.withoutBranch = [](const Json &config, const QString &port) {
        return withoutEntry(config, "branches", defaultBranches(), "name", port);
    };
    kind.validate = validateSplit;
    return kind;
}

} // namespace headgate::policy
