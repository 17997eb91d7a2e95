#include "core/providers/failure_classifier.h"

#include "core/providers/failure_words.h"
#include "core/providers/retry_after.h"
#include "core/providers/texts.h"

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLongestWait{60'000};
constexpr qsizetype kDetailBytes = 8 * 1024;
constexpr qsizetype kRequestIdLength = 200;

QString shortened(const QString &text)
{
    QByteArray bytes = text.toUtf8();
    if (bytes.size() <= kDetailBytes)
        return text;
    qsizetype end = kDetailBytes;
    while (end > 0 && (uchar(bytes[end]) & 0xC0) == 0x80)
        --end;
    return QString::fromUtf8(bytes.first(end));
}

QString wordsOf(const ApiError &error)
{
    QStringList extra;
    for (const QString &word : {error.type, error.code, error.param}) {
        if (!word.isEmpty() && !extra.contains(word))
            extra.append(word);
    }
    return extra.isEmpty() ? error.message : error.message + u" ["_s + extra.join(u", "_s) + u']';
}

// Tells what happened and what to do about it.
QString sentenceFor(const CallFailure &failure, const Endpoint &endpoint)
{
    const QString &name = endpoint.name;
    const int status = failure.httpStatus;
    switch (failure.failureClass) {
    case FailureClass::Request:
        return Texts::tr("“%1” did not understand the request (HTTP %2). Check the model's "
                         "parameters.")
            .arg(name)
            .arg(status);
    case FailureClass::Capability:
        return Texts::tr("The model of “%1” cannot do what the request asks for. Change its "
                         "parameters or choose another model.")
            .arg(name);
    case FailureClass::Auth:
        if (endpoint.keyVariable.isEmpty())
            return Texts::tr("“%1” wants a key. Name its environment variable in the provider's "
                             "settings.")
                .arg(name);
        return Texts::tr("“%1” refused the key. Check the environment variable %2.")
            .arg(name, endpoint.keyVariable);
    case FailureClass::Credit:
        return Texts::tr("The account at “%1” has no credit or has reached its spending limit.")
            .arg(name);
    case FailureClass::Permission:
        return Texts::tr("The key for “%1” does not allow this model or call.").arg(name);
    case FailureClass::Moderation:
        return Texts::tr("“%1” refused the content of the query.").arg(name);
    case FailureClass::NotFound:
        return Texts::tr("“%1” has no such model or path. Check the model's name and the base URL.")
            .arg(name);
    case FailureClass::TooLarge:
        return Texts::tr("The query is too large for “%1”.").arg(name);
    case FailureClass::Rate:
        return Texts::tr("“%1” takes no more calls for now.").arg(name);
    case FailureClass::Transient:
        return Texts::tr("“%1” has a passing problem (HTTP %2).").arg(name).arg(status);
    default:
        return Texts::tr("“%1” reported an error inside its answer.").arg(name);
    }
}

QString sentenceFor(HttpEnd end, const QString &name)
{
    switch (end) {
    case HttpEnd::Cancelled:
        return Texts::tr("Stopped.");
    case HttpEnd::ConnectTimeout:
        return Texts::tr("No connection to “%1” came about in time.").arg(name);
    case HttpEnd::FirstByteTimeout:
        return Texts::tr("“%1” did not begin to answer in time.").arg(name);
    case HttpEnd::IdleTimeout:
        return Texts::tr("“%1” fell silent.").arg(name);
    case HttpEnd::TotalTimeout:
        return Texts::tr("“%1” did not finish its answer in time.").arg(name);
    case HttpEnd::NameNotFound:
        return Texts::tr("The name of the server of “%1” was not found. Check the base URL.")
            .arg(name);
    case HttpEnd::Refused:
        return Texts::tr("The server of “%1” refused the connection. Check that it runs.")
            .arg(name);
    case HttpEnd::BadCertificate:
        return Texts::tr("The certificate of “%1” is not trusted, so nothing was sent.").arg(name);
    case HttpEnd::CertificateFile:
        return Texts::tr("“%1” was not called, for its own certificate file is of no use.")
            .arg(name);
    case HttpEnd::NoSecureConnection:
        return Texts::tr("No secure connection to “%1” could be agreed on, so nothing was sent.")
            .arg(name);
    case HttpEnd::HandshakeClosed:
        return Texts::tr("“%1” closed the connection while a secure one was being agreed on, so "
                         "nothing was sent.")
            .arg(name);
    case HttpEnd::Proxy:
        return Texts::tr("The proxy on the way to “%1” failed. Check the proxy settings.")
            .arg(name);
    case HttpEnd::Malformed:
        return Texts::tr("“%1” answered something that is not HTTP.").arg(name);
    case HttpEnd::HeadTooLarge:
        return Texts::tr("The headers that “%1” sent are too large.").arg(name);
    case HttpEnd::BodyTooLarge:
        return Texts::tr("The answer of “%1” is too large.").arg(name);
    case HttpEnd::NoThread:
        return Texts::tr("The name of the server of “%1” could not be looked up: the system gives "
                         "no further thread. Close other programs and try again.")
            .arg(name);
    case HttpEnd::NoMemory:
        return Texts::tr("This machine has too little memory left for the call of “%1”. Close "
                         "other programs and try again.")
            .arg(name);
    default:
        return Texts::tr("“%1” closed the connection before its answer was whole.").arg(name);
    }
}

std::pair<FailureClass, Advice> verdictOn(HttpEnd end, bool headSeen, bool begun)
{
    const Advice again = begun ? Advice::Next : Advice::Retry;
    switch (end) {
    case HttpEnd::Cancelled:
        return {FailureClass::Cancelled, Advice::Stop};
    case HttpEnd::FirstByteTimeout:
    case HttpEnd::IdleTimeout:
    case HttpEnd::TotalTimeout:
        return {FailureClass::Timeout, Advice::Next};
    case HttpEnd::ConnectTimeout:
    case HttpEnd::NameNotFound:
    case HttpEnd::Refused:
    case HttpEnd::HandshakeClosed:
    case HttpEnd::Proxy:
        return {FailureClass::Transport, Advice::Retry};
    case HttpEnd::BadCertificate:
    case HttpEnd::CertificateFile:
    case HttpEnd::NoSecureConnection:
        return {FailureClass::Security, Advice::Next};
    case HttpEnd::Malformed:
        return {FailureClass::Protocol, again};
    case HttpEnd::HeadTooLarge:
    case HttpEnd::BodyTooLarge:
        return {FailureClass::Protocol, Advice::Next};
    case HttpEnd::NoMemory:
        return {FailureClass::TooLarge, Advice::Next};
    case HttpEnd::NoThread:
        return {FailureClass::Transport, Advice::Next};
    default:
        break;
    }
    if (headSeen)
        return {FailureClass::Truncated, again};
    return {FailureClass::Transport, Advice::Retry};
}

// What asks for too long a wait is not tried again.
Advice withinPatience(const CallFailure &failure)
{
    const bool tooLong = failure.retryAfter.value_or(milliseconds(0)) > kLongestWait;
    return tooLong && failure.advice == Advice::Retry ? Advice::Next : failure.advice;
}

} // namespace

