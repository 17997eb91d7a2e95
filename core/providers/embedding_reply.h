#pragma once

#include "core/providers/embedding.h"
#include "core/providers/failure_classifier.h"
#include "core/providers/protocol.h"

namespace headgate::providers {

// A list of numbers, or base64 of little-endian 32-bit floats. Empty where it is neither or holds
// what is no number.
QList<float> vectorIn(const simdjson::dom::element &value);
// The vector at length one; a vector of zeros stays as it is.
QList<float> unitVector(QList<float> vector);

// The vectors of `count` texts in a body that came whole; else why there are none. A vector too
// few, or of another length than the others, spoils all.
Result<Embeddings> embeddingsInBody(const QByteArray &body, qsizetype count,
                                    const HttpOutcome &outcome, const Protocol &protocol,
                                    const Endpoint &endpoint, const FailureClassifier &classifier);

} // namespace headgate::providers
