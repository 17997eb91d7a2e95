#include "core/evaluation/datasets/message_list.h"

#include "core/evaluation/texts.h"

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

std::optional<Message::Role> roleFrom(const QString &name)
{
    static const QHash<QString, Message::Role> roles{{u"system"_s, Message::Role::System},
                                                     {u"developer"_s, Message::Role::System},
                                                     {u"user"_s, Message::Role::User},
                                                     {u"assistant"_s, Message::Role::Assistant},
                                                     {u"tool"_s, Message::Role::Tool}};
    const auto found = roles.constFind(name);
    return found == roles.cend() ? std::nullopt : std::optional(*found);
}

QString textOfParts(const Json &parts)
{
    QStringList texts;
    for (const Json &part : parts) {
        if (jsonString(part, "type") == "text"_L1)
            texts.append(jsonString(part, "text"));
    }
    return texts.join(u'\n');
}

std::optional<Message> messageFrom(const Json &object)
{
    const auto role = roleFrom(jsonString(object, "role"));
    if (!role)
        return {};
    Message message{.role = *role, .text = {}};
    message.extra = object;
    message.extra.erase("role");
    const auto content = object.find("content");
    if (content == object.end() || content->is_null()) // of an assistant that calls a tool
        return *role == Message::Role::Assistant ? std::optional(message) : std::nullopt;
    if (content->is_array()) {
        message.text = textOfParts(*content);
        return message;
    }
    if (!content->is_string())
        return {};
    message.text = jsonString(object, "content");
    message.extra.erase("content");
    return message;
}

} // namespace

Result<QList<Message>> readMessages(const QByteArray &json)
{
    const auto list = parseJson(json);
    if (!list || !list->is_array() || list->empty())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The messages must be a list that is not empty."));
    QList<Message> messages;
    for (const Json &each : *list) {
        auto message = messageFrom(each);
        if (!message)
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("Message %1 needs a known “role” and a “content”.")
                            .arg(messages.size() + 1));
        messages.append(std::move(*message));
    }
    return messages;
}

} // namespace headgate::evaluation
