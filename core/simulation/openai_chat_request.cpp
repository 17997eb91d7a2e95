#include "core/simulation/field_reader.h"
#include "core/simulation/openai_chat.h"

using namespace Qt::StringLiterals;

namespace headgate::simulation {

namespace {

constexpr qsizetype kMostStops = 4;

std::optional<Message::Role> openAiRole(const QString &name)
{
    if (name == "system"_L1 || name == "developer"_L1)
        return Message::Role::System;
    if (name == "user"_L1)
        return Message::Role::User;
    if (name == "assistant"_L1)
        return Message::Role::Assistant;
    if (name == "tool"_L1)
        return Message::Role::Tool;
    return std::nullopt;
}

void readMessages(FieldReader &fields, ChatRequest &request)
{
    const Json *list = fields.find("messages");
    if (!list || !list->is_array() || list->empty())
        return fields.complain(u"“messages” must be a list with at least one message."_s);
    QList<Message> messages;
    for (const Json &item : *list) {
        const auto role = openAiRole(jsonString(item, "role"));
        const auto text =
            item.is_object() ? textOfContent(item.value("content", Json())) : std::nullopt;
        if (!role || !text)
            return fields.complain(
                u"“messages[%1]” must have a known role and a text as its "
                "content; the simulated fleet reads no other parts."_s.arg(messages.size()));
        messages.append({.role = *role, .text = *text});
    }
    putMessages(messages, request);
}

void readStops(FieldReader &fields, ChatRequest &request)
{
    const Json *stop = fields.find("stop");
    if (!stop)
        return;
    const Json list = stop->is_array() ? *stop : Json::array({*stop});
    for (const Json &item : list) {
        if (!item.is_string() || qsizetype(list.size()) > kMostStops)
            return fields.complain(u"“stop” must be a text or a list of at most 4 texts."_s);
        request.answer.stops.append(toQString(item.get_ref<const std::string &>()));
    }
}

void readStreaming(FieldReader &fields, ChatRequest &request)
{
    request.stream = fields.flag("stream");
    const Json *options = fields.find("stream_options");
    if (!options)
        return;
    if (!request.stream)
        return fields.complain(u"“stream_options” is allowed only with “stream”: true."_s);
    if (!options->is_object())
        return fields.complain(u"“stream_options” must be an object."_s);
    FieldReader streamOptions(*options);
    request.includeUsage = streamOptions.flag("include_usage");
    if (!streamOptions.fault().isEmpty())
        fields.complain(streamOptions.fault());
}

void readFormat(FieldReader &fields, ChatRequest &request)
{
    const Json *format = fields.find("response_format");
    if (!format)
        return;
    const QString type = jsonString(*format, "type");
    request.answer.asJson = type == "json_object"_L1 || type == "json_schema"_L1;
    if (!request.answer.asJson && type != "text"_L1)
        fields.complain(u"“response_format.type” must be text, json_object or json_schema."_s);
}

void readBounds(const Json &body, FieldReader &fields, ChatRequest &request)
{
    request.answer.maxTokens = fields.count("max_tokens", 1, mostTokens());
    request.answer.sample = sampleIn(body);
    if (const auto newer = fields.count("max_completion_tokens", 1, mostTokens()))
        request.answer.maxTokens = newer;
    request.logprobs = fields.flag("logprobs");
    const auto top = fields.count("top_logprobs", 0, 20);
    request.topLogprobs = top.value_or(0) > 0;
    if (top && !request.logprobs)
        fields.complain(u"“top_logprobs” is allowed only with “logprobs”: true."_s);
    if (fields.count("n", 1, 128).value_or(1) != 1)
        fields.complain(u"The simulated fleet gives one answer a request: “n” must be 1."_s);
    const Json *tools = fields.find("tools");
    if (tools && !tools->empty())
        fields.complain(u"The simulated fleet has no tools: leave out “tools”."_s);
}

} // namespace

tl::expected<ChatRequest, QString> openAiChatRequest(const Json &body)
{
    FieldReader fields(body);
    ChatRequest request;
    const Json *model = fields.find("model");
    if (!model || !model->is_string())
        fields.complain(u"“model” must name a model."_s);
    else
        request.model = toQString(model->get<std::string>());
    readMessages(fields, request);
    readStops(fields, request);
    readStreaming(fields, request);
    readFormat(fields, request);
    readBounds(body, fields, request);
    if (!fields.fault().isEmpty())
        return tl::unexpected(fields.fault());
    return request;
}

} // namespace headgate::simulation
