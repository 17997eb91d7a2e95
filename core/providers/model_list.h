#pragma once

#include "core/common/result.h"
#include "core/providers/failure_classifier.h"
#include "core/providers/http_transport.h"

#include <QStringList>

namespace headgate::providers {

// The answer to GET {base}/models on its way.
class ModelListCall final : public BodySink
{
public:
    Reading head(const HttpHead &head) override;
    Reading bytes(QByteArrayView bytes) override;

    // Names in the order in which the server gave them, each once.
    Result<QStringList> result(const HttpOutcome &outcome,
                               const FailureClassifier &classifier) const;

private:
    int m_status = 0;
    QByteArray m_body;
};

} // namespace headgate::providers
