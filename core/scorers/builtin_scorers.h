#pragma once

#include "core/scorers/scorer.h"

namespace headgate::scorers {

// One factory a kind; scorer_registry.cpp lists them. Each reads its options from the entry of the
// gate's list, keeps to its defaults where one is absent, and refuses a wrong one with a sentence.

// {"aggregate": "mean" | "min"}: exp of the mean (the geometric mean of the tokens' probabilities)
// or of the least likely token.
Result<std::unique_ptr<Scorer>> makeLogProbabilityScorer(const Json &options);
// 0 where the answer reads as a refusal, else 1.
Result<std::unique_ptr<Scorer>> makeRefusalScorer(const Json &options);
// 0 where the provider says that it cut the answer, else 1.
Result<std::unique_ptr<Scorer>> makeTruncationScorer(const Json &options);
// {"min_characters": 1, "max_characters": null}: 1 within, falling in proportion outside.
Result<std::unique_ptr<Scorer>> makeLengthScorer(const Json &options);
// {"format": "regex" | "json" | "json_schema", "pattern": …, "schema": …}: 1 or 0.
Result<std::unique_ptr<Scorer>> makeFormatScorer(const Json &options);

} // namespace headgate::scorers
