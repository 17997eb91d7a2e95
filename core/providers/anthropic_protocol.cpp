#include "core/providers/anthropic_protocol.h"

#include "core/providers/anthropic_request.h"
#include "core/providers/anthropic_response.h"

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

EncodedCall callTo(const Endpoint &endpoint, const QString &path)
{
    EncodedCall call;
    call.url = versionedUrl(endpoint, u"/v1"_s, path);
    call.headers = {{"anthropic-version", anthropicVersionOf(endpoint).toLatin1()}};
    return call;
}

} // namespace

Result<EncodedCall> AnthropicProtocol::chat(const CompletionRequest &request,
                                            const Endpoint &endpoint) const
{
    Result<QByteArray> body = encodeAnthropicRequest(request, endpoint);
    if (!body)
        return tl::unexpected(std::move(body).error());
    EncodedCall call = callTo(endpoint, u"/messages"_s);
    call.body = std::move(*body);
    if (request.stream)
        call.accept = "text/event-stream";
    return call;
}

std::unique_ptr<ResponseReader> AnthropicProtocol::reader(const Endpoint &) const
{
    return std::make_unique<AnthropicResponse>();
}

EncodedCall AnthropicProtocol::models(const Endpoint &endpoint, const QString &page) const
{
    QString path = u"/models?limit=1000"_s;
    if (!page.isEmpty())
        path += u"&after_id="_s + QString::fromLatin1(QUrl::toPercentEncoding(page));
    return callTo(endpoint, path);
}

std::optional<Protocol::ModelPage> AnthropicProtocol::modelsIn(const Json &answer) const
{
    const auto data = answer.is_object() ? answer.find("data") : answer.end();
    if (data == answer.end() || !data->is_array())
        return std::nullopt;
    ModelPage page;
    for (const Json &item : *data) {
        OfferedModel model{.name = jsonString(item, "id"),
                           .title = jsonString(item, "display_name")};
        model.contextTokens = tokenLimitAt(item, "max_input_tokens");
        model.outputTokens = tokenLimitAt(item, "max_tokens");
        page.models.append(model);
    }
    if (answer.value("has_more", Json()) == true)
        page.next = jsonString(answer, "last_id");
    return page;
}

} // namespace headgate::providers
