#pragma once

#include "core/common/result.h"

#include <QMap>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <optional>

namespace headgate::providers {

struct CallTimeouts
{
    std::chrono::milliseconds connect{10'000}; // name, connection and TLS
    std::chrono::milliseconds firstByte{
        60'000};                            // to the first piece of the answer; comments are none
    std::chrono::milliseconds idle{60'000}; // between bytes
    std::chrono::milliseconds total{600'000};
    std::chrono::milliseconds afterFinish{
        5'000}; // of silence once the answer has its finish reason

    bool operator==(const CallTimeouts &) const = default;
};

// How servers of one family differ from each other (providers.md section 3).
struct Dialect
{
    enum class MaxTokensField { MaxTokens, MaxCompletionTokens };
    enum class LogProbabilities { None, Boolean, Integer };
    // ByProtocol: x-api-key for Anthropic, x-goog-api-key for Gemini, api-key for Azure and
    // "Authorization: Bearer" for all others.
    enum class KeyHeader { ByProtocol, Bearer, ApiKey, XApiKey, XGoogApiKey };

    MaxTokensField maxTokensField = MaxTokensField::MaxTokens;
    LogProbabilities logProbabilities = LogProbabilities::Boolean;
    bool askForStreamUsage = true;
    bool reasoningOutsideCompletion = false; // xAI
    KeyHeader keyHeader = KeyHeader::ByProtocol;
    int mostTopLogProbabilities = 20;
    bool namesInMessages = true;                // messages[].name is known
    QStringList refusedParameters{};            // left out: the server answers them with an error
    QMap<QString, QString> renamedParameters{}; // OpenAI's name → the server's

    bool operator==(const Dialect &) const = default;
};

// A provider as the user configured it. Holds the name of the key, never the key.
struct Endpoint
{
    QString name;   // what policies refer to
    QString preset; // id of the known server that it started from; empty: none
    QString protocol = QStringLiteral("openai"); // one of knownProtocols()
    QUrl baseUrl;              // without the fixed path: https://api.openai.com/v1
    QString keyVariable;       // environment variable; empty: no key needed
    bool keyInKeyring = false; // the key is in the desktop's keyring instead
    QString apiVersion;        // anthropic-version or api-version; empty: the protocol's own
    Dialect dialect;
    // Sent with each call of an OpenAI-compatible server; names are those of optionalHeaders().
    QMap<QString, QString> headers;
    CallTimeouts timeouts;
    // What the key may do, beside what the server's answers say; none: no limit of the user's own.
    std::optional<qint64> requestsPerMinute;
    std::optional<qint64> tokensPerMinute; // of input and output together
    bool allowPlainHttp = false;           // loopback is always allowed
    // PEM: authorities that this server may be vouched for by, besides the system's; empty: none.
    QString certificateFile;
    bool simulated = false;                // the built-in fleet: everything it answers is marked so

    bool operator==(const Endpoint &) const = default;
};

// Who is billed (OpenAI-Organization, OpenAI-Project), and who asks (HTTP-Referer, X-Title). None
// of them holds a key.
const QStringList &optionalHeaders();
// 127.0.0.0/8, ::1 and localhost.
bool isLoopback(const QUrl &url);
// Refuses a base URL that could not be called or that would carry the key in the clear. The error
// names the provider, what is wrong and the mend.
Result<> validateEndpoint(const Endpoint &endpoint);
// The header that carries the key of this endpoint; never ByProtocol.
Dialect::KeyHeader keyHeaderOf(const Endpoint &endpoint);
// What the server is, for a sentence: "an OpenAI-compatible server".
QString serverKindOf(const Endpoint &endpoint);
// The base, without trailing slashes, and a fixed path such as "/chat/completions", which is
// percent-encoded and may have a query. A query of the base is kept and stands before it.
QUrl endpointUrl(const Endpoint &endpoint, const QString &path);
// The same with a version such as "/v1" before the path, unless the base URL ends with it: some
// write it there.
QUrl versionedUrl(const Endpoint &endpoint, const QString &version, const QString &path);

} // namespace headgate::providers
