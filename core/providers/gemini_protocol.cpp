#include "core/providers/gemini_protocol.h"

#include "core/common/json.h"
#include "core/providers/embedding_reply.h"
#include "core/providers/gemini_request.h"
#include "core/providers/gemini_response.h"
#include "core/providers/json_access.h"

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

// "models/gemini-x"; other kinds, such as "tunedModels/x", are named in full.
QString resourceOf(const QString &model)
{
    return model.contains(u'/') ? model : u"models/"_s + model;
}

QUrl urlFor(const Endpoint &endpoint, const QString &model, const QString &call)
{
    const QByteArray resource = QUrl::toPercentEncoding(resourceOf(model), "/");
    return versionedUrl(endpoint, u"/v1beta"_s, u'/' + QString::fromLatin1(resource) + call);
}

} // namespace

Result<EncodedCall> GeminiProtocol::chat(const CompletionRequest &request,
                                         const Endpoint &endpoint) const
{
    const bool offersLogProbabilities =
        endpoint.dialect.logProbabilities != Dialect::LogProbabilities::None;
    Result<QByteArray> body = encodeGeminiRequest(request, offersLogProbabilities);
    if (!body)
        return tl::unexpected(std::move(body).error());
    EncodedCall call;
    call.url = urlFor(endpoint, request.model,
                      request.stream ? u":streamGenerateContent?alt=sse"_s : u":generateContent"_s);
    call.body = std::move(*body);
    if (request.stream)
        call.accept = "text/event-stream";
    return call;
}

std::unique_ptr<ResponseReader> GeminiProtocol::reader(const Endpoint &) const
{
    return std::make_unique<GeminiResponse>();
}

EncodedCall GeminiProtocol::models(const Endpoint &endpoint, const QString &page) const
{
    QString path = u"/models?pageSize=1000"_s;
    if (!page.isEmpty())
        path += u"&pageToken="_s + QString::fromLatin1(QUrl::toPercentEncoding(page));
    EncodedCall call;
    call.url = versionedUrl(endpoint, u"/v1beta"_s, path);
    return call;
}

std::optional<Protocol::ModelPage> GeminiProtocol::modelsIn(const Json &answer) const
{
    const auto list = answer.is_object() ? answer.find("models") : answer.end();
    if (list == answer.end() || !list->is_array())
        return std::nullopt;
    ModelPage page;
    for (const Json &item : *list) {
        OfferedModel model{.title = jsonString(item, "displayName")};
        model.name = jsonString(item, "name");
        if (model.name.startsWith("models/"_L1))
            model.name.remove(0, 7);
        model.contextTokens = tokenLimitAt(item, "inputTokenLimit");
        model.outputTokens = tokenLimitAt(item, "outputTokenLimit");
        const Json methods = item.is_object()
                                 ? item.value("supportedGenerationMethods", Json::array())
                                 : Json::array();
        const auto supports = [&methods](const char *method) {
            return std::find(methods.begin(), methods.end(), method) != methods.end();
        };
        model.chats = methods.empty() || supports("generateContent");
        model.embeds = supports("embedContent") || supports("batchEmbedContents");
        page.models.append(model);
    }
    page.next = jsonString(answer, "nextPageToken");
    return page;
}

Result<EncodedCall> GeminiProtocol::embed(const EmbeddingRequest &request,
                                          const Endpoint &endpoint) const
{
    Json requests = Json::array();
    for (const QString &text : request.texts) {
        Json one = {{"model", toStdString(resourceOf(request.model))},
                    {"content", {{"parts", Json::array({{{"text", toStdString(text)}}})}}}};
        if (request.dimensions)
            one["outputDimensionality"] = *request.dimensions;
        requests.push_back(std::move(one));
    }
    EncodedCall call;
    call.url = urlFor(endpoint, request.model, u":batchEmbedContents"_s);
    call.body = compactJson({{"requests", std::move(requests)}});
    return call;
}

// {"embeddings":[{"values":[]}]}. Shortened vectors need not be of unit length.
std::optional<Embeddings> GeminiProtocol::embeddingsIn(const simdjson::dom::element &answer,
                                                       const Endpoint &) const
{
    simdjson::dom::array list;
    if (answer["embeddings"].get(list) != simdjson::SUCCESS)
        return std::nullopt;
    Embeddings result;
    for (const simdjson::dom::element item : list) {
        const auto values = memberAt(item, "values");
        result.vectors.append(values ? unitVector(vectorIn(*values)) : QList<float>());
    }
    if (const auto usage = memberAt(answer, "usageMetadata"))
        result.usage.freshInput = integerAt(*usage, "promptTokenCount").value_or(0);
    return result;
}

} // namespace headgate::providers
