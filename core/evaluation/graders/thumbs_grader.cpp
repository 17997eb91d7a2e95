#include "core/evaluation/graders/builtin_graders.h"
#include "core/evaluation/graders/grader_options.h"
#include "core/evaluation/texts.h"

namespace headgate::evaluation {

namespace {

class ThumbsGrader final : public Grader
{
public:
    Result<Grade> grade(const GradedAnswer &answer) const override
    {
        if (!answer.vote)
            return fail(ErrorCode::NotFound, Texts::tr("Nobody has voted on this answer yet."));
        return *answer.vote ? Grade{1, Texts::tr("A person found it good.")}
                            : Grade{0, Texts::tr("A person found it bad.")};
    }
};

Result<std::unique_ptr<Grader>> makeThumbsGrader(const Json &options)
{
    if (auto good = GraderOptions(options).check(); !good)
        return tl::unexpected(good.error());
    return std::make_unique<ThumbsGrader>();
}

} // namespace

GraderKind thumbsGrader()
{
    return {.label = Texts::tr("Thumbs up or down"),
            .help = Texts::tr("A person votes on each answer."),
            .options = {},
            .make = makeThumbsGrader};
}

} // namespace headgate::evaluation
