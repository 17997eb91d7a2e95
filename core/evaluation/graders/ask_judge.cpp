#include "core/evaluation/graders/ask_judge.h"

#include "core/evaluation/texts.h"

namespace headgate::evaluation {

QCoro::Task<Result<Grade>> gradeAnswer(const Grader &grader, GradedAnswer answer, AskJudge ask,
                                       std::stop_token stop)
{
    auto question = grader.question(answer);
    if (!question)
        co_return grader.grade(answer);
    if (!ask)
        co_return fail(ErrorCode::Unavailable,
                       Texts::tr("There is nobody to ask the judge “%1”.").arg(question->model));
    auto asking = ask(std::move(*question), stop);
    auto reply = co_await asking;
    if (!reply)
        co_return tl::unexpected(std::move(reply.error()));
    if (reply->trimmed().isEmpty())
        co_return fail(ErrorCode::Protocol, Texts::tr("The judge's reply is empty."));
    answer.judgement = std::move(*reply);
    co_return grader.grade(answer);
}

} // namespace headgate::evaluation
