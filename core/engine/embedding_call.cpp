#include "core/engine/embedding_call.h"

#include "core/engine/texts.h"

namespace headgate::engine {

using namespace Qt::StringLiterals;

EmbeddingCall::EmbeddingCall(TextEmbedder *embedder, ReferenceEmbeddings &known,
                             const CallCost &costs, TrafficControl &traffic, RunRecorder &recorder)
    : m_embedder(embedder)
    , m_known(known)
    , m_costs(costs)
    , m_traffic(traffic)
    , m_recorder(recorder)
{
}

routers::RouterInputs EmbeddingCall::End::inputs() const
{
    routers::RouterInputs inputs;
    if (prompt.rows() > 0)
        inputs.embedding = prompt.row(0);
    inputs.references = references.get();
    return inputs;
}

QCoro::Task<EmbeddingCall::End>
EmbeddingCall::ask(policy::NodeIndex node, const routers::Router &router, std::stop_token stop)
{
    End end;
    const QString embedder = router.embedder();
    if (embedder.isEmpty())
        co_return end;
    const QStringList references = router.references();
    if (!references.isEmpty()) {
        end.references = m_known.find(embedder, references);
        if (!end.references) {
            auto task = embed(node, embedder, references, &end.cost, stop);
            std::optional<learning::DenseMatrix> vectors = co_await task;
            if (vectors) {
                end.references = std::make_shared<const learning::DenseMatrix>(*std::move(vectors));
                m_known.keep(embedder, references, end.references);
            }
        }
    }
    if (stop.stop_requested() || (!references.isEmpty() && !end.references))
        co_return end;
    const QStringList prompt{m_recorder.query().prompt()};
    auto task = embed(node, embedder, prompt, &end.cost, stop);
    std::optional<learning::DenseMatrix> vectors = co_await task;
    if (vectors)
        end.prompt = *std::move(vectors);
    co_return end;
}

QCoro::Task<std::optional<learning::DenseMatrix>>
EmbeddingCall::embed(policy::NodeIndex node, QString embedder, QStringList texts, Money *cost,
                     std::stop_token stop)
{
    Hop hop = m_recorder.begin(node);
    hop.kind = kEmbeddingCall;
    hop.askedModel = embedder;
    hop.attempt = 1;
    Result<EmbeddedTexts> embedded =
        fail(ErrorCode::Unavailable, Texts::tr("There is nobody to ask for embeddings."));
    if (m_embedder) {
        auto task = m_embedder->embed(embedder, texts, stop);
        embedded = co_await task;
    }
    if (embedded && embedded->vectors.rows() != texts.size())
        embedded = fail(ErrorCode::Protocol,
                        Texts::tr("The embedder “%1” returned %2 vectors for %3 texts.")
                            .arg(embedder)
                            .arg(embedded->vectors.rows())
                            .arg(texts.size()));
    book(std::move(hop), embedded, cost);
    if (!embedded)
        co_return std::nullopt;
    co_return std::move(embedded->vectors);
}

void EmbeddingCall::book(Hop hop, const Result<EmbeddedTexts> &embedded, Money *cost)
{
    if (embedded && !embedded->called)
        return;
    hop.end = m_recorder.elapsed();
    if (embedded) {
        hop.provider = embedded->provider;
        hop.chosenModel = embedded->model;
        policy::Model model;
        model.name = hop.askedModel;
        model.provider = hop.provider;
        model.model = hop.chosenModel;
        providers::CallResult call;
        call.completion.usage = embedded->usage;
        call.completion.servedModel = embedded->servedModel;
        call.completion.reportedCost = embedded->reportedCost;
        hop.servedModel = embedded->servedModel;
        m_costs.book(model, call, hop);
        if (embedded->simulated)
            m_recorder.markSimulated();
    } else {
        hop.failureClass = u"embedder"_s;
        hop.error = embedded.error().message;
    }
    *cost += hop.cost;
    m_traffic.budget.settle({}, hop.cost);
    m_recorder.end(std::move(hop));
}

} // namespace headgate::engine
