#pragma once

#include "core/evaluation/outcome_builder.h"

#include <functional>

namespace simdjson::dom {
class object;
}

namespace headgate::evaluation {

// Takes one model's outcome; what its texts point to lives for the call.
using OutcomeSink = std::function<Result<>(QByteArrayView model, const Outcome &outcome)>;

// Reads the "models" of a row of an outcome file: {<name>: {"quality", "cost_usd", …}}; see
// readOutcomes(). The error is a part of a sentence that names the model, or is the sink's.
[[nodiscard]] Result<> readModelOutcomes(const simdjson::dom::object &models,
                                         const OutcomeSink &sink);
// The same of a JSON text.
[[nodiscard]] Result<> readModelOutcomes(const QByteArray &models, const OutcomeSink &sink);

} // namespace headgate::evaluation
