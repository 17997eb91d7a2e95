#pragma once

#include "core/providers/failure_classifier.h"
#include "core/providers/protocol.h"

namespace headgate::providers {

// One page of a provider's list of models on its way.
class ModelListCall final : public BodySink
{
public:
    explicit ModelListCall(const Protocol &protocol) // outlives it
        : m_protocol(protocol)
    {
    }

    Reading head(const HttpHead &head) override;
    Reading bytes(QByteArrayView bytes) override;

    Result<Protocol::ModelPage> result(const HttpOutcome &outcome,
                                       const FailureClassifier &classifier) const;

private:
    const Protocol &m_protocol;
    int m_status = 0;
    QByteArray m_body;
};

} // namespace headgate::providers
