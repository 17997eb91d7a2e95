#pragma once

#include "core/common/message.h"
#include "core/engine/prepared_policy.h"
#include "core/policy/policy_run.h"

namespace headgate::engine {

// What a call asks, of which models, and within which bounds.
struct Inquiry
{
    policy::NodeIndex node = -1; // whose hops its attempts are
    QString kind{};              // of those hops; empty: the node's own
    // Any of them may answer, never empty; the first is the one that is meant.
    std::vector<policy::ModelIndex> models{};
    QList<Message> messages{};
    Json parameters = Json::object(); // goes over each model's own, as a JSON merge patch
    qint64 tokens = 0;                // of the messages; an estimate
    bool wantLogProbabilities = false;
    bool isShown = true; // the view sees its text as it comes
    // Who asked can do without a reply, so nobody waits for a deployment that rests.
    bool canDoWithout = false;
    quint64 seed = 0; // of the waits between attempts and of a weighted order
    CallSettings settings{};
    std::optional<std::chrono::nanoseconds> timeLeft{}; // of the query's limits
    std::optional<Money> moneyLeft{};
};

// The call of a model node: the query's messages as the node wraps them.
Inquiry inquiryOf(const PreparedPolicy &policy, const policy::CallModel &step,
                  const policy::Query &query);

} // namespace headgate::engine
