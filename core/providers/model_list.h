#pragma once

#include "core/providers/failure_classifier.h"
#include "core/providers/protocol.h"

namespace headgate::providers {

// The page of models in a body that came whole; else why there is none.
Result<Protocol::ModelPage> modelPageIn(const QByteArray &body, const HttpOutcome &outcome,
                                        const Protocol &protocol,
                                        const FailureClassifier &classifier);

} // namespace headgate::providers
