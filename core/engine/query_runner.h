#pragma once

#include "core/catalog/model_catalog.h"
#include "core/common/clock.h"
#include "core/engine/prepared_policy.h"
#include "core/engine/provider_directory.h"
#include "core/engine/reference_embeddings.h"
#include "core/engine/run_trace.h"
#include "core/engine/text_embedder.h"
#include "core/engine/traffic_control.h"

#include <qcoro/qcorotask.h>

namespace headgate::engine {

// What the view sees while a query runs.
struct RunEvent
{
    enum class Kind {
        Begun,       // run: nothing has been sent yet
        NodeStarted, // node
        Text,        // node, text: a piece of an answer, provisional until the run ends
        HopEnded,    // node, hop: an attempt, decision or score is over
        Waiting,     // node, wait: backing off, or for a turn under a rate limit
    };

    Kind kind = Kind::NodeStarted;
    policy::NodeId node;
    QString text;
    Hop hop;
    std::chrono::milliseconds wait{};
    const RunTrace *run = nullptr; // the trace so far; for the time of the call
};

// Drives a policy's machine against providers, one coroutine a query. Lives on one thread (the
// providers'); queries overlap freely there.
class QueryRunner
{
public:
    // All three outlive the runner and its tasks.
    QueryRunner(ProviderDirectory &providers, const catalog::ModelCatalog &catalog, Clock &clock);
    ~QueryRunner();
    Q_DISABLE_COPY_MOVE(QueryRunner)

    // Always ends with a whole trace: answer, partial or one clear error. `onEvent` is called on
    // this thread and may be empty. Queries with different seeds back off at different times. The
    // trace says from the first event on why it was asked.
    QCoro::Task<RunTrace> run(std::shared_ptr<const PreparedPolicy> policy, policy::Query query,
                              std::stop_token stop, std::function<void(const RunEvent &)> onEvent,
                              RunOrigin origin = RunOrigin::Live);

    // Whom to ask for the embeddings that routers want; it outlives the runner and its tasks.
    // Null: nobody, and such routers are told that there is none.
    void setEmbedder(TextEmbedder *embedder) { m_embedder = embedder; }

    // What its queries learned of the deployments, and the money that they share.
    TrafficControl &traffic() { return m_traffic; }

private:
    ProviderDirectory &m_providers;
    const catalog::ModelCatalog &m_catalog;
    Clock &m_clock;
    TextEmbedder *m_embedder = nullptr;
    ReferenceEmbeddings m_references;
    TrafficControl m_traffic;
};

} // namespace headgate::engine
