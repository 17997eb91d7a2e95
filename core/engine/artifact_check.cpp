#include "core/engine/artifact_check.h"

#include "core/engine/texts.h"
#include "core/policy/named_artifacts.h"
#include "core/policy/node_kind.h"
#include "core/policy/problem_parts.h"
#include "core/routers/router_registry.h"
#include "core/scorers/scorer.h"

namespace headgate::engine {

using namespace Qt::StringLiterals;
using policy::Node;
using policy::Problem;

namespace {

Result<> makeRouter(const Node &node, const policy::PolicyDocument &document,
                    const routers::RouterRegistry &routers)
{
    QStringList ports;
    for (const policy::Port &port : policy::outPorts(node, document))
        ports.append(port.name);
    const auto router = routers.create(node.kind, node.config, ports, document.models);
    return router ? Result<>() : tl::unexpected(router.error());
}

Result<> makeScorers(const Node &node, const scorers::ScorerRegistry &scorers)
{
    const auto scorer =
        scorers::combinedScorer(scorers, node.config.value("scorers", Json::array()));
    return scorer ? Result<>() : tl::unexpected(scorer.error());
}

// Where the file tells other labels apart than the node has ports for.
std::optional<policy::Mend> labelMend(const Node &node, const learning::ArtifactShelf &artifacts)
{
    if (node.kind != "classifier"_L1 && node.kind != "nearest"_L1)
        return std::nullopt;
    const auto trained = artifacts.model(jsonString(node.config, "artifact"));
    if (!trained || (*trained)->model->kind() != learning::TargetKind::Labels)
        return std::nullopt;
    Json labels = Json::array();
    for (const QString &output : (*trained)->model->outputs())
        labels.push_back(toStdString(output));
    if (node.config.contains("labels") && node.config["labels"] == labels)
        return std::nullopt;
    return policy::setConfigMend(Texts::tr("Take over its labels"), node.id, u"labels"_s, labels);
}

} // namespace

QList<Problem> checkArtifacts(const policy::PolicyDocument &document,
                              const learning::ArtifactShelf &artifacts)
{
    QList<Problem> problems;
    if (policy::artifactsNamedBy(document).isEmpty())
        return problems;
    QSet<policy::NodeId> faulty;
    for (const Problem &problem : policy::validate(document)) {
        if (problem.severity == Problem::Severity::Error && !problem.field.isEmpty())
            faulty.insert(problem.node);
    }
    const auto routers = routers::builtinRouters(artifacts);
    const auto scorers = scorers::builtinScorers(artifacts);
    for (const Node &node : document.nodes) {
        if (node.mode != policy::NodeMode::Active || faulty.contains(node.id) ||
            policy::artifactsNamedBy(node).isEmpty())
            continue;
        const bool isGate = node.kind == "gate"_L1;
        const auto made =
            isGate ? makeScorers(node, scorers) : makeRouter(node, document, routers);
        if (made)
            continue;
        Problem problem = policy::fieldErrorAt(
            node, isGate ? u"scorers"_s : u"artifact"_s, u"artifact-unusable"_s,
            Texts::tr("%1: %2").arg(policy::displayName(node), made.error().message));
        problem.mend = labelMend(node, artifacts);
        problems.append(problem);
    }
    return problems;
}

} // namespace headgate::engine
