#include "core/providers/model_list.h"

#include "core/common/json.h"
#include "core/providers/json_repair.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::providers)
};

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

tl::unexpected<Error> failFrom(const CallFailure &failure)
{
    return fail(codeOf(failure.failureClass), failure.message, failure.detail);
}

} // namespace

Reading ModelListCall::head(const HttpHead &head)
{
    m_status = head.status;
    if (head.status >= 300 && head.status < 400)
        return Reading::Stop;
    return head.status >= 400 ? Reading::Finishing : Reading::Waiting;
}

Reading ModelListCall::bytes(QByteArrayView bytes)
{
    m_body.append(bytes);
    return m_status >= 400 ? Reading::Waiting : Reading::Answering;
}

Result<Protocol::ModelPage> ModelListCall::result(const HttpOutcome &outcome,
                                                  const FailureClassifier &classifier) const
{
    if (outcome.end != HttpEnd::Cancelled && outcome.head.status >= 300)
        return failFrom(classifier.ofStatus(outcome.head, m_body));
    if (outcome.end != HttpEnd::Complete)
        return failFrom(classifier.ofEnd(outcome, false));
    const auto answer = parseJson(repairedJson(m_body));
    if (answer) {
        if (auto page = m_protocol.modelsIn(*answer))
            return std::move(*page);
        if (const auto error = apiErrorIn(*answer))
            return failFrom(classifier.ofAnswer(outcome.head, *error, false));
    }
    return failFrom(classifier.ofNonsense(outcome.head, Texts::tr("there is no list of models"),
                                          apiErrorOfBody(m_body).message, false));
}

} // namespace headgate::providers
