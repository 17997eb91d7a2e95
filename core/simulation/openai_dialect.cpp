#include "core/simulation/field_reader.h"
#include "core/simulation/openai_chat.h"
#include "core/simulation/simulated_embedding.h"

#include <QtEndian>

#include <bit>

using namespace Qt::StringLiterals;

namespace headgate::simulation {

namespace {

QString openAiErrorType(int status)
{
    if (status == 429)
        return u"requests"_s;
    return status >= 500 ? u"server_error"_s : u"invalid_request_error"_s;
}

Json base64Of(const QList<float> &vector)
{
    QByteArray bytes;
    for (const float number : vector) {
        const quint32 bits = qToLittleEndian(std::bit_cast<quint32>(number));
        bytes.append(reinterpret_cast<const char *>(&bits), sizeof(bits));
    }
    return bytes.toBase64().toStdString();
}

class OpenAiDialect final : public ChatDialect
{
public:
    QString name() const override { return u"openai"_s; }

    Route route(const QByteArray &path, const QByteArray &) const override
    {
        if (path == "/chat/completions")
            return {.call = Route::Call::Chat, .method = "POST"};
        if (path == "/models")
            return {.call = Route::Call::Models, .method = "GET"};
        if (path == "/embeddings")
            return {.call = Route::Call::Embeddings, .method = "POST"};
        return {};
    }

    tl::expected<ChatRequest, QString> chatRequest(const Json &body, const Route &) const override
    {
        return openAiChatRequest(body);
    }
    QByteArray wholeBody(const ChatReply &reply) const override { return completionBody(reply); }
    QByteArray streamStart(const ChatReply &reply) const override { return roleEvent(reply); }
    QByteArray streamToken(const ChatReply &reply, qsizetype token) const override
    {
        return tokenEvent(reply, token);
    }
    QByteArray streamEnd(const ChatReply &reply) const override { return finishEvents(reply); }

    tl::expected<EmbeddingsRequest, QString> embeddingsRequest(const Json &body,
                                                               const Route &) const override
    {
        FieldReader fields(body);
        EmbeddingsRequest request;
        request.model = fields.text("model");
        request.texts = fields.texts("input");
        if (request.texts.isEmpty())
            fields.complain(u"“input” must hold at least one text."_s);
        const QString encoding = fields.text("encoding_format");
        request.base64 = encoding == "base64"_L1;
        if (!encoding.isEmpty() && !request.base64 && encoding != "float"_L1)
            fields.complain(u"“encoding_format” must be float or base64."_s);
        if (const auto size = fields.count("dimensions", 1, 4096))
            request.dimensions = int(*size);
        if (!fields.fault().isEmpty())
            return tl::unexpected(fields.fault());
        return request;
    }

    QByteArray embeddingsBody(const EmbeddingsReply &reply) const override
    {
        Json data = Json::array();
        for (const QList<float> &vector : reply.vectors) {
            Json numbers = reply.base64 ? base64Of(vector)
                                        : Json(std::vector<float>(vector.begin(), vector.end()));
            data.push_back({{"object", "embedding"},
                            {"index", data.size()},
                            {"embedding", std::move(numbers)}});
        }
        return compactJson(
            {{"object", "list"},
             {"data", std::move(data)},
             {"model", toStdString(reply.servedName)},
             {"usage", {{"prompt_tokens", reply.tokens}, {"total_tokens", reply.tokens}}}});
    }

    QByteArray modelList(const QString &provider, qint64 created) const override
    {
        Json data = Json::array();
        const auto add = [&](const QString &name) {
            data.push_back({{"id", toStdString(name)},
                            {"object", "model"},
                            {"created", created},
                            {"owned_by", toStdString(provider)}});
        };
        for (const SimulatedModel &model : simulatedModels()) {
            if (model.provider == provider)
                add(model.name);
        }
        add(simulatedEmbedder().name);
        return compactJson({{"object", "list"}, {"data", std::move(data)}});
    }

    http::Response error(const FleetError &error) const override
    {
        http::Response response = http::errorResponse(error.status, error.message,
                                                      openAiErrorType(error.status), error.code);
        if (error.retryAfterSeconds > 0)
            response.headers.append({{"retry-after", QByteArray::number(error.retryAfterSeconds)},
                                     {"x-ratelimit-limit-requests", "60"},
                                     {"x-ratelimit-remaining-requests", "0"},
                                     {"x-ratelimit-reset-requests", "1s"}});
        return response;
    }
};

} // namespace

const ChatDialect &openAiDialect()
{
    static const OpenAiDialect dialect;
    return dialect;
}

} // namespace headgate::simulation
