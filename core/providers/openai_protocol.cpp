#include "core/providers/openai_protocol.h"

#include "core/common/json.h"
#include "core/providers/embedding_reply.h"
#include "core/providers/json_access.h"
#include "core/providers/openai_models.h"
#include "core/providers/openai_request.h"
#include "core/providers/openai_response.h"
#include "core/providers/openai_usage.h"

#include <QMap>

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

constexpr auto kDeployments = "/deployments/"_L1;

// With the version of the API where the endpoint names one and the base URL does not.
QUrl withVersion(QUrl url, const QString &version)
{
    const QString query = url.query(QUrl::FullyEncoded);
    if (version.isEmpty() || query.contains("api-version="_L1))
        return url;
    const QString added = u"api-version="_s + QString::fromLatin1(QUrl::toPercentEncoding(version));
    url.setQuery(query.isEmpty() ? added : query + u'&' + added);
    return url;
}

QString azureVersionOf(const Endpoint &endpoint)
{
    return endpoint.apiVersion.isEmpty() ? u"2024-10-21"_s : endpoint.apiVersion;
}

} // namespace

QUrl OpenAiProtocol::callUrl(const Endpoint &endpoint, const QString &, const QString &path) const
{
    return withVersion(endpointUrl(endpoint, path), endpoint.apiVersion);
}

QUrl OpenAiProtocol::modelsUrl(const Endpoint &endpoint) const
{
    return withVersion(endpointUrl(endpoint, u"/models"_s), endpoint.apiVersion);
}

Result<EncodedCall> OpenAiProtocol::chat(const CompletionRequest &request,
                                         const Endpoint &endpoint) const
{
    EncodedCall call;
    call.url = callUrl(endpoint, request.model, u"/chat/completions"_s);
    call.body = encodeChatRequest(request, endpoint.dialect);
    if (request.stream)
        call.accept = "text/event-stream";
    return call;
}

std::unique_ptr<ResponseReader> OpenAiProtocol::reader(const Endpoint &endpoint) const
{
    return std::make_unique<OpenAiResponse>(endpoint.dialect);
}

EncodedCall OpenAiProtocol::models(const Endpoint &endpoint, const QString &) const
{
    EncodedCall call;
    call.url = modelsUrl(endpoint);
    return call;
}

std::optional<Protocol::ModelPage> OpenAiProtocol::modelsIn(const Json &answer) const
{
    auto models = openAiModelsIn(answer);
    if (!models)
        return std::nullopt;
    return ModelPage{std::move(*models), {}};
}

// Without a word about the encoding, which not every server of the family knows: both are read.
Result<EncodedCall> OpenAiProtocol::embed(const EmbeddingRequest &request,
                                          const Endpoint &endpoint) const
{
    Json input = Json::array();
    for (const QString &text : request.texts)
        input.push_back(toStdString(text));
    Json body = {{"model", toStdString(request.model)}, {"input", std::move(input)}};
    if (request.dimensions)
        body["dimensions"] = *request.dimensions;
    EncodedCall call;
    call.url = callUrl(endpoint, request.model, u"/embeddings"_s);
    call.body = compactJson(body);
    return call;
}

// {"data":[{"index","embedding"}],"model","usage"}, in any order.
std::optional<Embeddings> OpenAiProtocol::embeddingsIn(const simdjson::dom::element &answer,
                                                       const Endpoint &endpoint) const
{
    simdjson::dom::array data;
    if (answer["data"].get(data) != simdjson::SUCCESS)
        return std::nullopt;
    QMap<qint64, QList<float>> byIndex;
    qint64 position = 0;
    for (const simdjson::dom::element item : data) {
        const auto vector = memberAt(item, "embedding");
        byIndex.insert(integerAt(item, "index").value_or(position),
                       vector ? vectorIn(*vector) : QList<float>());
        ++position;
    }
    Embeddings result;
    result.vectors = byIndex.values();
    result.servedModel = textAt(answer, "model");
    if (const auto usage = memberAt(answer, "usage")) {
        result.usage.freshInput = integerAt(*usage, "prompt_tokens").value_or(0);
        result.reportedCost = readUsage(*usage, endpoint.dialect).cost;
    }
    return result;
}

QUrl AzureProtocol::callUrl(const Endpoint &endpoint, const QString &model,
                            const QString &path) const
{
    QString whole = path;
    if (!endpoint.baseUrl.path().contains(kDeployments))
        whole = kDeployments + QString::fromLatin1(QUrl::toPercentEncoding(model)) + path;
    return withVersion(endpointUrl(endpoint, whole), azureVersionOf(endpoint));
}

// The models that deployments can be made of: it has no list of the deployments themselves.
QUrl AzureProtocol::modelsUrl(const Endpoint &endpoint) const
{
    Endpoint resource = endpoint;
    const QString path = endpoint.baseUrl.path(QUrl::FullyEncoded);
    resource.baseUrl.setPath(path.left(path.indexOf(kDeployments)), QUrl::TolerantMode);
    return withVersion(endpointUrl(resource, u"/models"_s), azureVersionOf(endpoint));
}

} // namespace headgate::providers
