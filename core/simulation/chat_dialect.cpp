#include "core/simulation/chat_dialect.h"

#include "core/text/token_estimate.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace headgate::simulation {

tl::expected<EmbeddingsRequest, QString> ChatDialect::embeddingsRequest(const Json &,
                                                                        const Route &) const
{
    return tl::unexpected(u"This protocol has no embeddings."_s);
}

QByteArray ChatDialect::embeddingsBody(const EmbeddingsReply &) const
{
    return {};
}

QByteArray dataEvent(const Json &json)
{
    return "data: " + compactJson(json) + "\n\n";
}

void putMessages(const QList<Message> &messages, ChatRequest &request)
{
    for (const Message &message : messages) {
        if (message.role == Message::Role::User)
            request.answer.question = message.text;
        if (message.role == Message::Role::System)
            request.answer.instructions += message.text + u'\n';
    }
    request.promptTokens = text::estimateTokens(messages);
}

std::optional<quint64> sampleIn(const Json &parameters)
{
    const auto seed = parameters.find("seed");
    if (!(jsonNumber(parameters, "temperature", 0) > 0) || seed == parameters.end() ||
        !seed->is_number_integer())
        return std::nullopt;
    return seed->get<quint64>();
}

qint64 mostTokens()
{
    return std::numeric_limits<qint32>::max();
}

} // namespace headgate::simulation
