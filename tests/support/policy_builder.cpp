#include "tests/support/policy_builder.h"

namespace headgate::tests {

using namespace Qt::StringLiterals;

PolicyBuilder &PolicyBuilder::models(const std::vector<std::string> &names)
{
    for (const std::string &name : names) {
        policy::Model model;
        model.name = toQString(name);
        model.provider = u"simulated"_s;
        model.model = model.name + u"-1"_s;
        model.price = Price{.input = Money::fromNanos(1'000'000'000),
                            .output = Money::fromNanos(2'000'000'000),
                            .cachedInput = {},
                            .cacheWrite = {}};
        m_document.models.append(model);
    }
    std::sort(m_document.models.begin(), m_document.models.end(),
              [](const policy::Model &a, const policy::Model &b) { return a.name < b.name; });
    return *this;
}

PolicyBuilder &PolicyBuilder::node(const std::string &id, const std::string &kind,
                                   const Json &config)
{
    policy::Node node;
    node.id = {toQString(id)};
    node.kind = toQString(kind);
    node.at = QPointF(220.0 * double(m_document.nodes.size()), 0);
    node.config = config;
    m_document.nodes.append(node);
    return *this;
}

PolicyBuilder &PolicyBuilder::wire(const std::string &from, const std::string &port,
                                   const std::string &to)
{
    m_document.wires.append({{toQString(from)}, toQString(port), {toQString(to)}});
    return *this;
}

PolicyBuilder &PolicyBuilder::maxCost(Money money)
{
    m_document.limits.maxCost = money;
    return *this;
}

PolicyBuilder &PolicyBuilder::maxLatency(std::chrono::nanoseconds latency)
{
    m_document.limits.maxLatency = latency;
    return *this;
}

PolicyBuilder &PolicyBuilder::failAtLimit()
{
    m_document.limits.onLimit = policy::Limits::OnLimit::Fail;
    return *this;
}

namespace {

Json gateAt(double threshold)
{
    return {{"scorers", {{{"kind", "log_probability"}, {"weight", 1}}}}, {"threshold", threshold}};
}

Json callOf(const std::string &model)
{
    return {{"model", model}, {"timeout_s", 30}};
}

} // namespace

PolicyBuilder twoStageCascade()
{
    return PolicyBuilder()
        .models({"small", "large"})
        .node("q", "query")
        .node("small", "model", callOf("small"))
        .node("gate", "gate", gateAt(0.6))
        .node("large", "model", callOf("large"))
        .node("answer", "answer")
        .wire("q", "query", "small")
        .wire("small", "answer", "gate")
        .wire("gate", "accept", "answer")
        .wire("gate", "escalate", "large")
        .wire("large", "answer", "answer");
}

PolicyBuilder threeStageCascade()
{
    return PolicyBuilder()
        .models({"small", "medium", "large"})
        .node("q", "query")
        .node("small", "model", callOf("small"))
        .node("gate", "gate", gateAt(0.6))
        .node("medium", "model", callOf("medium"))
        .node("gate2", "gate", gateAt(0.5))
        .node("large", "model", callOf("large"))
        .node("answer", "answer")
        .wire("q", "query", "small")
        .wire("small", "answer", "gate")
        .wire("gate", "accept", "answer")
        .wire("gate", "escalate", "medium")
        .wire("medium", "answer", "gate2")
        .wire("gate2", "accept", "answer")
        .wire("gate2", "escalate", "large")
        .wire("large", "answer", "answer");
}

} // namespace headgate::tests