QString FailureClassifier::requestIdIn(const HttpHead &head) const
{
    for (const char *name : {"x-request-id", "request-id", "x-generation-id", "apim-request-id",
                             "x-amzn-requestid", "cf-ray"}) {
        if (const QByteArray id = head.header(name); !id.isEmpty())
            return clean(QString::fromUtf8(id)).left(kRequestIdLength);
    }
    return {};
}

// The only way out: everything that leaves here has been through clean().
CallFailure FailureClassifier::sealed(CallFailure failure, const HttpHead &head,
                                      const QString &detail) const
{
    failure.httpStatus = head.status;
    if (failure.message.isEmpty())
        failure.message = sentenceFor(failure, m_endpoint);
    failure.message = clean(failure.message);
    failure.detail = shortened(clean(detail));
    failure.requestId = requestIdIn(head);
    return failure;
}

std::optional<milliseconds> FailureClassifier::waitAskedFor(const HttpHead &head,
                                                            const ApiError &error) const
{
    const auto asked = retryAfter(head, m_clock.utcNow());
    return asked ? asked : error.retryAfter;
}

// Empty where it is no quota of a day.
QString FailureClassifier::quotaSentence(const ApiError &error) const
{
    return error.dailyQuota ? Texts::tr("“%1” takes no more calls today: the key's daily quota is "
                                        "used up.")
                                  .arg(m_endpoint.name)
                            : QString();
}

