#include "core/providers/ollama_protocol.h"

#include "core/providers/embedding_reply.h"
#include "core/providers/json_access.h"
#include "core/providers/ollama_request.h"
#include "core/providers/ollama_response.h"

using namespace Qt::StringLiterals;

namespace headgate::providers {

Result<EncodedCall> OllamaProtocol::chat(const CompletionRequest &request,
                                         const Endpoint &endpoint) const
{
    const bool offersLogProbabilities =
        endpoint.dialect.logProbabilities != Dialect::LogProbabilities::None;
    Result<QByteArray> body = encodeOllamaRequest(request, offersLogProbabilities);
    if (!body)
        return tl::unexpected(std::move(body).error());
    EncodedCall call;
    call.url = endpointUrl(endpoint, u"/api/chat"_s);
    call.body = std::move(*body);
    return call;
}

std::unique_ptr<ResponseReader> OllamaProtocol::reader(const Endpoint &) const
{
    return std::make_unique<OllamaResponse>();
}

EncodedCall OllamaProtocol::models(const Endpoint &endpoint, const QString &) const
{
    EncodedCall call;
    call.url = endpointUrl(endpoint, u"/api/tags"_s);
    return call;
}

std::optional<Protocol::ModelPage> OllamaProtocol::modelsIn(const Json &answer) const
{
    const auto list = answer.is_object() ? answer.find("models") : answer.end();
    if (list == answer.end() || !list->is_array())
        return std::nullopt;
    ModelPage page;
    for (const Json &item : *list) {
        OfferedModel model{.name = jsonString(item, "name")};
        // Newer servers say what a model is good for; older ones do not.
        const Json able = item.is_object() ? item.value("capabilities", Json()) : Json();
        if (able.is_array() && !able.empty()) {
            model.chats = std::find(able.begin(), able.end(), "completion") != able.end();
            model.embeds = std::find(able.begin(), able.end(), "embedding") != able.end();
        }
        page.models.append(model);
    }
    return page;
}

Result<EncodedCall> OllamaProtocol::embed(const EmbeddingRequest &request,
                                          const Endpoint &endpoint) const
{
    Json input = Json::array();
    for (const QString &text : request.texts)
        input.push_back(toStdString(text));
    Json body = {{"model", toStdString(request.model)}, {"input", std::move(input)}};
    if (request.dimensions)
        body["dimensions"] = *request.dimensions;
    EncodedCall call;
    call.url = endpointUrl(endpoint, u"/api/embed"_s);
    call.body = compactJson(body);
    return call;
}

// {"embeddings":[[]],"prompt_eval_count"}
std::optional<Embeddings> OllamaProtocol::embeddingsIn(const simdjson::dom::element &answer,
                                                       const Endpoint &) const
{
    simdjson::dom::array list;
    if (answer["embeddings"].get(list) != simdjson::SUCCESS)
        return std::nullopt;
    Embeddings result;
    for (const simdjson::dom::element item : list)
        result.vectors.append(vectorIn(item));
    result.servedModel = textAt(answer, "model");
    result.usage.freshInput = integerAt(answer, "prompt_eval_count").value_or(0);
    return result;
}

} // namespace headgate::providers
