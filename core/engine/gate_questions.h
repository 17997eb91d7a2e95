#pragma once

#include "core/engine/model_call.h"
#include "core/scorers/scorer.h"

namespace headgate::engine {

// What came of the questions of one gate.
struct GateReplies
{
    QList<Result<scorers::Reply>> replies; // one a question, in their order
    Money cost;                            // of all attempts
    // Not empty: too little money is left for them, so the gate cannot judge. A sentence.
    QString shortOfMoney;
};

// Asks what the scorers of a gate want to know, all of it at a time. Each attempt is a hop of the
// gate, of the kind kJudgeCall.
class GateQuestions
{
public:
    // All references outlive the tasks.
    GateQuestions(const PreparedPolicy &policy, const CallCost &costs, ModelCall &call,
                  RunRecorder &recorder);

    QCoro::Task<GateReplies> ask(policy::Score step, QList<scorers::Question> questions,
                                 std::stop_token stop);

private:
    Result<std::vector<Inquiry>> inquiriesFor(const policy::Score &step,
                                              const QList<scorers::Question> &questions) const;
    QString shareMoney(const policy::Score &step, std::vector<Inquiry> &inquiries) const;
    Result<scorers::Reply> replyOf(const Inquiry &inquiry, const Hop &last) const;

    const PreparedPolicy &m_policy;
    const CallCost &m_costs;
    ModelCall &m_call;
    RunRecorder &m_recorder;
};

} // namespace headgate::engine
