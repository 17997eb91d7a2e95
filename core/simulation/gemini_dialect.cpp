#include "core/simulation/chat_dialect.h"
#include "core/simulation/field_reader.h"
#include "core/simulation/simulated_embedding.h"

using namespace Qt::StringLiterals;

namespace headgate::simulation {

namespace {

const char *statusNameOf(int status)
{
    switch (status) {
    case 404:
        return "NOT_FOUND";
    case 429:
        return "RESOURCE_EXHAUSTED";
    case 503:
        return "UNAVAILABLE";
    default:
        return status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
    }
}

std::optional<QString> textOfParts(const Json &content)
{
    const auto parts = content.is_object() ? content.find("parts") : content.end();
    if (parts == content.end() || !parts->is_array())
        return std::nullopt;
    QStringList texts;
    for (const Json &part : *parts) {
        const auto text = part.is_object() ? part.find("text") : part.end();
        if (text == part.end() || !text->is_string())
            return std::nullopt;
        texts.append(toQString(text->get_ref<const std::string &>()));
    }
    return texts.join(u'\n');
}

QList<Message> geminiMessages(FieldReader &fields)
{
    QList<Message> messages;
    if (const Json *system = fields.find("systemInstruction")) {
        const auto text = textOfParts(*system);
        if (!text)
            fields.complain(u"“systemInstruction” must have parts that are texts."_s);
        messages.append({.role = Message::Role::System, .text = text.value_or(QString())});
    }
    const Json *list = fields.find("contents");
    if (!list || !list->is_array() || list->empty()) {
        fields.complain(u"“contents” must be a list with at least one content."_s);
        return messages;
    }
    for (const Json &item : *list) {
        const QString role = jsonString(item, "role", u"user"_s);
        const auto text = textOfParts(item);
        if (!text || (role != "user"_L1 && role != "model"_L1)) {
            fields.complain(
                u"“contents[%1]” must be of the user or the model and have texts as "
                "its parts; the simulated fleet reads no others."_s.arg(messages.size()));
            return messages;
        }
        messages.append({.role = role == "user"_L1 ? Message::Role::User : Message::Role::Assistant,
                         .text = *text});
    }
    return messages;
}

void readConfig(FieldReader &fields, ChatRequest &request)
{
    const Json &object = fields.object("generationConfig");
    FieldReader config(object);
    request.answer.sample = sampleIn(object);
    request.answer.maxTokens = config.count("maxOutputTokens", 1, mostTokens());
    request.answer.stops = config.texts("stopSequences");
    request.answer.asJson = config.text("responseMimeType") == "application/json"_L1;
    request.logprobs = config.flag("responseLogprobs");
    request.topLogprobs = config.count("logprobs", 0, 20).value_or(0) > 0;
    if (config.count("candidateCount", 1, 8).value_or(1) != 1)
        config.complain(u"The simulated fleet gives one answer a request: “candidateCount” must "
                        "be 1."_s);
    if (!config.fault().isEmpty())
        fields.complain(config.fault());
}

// The tokens from `from` to before `to`, and the end with them where it is one.
Json pieceOf(const ChatReply &reply, qsizetype from, qsizetype to, bool isEnd)
{
    const SimulatedAnswer &answer = reply.answer;
    QByteArray text;
    Json chosen = Json::array();
    for (qsizetype i = from; i < to; ++i) {
        text += answer.tokens.at(i);
        chosen.push_back({{"token", answer.tokens.at(i).toStdString()},
                          {"logProbability", answer.logProbabilities.at(i)}});
    }
    Json candidate = {
        {"content", {{"role", "model"}, {"parts", Json::array({{{"text", text.toStdString()}}})}}},
        {"index", 0}};
    if (reply.request.logprobs && from < to) {
        candidate["logprobsResult"] = {{"chosenCandidates", chosen}};
        if (reply.request.topLogprobs) {
            Json top = Json::array();
            for (const Json &token : chosen)
                top.push_back({{"candidates", Json::array({token})}});
            candidate["logprobsResult"]["topCandidates"] = std::move(top);
        }
    }
    if (isEnd)
        candidate["finishReason"] = answer.finishReason == "length"_L1 ? "MAX_TOKENS" : "STOP";
    return {{"candidates", Json::array({std::move(candidate)})},
            {"usageMetadata",
             {{"promptTokenCount", reply.request.promptTokens},
              {"candidatesTokenCount", to},
              {"totalTokenCount", reply.request.promptTokens + to}}},
            {"modelVersion", toStdString(reply.servedName)},
            {"responseId", reply.id.toStdString()}};
}

class GeminiDialect final : public ChatDialect
{
public:
    QString name() const override { return u"gemini"_s; }

