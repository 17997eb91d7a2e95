#pragma once

#include "core/providers/provider.h"
#include "tests/support/fake_clock.h"

#include <QHash>

namespace headgate::test {

// What a fake model does with one call.
struct Scripted
{
    providers::CallResult result;
    QStringList pieces;               // shown through onText before the end
    std::chrono::nanoseconds takes{}; // moves the fake clock
    bool hangs = false;               // until it is stopped
    std::chrono::milliseconds hangsFor = std::chrono::seconds(60); // of real time, at most
};

// Answers each model's calls from its script; the last entry repeats. Keeps what it was asked.
class FakeProvider final : public providers::Provider
{
public:
    explicit FakeProvider(FakeClock &clock)
        : m_clock(clock)
    {
    }

    void script(const QString &model, const QList<Scripted> &entries)
    {
        m_scripts[model] = entries;
    }
    const QList<providers::CompletionRequest> &requests() const { return m_requests; }
    int closed() const { return m_closed; } // calls that ended because they were stopped

    QCoro::Task<providers::CallResult> complete(providers::CompletionRequest request,
                                                std::stop_token stop) override
    {
        m_requests.append(request);
        QList<Scripted> &script = m_scripts[request.model];
        Q_ASSERT(!script.isEmpty());
        const Scripted entry = script.size() > 1 ? script.takeFirst() : script.constFirst();
        if (entry.hangs) {
            auto wait = m_system.sleep(entry.hangsFor, stop);
            co_await wait;
        }
        if (stop.stop_requested()) {
            ++m_closed;
            providers::CallResult stopped;
            stopped.failure.emplace();
            stopped.failure->failureClass = providers::FailureClass::Cancelled;
            stopped.failure->advice = providers::Advice::Stop;
            co_return stopped;
        }
        m_clock.advance(entry.takes);
        for (const QString &piece : entry.pieces)
            request.onText(piece);
        co_return entry.result;
    }

    QCoro::Task<Result<QStringList>> listModels(std::stop_token) override
    {
        co_return QStringList(m_scripts.keys());
    }

private:
    FakeClock &m_clock;
    SystemClock m_system;
    QHash<QString, QList<Scripted>> m_scripts;
    QList<providers::CompletionRequest> m_requests;
    int m_closed = 0;
};

// An answer with usage of 100 tokens in and 20 out, and the given log-probability of each token.
inline Scripted answers(const QString &text, double logProbability = -0.1)
{
    Scripted entry;
    providers::Completion &completion = entry.result.completion;
    completion.text = text;
    completion.finishReason = QStringLiteral("stop");
    completion.requestId = QStringLiteral("request-1");
    completion.usage.freshInput = 100;
    completion.usage.output = 20;
    completion.logProbabilities = QList<double>(20, logProbability);
    completion.firstToken = std::chrono::milliseconds(30);
    entry.pieces = {text};
    entry.takes = std::chrono::milliseconds(100);
    return entry;
}

inline Scripted fails(providers::FailureClass failureClass, providers::Advice advice,
                      int httpStatus = 0,
                      std::optional<std::chrono::milliseconds> retryAfter = std::nullopt)
{
    Scripted entry;
    providers::CallFailure &failure = entry.result.failure.emplace();
    failure.failureClass = failureClass;
    failure.advice = advice;
    failure.httpStatus = httpStatus;
    failure.retryAfter = retryAfter;
    failure.message = QStringLiteral("It did not work.");
    entry.takes = std::chrono::milliseconds(10);
    return entry;
}

} // namespace headgate::test
