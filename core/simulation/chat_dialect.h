#pragma once

#include "core/common/message.h"
#include "core/http/http_message.h"
#include "core/simulation/simulated_answer.h"

namespace headgate::simulation {

// A chat request in any protocol, as far as the fleet knows it.
struct ChatRequest
{
    QString model;
    AnswerRequest answer;
    qint64 promptTokens = 0;
    bool stream = false;
    bool includeUsage = false; // in a stream
    bool logprobs = false;
    bool topLogprobs = false;
    bool asList = false; // the stream is one JSON list
};

// One answer with what a protocol says of it.
struct ChatReply
{
    QByteArray id;
    qint64 created = 0; // seconds since 1970
    QString servedName;
    ChatRequest request;
    SimulatedAnswer answer;
};

struct EmbeddingsRequest
{
    QString model;
    QStringList texts;
    std::optional<int> dimensions;
    bool base64 = false;
};

struct EmbeddingsReply
{
    QString servedName;
    QList<QList<float>> vectors;
    qint64 tokens = 0;
    bool base64 = false;
};

// What goes wrong, before a protocol puts it into its own shape.
struct FleetError
{
    int status = 400;
    QString message{};
    QString code{};             // in OpenAI's words: "model_not_found"
    QByteArray allowedMethod{}; // with status 405
    int retryAfterSeconds = 0;  // with status 429
};

// Where a request goes within a protocol.
struct Route
{
    enum class Call { Nothing, Chat, Models, Embeddings };
    Call call = Call::Nothing;
    QByteArray method{};
    // Where the address says it, and not the body:
    QString model{};
    std::optional<bool> stream{};
    bool asList = false;
};

// How one protocol reads what the fleet is asked and writes what the fleet says. All errors of
// reading are sentences that name the field. Without state: used from all threads.
class ChatDialect
{
public:
    virtual ~ChatDialect() = default;

    virtual QString name() const = 0; // as endpoints name the protocol
    // `path` follows the provider's base URL and begins with '/'.
    virtual Route route(const QByteArray &path, const QByteArray &query) const = 0;

    virtual tl::expected<ChatRequest, QString> chatRequest(const Json &body,
                                                           const Route &route) const = 0;
    virtual QByteArray wholeBody(const ChatReply &reply) const = 0;
    virtual QByteArray streamType() const { return "text/event-stream"; }
    // A stream in order: the start, a token each, the end.
    virtual QByteArray streamStart(const ChatReply &reply) const = 0;
    virtual QByteArray streamToken(const ChatReply &reply, qsizetype token) const = 0;
    virtual QByteArray streamEnd(const ChatReply &reply) const = 0;

    virtual tl::expected<EmbeddingsRequest, QString> embeddingsRequest(const Json &body,
                                                                       const Route &route) const;
    virtual QByteArray embeddingsBody(const EmbeddingsReply &reply) const;

    // The list of a provider's models.
    virtual QByteArray modelList(const QString &provider, qint64 created) const = 0;
    virtual http::Response error(const FleetError &error) const = 0;
};

const ChatDialect &openAiDialect();
const ChatDialect &anthropicDialect();
const ChatDialect &geminiDialect();
const ChatDialect &ollamaDialect();

// What the dialects share.
QByteArray dataEvent(const Json &json);
// Puts messages in: the last one of the user is the question.
void putMessages(const QList<Message> &messages, ChatRequest &request);
// Which of its possible answers a request draws, by "temperature" and "seed".
std::optional<quint64> sampleIn(const Json &parameters);
// The most tokens that a request may ask for.
qint64 mostTokens();

} // namespace headgate::simulation
