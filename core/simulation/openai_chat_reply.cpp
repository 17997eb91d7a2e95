#include "core/simulation/openai_chat.h"

namespace headgate::simulation {

namespace {

Json frame(const ChatReply &reply, const char *object)
{
    return {{"id", reply.id.toStdString()},
            {"object", object},
            {"created", reply.created},
            {"model", toStdString(reply.servedName)},
            {"system_fingerprint", "simulated"}};
}

Json usageOf(const ChatReply &reply)
{
    const qint64 completion = reply.answer.tokens.size();
    return {{"prompt_tokens", reply.request.promptTokens},
            {"completion_tokens", completion},
            {"total_tokens", reply.request.promptTokens + completion}};
}

Json logprobOf(const ChatReply &reply, qsizetype token)
{
    const QByteArray &text = reply.answer.tokens.at(token);
    Json bytes = Json::array();
    for (const char byte : text)
        bytes.push_back(int(uchar(byte)));
    Json entry = {{"token", text.toStdString()},
                  {"logprob", reply.answer.logProbabilities.at(token)},
                  {"bytes", std::move(bytes)}};
    // A simulated model weighs no other tokens than the one that it says.
    Json top = reply.request.topLogprobs ? Json::array({entry}) : Json::array();
    entry["top_logprobs"] = std::move(top);
    return entry;
}

Json chunk(const ChatReply &reply, Json delta, Json finishReason, Json logprobs = nullptr)
{
    Json root = frame(reply, "chat.completion.chunk");
    root["choices"] = Json::array({Json{{"index", 0},
                                        {"delta", std::move(delta)},
                                        {"logprobs", std::move(logprobs)},
                                        {"finish_reason", std::move(finishReason)}}});
    if (reply.request.includeUsage)
        root["usage"] = nullptr;
    return root;
}

} // namespace

QByteArray completionBody(const ChatReply &reply)
{
    Json logprobs = nullptr;
    if (reply.request.logprobs) {
        Json content = Json::array();
        for (qsizetype i = 0; i < reply.answer.tokens.size(); ++i)
            content.push_back(logprobOf(reply, i));
        logprobs = {{"content", std::move(content)}, {"refusal", nullptr}};
    }
    Json message = {{"role", "assistant"},
                    {"content", reply.answer.text().toStdString()},
                    {"refusal", nullptr}};
    Json root = frame(reply, "chat.completion");
    root["choices"] =
        Json::array({Json{{"index", 0},
                          {"message", std::move(message)},
                          {"logprobs", std::move(logprobs)},
                          {"finish_reason", toStdString(reply.answer.finishReason)}}});
    root["usage"] = usageOf(reply);
    return compactJson(root);
}

QByteArray roleEvent(const ChatReply &reply)
{
    return dataEvent(chunk(reply, {{"role", "assistant"}, {"content", ""}}, nullptr));
}

QByteArray tokenEvent(const ChatReply &reply, qsizetype token)
{
    Json logprobs = nullptr;
    if (reply.request.logprobs)
        logprobs = {{"content", Json::array({logprobOf(reply, token)})}, {"refusal", nullptr}};
    return dataEvent(chunk(reply, {{"content", reply.answer.tokens.at(token).toStdString()}},
                           nullptr, std::move(logprobs)));
}

QByteArray finishEvents(const ChatReply &reply)
{
    QByteArray events =
        dataEvent(chunk(reply, Json::object(), toStdString(reply.answer.finishReason)));
    if (reply.request.includeUsage) {
        Json last = frame(reply, "chat.completion.chunk");
        last["choices"] = Json::array();
        last["usage"] = usageOf(reply);
        events += dataEvent(last);
    }
    return events + "data: [DONE]\n\n";
}

} // namespace headgate::simulation
