#include "core/evaluation/datasets/prompt_columns.h"

#include "core/policy/query.h"

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

QString messagesText(const QList<Message> &messages)
{
    if (messages.isEmpty())
        return u""_s;
    policy::Query query;
    query.messages = messages;
    return toQString(compactText(policy::toJson(query)["messages"]));
}

QString metadataText(const Json &metadata)
{
    return metadata.empty() ? u""_s : toQString(compactText(metadata));
}

QString promptColumns()
{
    return u"p.row, p.part, p.id, p.prompt, p.expected, p.subset, p.messages, p.metadata"_s;
}

StoredPrompt promptFrom(const QSqlQuery &row)
{
    StoredPrompt stored{row.value(0).toLongLong(), Part(row.value(1).toInt()), {}};
    stored.prompt.id = row.value(2).toString();
    stored.prompt.prompt = row.value(3).toString();
    stored.prompt.expected = row.value(4).toString();
    stored.prompt.subset = row.value(5).toString();
    // Both were written by us: where they cannot be read, they count as absent.
    if (const QByteArray messages = row.value(6).toByteArray(); !messages.isEmpty())
        stored.prompt.messages =
            policy::queryFromJson(Json{{"messages", parseJson(messages).value_or(Json::array())}})
                .messages;
    if (const QByteArray metadata = row.value(7).toByteArray(); !metadata.isEmpty())
        stored.prompt.metadata = parseJson(metadata).value_or(Json::object());
    return stored;
}

} // namespace headgate::evaluation
