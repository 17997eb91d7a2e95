#pragma once

#include "core/providers/failure_classifier.h"
#include "core/providers/http_transport.h"

namespace headgate::providers {

// Gathers an answer that is of use only when it is whole, such as a list of models.
class WholeBody final : public BodySink
{
public:
    Reading head(const HttpHead &head) override;
    Reading bytes(QByteArrayView bytes) override;

    // The body of a success; else what went wrong.
    Result<QByteArray> result(const HttpOutcome &outcome,
                              const FailureClassifier &classifier) const;

private:
    int m_status = 0;
    QByteArray m_body;
};

// A call's failure where only a Result can tell of it.
tl::unexpected<Error> failFrom(const CallFailure &failure);

} // namespace headgate::providers
