#include "core/providers/openai_protocol.h"

#include "core/providers/openai_request.h"
#include "core/providers/openai_response.h"

using namespace Qt::StringLiterals;

namespace headgate::providers {

Result<EncodedCall> OpenAiProtocol::chat(const CompletionRequest &request,
                                         const Endpoint &endpoint) const
{
    EncodedCall call;
    call.path = u"/chat/completions"_s;
    call.body = encodeChatRequest(request, endpoint.dialect);
    if (request.stream)
        call.accept = "text/event-stream";
    return call;
}

std::unique_ptr<ResponseReader> OpenAiProtocol::reader(const Endpoint &endpoint) const
{
    return std::make_unique<OpenAiResponse>(endpoint.dialect);
}

EncodedCall OpenAiProtocol::models(const Endpoint &, const QString &) const
{
    return {.path = u"/models"_s, .body = {}, .headers = {}};
}

// {"data":[{"id"}]}, or the bare list that some servers send.
std::optional<Protocol::ModelPage> OpenAiProtocol::modelsIn(const Json &answer) const
{
    const Json *list = &answer;
    if (answer.is_object()) {
        const auto data = answer.find("data");
        if (data == answer.end())
            return std::nullopt;
        list = &*data;
    }
    if (!list->is_array())
        return std::nullopt;
    ModelPage page;
    for (const Json &model : *list)
        page.names.append(jsonString(model, "id"));
    return page;
}

} // namespace headgate::providers
