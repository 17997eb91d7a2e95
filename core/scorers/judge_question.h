#pragma once

#include "core/common/json.h"
#include "core/common/message.h"
#include "core/common/result.h"

namespace headgate::scorers {

inline constexpr double kFullMarks = 10; // the usual scale

// What a model is to judge an answer by.
struct JudgeRubric
{
    QString text;              // what makes an answer good, in the user's words
    double scale = kFullMarks; // above 0
};

struct JudgedAnswer
{
    QString question;
    QString answer;
    QString reference{}; // a right answer; empty: there is none
    Json before{};       // messages before the question: [{"role", "text"}]; null: none
};

// The messages that ask for a verdict. What is judged stands in JSON, out of which no text of the
// answer can break.
QList<Message> judgeMessages(const JudgeRubric &rubric, const JudgedAnswer &judged);

struct Verdict
{
    double points = 0; // in [0, the rubric's scale]
    QString reason;    // in the judge's words
};

// Strict: one JSON object with a number as its "score" and a "reason". The error is the end of a
// sentence: "it gives no “reason”".
Result<Verdict> readVerdict(const QString &reply, const JudgeRubric &rubric);

} // namespace headgate::scorers
