#pragma once

#include "core/engine/embedding_call.h"
#include "core/engine/gate_questions.h"
#include "core/engine/live_figures.h"

namespace headgate::engine {

// One query on its way through a policy: asks the machine, does what it says, writes the trace.
class QueryRun
{
public:
    // All references outlive the run, and so does the embedder, which may be null.
    QueryRun(const PreparedPolicy &policy, policy::Query query, RunOrigin origin,
             ProviderDirectory &providers, TextEmbedder *embedder, ReferenceEmbeddings &references,
             const catalog::ModelCatalog &catalog, Clock &clock, TrafficControl &traffic,
             std::function<void(const RunEvent &)> onEvent);

    // Ends whatever happens, want of memory included.
    QCoro::Task<> drive(std::stop_token stop);
    // After drive().
    RunTrace takeTrace() { return m_recorder.take(); }

private:
    struct Answer
    {
        qsizetype hop = -1;
        scorers::ScoredAnswer scored;
    };

    QCoro::Task<> walk(std::stop_token stop);
    // False where the query ends with it, whatever the policy says.
    QCoro::Task<bool> decide(policy::Decide step, std::stop_token stop);
    QCoro::Task<bool> score(policy::Score step, std::stop_token stop);
    void noteScore(const policy::Score &step, const Result<scorers::ScoreOutcome> &outcome,
                   policy::ScoreResult result);
    // False where the query ends with this call, whatever the policy says.
    bool noteCall(const policy::CallModel &step, CallEnd end);
    void finish(const policy::Finished &step);
    void finish(const policy::Failed &step);

    void noteLimit(policy::EndReason reason, policy::NodeIndex node);
    QString portTaken(policy::NodeIndex node) const;
    QString failedSentence(const policy::Failed &step) const;
    QString limitSentence(policy::EndReason reason, policy::NodeIndex node) const;
    QString attemptsSentence() const;
    std::vector<Money> worstCases() const;

    const PreparedPolicy &m_policy;
    RunRecorder m_recorder;
    CallCost m_costs;
    LiveFigures m_figures;
    ModelCall m_call;
    EmbeddingCall m_embeddings;
    GateQuestions m_questions;
    std::optional<policy::Run> m_run;
    QString m_shortOfMoney;        // why the machine was told that there is no money; a sentence
    std::vector<Answer> m_answers; // one a CallModel of the machine
};

} // namespace headgate::engine
