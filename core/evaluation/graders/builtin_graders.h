#pragma once

#include "core/evaluation/graders/grader.h"

namespace headgate::evaluation {

// One factory a kind; grader_registry.cpp lists them. Each reads its options from the data set's
// grader config and keeps to its defaults where one is absent. "separator" says what stands between
// several expected answers, any of which will do; none by default.

// {"separator"}: the same characters, but for white space around them.
Result<std::unique_ptr<Grader>> makeExactGrader(const Json &options);
// {"articles": false, "separator"}: the same words, whatever their case, punctuation and white
// space; "a", "an" and "the" count only where "articles" is set (as SQuAD's evaluation compares).
Result<std::unique_ptr<Grader>> makeTextGrader(const Json &options);
// {"absolute": 0, "relative": 1e-9, "decimal": "." | ","}: the last number of the answer is that of
// the expected one, to within the larger of both tolerances.
Result<std::unique_ptr<Grader>> makeNumberGrader(const Json &options);
// {"choices": 4}: the letter that the answer states (A to D, say).
Result<std::unique_ptr<Grader>> makeChoiceGrader(const Json &options);
// {"texts": [expected], "separator", "mode": "all" | "any", "case_sensitive": false,
// "whole_words": false}: these texts are in the answer.
Result<std::unique_ptr<Grader>> makeContainsGrader(const Json &options);
// {"pattern", "case_sensitive": true}: the pattern is found in the answer.
Result<std::unique_ptr<Grader>> makeRegexGrader(const Json &options);
// {}: the answer is JSON; a code fence around all of it is no fault.
Result<std::unique_ptr<Grader>> makeJsonGrader(const Json &options);
// {"schema"}: the answer is JSON that fits.
Result<std::unique_ptr<Grader>> makeJsonSchemaGrader(const Json &options);
// {"model", "rubric", "scale": 10}: a model's verdict, 0 to scale, by the rubric.
Result<std::unique_ptr<Grader>> makeJudgeGrader(const Json &options);
// {}: a person's vote.
Result<std::unique_ptr<Grader>> makeThumbsGrader(const Json &options);

} // namespace headgate::evaluation