    Route route(const QByteArray &path, const QByteArray &query) const override
    {
        if (path == "/v1beta/models")
            return {.call = Route::Call::Models, .method = "GET"};
        const QByteArray prefix = "/v1beta/models/";
        const qsizetype colon = path.lastIndexOf(':');
        if (!path.startsWith(prefix) || colon < prefix.size())
            return {};
        const QByteArray call = path.sliced(colon + 1);
        Route route{.method = "POST"};
        route.model = QString::fromUtf8(
            QByteArray::fromPercentEncoding(path.sliced(prefix.size(), colon - prefix.size())));
        route.stream = call == "streamGenerateContent";
        route.asList = *route.stream && query != "alt=sse";
        if (*route.stream || call == "generateContent")
            route.call = Route::Call::Chat;
        else if (call == "embedContent" || call == "batchEmbedContents")
            route.call = Route::Call::Embeddings;
        return route;
    }

    tl::expected<ChatRequest, QString> chatRequest(const Json &body,
                                                   const Route &route) const override
    {
        FieldReader fields(body);
        ChatRequest request;
        request.model = route.model;
        request.stream = route.stream.value_or(false);
        request.asList = route.asList;
        request.includeUsage = true;
        putMessages(geminiMessages(fields), request);
        readConfig(fields, request);
        const Json *tools = fields.find("tools");
        if (tools && !tools->empty())
            fields.complain(u"The simulated fleet has no tools: leave out “tools”."_s);
        if (!fields.fault().isEmpty())
            return tl::unexpected(fields.fault());
        return request;
    }

    QByteArray wholeBody(const ChatReply &reply) const override
    {
        return compactJson(pieceOf(reply, 0, reply.answer.tokens.size(), true));
    }

    QByteArray streamStart(const ChatReply &reply) const override
    {
        return reply.request.asList ? "[" : QByteArray();
    }

    QByteArray streamToken(const ChatReply &reply, qsizetype token) const override
    {
        const Json piece = pieceOf(reply, token, token + 1, false);
        return reply.request.asList ? compactJson(piece) + ",\r\n" : dataEvent(piece);
    }

    QByteArray streamEnd(const ChatReply &reply) const override
    {
        const qsizetype all = reply.answer.tokens.size();
        const Json piece = pieceOf(reply, all, all, true);
        return reply.request.asList ? compactJson(piece) + "]" : dataEvent(piece);
    }

    // One text of {content}, or several of {requests:[{content}]}.
    tl::expected<EmbeddingsRequest, QString> embeddingsRequest(const Json &body,
                                                               const Route &route) const override
    {
        FieldReader fields(body);
        EmbeddingsRequest request;
        request.model = route.model;
        const Json *several = fields.find("requests");
        const Json list = several && several->is_array() ? *several : Json::array({body});
        for (const Json &item : list) {
            FieldReader one(item);
            const auto text = textOfParts(one.object("content"));
            if (!text)
                one.complain(u"“content” must have parts that are texts."_s);
            request.texts.append(text.value_or(QString()));
            if (const auto size = one.count("outputDimensionality", 1, 4096))
                request.dimensions = int(*size);
            if (!one.fault().isEmpty())
                return tl::unexpected(one.fault());
        }
        return request;
    }

    QByteArray embeddingsBody(const EmbeddingsReply &reply) const override
    {
        Json list = Json::array();
        for (const QList<float> &vector : reply.vectors)
            list.push_back({{"values", std::vector<float>(vector.begin(), vector.end())}});
        Json root = {{"embeddings", list}};
        if (list.size() == 1)
            root["embedding"] = list.front();
        return compactJson(root);
    }

    QByteArray modelList(const QString &provider, qint64) const override
    {
        Json models = Json::array();
        for (const SimulatedModel &model : simulatedModels()) {
            if (model.provider == provider)
                models.push_back(
                    {{"name", "models/" + toStdString(model.name)},
                     {"displayName", toStdString(model.displayName)},
                     {"supportedGenerationMethods", {"generateContent", "countTokens"}}});
        }
        models.push_back({{"name", "models/" + toStdString(simulatedEmbedder().name)},
                          {"supportedGenerationMethods", {"embedContent"}}});
        return compactJson({{"models", std::move(models)}});
    }

    // Without a header: how long to wait stands in the body.
    http::Response error(const FleetError &error) const override
    {
        Json inner = {{"code", error.status},
                      {"message", toStdString(error.message)},
                      {"status", statusNameOf(error.status)}};
        if (error.retryAfterSeconds > 0)
            inner["details"] =
                Json::array({{{"@type", "type.googleapis.com/google.rpc.RetryInfo"},
                              {"retryDelay", std::to_string(error.retryAfterSeconds) + "s"}}});
        return http::jsonResponse(error.status, compactJson({{"error", std::move(inner)}}));
    }
};

} // namespace

const ChatDialect &geminiDialect()
{
    static const GeminiDialect dialect;
    return dialect;
}

} // namespace headgate::simulation
