#include "core/providers/openai_call.h"

#include "core/providers/openai_usage.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::providers)
};

// Far more than is shown, so that a key at the cut cannot be shown in part.
constexpr qsizetype kErrorBodyBytes = 64 * 1024;
constexpr qsizetype kBadEventBytes = 16 * 1024;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

QByteArrayView withoutMark(QByteArrayView bytes)
{
    return bytes.startsWith("\xEF\xBB\xBF") ? bytes.sliced(3) : bytes;
}

} // namespace

OpenAiCall::OpenAiCall(const CompletionRequest &request, const Endpoint &endpoint,
                       const Clock &clock)
    : m_request(request)
    , m_clock(clock)
    , m_start(clock.steadyNow())
    , m_events([this](const SseEvent &event) { takeEvent(event); })
    , m_response(endpoint.dialect)
{
}

Reading OpenAiCall::head(const HttpHead &head)
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

Reading OpenAiCall::bytes(QByteArrayView bytes)
{
    if (m_head.status >= 400)
        return errorBytes(bytes);
    switch (m_form) {
    case Form::Unknown:
        return undecidedBytes(bytes);
    case Form::Json:
        return jsonBytes(bytes);
    case Form::Events:
        return eventBytes(bytes);
    case Form::Other:
        return errorBytes(bytes);
    }
    return Reading::Stop;
}

Reading OpenAiCall::errorBytes(QByteArrayView bytes)
{
    m_body.append(bytes.first(qMin(bytes.size(), kErrorBodyBytes - m_body.size())));
    return m_body.size() >= kErrorBodyBytes ? Reading::Stop : Reading::Waiting;
}

Reading OpenAiCall::undecidedBytes(QByteArrayView bytes)
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
        m_form = Form::Json;
        m_body = text.toByteArray();
        return Reading::Answering;
    }
    m_form = Form::Other;
    return Reading::Answering;
}

Reading OpenAiCall::jsonBytes(QByteArrayView bytes)
{
    m_body.append(bytes);
    return Reading::Answering;
}

Reading OpenAiCall::eventBytes(QByteArrayView bytes)
{
    m_eventInPiece = false;
    if (!m_events.feed(bytes)) {
        m_oversized = true;
        return Reading::Stop;
    }
    if (m_response.error() || !m_badEvent.isEmpty())
        return Reading::Stop;
    if (m_done)
        return Reading::Finished;
    if (!m_eventInPiece)
        return Reading::Waiting;
    return m_response.finished() ? Reading::Finishing : Reading::Answering;
}

void OpenAiCall::takeEvent(const SseEvent &event)
{
    if (m_done || m_response.error() || !m_badEvent.isEmpty())
        return;
    m_eventInPiece = true;
    const QByteArrayView data = event.data.trimmed();
    if (data == "[DONE]") {
        m_done = true;
        m_lastAnswer = m_clock.steadyNow() - m_start;
        return;
    }
    if (event.name == "error") {
        m_response.readError(data);
        return;
    }
    if (m_response.read(data))
        readPiece();
    else if (!m_ending) // a rest at the end of the stream is a cut, not nonsense
        m_badEvent = data.first(qMin(data.size(), kBadEventBytes)).toByteArray();
}

void OpenAiCall::readPiece()
{
    const auto now = m_clock.steadyNow() - m_start;
    m_lastAnswer = now;
    if (!m_completion.firstToken && m_response.begun())
        m_completion.firstToken = now;
    if (!m_response.newText().isEmpty() && m_request.onText)
        m_request.onText(m_response.newText());
}

// What can only be read when the stream has ended.
void OpenAiCall::readTail()
{
    m_ending = true;
    if (m_head.status < 200 || m_head.status >= 300)
        return;
    if (m_form == Form::Events) {
        m_events.finish();
    } else if (m_form == Form::Json && m_response.read(m_body)) {
        m_done = true;
        // All of it came at once: there is no first token to tell of.
        m_lastAnswer = m_clock.steadyNow() - m_start;
        if (!m_response.newText().isEmpty() && m_request.onText)
            m_request.onText(m_response.newText());
    }
}

bool OpenAiCall::isWhole() const
{
    if (m_response.error() || !m_response.sawChoices() || !m_badEvent.isEmpty() || m_oversized)
        return false;
    return m_done || (m_form == Form::Events && m_response.finished());
}

CallResult OpenAiCall::result(const HttpOutcome &outcome, const FailureClassifier &classifier)
{
    m_head = outcome.head;
    readTail();
    CallResult result;
    // A body is whole only if the connection agrees; a stream says itself where it ends.
    const bool cut = m_form == Form::Json && outcome.end != HttpEnd::Complete;
    if (!isWhole() || cut)
        result.failure = failure(outcome, classifier);
    const auto firstToken = m_completion.firstToken;
    m_completion = m_response.completion();
    m_completion.firstToken = firstToken;
    m_completion.finishReason = classifier.clean(m_completion.finishReason);
    m_completion.servedModel = classifier.clean(m_completion.servedModel);
    m_completion.requestId = classifier.requestIdIn(m_head);
    const auto now = m_clock.steadyNow() - m_start;
    m_completion.total = result.ok() ? m_lastAnswer.value_or(now) : now;
    fillUsage();
    result.completion = std::move(m_completion);
    return result;
}

std::optional<CallFailure> OpenAiCall::failure(const HttpOutcome &outcome,
                                               const FailureClassifier &classifier) const
{
    const bool begun = m_response.begun();
    if (outcome.end == HttpEnd::Cancelled)
        return classifier.ofEnd(outcome, begun);
    if (m_head.status >= 300)
        return classifier.ofStatus(m_head, m_body);
    if (m_response.error())
        return classifier.ofAnswer(m_head, *m_response.error(), begun);
    if (const auto problem = nonsense(outcome)) {
        const QString detail =
            m_form == Form::Events ? QString::fromUtf8(m_badEvent) : apiErrorOfBody(m_body).message;
        return classifier.ofNonsense(m_head, *problem, detail, begun);
    }
    return classifier.ofEnd(outcome, begun);
}

// None where the answer made sense as far as it came.
std::optional<QString> OpenAiCall::nonsense(const HttpOutcome &outcome) const
{
    if (m_oversized)
        return Texts::tr("one line of it is longer than 16 MiB");
    if (!m_badEvent.isEmpty())
        return Texts::tr("a piece of the stream is not JSON");
    if (outcome.end != HttpEnd::Complete && outcome.end != HttpEnd::Stopped)
        return std::nullopt;
    switch (m_form) {
    case Form::Unknown:
        return Texts::tr("the answer is empty");
    case Form::Other:
        if (!m_head.header("content-encoding").isEmpty())
            return Texts::tr("the answer is compressed although that was declined");
        return Texts::tr("the answer is neither JSON nor an event stream");
    case Form::Json:
        return m_done ? Texts::tr("the answer holds no choices")
                      : Texts::tr("the answer is not valid JSON");
    case Form::Events:
        if (m_done)
            return Texts::tr("the stream holds no choices");
        break;
    }
    return std::nullopt;
}

// What was answered was also billed, wholly or in part.
void OpenAiCall::fillUsage()
{
    if (m_response.usage())
        m_completion.usage = *m_response.usage();
    else if (m_head.status >= 200 && m_head.status < 300)
        m_completion.usage =
            estimatedUsage(m_request.messages, m_completion.text + m_completion.reasoning);
}

} // namespace headgate::providers
