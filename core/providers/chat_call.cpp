#include "core/providers/chat_call.h"

#include "core/providers/rate_limit_headers.h"
#include "core/providers/texts.h"
#include "core/providers/usage_estimate.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

// Far more than is shown, so that a key at the cut cannot be shown in part.
constexpr qsizetype kErrorBodyBytes = 64 * 1024;
constexpr qsizetype kBadPieceBytes = 16 * 1024;
constexpr qsizetype kMostPieceBytes = 16 * 1024 * 1024;
constexpr qsizetype kMostBodyBytes = 64 * 1024 * 1024;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

QByteArrayView withoutMark(QByteArrayView bytes)
{
    return bytes.startsWith("\xEF\xBB\xBF") ? bytes.sliced(3) : bytes;
}

// The estimate is rough: only what is far below it was surely not read.
bool wasPromptCut(qint64 readTokens, qint64 estimatedTokens)
{
    constexpr qint64 kClearly = 500;
    return 2 * readTokens < estimatedTokens && estimatedTokens - readTokens > kClearly;
}

} // namespace

ChatCall::ChatCall(const CompletionRequest &request, std::unique_ptr<ResponseReader> reader,
                   const Clock &clock)
    : m_request(request)
    , m_clock(clock)
    , m_start(clock.steadyNow())
    , m_events([this](const SseEvent &event) { takeEvent(event); }, kMostPieceBytes)
    , m_objects([this](QByteArrayView object) { takePiece(object); },
                request.stream ? kMostPieceBytes : kMostBodyBytes)
    , m_response(std::move(reader))
{
}

Reading ChatCall::head(const HttpHead &head)
{
    m_head = head;
    if (head.status >= 300 && head.status < 400)
        return Reading::Stop;
    // An error's text is worth a moment, not the patience that an answer gets.
    if (head.status >= 400)
        return Reading::Finishing;
    const QByteArray encoding = head.header("content-encoding").trimmed().toLower();
    if (!encoding.isEmpty() && encoding != "identity") {
        m_form = Form::Other;
        return Reading::Stop;
    }
    return Reading::Waiting;
}

Reading ChatCall::bytes(QByteArrayView bytes)
{
    if (m_head.status >= 400)
        return errorBytes(bytes);
    switch (m_form) {
    case Form::Unknown:
        return undecidedBytes(bytes);
    case Form::Objects:
        return objectBytes(bytes);
    case Form::Events:
        return eventBytes(bytes);
    case Form::Other:
        return errorBytes(bytes);
    }
    return Reading::Stop;
}

Reading ChatCall::errorBytes(QByteArrayView bytes)
{
    m_body.append(bytes.first(qMin(bytes.size(), kErrorBodyBytes - m_body.size())));
    return m_body.size() >= kErrorBodyBytes ? Reading::Stop : Reading::Waiting;
}

Reading ChatCall::undecidedBytes(QByteArrayView bytes)
{
    // Servers that think for long send blank lines before the answer.
    m_body.append(bytes);
    QByteArrayView text = withoutMark(m_body);
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    if (text.isEmpty()) {
        if (!m_body.startsWith('\xEF'))
            m_body.truncate(0);
        return Reading::Waiting;
    }
    const QByteArrayView fields[] = {":", "data:", "event:", "id:", "retry:", "error:"};
    bool undecided = QByteArrayView("\xEF\xBB\xBF").startsWith(text);
    for (const QByteArrayView field : fields) {
        if (text.startsWith(field)) {
            m_form = Form::Events;
            const QByteArray first = std::exchange(m_body, {});
            return eventBytes(withoutMark(first));
        }
        undecided = undecided || field.startsWith(text);
    }
    if (undecided)
        return Reading::Waiting;
    if (text.front() == '{' || text.front() == '[') {
        m_form = Form::Objects;
        const QByteArray first = text.toByteArray();
        m_body.clear();
        return objectBytes(first);
    }
    m_form = Form::Other;
    return Reading::Answering;
}

