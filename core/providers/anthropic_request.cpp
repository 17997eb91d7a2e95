#include "core/providers/anthropic_request.h"

#include "core/providers/call_parameters.h"
#include "core/providers/message_parts.h"
#include "core/providers/texts.h"

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

constexpr int kDefaultAnswerTokens = 4096;
constexpr const char *kOnlyJson = "Answer with one JSON object and nothing else.";

Json textBlock(const QString &text)
{
    return {{"type", "text"}, {"text", toStdString(text)}};
}

Result<Json> blockFor(const ContentPart &part)
{
    if (part.kind == ContentPart::Kind::Text)
        return textBlock(part.text);
    if (part.kind == ContentPart::Kind::Other)
        return fail(ErrorCode::Unavailable,
                    Texts::tr("A message holds a part of the type “%1”, which Anthropic's protocol "
                              "does not carry.")
                        .arg(part.text));
    Json source = {{"type", "url"}, {"url", toStdString(part.url)}};
    if (part.url.isEmpty())
        source = {{"type", "base64"},
                  {"media_type", toStdString(part.mediaType)},
                  {"data", toStdString(part.data)}};
    return Json{{"type", "image"}, {"source", std::move(source)}};
}

Result<Json> blocksOf(const Message &message)
{
    Json blocks = Json::array();
    for (const ContentPart &part : contentOf(message)) {
        Result<Json> block = blockFor(part);
        if (!block)
            return block;
        blocks.push_back(std::move(*block));
    }
    for (const ToolCall &call : toolCallsOf(message))
        blocks.push_back({{"type", "tool_use"},
                          {"id", toStdString(call.id)},
                          {"name", toStdString(call.name)},
                          {"input", objectIn(call.arguments).value_or(Json::object())}});
    return blocks;
}

Json toolResult(const Message &message)
{
    return {{"type", "tool_result"},
            {"tool_use_id", toStdString(answeredCallOf(message))},
            {"content", toStdString(message.text)}};
}

Result<Json> messagesOf(const QList<Message> &messages)
{
    Json list = Json::array();
    bool afterTool = false;
    for (const Message &message : messages) {
        if (message.role == Message::Role::System)
            continue;
        const bool isTool = message.role == Message::Role::Tool;
        // The results of one turn belong into one message.
        if (isTool && afterTool) {
            list.back()["content"].push_back(toolResult(message));
            continue;
        }
        afterTool = isTool;
        Result<Json> blocks = isTool ? Json::array({toolResult(message)}) : blocksOf(message);
        if (!blocks)
            return blocks;
        const bool isPlain = blocks->size() == 1 && blocks->front()["type"] == "text";
        list.push_back({{"role", message.role == Message::Role::Assistant ? "assistant" : "user"},
                        {"content", isPlain ? blocks->front()["text"] : std::move(*blocks)}});
    }
    return list;
}

void putAnthropicTools(CallParameters &parameters, Json &body)
{
    using Kind = CallParameters::ToolChoice::Kind;
    for (const Json &function : parameters.takeFunctions()) {
        Json tool = {{"name", function.value("name", Json())},
                     {"input_schema", function.value("parameters", Json{{"type", "object"}})}};
        if (function.contains("description"))
            tool["description"] = function["description"];
        body["tools"].push_back(std::move(tool));
    }
    const auto choice = parameters.takeToolChoice();
    if (!choice)
        return;
    switch (choice->kind) {
    case Kind::None:
        body["tool_choice"] = {{"type", "none"}};
        return;
    case Kind::Auto:
        body["tool_choice"] = {{"type", "auto"}};
        return;
    case Kind::Required:
        body["tool_choice"] = {{"type", "any"}};
        return;
    case Kind::Named:
        body["tool_choice"] = {{"type", "tool"}, {"name", toStdString(choice->name)}};
        return;
    }
}

void putAnthropicEffort(CallParameters &parameters, Json &body)
{
    const auto effort = parameters.take("reasoning_effort");
    if (!effort)
        return;
    if (*effort == "none")
        body["thinking"] = {{"type", "disabled"}};
    else if (*effort == "minimal")
        body["output_config"]["effort"] = "low";
    else if (*effort == "xhigh")
        body["output_config"]["effort"] = "max";
    else
        body["output_config"]["effort"] = *effort;
}

void putSampling(CallParameters &parameters, Json &body, const Endpoint &endpoint)
{
    const bool isKnown = anthropicVersionOf(endpoint) <= "2023-06-01"_L1;
    for (const char *name : {"temperature", "top_p", "top_k"}) {
        auto value = parameters.take(name);
        if (value && isKnown)
            body[name] = std::move(*value);
    }
}

} // namespace

QString anthropicVersionOf(const Endpoint &endpoint)
{
    return endpoint.apiVersion.isEmpty() ? u"2026-10-21"_s : endpoint.apiVersion;
}

Result<QByteArray> encodeAnthropicRequest(const CompletionRequest &request,
                                          const Endpoint &endpoint)
{
    Result<Json> messages = messagesOf(request.messages);
    if (!messages)
        return tl::unexpected(std::move(messages).error());
    CallParameters parameters(request.parameters);
    Json body = Json::object();
    QString system = systemTextOf(request.messages);
    putAnthropicTools(parameters, body);
    putAnthropicEffort(parameters, body);
    putSampling(parameters, body, endpoint);
    const auto format = parameters.takeFormat();
    if (format.schema.is_object())
        body["output_config"]["format"] = {{"type", "json_schema"}, {"schema", format.schema}};
    else if (format.isJson)
        system += (system.isEmpty() ? QString() : u"\n\n"_s) + QLatin1String(kOnlyJson);
    if (Json stops = parameters.takeStops(); !stops.empty())
        body["stop_sequences"] = std::move(stops);
    if (const auto user = parameters.take("user"))
        body["metadata"] = {{"user_id", *user}};
    body["max_tokens"] = parameters.takeTokenLimit().value_or(kDefaultAnswerTokens);
    parameters.dropForeign();
    body.update(parameters.rest());
    if (!system.isEmpty())
        body["system"] = toStdString(system);
    body["model"] = toStdString(request.model);
    body["messages"] = std::move(*messages);
    body["stream"] = request.stream;
    return compactJson(body);
}

} // namespace headgate::providers
