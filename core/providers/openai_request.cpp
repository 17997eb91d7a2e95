#include "core/providers/openai_request.h"

#include "core/providers/message_parts.h"

namespace headgate::providers {

namespace {

bool holdsText(const Json &parts)
{
    return std::any_of(parts.begin(), parts.end(), [](const Json &part) {
        return part.is_object() && part.value("type", Json()) == "text";
    });
}

Json encodeMessage(const Message &message)
{
    Json result = {{"role", roleNameOf(message.role)}, {"content", toStdString(message.text)}};
    if (!message.extra.is_object())
        return result;
    result.update(message.extra);
    Json &content = result["content"];
    // Parts that came besides the text follow it.
    if (content.is_array() && !message.text.isEmpty() && !holdsText(content)) {
        const Json text = {{"type", "text"}, {"text", toStdString(message.text)}};
        content.insert(content.begin(), text);
    }
    if (content == "" && result.contains("tool_calls"))
        content = nullptr;
    return result;
}

void nameTokenLimit(Json &body, const Dialect &dialect)
{
    const bool completion = dialect.maxTokensField == Dialect::MaxTokensField::MaxCompletionTokens;
    const char *known = completion ? "max_completion_tokens" : "max_tokens";
    const char *other = completion ? "max_tokens" : "max_completion_tokens";
    if (!body.contains(other))
        return;
    if (!body.contains(known))
        body[known] = body[other];
    body.erase(other);
}

void askForUsage(Json &body)
{
    Json &options = body["stream_options"];
    if (!options.is_object())
        options = Json::object();
    options["include_usage"] = true;
}

void nameLogProbabilities(Json &body, const Dialect &dialect)
{
    const auto asked = body.find("logprobs");
    const bool wanted = asked != body.end() && *asked != Json(false) && !asked->is_null();
    const qint64 top = qint64(jsonNumber(body, "top_logprobs", 0));
    switch (dialect.logProbabilities) {
    case Dialect::LogProbabilities::None:
        body.erase("logprobs");
        body.erase("top_logprobs");
        return;
    case Dialect::LogProbabilities::Boolean:
        if (top > dialect.mostTopLogProbabilities)
            body["top_logprobs"] = dialect.mostTopLogProbabilities;
        return;
    case Dialect::LogProbabilities::Integer:
        body.erase("top_logprobs");
        if (wanted)
            body["logprobs"] = std::max(qint64(1), top);
        return;
    }
}

// What the server knows under another name or not at all.
void fitParameters(Json &body, const Dialect &dialect)
{
    for (const QString &name : dialect.refusedParameters)
        body.erase(toStdString(name));
    for (const auto &[ours, theirs] : dialect.renamedParameters.asKeyValueRange()) {
        const auto found = body.find(toStdString(ours));
        if (found == body.end())
            continue;
        Json value = *found;
        body.erase(found);
        body[toStdString(theirs)] = std::move(value);
    }
}

} // namespace

QByteArray encodeChatRequest(const CompletionRequest &request, const Dialect &dialect)
{
    Json body = request.parameters.is_object() ? request.parameters : Json::object();
    nameTokenLimit(body, dialect);
    fitParameters(body, dialect);
    if (request.wantLogProbabilities)
        body["logprobs"] = true;
    nameLogProbabilities(body, dialect);
    body["model"] = toStdString(request.model);
    Json messages = Json::array();
    for (const Message &message : request.messages) {
        messages.push_back(encodeMessage(message));
        if (!dialect.namesInMessages)
            messages.back().erase("name");
    }
    body["messages"] = std::move(messages);
    body["stream"] = request.stream;
    if (!request.stream)
        body.erase("stream_options"); // servers refuse it there
    else if (dialect.askForStreamUsage)
        askForUsage(body);
    return compactJson(body);
}

} // namespace headgate::providers
