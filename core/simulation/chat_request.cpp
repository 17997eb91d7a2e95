#include "core/simulation/chat_protocol.h"

#include "core/text/token_estimate.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace headgate::simulation {

namespace {

constexpr qsizetype kMostStops = 4;

// Reads fields and remembers the first fault, so that the reader needs no check after each.
class FieldReader
{
public:
    explicit FieldReader(const Json &object)
        : m_object(object)
    {
    }

    const QString &fault() const { return m_fault; }
    void complain(const QString &fault)
    {
        if (m_fault.isEmpty())
            m_fault = fault;
    }

    // Null counts as absent.
    const Json *find(const char *key) const
    {
        const auto it = m_object.find(key);
        return it == m_object.end() || it->is_null() ? nullptr : &*it;
    }

    bool flag(const char *key)
    {
        const Json *value = find(key);
        if (value && !value->is_boolean())
            complain(u"“%1” must be true or false."_s.arg(QLatin1StringView(key)));
        return value && value->is_boolean() && value->get<bool>();
    }

    std::optional<qint64> count(const char *key, qint64 least, qint64 most)
    {
        const Json *value = find(key);
        if (!value)
            return std::nullopt;
        if (value->is_number_integer() && value->get<double>() >= double(least) &&
            value->get<double>() <= double(most))
            return value->get<qint64>();
        complain(u"“%1” must be a whole number from %2 to %3."_s.arg(QLatin1StringView(key))
                     .arg(least)
                     .arg(most));
        return std::nullopt;
    }

private:
    const Json &m_object;
    QString m_fault;
};

http::Response badRequest(const QString &message)
{
    return http::errorResponse(400, message, u"invalid_request_error"_s, u"invalid_value"_s);
}

// The text of a message, a string or a list of text parts.
std::optional<QString> textOf(const Json &content)
{
    if (content.is_string())
        return toQString(content.get_ref<const std::string &>());
    if (content.is_null())
        return QString();
    if (!content.is_array())
        return std::nullopt;
    QStringList parts;
    for (const Json &part : content) {
        const auto text = part.is_object() ? part.find("text") : part.end();
        if (jsonString(part, "type") != "text"_L1 || text == part.end() || !text->is_string())
            return std::nullopt;
        parts.append(toQString(text->get_ref<const std::string &>()));
    }
    return parts.join(u'\n');
}

std::optional<Message::Role> roleOf(const QString &name)
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
        const auto role = roleOf(jsonString(item, "role"));
        const auto text = item.is_object() ? textOf(item.value("content", Json())) : std::nullopt;
        if (!role || !text)
            return fields.complain(
                u"“messages[%1]” must have a known role and a text as its "
                "content; the simulated fleet reads no other parts."_s.arg(messages.size()));
        messages.append({.role = *role, .text = *text});
        if (role == Message::Role::User)
            request.answer.question = *text;
    }
    request.promptTokens = text::estimateTokens(messages);
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

void readBounds(FieldReader &fields, ChatRequest &request)
{
    constexpr qint64 kMost = std::numeric_limits<qint32>::max();
    request.answer.maxTokens = fields.count("max_tokens", 1, kMost);
    if (const auto newer = fields.count("max_completion_tokens", 1, kMost))
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

tl::expected<ChatRequest, http::Response> parseChatRequest(const QByteArray &body)
{
    const Result<Json> root = parseJson(body);
    if (!root)
        return tl::unexpected(badRequest(root.error().message));
    if (!root->is_object())
        return tl::unexpected(badRequest(u"The body must be a JSON object."_s));
    FieldReader fields(*root);
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
    readBounds(fields, request);
    if (!fields.fault().isEmpty())
        return tl::unexpected(badRequest(fields.fault()));
    return request;
}

} // namespace headgate::simulation
