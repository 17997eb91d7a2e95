#include "core/policy/compiled_policy.h"

#include "core/policy/effective_policy.h"
#include "core/policy/node_kind.h"
#include "core/policy/node_kinds/model_kind.h"
#include "core/policy/policy_validation.h"
#include "core/policy/texts.h"

namespace headgate::policy {

using namespace Qt::StringLiterals;

namespace {

ErrorCode codeOf(const Problem &problem)
{
    if (problem.code == "needs-training"_L1)
        return ErrorCode::NeedsTraining;
    if (problem.code == "not-in-this-build"_L1)
        return ErrorCode::Unavailable;
    if (problem.code == "unknown-kind"_L1)
        return ErrorCode::UnknownKind;
    return ErrorCode::InvalidInput;
}

QString nameOf(const Node &node)
{
    return node.title.isEmpty() ? node.id.value : node.title;
}

// What validation says first. Ways of saying "cannot run" hold at any severity: a document may be
// sound as a drawing and yet have nothing to run it.
Result<> checkProblems(const PolicyDocument &document)
{
    for (const Problem &problem : validate(document)) {
        const ErrorCode code = codeOf(problem);
        if (problem.severity == Problem::Severity::Error || code != ErrorCode::InvalidInput)
            return fail(code, problem.sentence, problem.code);
    }
    return {};
}

// The descriptor of the node, or why there is nothing to run it. Validation says the same first;
// this keeps a kind from running by oversight.
Result<const NodeKind *> runnableKind(const Node &node)
{
    const NodeKind *kind = nodeKind(node.kind);
    if (!kind)
        return fail(ErrorCode::UnknownKind,
                    Texts::tr("“%1” is of a kind that this version does not know: %2.")
                        .arg(nameOf(node), node.kind));
    if (kind->runtime == Runtime::NotInThisBuild)
        return fail(ErrorCode::Unavailable,
                    Texts::tr("“%1” is not available in this build.").arg(nameOf(node)));
    return kind;
}

NodeRole roleOf(const QString &kind)
{
    if (kind == "query"_L1)
        return NodeRole::Query;
    if (kind == "model"_L1)
        return NodeRole::Model;
    if (kind == "gate"_L1)
        return NodeRole::Gate;
    if (kind == "answer"_L1)
        return NodeRole::Answer;
    return NodeRole::Router;
}

// The config's value, or the one that its field describes as default.
Json configValue(const Node &node, const NodeKind &kind, const char *key)
{
    if (const auto it = node.config.find(key); it != node.config.end() && !it->is_null())
        return *it;
    for (const Field &field : kind.fields) {
        if (field.key == QLatin1StringView(key))
            return field.defaultValue;
    }
    return nullptr;
}

bool isText(const Json &value, const char *text)
{
    return value.is_string() && value.get_ref<const std::string &>() == text;
}

} // namespace

Result<std::shared_ptr<const CompiledPolicy>>
CompiledPolicy::compile(const PolicyDocument &document)
{
    if (auto sound = checkProblems(document); !sound)
        return tl::unexpected(sound.error());
    const std::shared_ptr<CompiledPolicy> policy(new CompiledPolicy);
    policy->m_document = effectivePolicy(document).document;
    if (auto added = policy->addNodes(); !added)
        return tl::unexpected(added.error());
    if (auto added = policy->addGroups(); !added)
        return tl::unexpected(added.error());
    if (auto added = policy->addWires(); !added)
        return tl::unexpected(added.error());
    policy->measureLongestPath();
    return policy;
}

Result<> CompiledPolicy::addNodes()
{
    QHash<QString, ModelIndex> models;
    for (const Model &model : std::as_const(m_document.models))
        models.insert(model.name, ModelIndex(models.size()));
    for (const Node &node : std::as_const(m_document.nodes)) {
        const auto kind = runnableKind(node);
        if (!kind)
            return tl::unexpected(kind.error());
        Step step;
        step.role = roleOf(node.kind);
        if (step.role == NodeRole::Query)
            m_entry = NodeIndex(m_steps.size());
        if (step.role == NodeRole::Model)
            step.model = models.value(jsonString(node.config, "model"), -1);
        const Json threshold = configValue(node, **kind, "threshold");
        step.threshold = threshold.is_number() ? threshold.get<double>() : 0.0;
        step.acceptOnScorerFailure =
            isText(configValue(node, **kind, "on_scorer_failure"), "accept");
        step.bestScored = isText(configValue(node, **kind, "which"), "best_scored");
        if (step.role == NodeRole::Model && step.model < 0)
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("“%1” has no model. Choose one.").arg(nameOf(node)));
        m_index.insert(node.id, NodeIndex(m_steps.size()));
        m_steps.push_back(step);
    }
    if (m_entry < 0)
        return fail(ErrorCode::InvalidInput, Texts::tr("The policy has no query node. Add one."));
    return {};
}

