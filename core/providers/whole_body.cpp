#include "core/providers/whole_body.h"

namespace headgate::providers {

namespace {

ErrorCode codeOf(FailureClass failureClass)
{
    switch (failureClass) {
    case FailureClass::Transport:
    case FailureClass::Transient:
    case FailureClass::Security:
    case FailureClass::Truncated:
        return ErrorCode::Network;
    case FailureClass::Timeout:
        return ErrorCode::Timeout;
    case FailureClass::Auth:
    case FailureClass::Permission:
    case FailureClass::Credit:
        return ErrorCode::Unauthorized;
    case FailureClass::NotFound:
        return ErrorCode::NotFound;
    case FailureClass::Rate:
        return ErrorCode::RateLimited;
    case FailureClass::Cancelled:
        return ErrorCode::Cancelled;
    default:
        return ErrorCode::Protocol;
    }
}

} // namespace

tl::unexpected<Error> failFrom(const CallFailure &failure)
{
    return fail(codeOf(failure.failureClass), failure.message, failure.detail);
}

Reading WholeBody::head(const HttpHead &head)
{
    m_status = head.status;
    if (head.status >= 300 && head.status < 400)
        return Reading::Stop;
    return head.status >= 400 ? Reading::Finishing : Reading::Waiting;
}

Reading WholeBody::bytes(QByteArrayView bytes)
{
    m_body.append(bytes);
    return m_status >= 400 ? Reading::Waiting : Reading::Answering;
}

Result<QByteArray> WholeBody::result(const HttpOutcome &outcome,
                                     const FailureClassifier &classifier) const
{
    if (outcome.end != HttpEnd::Cancelled && outcome.head.status >= 300)
        return failFrom(classifier.ofStatus(outcome.head, m_body));
    if (outcome.end != HttpEnd::Complete)
        return failFrom(classifier.ofEnd(outcome, false));
    return m_body;
}

} // namespace headgate::providers
