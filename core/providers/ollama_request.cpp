#include "core/providers/ollama_request.h"

#include "core/providers/call_parameters.h"
#include "core/providers/message_parts.h"
#include "core/providers/texts.h"

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

Result<Json> messageAt(const QList<Message> &messages, qsizetype at)
{
    const Message &message = messages.at(at);
    QStringList texts;
    Json images = Json::array();
    for (const ContentPart &part : contentOf(message)) {
        if (part.kind == ContentPart::Kind::Text)
            texts.append(part.text);
        else if (part.kind == ContentPart::Kind::Image && part.url.isEmpty())
            images.push_back(toStdString(part.data));
        else if (part.kind == ContentPart::Kind::Image)
            return fail(ErrorCode::Unavailable,
                        Texts::tr("Ollama takes an image only with its data, not by its address. "
                                  "Put the image itself into the message."));
        else
            return fail(ErrorCode::Unavailable,
                        Texts::tr("A message holds a part of the type “%1”, which Ollama's "
                                  "protocol does not carry.")
                            .arg(part.text));
    }
    Json result = {{"role", roleNameOf(message.role)}, {"content", toStdString(texts.join(u'\n'))}};
    if (!images.empty())
        result["images"] = std::move(images);
    for (const ToolCall &call : toolCallsOf(message))
        result["tool_calls"].push_back(
            {{"function",
              {{"name", toStdString(call.name)},
               {"arguments", objectIn(call.arguments).value_or(Json::object())}}}});
    if (message.role == Message::Role::Tool)
        result["tool_name"] = toStdString(answeringToolOf(messages, at));
    return result;
}

Json optionsOf(CallParameters &parameters)
{
    Json options = parameters.take("options").value_or(Json::object());
    if (!options.is_object())
        options = Json::object();
    // What Ollama knows under the same name.
    for (const char *name : {"temperature", "top_p", "top_k", "min_p", "seed", "presence_penalty",
                             "frequency_penalty", "repeat_penalty", "num_ctx", "num_predict"})
        parameters.move(name, options, name);
    if (auto limit = parameters.takeTokenLimit())
        options["num_predict"] = std::move(*limit);
    if (Json stops = parameters.takeStops(); !stops.empty())
        options["stop"] = std::move(stops);
    return options;
}

void putOllamaEffort(CallParameters &parameters, Json &body)
{
    const auto effort = parameters.take("reasoning_effort");
    if (!effort)
        return;
    if (*effort == "none")
        body["think"] = false;
    else if (*effort == "minimal")
        body["think"] = "low";
    else if (*effort == "xhigh")
        body["think"] = "max";
    else
        body["think"] = *effort;
}

void putOllamaLogProbabilities(CallParameters &parameters, bool wanted, Json &body)
{
    const auto asked = parameters.take("logprobs");
    const auto top = parameters.take("top_logprobs");
    if (!wanted && !(asked && *asked == true))
        return;
    body["logprobs"] = true;
    if (top)
        body["top_logprobs"] = *top;
}

} // namespace

Result<QByteArray> encodeOllamaRequest(const CompletionRequest &request,
                                       bool offersLogProbabilities)
{
    Json messages = Json::array();
    for (qsizetype i = 0; i < request.messages.size(); ++i) {
        Result<Json> message = messageAt(request.messages, i);
        if (!message)
            return tl::unexpected(std::move(message).error());
        messages.push_back(std::move(*message));
    }
    CallParameters parameters(request.parameters);
    Json body = Json::object();
    if (Json options = optionsOf(parameters); !options.empty())
        body["options"] = std::move(options);
    putOllamaEffort(parameters, body);
    putOllamaLogProbabilities(parameters, request.wantLogProbabilities && offersLogProbabilities,
                              body);
    const auto format = parameters.takeFormat();
    if (format.isJson)
        body["format"] = format.schema.is_object() ? format.schema : Json("json");
    // It has no choice of tools: "none" means to offer none.
    const auto choice = parameters.takeToolChoice();
    auto tools = parameters.take("tools");
    if (tools && !(choice && choice->kind == CallParameters::ToolChoice::Kind::None))
        body["tools"] = std::move(*tools);
    parameters.dropForeign();
    body.update(parameters.rest());
    body["model"] = toStdString(request.model);
    body["messages"] = std::move(messages);
    body["stream"] = request.stream; // which it would be without a word
    return compactJson(body);
}

} // namespace headgate::providers
