#include "core/providers/message_parts.h"

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

const Json *memberOf(const Json &object, const char *key)
{
    if (!object.is_object())
        return nullptr;
    const auto it = object.find(key);
    return it == object.end() || it->is_null() ? nullptr : &*it;
}

ContentPart imageAt(const QString &url)
{
    // data:image/png;base64,AAAA
    ContentPart part{.kind = ContentPart::Kind::Image};
    const qsizetype comma = url.indexOf(u',');
    const QString head = url.left(comma);
    if (comma > 0 && head.startsWith("data:"_L1) && head.endsWith(";base64"_L1)) {
        part.mediaType = head.sliced(5).chopped(7).section(u';', 0, 0);
        part.data = url.sliced(comma + 1);
    } else {
        part.url = url;
    }
    return part;
}

ContentPart partIn(const Json &part)
{
    const QString type = jsonString(part, "type");
    if (type == "text"_L1)
        return {.text = jsonString(part, "text")};
    if (type == "image_url"_L1) {
        const Json *image = memberOf(part, "image_url");
        if (image)
            return imageAt(image->is_string() ? toQString(image->get<std::string>())
                                              : jsonString(*image, "url"));
    }
    return {.kind = ContentPart::Kind::Other, .text = type};
}

// Where Google's own OpenAI-compatible interface puts it.
QString signatureIn(const Json &object)
{
    const Json *extra = memberOf(object, "extra_content");
    const Json *google = extra ? memberOf(*extra, "google") : nullptr;
    return google ? jsonString(*google, "thought_signature") : QString();
}

} // namespace

QList<ContentPart> contentOf(const Message &message)
{
    QList<ContentPart> parts;
    if (const Json *content = memberOf(message.extra, "content"); content && content->is_array()) {
        for (const Json &part : *content)
            parts.append(partIn(part));
    }
    const bool holdsText = std::any_of(parts.begin(), parts.end(), [](const ContentPart &part) {
        return part.kind == ContentPart::Kind::Text;
    });
    if (!holdsText)
        parts.prepend({.text = message.text});
    parts.removeIf([](const ContentPart &part) {
        return part.kind == ContentPart::Kind::Text && part.text.isEmpty();
    });
    return parts;
}

QList<ToolCall> toolCallsOf(const Message &message)
{
    QList<ToolCall> calls;
    const Json *list = memberOf(message.extra, "tool_calls");
    if (!list || !list->is_array())
        return calls;
    for (const Json &item : *list) {
        const Json *function = memberOf(item, "function");
        if (!function)
            continue;
        const Json *arguments = memberOf(*function, "arguments");
        ToolCall call{jsonString(item, "id"), jsonString(*function, "name"), {}};
        if (arguments)
            call.arguments = arguments->is_string() ? toQString(arguments->get<std::string>())
                                                    : toQString(arguments->dump());
        call.signature = signatureIn(item);
        calls.append(call);
    }
    return calls;
}

QString signatureOf(const Message &message)
{
    return signatureIn(message.extra);
}

QString answeredCallOf(const Message &message)
{
    return jsonString(message.extra, "tool_call_id");
}

QString answeringToolOf(const QList<Message> &messages, qsizetype at)
{
    const QString own = jsonString(messages.at(at).extra, "name");
    const QString id = answeredCallOf(messages.at(at));
    for (qsizetype i = at - 1; i >= 0 && own.isEmpty(); --i) {
        for (const ToolCall &call : toolCallsOf(messages.at(i))) {
            if (call.id == id)
                return call.name;
        }
    }
    return own;
}

std::optional<Json> objectIn(const QString &text)
{
    auto json = parseJson(text.toUtf8());
    if (!json || !json->is_object())
        return std::nullopt;
    return std::move(*json);
}

QString systemTextOf(const QList<Message> &messages)
{
    QStringList texts;
    for (const Message &message : messages) {
        if (message.role != Message::Role::System)
            continue;
        for (const ContentPart &part : contentOf(message)) {
            if (part.kind == ContentPart::Kind::Text)
                texts.append(part.text);
        }
    }
    return texts.join(u"\n\n"_s);
}

const char *roleNameOf(Message::Role role)
{
    switch (role) {
    case Message::Role::System:
        return "system";
    case Message::Role::User:
        return "user";
    case Message::Role::Assistant:
        return "assistant";
    case Message::Role::Tool:
        return "tool";
    }
    Q_UNREACHABLE();
}

} // namespace headgate::providers
