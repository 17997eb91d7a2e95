#pragma once

#include "core/catalog/token_usage.h"
#include "core/common/message.h"
#include "core/providers/rate_limits.h"

#include <QList>
#include <QMap>

#include <qcoro/qcorotask.h>

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>

namespace headgate::providers {

struct CompletionRequest
{
    QString model;
    QList<Message> messages;
    Json parameters = Json::object(); // temperature, max_tokens, stop, response_format, …
    bool stream = true;
    bool wantLogProbabilities = false;
    std::optional<std::chrono::milliseconds> deadline; // of the whole call, besides the endpoint's
    // Called on the caller's thread with each piece of answer text as it arrives; no key in it.
    std::function<void(const QString &text)> onText;
};

// A call of a tool that the model asks for. Only ever shown; its parts may be incomplete.
struct ToolCall
{
    QString id;
    QString name;
    QString arguments; // the model's own text, which need not be JSON
    // Gemini's thought signature: opaque, and wanted back unchanged with the tool's result.
    QString signature{};

    bool operator==(const ToolCall &) const = default;
};

// What came back, whole or in part. No text of it holds a key of this process.
struct Completion
{
    QString text;
    QString reasoning;
    // "stop", "length", "content_filter", "tool_calls", "refusal": in OpenAI's words where there is
    // one for it, else as the provider wrote it; empty where none came.
    QString finishReason;
    QString servedModel; // may differ from the one asked for
    QString requestId;
    catalog::TokenUsage usage;
    std::optional<Money> reportedCost;                  // where the provider says what it charged
    QList<double> logProbabilities;                     // natural log, one a token
    std::optional<std::chrono::nanoseconds> firstToken; // from sending the request
    std::chrono::nanoseconds total{};
    QList<ToolCall> toolCalls;
    // Of the text, as that of a tool call; wanted back with the message.
    QString signature;
    QString remark; // on how the call went, for the trace; no sentence of its own; empty: none
    // What the server charges for it, of the model's price, and whether it went at the special
    // price of the fast speed; none: it did not say.
    std::optional<int> pricePercent;
    std::optional<bool> fast;
};

enum class FailureClass {
    Transport,
    Security,
    Timeout,
    Request,
    Capability,
    Auth,
    Credit,
    Permission,
    Moderation,
    NotFound,
    Transient,
    TooLarge,
    Rate,
    Redirect,
    Protocol,
    Truncated,
    Cancelled,
};

// retry: the same target after a delay; next: the error port; stop: the query ends here.
enum class Advice { Retry, Next, Stop };

struct CallFailure
{
    FailureClass failureClass = FailureClass::Transport;
    Advice advice = Advice::Next;
    int httpStatus = 0; // 0: none came
    std::optional<std::chrono::milliseconds> retryAfter;
    QString message; // one sentence for the user; no key in it
    QString detail;  // the provider's own words, at most 8 KiB; no key in it
    QString requestId;
};

// One attempt. With a failure, `completion` still holds the text and usage seen before it.
struct CallResult
{
    Completion completion;
    std::optional<CallFailure> failure;
    RateLimits rateLimits{}; // as the answer's headers told them; rateLimitsIn() reads them

    bool ok() const { return !failure; }
};

QString failureClassName(FailureClass failureClass); // "rate", "transport": stable, for traces

// A model that an endpoint says it has. What it does not say is none.
struct OfferedModel
{
    QString name{};  // what a request asks for
    QString title{}; // for people; may be empty
    QString owner{}; // who offers it there, as the endpoint writes it; may be empty
    std::optional<qint64> contextTokens{};
    std::optional<qint64> outputTokens{};
    std::optional<Price> price{}; // as the endpoint itself tells it
    bool chats = true;
    bool embeds = false;
};

// One configured endpoint. Lives on one thread and is used there; calls may overlap.
class Provider
{
public:
    virtual ~Provider() = default;
    // One attempt: never retries. Ends within its deadlines and soon after `stop` is requested,
    // and by then the upstream request is closed. The provider outlives the task.
    virtual QCoro::Task<CallResult> complete(CompletionRequest request, std::stop_token stop) = 0;
    // Names of the models that the endpoint offers.
    virtual QCoro::Task<Result<QStringList>> listModels(std::stop_token stop) = 0;
    // The same with what the endpoint tells of each. Unless overridden, the names alone.
    virtual QCoro::Task<Result<QList<OfferedModel>>> offeredModels(std::stop_token stop);
};

} // namespace headgate::providers
