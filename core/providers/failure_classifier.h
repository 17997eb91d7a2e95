#pragma once

#include "core/common/clock.h"
#include "core/common/redaction.h"
#include "core/common/secrets.h"
#include "core/providers/api_error.h"
#include "core/providers/endpoint.h"
#include "core/providers/http_transport.h"
#include "core/providers/provider.h"

namespace headgate::providers {

// What one call's failure is told with. The references outlive the classifier.
class FailureClassifier
{
public:
    FailureClassifier(const Endpoint &endpoint, const SecretKey &key, const Clock &clock)
        : m_endpoint(endpoint)
        , m_key(key)
        , m_clock(clock)
    {
    }

    // No key to send: nothing was asked.
    CallFailure noKey(const QString &reason) const;
    // The protocol cannot carry what the request holds: nothing was asked.
    CallFailure notExpressible(const QString &reason) const;
    // The server answered with a status that is no success.
    CallFailure ofStatus(const HttpHead &head, QByteArrayView body) const;
    // An error inside an answer that began as a success. `begun`: some of the answer had come.
    CallFailure ofAnswer(const HttpHead &head, const ApiError &error, bool begun) const;
    // The answer was no answer of this protocol.
    CallFailure ofNonsense(const HttpHead &head, const QString &problem, const QString &detail,
                           bool begun) const;
    // The exchange ended before the answer did.
    CallFailure ofEnd(const HttpOutcome &outcome, bool begun) const;

    // `text` without the key, or any other.
    QString clean(const QString &text) const { return redacted(m_key.removedFrom(text)); }
    // The server's name of this call, for its support; empty where it gave none.
    QString requestIdIn(const HttpHead &head) const;

private:
    std::optional<std::chrono::milliseconds> waitAskedFor(const HttpHead &head,
                                                          const ApiError &error) const;
    QString quotaSentence(const ApiError &error) const;
    CallFailure sealed(CallFailure failure, const HttpHead &head, const QString &detail) const;

    const Endpoint &m_endpoint;
    const SecretKey &m_key;
    const Clock &m_clock;
};

} // namespace headgate::providers
