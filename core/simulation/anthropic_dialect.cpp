#include "core/simulation/chat_dialect.h"
#include "core/simulation/field_reader.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace headgate::simulation {

namespace {

const char *anthropicErrorType(int status)
{
    switch (status) {
    case 404:
        return "not_found_error";
    case 429:
        return "rate_limit_error";
    case 503:
        return "overloaded_error";
    default:
        return status >= 500 ? "api_error" : "invalid_request_error";
    }
}

const char *stopReasonOf(const ChatReply &reply)
{
    return reply.answer.finishReason == "length"_L1 ? "max_tokens" : "end_turn";
}

QByteArray namedEvent(const Json &json)
{
    return "event: " + QByteArray::fromStdString(json["type"].get<std::string>()) + "\n" +
           dataEvent(json);
}

Json messageOf(const ChatReply &reply, Json content, Json stopReason, qint64 outputTokens)
{
    return {{"id", reply.id.toStdString()},
            {"type", "message"},
            {"role", "assistant"},
            {"model", toStdString(reply.servedName)},
            {"content", std::move(content)},
            {"stop_reason", std::move(stopReason)},
            {"stop_sequence", nullptr},
            {"usage",
             {{"input_tokens", reply.request.promptTokens},
              {"cache_creation_input_tokens", 0},
              {"cache_read_input_tokens", 0},
              {"output_tokens", outputTokens},
              {"service_tier", "standard"}}}};
}

QList<Message> messagesIn(FieldReader &fields)
{
    QList<Message> messages;
    if (const Json *system = fields.find("system")) {
        const auto text = textOfContent(*system);
        if (!text)
            fields.complain(u"“system” must be a text or a list of text blocks."_s);
        messages.append({.role = Message::Role::System, .text = text.value_or(QString())});
    }
    const Json *list = fields.find("messages");
    if (!list || !list->is_array() || list->empty()) {
        fields.complain(u"“messages” must be a list with at least one message."_s);
        return messages;
    }
    for (const Json &item : *list) {
        const QString role = jsonString(item, "role");
        const auto text =
            item.is_object() ? textOfContent(item.value("content", Json())) : std::nullopt;
        if (!text || (role != "user"_L1 && role != "assistant"_L1)) {
            fields.complain(u"“messages[%1]” must be of the user or the assistant and have a text "
                            "as its content; the simulated fleet reads no other blocks."_s.arg(
                                messages.size()));
            return messages;
        }
        messages.append({.role = role == "user"_L1 ? Message::Role::User : Message::Role::Assistant,
                         .text = *text});
    }
    return messages;
}

class AnthropicDialect final : public ChatDialect
{
public:
    QString name() const override { return u"anthropic"_s; }

    Route route(const QByteArray &path, const QByteArray &) const override
    {
        if (path == "/v1/messages")
            return {.call = Route::Call::Chat, .method = "POST"};
        if (path == "/v1/models")
            return {.call = Route::Call::Models, .method = "GET"};
        return {};
    }

    tl::expected<ChatRequest, QString> chatRequest(const Json &body, const Route &) const override
    {
        FieldReader fields(body);
        ChatRequest request;
        request.includeUsage = true;
        request.model = fields.text("model");
        if (request.model.isEmpty())
            fields.complain(u"“model” must name a model."_s);
        request.answer.maxTokens = fields.count("max_tokens", 1, mostTokens());
        if (!request.answer.maxTokens)
            fields.complain(u"“max_tokens” is required."_s);
        // The current version of the API has done away with them.
        for (const char *removed : {"temperature", "top_p", "top_k"}) {
            if (fields.find(removed))
                fields.complain(u"“%1” is not a parameter."_s.arg(QLatin1StringView(removed)));
        }
        putMessages(messagesIn(fields), request);
        request.answer.stops = fields.texts("stop_sequences");
        request.stream = fields.flag("stream");
        const Json &config = fields.object("output_config");
        request.answer.asJson = config.contains("format");
        const Json *tools = fields.find("tools");
        if (tools && !tools->empty())
            fields.complain(u"The simulated fleet has no tools: leave out “tools”."_s);
        if (!fields.fault().isEmpty())
            return tl::unexpected(fields.fault());
        return request;
    }

    QByteArray wholeBody(const ChatReply &reply) const override
    {
        const Json text = {{"type", "text"}, {"text", reply.answer.text().toStdString()}};
        return compactJson(
            messageOf(reply, Json::array({text}), stopReasonOf(reply), reply.answer.tokens.size()));
    }

    QByteArray streamStart(const ChatReply &reply) const override
    {
        return namedEvent({{"type", "message_start"},
                           {"message", messageOf(reply, Json::array(), nullptr, 1)}}) +
               namedEvent({{"type", "content_block_start"},
                           {"index", 0},
                           {"content_block", {{"type", "text"}, {"text", ""}}}}) +
               namedEvent({{"type", "ping"}});
    }

    QByteArray streamToken(const ChatReply &reply, qsizetype token) const override
    {
        return namedEvent(
            {{"type", "content_block_delta"},
             {"index", 0},
             {"delta",
              {{"type", "text_delta"}, {"text", reply.answer.tokens.at(token).toStdString()}}}});
    }

    QByteArray streamEnd(const ChatReply &reply) const override
    {
        return namedEvent({{"type", "content_block_stop"}, {"index", 0}}) +
               namedEvent(
                   {{"type", "message_delta"},
                    {"delta", {{"stop_reason", stopReasonOf(reply)}, {"stop_sequence", nullptr}}},
                    {"usage", {{"output_tokens", reply.answer.tokens.size()}}}}) +
               namedEvent({{"type", "message_stop"}});
    }

    QByteArray modelList(const QString &provider, qint64 created) const override
    {
        const QString date = QDateTime::fromSecsSinceEpoch(created, Qt::UTC).toString(Qt::ISODate);
        Json data = Json::array();
        for (const SimulatedModel &model : simulatedModels()) {
            if (model.provider == provider)
                data.push_back({{"type", "model"},
                                {"id", toStdString(model.name)},
                                {"display_name", toStdString(model.displayName)},
                                {"created_at", toStdString(date)}});
        }
        return compactJson({{"data", std::move(data)}, {"has_more", false}, {"last_id", nullptr}});
    }

    http::Response error(const FleetError &error) const override
    {
        http::Response response = http::jsonResponse(
            error.status, compactJson({{"type", "error"},
                                       {"error",
                                        {{"type", anthropicErrorType(error.status)},
                                         {"message", toStdString(error.message)}}}}));
        if (error.retryAfterSeconds > 0)
            response.headers.append({{"retry-after", QByteArray::number(error.retryAfterSeconds)},
                                     {"anthropic-ratelimit-requests-limit", "60"},
                                     {"anthropic-ratelimit-requests-remaining", "0"}});
        return response;
    }
};

} // namespace

const ChatDialect &anthropicDialect()
{
    static const AnthropicDialect dialect;
    return dialect;
}

} // namespace headgate::simulation