CallFailure FailureClassifier::noKey(const QString &reason) const
{
    CallFailure failure;
    failure.failureClass = FailureClass::Auth;
    failure.advice = Advice::Next;
    failure.message = reason;
    return sealed(std::move(failure), {}, {});
}

CallFailure FailureClassifier::notExpressible(const QString &reason) const
{
    CallFailure failure;
    failure.failureClass = FailureClass::Capability;
    failure.advice = Advice::Next;
    failure.message = reason;
    return sealed(std::move(failure), {}, {});
}

CallFailure FailureClassifier::ofStatus(const HttpHead &head, QByteArrayView body) const
{
    CallFailure failure;
    if (head.status < 400) {
        failure.failureClass = FailureClass::Redirect;
        failure.advice = Advice::Stop;
        const QUrl target =
            endpointUrl(m_endpoint, {}).resolved(QUrl(QString::fromUtf8(head.header("location"))));
        failure.message =
            Texts::tr("“%1” points to another address, %2. Redirects are not followed; if the "
                      "address is right, make it the base URL.")
                .arg(m_endpoint.name,
                     target.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery));
        return sealed(std::move(failure), head, QString::fromUtf8(head.header("location")));
    }
    const ApiError error = apiErrorOfBody(body);
    const auto [failureClass, advice] = verdictOnStatus(head.status, error);
    failure.failureClass = failureClass;
    failure.advice = advice;
    failure.message = quotaSentence(error);
    failure.retryAfter = waitAskedFor(head, error);
    const QByteArray shouldRetry = head.header("x-should-retry").trimmed().toLower();
    if (shouldRetry == "true")
        failure.advice = Advice::Retry;
    else if (shouldRetry == "false" && failure.advice == Advice::Retry)
        failure.advice = Advice::Next;
    failure.advice = withinPatience(failure);
    return sealed(std::move(failure), head, wordsOf(error));
}

CallFailure FailureClassifier::ofAnswer(const HttpHead &head, const ApiError &error,
                                        bool begun) const
{
    CallFailure failure;
    const auto [failureClass, advice] = verdictOnWords(error);
    failure.failureClass = failureClass;
    failure.advice = begun && advice == Advice::Retry ? Advice::Next : advice;
    failure.message = quotaSentence(error);
    failure.retryAfter = waitAskedFor(head, error);
    failure.advice = withinPatience(failure);
    return sealed(std::move(failure), head, wordsOf(error));
}

CallFailure FailureClassifier::ofNonsense(const HttpHead &head, const QString &problem,
                                          const QString &detail, bool begun) const
{
    CallFailure failure;
    failure.failureClass = FailureClass::Protocol;
    failure.advice = begun ? Advice::Next : Advice::Retry;
    failure.message = Texts::tr("“%1” answered, but not as %2 does: %3.")
                          .arg(m_endpoint.name, serverKindOf(m_endpoint), problem);
    return sealed(std::move(failure), head, detail);
}

CallFailure FailureClassifier::ofEnd(const HttpOutcome &outcome, bool begun) const
{
    CallFailure failure;
    const auto [failureClass, advice] = verdictOn(outcome.end, outcome.head.status != 0, begun);
    failure.failureClass = failureClass;
    failure.advice = advice;
    failure.message = sentenceFor(outcome.end, m_endpoint.name);
    if (outcome.end == HttpEnd::BadCertificate)
        failure.message += u' ' + Texts::tr("The fault: %1.").arg(outcome.detail);
    if (outcome.end == HttpEnd::CertificateFile)
        failure.message += u' ' + outcome.detail;
    return sealed(std::move(failure), outcome.head, outcome.detail);
}

} // namespace headgate::providers
