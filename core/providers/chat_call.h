#pragma once

#include "core/common/clock.h"
#include "core/common/key_filter.h"
#include "core/providers/failure_classifier.h"
#include "core/providers/http_transport.h"
#include "core/providers/json_object_reader.h"
#include "core/providers/response_reader.h"
#include "core/providers/sse_reader.h"

namespace headgate::providers {

// One chat completion on its way, whatever its protocol: takes the response's bytes, whichever form
// they have (the first of them decide, since the content type often lies), hands the pieces to the
// protocol's reader and makes the result of the call. The request and the clock outlive it.
class ChatCall final : public BodySink
{
public:
    ChatCall(const CompletionRequest &request, std::unique_ptr<ResponseReader> reader,
             const Clock &clock);

    Reading head(const HttpHead &head) override;
    Reading bytes(QByteArrayView bytes) override;

    // Once the exchange has ended.
    CallResult result(const HttpOutcome &outcome, const FailureClassifier &classifier);

private:
    enum class Form { Unknown, Objects, Events, Other };

    Reading errorBytes(QByteArrayView bytes);
    Reading undecidedBytes(QByteArrayView bytes);
    Reading objectBytes(QByteArrayView bytes);
    Reading eventBytes(QByteArrayView bytes);
    Reading afterPiece() const;
    void takeEvent(const SseEvent &event);
    void takePiece(QByteArrayView json);
    void show(const QString &text) const;
    void readTail();
    void takeKeysOut();
    bool isOver() const;
    bool isWhole(const HttpOutcome &outcome) const;
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
    QByteArray m_body; // what was not read in pieces
    SseReader m_events;
    JsonObjectReader m_objects;
    std::unique_ptr<ResponseReader> m_response;
    KeyFilter m_shown; // the answer's text, as it is handed on
    Completion m_completion;
    bool m_pieceCame = false; // with the bytes at hand
    bool m_done = false;      // the end mark has come
    bool m_oversized = false; // a piece over the limit
    bool m_ending = false;    // the rest is read after the end of the stream
    QByteArray m_badPiece;    // the first that is not JSON
};

} // namespace headgate::providers
