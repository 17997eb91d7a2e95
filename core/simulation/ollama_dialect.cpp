#include "core/simulation/chat_dialect.h"
#include "core/simulation/field_reader.h"
#include "core/simulation/simulated_embedding.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace headgate::simulation {

namespace {

std::optional<Message::Role> ollamaRole(const QString &name)
{
    if (name == "system"_L1)
        return Message::Role::System;
    if (name == "user"_L1)
        return Message::Role::User;
    if (name == "assistant"_L1)
        return Message::Role::Assistant;
    if (name == "tool"_L1)
        return Message::Role::Tool;
    return std::nullopt;
}

QList<Message> ollamaMessages(FieldReader &fields)
{
    QList<Message> messages;
    const Json *list = fields.find("messages");
    if (!list || !list->is_array() || list->empty()) {
        fields.complain(u"“messages” must be a list with at least one message."_s);
        return messages;
    }
    for (const Json &item : *list) {
        const auto role = ollamaRole(jsonString(item, "role"));
        const Json content = item.is_object() ? item.value("content", Json()) : Json();
        if (!role || !content.is_string() || item.contains("images")) {
            fields.complain(u"“messages[%1]” must have a known role and a text as its content; "
                            "the simulated fleet sees no images."_s.arg(messages.size()));
            return messages;
        }
        messages.append({.role = *role, .text = toQString(content.get<std::string>())});
    }
    return messages;
}

Json lineOf(const ChatReply &reply, const QByteArray &text)
{
    const QDateTime at = QDateTime::fromSecsSinceEpoch(reply.created, Qt::UTC);
    return {{"model", toStdString(reply.servedName)},
            {"created_at", toStdString(at.toString(Qt::ISODate))},
            {"message", {{"role", "assistant"}, {"content", text.toStdString()}}},
            {"done", false}};
}

Json logprobsOf(const ChatReply &reply, qsizetype from, qsizetype to)
{
    Json list = Json::array();
    for (qsizetype i = from; i < to; ++i) {
        Json token = {{"token", reply.answer.tokens.at(i).toStdString()},
                      {"logprob", reply.answer.logProbabilities.at(i)}};
        if (reply.request.topLogprobs)
            token["top_logprobs"] = Json::array({token});
        list.push_back(std::move(token));
    }
    return list;
}

void putEnd(const ChatReply &reply, Json &line)
{
    line["done"] = true;
    line["done_reason"] = toStdString(reply.answer.finishReason);
    line["prompt_eval_count"] = reply.request.promptTokens;
    line["eval_count"] = reply.answer.tokens.size();
    line["total_duration"] =
        (reply.answer.firstTokenDelay + reply.answer.tokenInterval * reply.answer.tokens.size())
            .count();
}

class OllamaDialect final : public ChatDialect
{
public:
    QString name() const override { return u"ollama"_s; }
    QByteArray streamType() const override { return "application/x-ndjson"; }

    Route route(const QByteArray &path, const QByteArray &) const override
    {
        if (path == "/api/chat")
            return {.call = Route::Call::Chat, .method = "POST"};
        if (path == "/api/tags")
            return {.call = Route::Call::Models, .method = "GET"};
        if (path == "/api/embed")
            return {.call = Route::Call::Embeddings, .method = "POST"};
        return {};
    }

    tl::expected<ChatRequest, QString> chatRequest(const Json &body, const Route &) const override
    {
        FieldReader fields(body);
        ChatRequest request;
        request.model = fields.text("model");
        if (request.model.isEmpty())
            fields.complain(u"“model” must name a model."_s);
        putMessages(ollamaMessages(fields), request);
        // Without a word it streams.
        request.stream = !fields.find("stream") || fields.flag("stream");
        request.answer.asJson = fields.find("format") != nullptr;
        request.logprobs = fields.flag("logprobs");
        request.topLogprobs = fields.count("top_logprobs", 0, 20).value_or(0) > 0;
        const Json &object = fields.object("options");
        FieldReader options(object);
        request.answer.sample = sampleIn(object);
        request.answer.maxTokens = options.count("num_predict", 1, mostTokens());
        request.answer.stops = options.texts("stop");
        if (!options.fault().isEmpty())
            fields.complain(options.fault());
        const Json *tools = fields.find("tools");
        if (tools && !tools->empty())
            fields.complain(u"The simulated fleet does not support tools."_s);
        if (!fields.fault().isEmpty())
            return tl::unexpected(fields.fault());
        return request;
    }

    QByteArray wholeBody(const ChatReply &reply) const override
    {
        Json line = lineOf(reply, reply.answer.text());
        if (reply.request.logprobs)
            line["logprobs"] = logprobsOf(reply, 0, reply.answer.tokens.size());
        putEnd(reply, line);
        return compactJson(line);
    }

    QByteArray streamStart(const ChatReply &) const override { return {}; }

    QByteArray streamToken(const ChatReply &reply, qsizetype token) const override
    {
        Json line = lineOf(reply, reply.answer.tokens.at(token));
        if (reply.request.logprobs)
            line["logprobs"] = logprobsOf(reply, token, token + 1);
        return compactJson(line) + "\n";
    }

    QByteArray streamEnd(const ChatReply &reply) const override
    {
        Json line = lineOf(reply, {});
        putEnd(reply, line);
        return compactJson(line) + "\n";
    }

    tl::expected<EmbeddingsRequest, QString> embeddingsRequest(const Json &body,
                                                               const Route &) const override
    {
        FieldReader fields(body);
        EmbeddingsRequest request;
        request.model = fields.text("model");
        request.texts = fields.texts("input");
        if (const auto size = fields.count("dimensions", 1, 4096))
            request.dimensions = int(*size);
        if (!fields.fault().isEmpty())
            return tl::unexpected(fields.fault());
        return request;
    }

    QByteArray embeddingsBody(const EmbeddingsReply &reply) const override
    {
        Json list = Json::array();
        for (const QList<float> &vector : reply.vectors)
            list.push_back(std::vector<float>(vector.begin(), vector.end()));
        return compactJson({{"model", toStdString(reply.servedName)},
                            {"embeddings", std::move(list)},
                            {"prompt_eval_count", reply.tokens}});
    }

    QByteArray modelList(const QString &provider, qint64 created) const override
    {
        const QDateTime at = QDateTime::fromSecsSinceEpoch(created, Qt::UTC);
        Json models = Json::array();
        const auto add = [&models, &at](const QString &name) {
            models.push_back({{"name", toStdString(name)},
                              {"model", toStdString(name)},
                              {"modified_at", toStdString(at.toString(Qt::ISODate))},
                              {"size", 0},
                              {"details", {{"family", "simulated"}}}});
        };
        for (const SimulatedModel &model : simulatedModels()) {
            if (model.provider == provider)
                add(model.name);
        }
        add(simulatedEmbedder().name);
        return compactJson({{"models", std::move(models)}});
    }

    http::Response error(const FleetError &error) const override
    {
        http::Response response =
            http::jsonResponse(error.status, compactJson({{"error", toStdString(error.message)}}));
        if (error.retryAfterSeconds > 0)
            response.headers.append({"retry-after", QByteArray::number(error.retryAfterSeconds)});
        return response;
    }
};

} // namespace

const ChatDialect &ollamaDialect()
{
    static const OllamaDialect dialect;
    return dialect;
}

} // namespace headgate::simulation