Reading ChatCall::objectBytes(QByteArrayView bytes)
{
    m_pieceCame = false;
    if (m_body.size() < kErrorBodyBytes)
        m_body.append(bytes.first(qMin(bytes.size(), kErrorBodyBytes - m_body.size())));
    if (!m_objects.feed(bytes)) {
        m_oversized = true;
        return Reading::Stop;
    }
    // A body that was not asked for in pieces ends where the connection says that it does.
    return m_request.stream && m_pieceCame ? afterPiece() : Reading::Answering;
}

Reading ChatCall::eventBytes(QByteArrayView bytes)
{
    m_pieceCame = false;
    if (!m_events.feed(bytes)) {
        m_oversized = true;
        return Reading::Stop;
    }
    return afterPiece();
}

Reading ChatCall::afterPiece() const
{
    if (m_response->error() || !m_badPiece.isEmpty())
        return Reading::Stop;
    if (isOver())
        return Reading::Finished;
    if (!m_pieceCame)
        return Reading::Waiting;
    return m_response->finished() ? Reading::Finishing : Reading::Answering;
}

// Nothing of the answer can follow.
bool ChatCall::isOver() const
{
    return m_done || m_response->ended();
}

void ChatCall::takeEvent(const SseEvent &event)
{
    if (isOver() || m_response->error())
        return;
    const QByteArrayView data = event.data.trimmed();
    if (data == "[DONE]") {
        m_pieceCame = true;
        m_done = m_response->endsWithMark();
        m_lastAnswer = m_clock.steadyNow() - m_start;
    } else if (event.name == "error") {
        m_pieceCame = true;
        m_response->readError(data);
    } else {
        takePiece(data);
    }
}

void ChatCall::takePiece(QByteArrayView json)
{
    if (isOver() || m_response->error() || !m_badPiece.isEmpty())
        return;
    m_pieceCame = true;
    if (!m_response->read(json)) {
        if (!m_ending) // a rest at the end of the stream is a cut, not nonsense
            m_badPiece = json.first(qMin(json.size(), kBadPieceBytes)).toByteArray();
        return;
    }
    const auto now = m_clock.steadyNow() - m_start;
    m_lastAnswer = now;
    // Of an answer that came all at once there is no first token to tell.
    const bool inPieces = m_form == Form::Events || (m_request.stream && !m_response->finished());
    if (!m_completion.firstToken && m_response->begun() && inPieces)
        m_completion.firstToken = now;
    if (!m_response->newText().isEmpty())
        show(m_shown.feed(m_response->newText()));
}

void ChatCall::show(const QString &text) const
{
    if (!text.isEmpty() && m_request.onText)
        m_request.onText(text);
}

// What can only be read when the stream has ended.
void ChatCall::readTail()
{
    m_ending = true;
    if (m_head.status < 200 || m_head.status >= 300)
        return;
    if (m_form == Form::Events)
        m_events.finish();
    else if (m_form == Form::Objects && m_objects.count() == 1 && m_objects.closed())
        m_response->endOfBody();
}

bool ChatCall::isWhole(const HttpOutcome &outcome) const
{
    if (m_response->error() || !m_response->sawAnswer() || !m_badPiece.isEmpty() || m_oversized ||
        m_objects.broken())
        return false;
    if (!m_done && !m_response->finished())
        return false;
    // A stream says itself where it ends; a body is whole only if the connection agrees.
    return m_form == Form::Events || m_request.stream || outcome.end == HttpEnd::Complete;
}

CallResult ChatCall::result(const HttpOutcome &outcome, const FailureClassifier &classifier)
{
    m_head = outcome.head;
    readTail();
    CallResult result;
    result.rateLimits = rateLimitsIn(m_head, m_clock.utcNow());
    if (!isWhole(outcome))
        result.failure = failure(outcome, classifier);
    const auto firstToken = m_completion.firstToken;
    if (outcome.end != HttpEnd::Cancelled)
        show(m_shown.rest());
    m_completion = m_response->completion();
    m_completion.firstToken = firstToken;
    takeKeysOut();
    m_completion.finishReason = classifier.clean(m_completion.finishReason);
    m_completion.servedModel = classifier.clean(m_completion.servedModel);
    m_completion.requestId = classifier.requestIdIn(m_head);
    const auto now = m_clock.steadyNow() - m_start;
    m_completion.total = result.ok() ? m_lastAnswer.value_or(now) : now;
    fillUsage();
    result.completion = std::move(m_completion);
    return result;
}

