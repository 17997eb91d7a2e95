#include "core/engine/prepared_policy.h"

#include "core/engine/run_trace.h"
#include "core/engine/texts.h"
#include "core/policy/effective_policy.h"
#include "core/policy/node_kinds/model_kind.h"
#include "core/policy/policy_format.h"

#include <QCryptographicHash>

#include <cmath>

namespace headgate::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kVersionDigits = 12;

QString nameOfNode(const policy::Node &node)
{
    return node.title.isEmpty() ? node.id.value : node.title;
}

Error atNode(const policy::Node &node, Error error)
{
    error.message = Texts::tr("“%1”: %2").arg(nameOfNode(node), error.message);
    return error;
}

// A compiled gate has them: validation saw to that.
const Json &scorersOf(const policy::Node &node)
{
    static const Json none = Json::array();
    const auto list = node.config.find("scorers");
    return list != node.config.end() ? *list : none;
}

bool asksForLogProbabilities(const Json &scorers)
{
    return std::any_of(scorers.begin(), scorers.end(), [](const Json &entry) {
        return jsonString(entry, "kind") == "log_probability"_L1;
    });
}

TargetOrder orderOf(const QString &name)
{
    if (name == "weighted"_L1)
        return TargetOrder::Weighted;
    if (name == "fastest"_L1)
        return TargetOrder::Fastest;
    return name == "cheapest"_L1 ? TargetOrder::Cheapest : TargetOrder::InOrder;
}

CallSettings settingsOf(const policy::Node &node)
{
    CallSettings settings;
    settings.systemPrompt = jsonString(node.config, "system");
    settings.retries = int(jsonNumber(node.config, "retries", settings.retries));
    const double seconds = jsonNumber(node.config, "timeout_s", 0);
    if (seconds > 0)
        settings.timeout = std::chrono::milliseconds(qint64(std::ceil(seconds * 1000)));
    settings.order = orderOf(jsonString(node.config, "order"));
    settings.weights = policy::groupWeights(node.config);
    if (const double percentile = jsonNumber(node.config, "hedge_after_percentile", 0);
        percentile > 0)
        settings.hedgeAfter = percentile / 100;
    return settings;
}

} // namespace

Result<std::shared_ptr<const PreparedPolicy>>
PreparedPolicy::prepare(const policy::PolicyDocument &document,
                        const routers::RouterRegistry &routers,
                        const scorers::ScorerRegistry &scorers)
{
    auto compiled = policy::CompiledPolicy::compile(document);
    if (!compiled)
        return tl::unexpected(std::move(compiled).error());

    std::shared_ptr<PreparedPolicy> prepared(new PreparedPolicy);
    prepared->m_compiled = std::move(*compiled);
    prepared->m_version = QString::fromLatin1(
        QCryptographicHash::hash(policy::formatPolicy(policy::routingPart(document)),
                                 QCryptographicHash::Sha256)
            .toHex()
            .first(kVersionDigits));
    const policy::CompiledPolicy &policy = prepared->compiled();
    const auto count = size_t(policy.nodeCount());
    prepared->m_routers.resize(count);
    prepared->m_scorers.resize(count);
    prepared->m_scorersMarks.resize(count);
    prepared->m_calls.resize(count);
    for (policy::NodeIndex index = 0; index < policy.nodeCount(); ++index) {
        const policy::Node &node = policy.node(index);
        const policy::NodeRole role = policy.step(index).role;
        if (role == policy::NodeRole::Router) {
            auto router = routers.create(node.kind, node.config, policy.portNames(index),
                                         policy.document().models);
            if (!router)
                return tl::unexpected(atNode(node, std::move(router).error()));
            prepared->m_routers[size_t(index)] = std::move(*router);
        } else if (role == policy::NodeRole::Gate) {
            const Json &parts = scorersOf(node);
            auto scorer = scorers::combinedScorer(scorers, parts);
            if (!scorer)
                return tl::unexpected(atNode(node, std::move(scorer).error()));
            prepared->m_scorers[size_t(index)] = std::move(*scorer);
            prepared->m_scorersMarks[size_t(index)] = engine::scorersMark(parts);
            prepared->m_needsLogProbabilities |= asksForLogProbabilities(parts);
        } else if (role == policy::NodeRole::Model) {
            prepared->m_calls[size_t(index)] = settingsOf(node);
        }
    }
    return prepared;
}

} // namespace headgate::engine
