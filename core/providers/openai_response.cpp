#include "core/providers/openai_response.h"

#include "core/providers/json_access.h"
#include "core/providers/openai_usage.h"

#include <array>

using namespace Qt::StringLiterals;

namespace headgate::providers {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

// One member of an object each; tables below say which function reads which member.
struct OpenAiResponse::Reader
{
    using Read = void (Reader::*)(const element &);
    struct Member
    {
        std::string_view name;
        Read read = nullptr;
    };

    explicit Reader(OpenAiResponse &response)
        : out(response)
    {
    }

    template<size_t count>
    void readMembers(const element &from, const std::array<Member, count> &members)
    {
        object fields;
        if (from.get(fields) != simdjson::SUCCESS)
            return;
        for (const auto field : fields) {
            for (const Member &member : members) {
                if (field.key == member.name)
                    (this->*member.read)(field.value);
            }
        }
    }

    void chunk(const element &root);
    void model(const element &value);
    void choices(const element &value);
    void choice(const element &value);
    void usage(const element &value);
    void groq(const element &value);
    void finishReason(const element &value);
    void delta(const element &value);
    void content(const element &value);
    void contentPart(const element &part);
    void text(const element &value);
    void reasoning(const element &value);
    void toolCalls(const element &value);
    void toolCall(const element &value, qint64 position);
    void functionCall(const element &value);
    void logProbabilities(const element &value);
    void tokenLogProbability(const element &value);

    void readFunction(ToolCall &call, const element &function);

