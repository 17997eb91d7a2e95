#pragma once

#include "core/evaluation/graders/grader.h"

#include <qcoro/qcorotask.h>

#include <stop_token>

namespace headgate::evaluation {

// How a judge is reached: its reply, or why there is none.
using AskJudge =
    std::function<QCoro::Task<Result<QString>>(JudgeQuestion question, std::stop_token stop)>;

// The grade of an answer; a model is asked first where the grader needs that. What `ask` fails with
// is the result. The grader outlives the task.
QCoro::Task<Result<Grade>> gradeAnswer(const Grader &grader, GradedAnswer answer, AskJudge ask,
                                       std::stop_token stop);

} // namespace headgate::evaluation
