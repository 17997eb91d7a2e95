#pragma once

#include "core/policy/policy_document.h"

namespace headgate::tests {

// Writes a policy down in the order in which it is read:
//
//     PolicyBuilder().models({"small", "large"})
//         .node("q", "query").node("m", "model", {{"model", "small"}}).node("a", "answer")
//         .wire("q", "query", "m").wire("m", "answer", "a").document();
class PolicyBuilder
{
public:
    // Each at 1 USD per million tokens in and 2 out.
    PolicyBuilder &models(const std::vector<std::string> &names);
    PolicyBuilder &node(const std::string &id, const std::string &kind,
                        const Json &config = Json::object());
    PolicyBuilder &wire(const std::string &from, const std::string &port, const std::string &to);
    PolicyBuilder &maxCost(Money money);
    PolicyBuilder &maxLatency(std::chrono::nanoseconds latency);
    PolicyBuilder &failAtLimit();

    const policy::PolicyDocument &document() const { return m_document; }

private:
    policy::PolicyDocument m_document;
};

// query → small → gate (accept where score >= 0.6) → answer, else large → answer. Ids: q, small,
// gate, large, answer.
PolicyBuilder twoStageCascade();
// The same with "medium" and a second gate ("gate2", 0.5) in between.
PolicyBuilder threeStageCascade();

} // namespace headgate::tests
