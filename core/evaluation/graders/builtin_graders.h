#pragma once

#include "core/evaluation/graders/grader.h"

namespace headgate::evaluation {

// One description a kind; grader_registry.cpp lists them. Each reads its options from the data
// set's grader config and keeps to its defaults where one is absent. "separator" says what stands
// between several expected answers, any of which will do; none by default.

// {"separator"}: the same characters, but for white space around them.
GraderKind exactGrader();
// {"articles": false, "separator"}: the same words, whatever their case, punctuation and white
// space; "a", "an" and "the" count only where "articles" is set (as SQuAD's evaluation compares).
GraderKind textGrader();
// {"absolute": 0, "relative": 1e-9, "decimal": "." | ","}: the last number of the answer is that of
// the expected one, to within the larger of both tolerances.
GraderKind numberGrader();
// {"choices": 4}: the letter that the answer states (A to D, say).
GraderKind choiceGrader();
// {"texts": [expected], "separator", "mode": "all" | "any", "case_sensitive": false,
// "whole_words": false}: these texts are in the answer.
GraderKind containsGrader();
// {"pattern", "case_sensitive": true}: the pattern is found in the answer.
GraderKind regexGrader();
// {}: the answer is JSON; a code fence around all of it is no fault.
GraderKind jsonGrader();
// {"schema"}: the answer is JSON that fits.
GraderKind jsonSchemaGrader();
// {"model", "rubric", "scale": 10}: a model's verdict, 0 to scale, by the rubric.
GraderKind judgeGrader();
// {}: a person's vote.
GraderKind thumbsGrader();

} // namespace headgate::evaluation
