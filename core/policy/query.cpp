#include "core/policy/query.h"

#include <array>

namespace headgate::policy {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kRoles{
    std::pair(Message::Role::System, "system"_L1),
    std::pair(Message::Role::User, "user"_L1),
    std::pair(Message::Role::Assistant, "assistant"_L1),
    std::pair(Message::Role::Tool, "tool"_L1),
};

Json messageJson(const Message &message)
{
    const auto role = std::find_if(kRoles.begin(), kRoles.end(), [&message](const auto &known) {
        return known.first == message.role;
    });
    Json object{{"role", role->second.data()}, {"text", toStdString(message.text)}};
    if (!message.extra.empty())
        object["extra"] = message.extra;
    return object;
}

Message messageFromJson(const Json &object)
{
    Message message;
    const QString name = jsonString(object, "role");
    for (const auto &[role, text] : kRoles) {
        if (name == text)
            message.role = role;
    }
    message.text = jsonString(object, "text");
    if (object.contains("extra"))
        message.extra = object["extra"];
    return message;
}

} // namespace

Json toJson(const Query &query)
{
    Json messages = Json::array();
    for (const Message &message : query.messages)
        messages.push_back(messageJson(message));
    return {{"messages", std::move(messages)},
            {"metadata", query.metadata},
            {"estimated_tokens", query.estimatedTokens},
            {"seed", query.seed}};
}

Query queryFromJson(const Json &object)
{
    Query query;
    if (!object.is_object())
        return query;
    if (const auto messages = object.find("messages");
        messages != object.end() && messages->is_array()) {
        for (const Json &message : *messages)
            query.messages.append(messageFromJson(message));
    }
    query.metadata = object.value("metadata", Json::object());
    if (const auto tokens = object.find("estimated_tokens");
        tokens != object.end() && tokens->is_number_integer())
        query.estimatedTokens = tokens->get<qint64>();
    if (const auto seed = object.find("seed"); seed != object.end() && seed->is_number_integer())
        query.seed = seed->get<quint64>();
    return query;
}

} // namespace headgate::policy
