#include "core/engine/inquiry.h"

namespace headgate::engine {

Inquiry inquiryOf(const PreparedPolicy &policy, const policy::CallModel &step,
                  const policy::Query &query)
{
    Inquiry inquiry;
    inquiry.node = step.node;
    const auto group = policy.compiled().step(step.node).group;
    inquiry.models.assign(group.begin(), group.end());
    inquiry.settings = policy.call(step.node);
    inquiry.messages = query.messages;
    if (!inquiry.settings.systemPrompt.isEmpty())
        inquiry.messages.prepend(
            Message{.role = Message::Role::System, .text = inquiry.settings.systemPrompt});
    inquiry.tokens = query.estimatedTokens;
    inquiry.wantLogProbabilities = policy.needsLogProbabilities();
    inquiry.seed = query.seed + quint64(step.node);
    inquiry.timeLeft = step.timeLeft;
    inquiry.moneyLeft = step.moneyLeft;
    return inquiry;
}

} // namespace headgate::engine
