#pragma once

#include <QString>
#include <QUrl>

#include <chrono>

namespace headgate::providers {

struct CallTimeouts
{
    std::chrono::milliseconds connect{10'000};
    std::chrono::milliseconds firstByte{60'000};
    std::chrono::milliseconds idle{60'000}; // between bytes
    std::chrono::milliseconds total{600'000};
};

// How servers of one family differ from each other (providers.md section 3).
struct Dialect
{
    enum class MaxTokensField { MaxTokens, MaxCompletionTokens };
    enum class LogProbabilities { None, Boolean, Integer };

    MaxTokensField maxTokensField = MaxTokensField::MaxTokens;
    LogProbabilities logProbabilities = LogProbabilities::Boolean;
    bool askForStreamUsage = true;
    bool reasoningOutsideCompletion = false; // xAI
};

// A provider as the user configured it. Holds the name of the key, never the key.
struct Endpoint
{
    QString name;                      // what policies refer to
    QString protocol = QStringLiteral("openai"); // only this one in this build
    QUrl baseUrl;                      // without the fixed path: https://api.openai.com/v1
    QString keyVariable;               // environment variable; empty: no key needed
    Dialect dialect;
    CallTimeouts timeouts;
    bool allowPlainHttp = false; // loopback is always allowed
    bool simulated = false;      // the built-in fleet: everything it answers is marked so
};

} // namespace headgate::providers