    OpenAiResponse &out;
    qint64 position = 0;         // of the choice being read, in its list
    qint64 index = 0;            // of the choice being read
    bool reasoningTaken = false; // some servers send it under both names
};

void OpenAiResponse::Reader::chunk(const element &root)
{
    static constexpr std::array kMembers{
        Member{"model", &Reader::model},
        Member{"choices", &Reader::choices},
        Member{"x_groq", &Reader::groq},
        Member{"usage", &Reader::usage},
    };
    // An error speaks first: what stands beside it is not to be trusted.
    element error;
    const bool flagged = root["error"].get(error) == simdjson::SUCCESS && !error.is_null();
    element list;
    if (flagged || root["choices"].get(list) != simdjson::SUCCESS)
        out.takeError(root);
    if (!out.m_error)
        readMembers(root, kMembers);
}

void OpenAiResponse::Reader::model(const element &value)
{
    if (out.m_completion.servedModel.isEmpty())
        out.m_completion.servedModel = textOf(value);
}

void OpenAiResponse::Reader::choices(const element &value)
{
    out.m_sawChoices = true;
    array list;
    if (value.get(list) != simdjson::SUCCESS)
        return;
    position = 0;
    for (const element item : list) {
        choice(item);
        ++position;
    }
}

void OpenAiResponse::Reader::choice(const element &value)
{
    static constexpr std::array kMembers{
        Member{"delta", &Reader::delta},
        Member{"message", &Reader::delta},
        Member{"text", &Reader::text},
        Member{"logprobs", &Reader::logProbabilities},
        Member{"finish_reason", &Reader::finishReason},
    };
    object fields;
    if (value.get(fields) != simdjson::SUCCESS)
        return;
    index = integerAt(value, "index").value_or(position);
    if (!out.m_mainChoice)
        out.m_mainChoice = index;
    if (!out.m_choiceFinished.contains(index))
        out.m_choiceFinished.insert(index, false);
    if (object error; fields["error"].get(error) == simdjson::SUCCESS)
        out.takeError(value);
    readMembers(value, kMembers);
}

void OpenAiResponse::Reader::finishReason(const element &value)
{
    const QString reason = textOf(value);
    if (reason.isEmpty())
        return;
    out.m_choiceFinished[index] = true;
    if (index == *out.m_mainChoice)
        out.m_completion.finishReason = reason;
    if (reason == "error"_L1 && !out.m_error)
        out.m_error.emplace().message = u"finish_reason: error"_s;
}

void OpenAiResponse::Reader::delta(const element &value)
{
    static constexpr std::array kMembers{
        Member{"content", &Reader::content},
        Member{"refusal", &Reader::text},
        Member{"reasoning_content", &Reader::reasoning},
        Member{"reasoning", &Reader::reasoning},
        Member{"tool_calls", &Reader::toolCalls},
        Member{"function_call", &Reader::functionCall},
    };
    if (index != *out.m_mainChoice)
        return;
    reasoningTaken = false;
    readMembers(value, kMembers);
}

void OpenAiResponse::Reader::text(const element &value)
{
    if (index == *out.m_mainChoice)
        out.m_newText += textOf(value);
}

void OpenAiResponse::Reader::content(const element &value)
{
    array parts;
    if (value.get(parts) != simdjson::SUCCESS) {
        text(value);
        return;
    }
    for (const element part : parts)
        contentPart(part);
}

// {type:"text", text} or {type:"thinking", thinking:[parts]}
void OpenAiResponse::Reader::contentPart(const element &part)
{
    element member;
    if (part["text"].get(member) == simdjson::SUCCESS)
        text(member);
    array thoughts;
    if (part["thinking"].get(thoughts) != simdjson::SUCCESS)
        return;
    for (const element thought : thoughts) {
        if (thought["text"].get(member) == simdjson::SUCCESS)
            out.m_completion.reasoning += textOf(member);
    }
}

void OpenAiResponse::Reader::reasoning(const element &value)
{
    const QString thought = textOf(value);
    if (thought.isEmpty() || std::exchange(reasoningTaken, true))
        return;
    out.m_completion.reasoning += thought;
}

void OpenAiResponse::Reader::toolCalls(const element &value)
{
    array list;
    if (value.get(list) != simdjson::SUCCESS)
        return;
    qint64 at = 0;
    for (const element item : list)
        toolCall(item, at++);
}

void OpenAiResponse::Reader::toolCall(const element &value, qint64 at)
{
    object fields;
    if (value.get(fields) != simdjson::SUCCESS)
        return;
    const qint64 key = integerAt(value, "index").value_or(at);
    QList<ToolCall> &calls = out.m_completion.toolCalls;
    if (!out.m_toolPlaces.contains(key)) {
        out.m_toolPlaces.insert(key, calls.size());
        calls.append(ToolCall{});
    }
    ToolCall &call = calls[out.m_toolPlaces.value(key)];
    element member;
    if (call.id.isEmpty() && fields["id"].get(member) == simdjson::SUCCESS)
        call.id = textOf(member);
    if (fields["function"].get(member) == simdjson::SUCCESS)
        readFunction(call, member);
}

void OpenAiResponse::Reader::readFunction(ToolCall &call, const element &function)
{
    element member;
    if (call.name.isEmpty() && function["name"].get(member) == simdjson::SUCCESS)
        call.name = textOf(member);
    if (function["arguments"].get(member) != simdjson::SUCCESS)
        return;
    if (member.is_object())
        call.arguments += QString::fromStdString(simdjson::minify(member));
    else
        call.arguments += textOf(member);
}

void OpenAiResponse::Reader::functionCall(const element &value)
{
    if (!value.is_object())
        return;
    if (out.m_completion.toolCalls.isEmpty())
        out.m_completion.toolCalls.append(ToolCall{});
    readFunction(out.m_completion.toolCalls.first(), value);
}

// {content:[{token, logprob}]}, or Together's {token_logprobs:[]}; other forms are skipped.
void OpenAiResponse::Reader::logProbabilities(const element &value)
{
    if (index != *out.m_mainChoice || !value.is_object())
        return;
    array list;
    if (value["content"].get(list) == simdjson::SUCCESS) {
        element member;
        for (const element token : list) {
            if (token["logprob"].get(member) == simdjson::SUCCESS)
                tokenLogProbability(member);
        }
    } else if (value["token_logprobs"].get(list) == simdjson::SUCCESS) {
        for (const element token : list)
            tokenLogProbability(token);
    }
}

void OpenAiResponse::Reader::tokenLogProbability(const element &value)
{
    double number = 0;
    if (value.get(number) == simdjson::SUCCESS)
        out.m_completion.logProbabilities.append(number);
}

void OpenAiResponse::Reader::usage(const element &value)
{
    object fields;
    if (value.get(fields) != simdjson::SUCCESS || fields.size() == 0)
        return;
    // Where it comes in each chunk it is the sum so far: the last one holds, and none is added.
    const ReportedUsage reported = readUsage(value, out.m_dialect);
    out.m_usage = reported.usage;
    if (reported.cost)
        out.m_completion.reportedCost = reported.cost;
}

void OpenAiResponse::Reader::groq(const element &value)
{
    element inner;
    if (!out.m_usage && value["usage"].get(inner) == simdjson::SUCCESS)
        usage(inner);
}

OpenAiResponse::OpenAiResponse(const Dialect &dialect)
    : m_dialect(dialect)
{
}

void OpenAiResponse::take(const element &root)
{
    Reader(*this).chunk(root);
}

bool OpenAiResponse::finished() const
{
    // A whole body needs no reason for its end.
    if (m_closed)
        return m_sawChoices;
    return !m_choiceFinished.isEmpty() &&
           std::all_of(m_choiceFinished.cbegin(), m_choiceFinished.cend(),
                       [](bool done) { return done; });
}

} // namespace headgate::providers