// A server may repeat the key that it was called with, and a model what it was told.
void ChatCall::takeKeysOut()
{
    m_completion.text = withoutKnownKeys(m_completion.text);
    m_completion.reasoning = withoutKnownKeys(m_completion.reasoning);
    for (ToolCall &call : m_completion.toolCalls) {
        for (QString *words : {&call.id, &call.name, &call.arguments})
            *words = withoutKnownKeys(*words);
    }
}

std::optional<CallFailure> ChatCall::failure(const HttpOutcome &outcome,
                                             const FailureClassifier &classifier) const
{
    const bool begun = m_response->begun();
    if (outcome.end == HttpEnd::Cancelled)
        return classifier.ofEnd(outcome, begun);
    if (m_head.status >= 300)
        return classifier.ofStatus(m_head, m_body);
    if (m_response->error())
        return classifier.ofAnswer(m_head, *m_response->error(), begun);
    if (const auto problem = nonsense(outcome)) {
        const QString detail =
            m_badPiece.isEmpty() ? apiErrorOfBody(m_body).message : QString::fromUtf8(m_badPiece);
        return classifier.ofNonsense(m_head, *problem, detail, begun);
    }
    return classifier.ofEnd(outcome, begun);
}

// None where the answer made sense as far as it came.
std::optional<QString> ChatCall::nonsense(const HttpOutcome &outcome) const
{
    if (m_oversized)
        return Texts::tr("one piece of it is longer than 16 MiB");
    if (!m_badPiece.isEmpty())
        return m_form == Form::Events ? Texts::tr("a piece of the stream is not JSON")
                                      : Texts::tr("the answer is not valid JSON");
    if (m_objects.broken())
        return Texts::tr("the answer is not valid JSON");
    if (outcome.end != HttpEnd::Complete && outcome.end != HttpEnd::Stopped)
        return std::nullopt;
    switch (m_form) {
    case Form::Unknown:
        return Texts::tr("the answer is empty");
    case Form::Other:
        if (!m_head.header("content-encoding").isEmpty())
            return Texts::tr("the answer is compressed although that was declined");
        return Texts::tr("the answer is neither JSON nor an event stream");
    case Form::Objects:
        // Objects that came before the cut are a stream's; a cut in the only one spoils it.
        if (m_response->sawAnswer())
            return std::nullopt;
        return m_objects.closed() ? Texts::tr("the answer holds nothing that was asked for")
                                  : Texts::tr("the answer is not valid JSON");
    case Form::Events:
        if (isOver())
            return Texts::tr("the stream holds no answer");
        break;
    }
    return std::nullopt;
}

// What was answered was also billed, wholly or in part.
void ChatCall::fillUsage()
{
    if (m_head.status < 200 || m_head.status >= 300)
        return;
    const catalog::TokenUsage estimate =
        estimatedUsage(m_request.messages, m_completion.text + m_completion.reasoning);
    if (!m_response->usage()) {
        m_completion.usage = estimate;
        return;
    }
    catalog::TokenUsage &usage = m_completion.usage;
    usage = *m_response->usage();
    if (m_response->mayCutInput() && m_response->countsInput() &&
        wasPromptCut(usage.freshInput, estimate.freshInput))
        m_completion.remark =
            Texts::tr("the server read %1 of about %2 tokens sent: its context "
                      "(num_ctx) is too small, or it still held the rest")
                .arg(QLocale().toString(usage.freshInput), QLocale().toString(estimate.freshInput));
    if (!m_response->countsInput())
        usage.freshInput = qMax(usage.freshInput, estimate.freshInput);
    if (!m_response->countsOutput())
        usage.output = qMax(usage.output, estimate.output);
    usage.estimated = usage.estimated || !m_response->countsInput() || !m_response->countsOutput();
}

} // namespace headgate::providers
