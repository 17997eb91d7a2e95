#include "core/engine/gate_questions.h"

#include "core/engine/texts.h"
#include "core/policy/node_kind.h"
#include "core/text/token_estimate.h"

namespace headgate::engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds kLongestReply = 60s;

} // namespace

GateQuestions::GateQuestions(const PreparedPolicy &policy, const CallCost &costs, ModelCall &call,
                             RunRecorder &recorder)
    : m_policy(policy)
    , m_costs(costs)
    , m_call(call)
    , m_recorder(recorder)
{
}

Result<std::vector<Inquiry>>
GateQuestions::inquiriesFor(const policy::Score &step,
                            const QList<scorers::Question> &questions) const
{
    std::vector<Inquiry> inquiries;
    for (const scorers::Question &question : questions) {
        const policy::ModelIndex model = m_policy.compiled().modelIndex(question.model);
        if (model < 0)
            return fail(ErrorCode::NotFound,
                        Texts::tr("The policy defines no model “%1” to ask.").arg(question.model));
        Inquiry inquiry;
        inquiry.node = step.node;
        inquiry.kind = kJudgeCall;
        inquiry.models = {model};
        inquiry.messages = question.messages;
        inquiry.parameters = question.parameters;
        inquiry.tokens = text::estimateTokens(question.messages);
        inquiry.isShown = false;
        inquiry.canDoWithout = true;
        inquiry.seed = m_recorder.query().seed + quint64(step.node) + 97 * inquiries.size();
        inquiry.settings.timeout = kLongestReply;
        inquiry.timeLeft = step.timeLeft;
        inquiries.push_back(std::move(inquiry));
    }
    return inquiries;
}

// Calls that leave together must not promise the same money twice: each may spend its worst case
// and an even share of what is left beyond. Not empty: it is too little; a sentence.
QString GateQuestions::shareMoney(const policy::Score &step, std::vector<Inquiry> &inquiries) const
{
    if (!step.moneyLeft)
        return {};
    Money left = *step.moneyLeft;
    for (Inquiry &inquiry : inquiries) {
        const policy::Model &model = m_policy.compiled().model(inquiry.models.front());
        inquiry.moneyLeft = m_costs.worstCase(model, inquiry.tokens);
        if (!inquiry.moneyLeft)
            return Texts::tr("The query has a cost limit, and the price of “%1”, which “%2” asks, "
                             "is not known; set it in the policy's models.")
                .arg(model.name, policy::displayName(m_policy.compiled().node(step.node)));
        left = left - *inquiry.moneyLeft;
    }
    if (left < Money())
        return Texts::tr("Of the query's cost limit of $%1 too little was left for what “%2” asks.")
            .arg(m_policy.compiled().limits().maxCost->toDecimal(),
                 policy::displayName(m_policy.compiled().node(step.node)));
    const Money each = Money::fromNanos(left.nanos() / qint64(inquiries.size()));
    for (Inquiry &inquiry : inquiries)
        *inquiry.moneyLeft += each;
    return {};
}

Result<scorers::Reply> GateQuestions::replyOf(const Inquiry &inquiry, const Hop &last) const
{
    if (last.attempt == 0)
        return fail(ErrorCode::LimitReached,
                    Texts::tr("“%1” was not asked, since the query's limits left no room for it.")
                        .arg(m_policy.compiled().model(inquiry.models.front()).name));
    if (!last.failureClass.isEmpty())
        return fail(ErrorCode::Unavailable, last.error);
    return scorers::Reply{last.text, last.finishReason};
}

QCoro::Task<GateReplies> GateQuestions::ask(policy::Score step, QList<scorers::Question> questions,
                                            std::stop_token stop)
{
    GateReplies came;
    if (questions.isEmpty())
        co_return came;
    auto inquiries = inquiriesFor(step, questions);
    if (!inquiries) {
        came.replies.fill(tl::unexpected(inquiries.error()), questions.size());
        co_return came;
    }
    came.shortOfMoney = shareMoney(step, *inquiries);
    if (!came.shortOfMoney.isEmpty())
        co_return came;
    std::vector<QCoro::Task<CallEnd>> tasks;
    for (const Inquiry &inquiry : *inquiries)
        tasks.push_back(m_call.call(inquiry, stop));
    for (size_t i = 0; i < tasks.size(); ++i) {
        CallEnd end = co_await tasks[i];
        came.cost += end.cost;
        came.replies.append(replyOf((*inquiries)[i], end.lastHop));
        if (end.kind == CallEnd::Kind::OutOfMoney)
            came.shortOfMoney =
                Texts::tr("Of the budget of all queries too little was left for what “%1” asks.")
                    .arg(policy::displayName(m_policy.compiled().node(step.node)));
        if (end.lastHop.attempt > 0)
            m_recorder.end(std::move(end.lastHop));
    }
    co_return came;
}

} // namespace headgate::engine