ModelIndex CompiledPolicy::modelIndex(const QString &name) const
{
    for (ModelIndex index = 0; index < modelCount(); ++index) {
        if (model(index).name == name)
            return index;
    }
    return -1;
}

Result<> CompiledPolicy::addGroups()
{
    QHash<QString, ModelIndex> models;
    for (const Model &model : std::as_const(m_document.models))
        models.insert(model.name, ModelIndex(models.size()));
    std::vector<size_t> first;
    for (size_t node = 0; node < m_steps.size(); ++node) {
        first.push_back(m_group.size());
        if (m_steps[node].role != NodeRole::Model)
            continue;
        m_group.push_back(m_steps[node].model);
        const Node &drawn = m_document.nodes[qsizetype(node)];
        for (const QString &name : fallbacksOf(drawn.config)) {
            const ModelIndex model = models.value(name, -1);
            if (model < 0)
                return fail(ErrorCode::InvalidInput,
                            Texts::tr("“%1” falls back on a model that the policy does not have: "
                                      "%2.")
                                .arg(nameOf(drawn), name));
            m_group.push_back(model);
        }
    }
    first.push_back(m_group.size());
    for (size_t node = 0; node < m_steps.size(); ++node)
        m_steps[node].group = std::span<const ModelIndex>(m_group).subspan(
            first[node], first[node + 1] - first[node]);
    return {};
}

Result<> CompiledPolicy::addWires()
{
    QHash<std::pair<NodeId, QString>, NodeIndex> targets;
    for (const Wire &wire : std::as_const(m_document.wires))
        targets.insert({wire.from, wire.port}, m_index.value(wire.to, -1));
    std::vector<size_t> firstPort;
    for (const Node &node : std::as_const(m_document.nodes)) {
        firstPort.push_back(m_next.size());
        QList<QString> names;
        for (const Port &port : outPorts(node, m_document)) {
            const NodeIndex target = targets.value({node.id, port.name}, -1);
            // A run may end at the error of a model, and nowhere else but at an answer.
            if (target < 0 && port.role != PortRole::Error)
                return fail(ErrorCode::InvalidInput,
                            Texts::tr("The port “%1” of “%2” leads nowhere. Draw a wire from it.")
                                .arg(port.label, nameOf(node)));
            names.append(port.name);
            m_next.push_back(target);
        }
        m_portNames.append(names);
    }
    firstPort.push_back(m_next.size());
    for (size_t node = 0; node < m_steps.size(); ++node)
        m_steps[node].next = std::span<const NodeIndex>(m_next).subspan(
            firstPort[node], firstPort[node + 1] - firstPort[node]);
    return {};
}

// Takes out node by node whose predecessors are all out, so that it needs no recursion for a deep
// drawing. The graph has no cycle: validation saw to it.
void CompiledPolicy::measureLongestPath()
{
    std::vector<qsizetype> length(m_steps.size(), 0); // nodes on the longest way to and with it
    std::vector<qsizetype> entering(m_steps.size(), 0);
    for (const NodeIndex target : m_next) {
        if (target >= 0)
            ++entering[size_t(target)];
    }
    std::vector<size_t> ready;
    for (size_t node = 0; node < m_steps.size(); ++node) {
        if (entering[node] == 0)
            ready.push_back(node);
    }
    length[size_t(m_entry)] = 1;
    while (!ready.empty()) {
        const size_t node = ready.back();
        ready.pop_back();
        m_longestPath = std::max(m_longestPath, length[node]);
        for (const NodeIndex target : m_steps[node].next) {
            if (target < 0)
                continue;
            // 0: the query does not reach it.
            if (length[node] > 0)
                length[size_t(target)] = std::max(length[size_t(target)], length[node] + 1);
            if (--entering[size_t(target)] == 0)
                ready.push_back(size_t(target));
        }
    }
}

} // namespace headgate::policy
