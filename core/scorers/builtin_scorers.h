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

// These ask. "compare" says what of two answers is compared: "final" (what they come to), "text"
// (their words), "number", "choice".

// {"model": …, "rubric": …, "scale": 10}: the share of full marks that the model gives.
Result<std::unique_ptr<Scorer>> makeJudgeScorer(const Json &options);
// {"samples": 3, "temperature": 0.7, "compare": "final"}: how far the answer agrees with further
// ones of the same model, in the mean.
Result<std::unique_ptr<Scorer>> makeSelfConsistencyScorer(const Json &options);
// {"model": …, "compare": "final"}: how far it agrees with what that model answers.
Result<std::unique_ptr<Scorer>> makeAgreementScorer(const Json &options);

} // namespace headgate::scorers
