#pragma once

#include "core/common/clock.h"
#include "core/providers/failure_classifier.h"
#include "core/providers/http_transport.h"
#include "core/providers/openai_response.h"
#include "core/providers/sse_reader.h"

namespace headgate::providers {

// One chat completion on its way: takes the response's bytes, whichever form they have (the first
// of them decide, since the content type often lies), and makes the result of the call. The request
// and the clock outlive it.
class OpenAiCall final : public BodySink
{
public:
    OpenAiCall(const CompletionRequest &request, const Endpoint &endpoint, const Clock &clock);

    Reading head(const HttpHead &head) override;
    Reading bytes(QByteArrayView bytes) override;

    // Once the exchange has ended.
    CallResult result(const HttpOutcome &outcome, const FailureClassifier &classifier);

private:
    enum class Form { Unknown, Json, Events, Other };

    Reading errorBytes(QByteArrayView bytes);
    Reading undecidedBytes(QByteArrayView bytes);
    Reading jsonBytes(QByteArrayView bytes);
    Reading eventBytes(QByteArrayView bytes);
    void takeEvent(const SseEvent &event);
    void readPiece();
    void readTail();
    bool isWhole() const;
    std::optional<CallFailure> failure(const HttpOutcome &outcome,
                                       const FailureClassifier &classifier) const;
    std::optional<QString> nonsense(const HttpOutcome &outcome) const;
    void fillUsage();

    const CompletionRequest &m_request;
    const Clock &m_clock;
    std::chrono::nanoseconds m_start{};
    std::optional<std::chrono::nanoseconds> m_lastAnswer; // since the start
    HttpHead m_head;
    Form m_form = Form::Unknown;
    QByteArray m_body; // what was not read as events
    SseReader m_events;
    OpenAiResponse m_response;
    Completion m_completion;
    bool m_eventInPiece = false;
    bool m_done = false;      // [DONE], or a whole body
    bool m_oversized = false; // an event over the limit
    bool m_ending = false;    // the rest is read after the end of the stream
    QByteArray m_badEvent;    // the first that is not JSON
};

} // namespace headgate::providers
