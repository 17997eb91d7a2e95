#pragma once

#include "core/engine/call_cost.h"
#include "core/engine/reference_embeddings.h"
#include "core/engine/run_recorder.h"
#include "core/engine/text_embedder.h"
#include "core/engine/traffic_control.h"
#include "core/routers/router.h"

namespace headgate::engine {

// Asks for the embeddings that a router of one query decides by; each call is a hop of its node.
class EmbeddingCall
{
public:
    // All references outlive the tasks, and so does the embedder, which may be null.
    EmbeddingCall(TextEmbedder *embedder, ReferenceEmbeddings &known, const CallCost &costs,
                  TrafficControl &traffic, RunRecorder &recorder);

    struct End
    {
        learning::DenseMatrix prompt;                            // one row; none where that failed
        std::shared_ptr<const learning::DenseMatrix> references; // null: none, or that failed
        Money cost;

        routers::RouterInputs inputs() const;
    };
    // The router outlives the task.
    QCoro::Task<End> ask(policy::NodeIndex node, const routers::Router &router,
                         std::stop_token stop);

private:
    QCoro::Task<std::optional<learning::DenseMatrix>> embed(policy::NodeIndex node,
                                                            QString embedder, QStringList texts,
                                                            Money *cost, std::stop_token stop);
    void book(Hop hop, const Result<EmbeddedTexts> &embedded, Money *cost);

    TextEmbedder *m_embedder;
    ReferenceEmbeddings &m_known;
    const CallCost &m_costs;
    TrafficControl &m_traffic;
    RunRecorder &m_recorder;
};

} // namespace headgate::engine
