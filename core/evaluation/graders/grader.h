#pragma once

#include "core/common/kind_registry.h"
#include "core/common/message.h"
#include "core/policy/node_kind.h"

#include <functional>
#include <memory>
#include <optional>

namespace headgate::evaluation {

// What a grader may look at.
struct GradedAnswer
{
    QString prompt{};
    QString answer{};
    QString expected{};         // empty: the data set has none
    std::optional<bool> vote{}; // of a person: thumbs up or down
    QString judgement{};        // the judge's reply to Grader::question(); empty: not asked yet
};

struct Grade
{
    double quality = 0; // in [0, 1], higher is better
    QString why;        // one sentence
};

// What a model has to be asked before an answer can be graded.
struct JudgeQuestion
{
    QString model; // name in the policy
    QList<Message> messages;
};

// Says how good an answer is. Immutable after construction, so that one instance may be used from
// several threads at once, and free of I/O: where a model must judge, the grader says what to ask
// it and reads the reply. Fails where it cannot tell (no expected answer, a verdict that cannot be
// read): never a made-up quality.
class Grader
{
public:
    virtual ~Grader() = default;
    // None: the answer can be graded at once.
    virtual std::optional<JudgeQuestion> question(const GradedAnswer &) const { return {}; }
    [[nodiscard]] virtual Result<Grade> grade(const GradedAnswer &answer) const = 0;
};

// A kind of grader: what people read of it, the fields that its form is drawn from, and its maker.
struct GraderKind
{
    QString label{}; // "Multiple choice"
    QString help{};  // one sentence
    QList<policy::Field> options{};
    std::function<Result<std::unique_ptr<Grader>>(const Json &options)> make{};
};

class GraderRegistry final : public KindRegistry<GraderKind>
{
public:
    // By {"kind": …, options}, as a data set keeps it. InvalidInput and a sentence that names the
    // option where one is wrong or unknown.
    [[nodiscard]] Result<std::unique_ptr<Grader>> create(const Json &config) const;
};

GraderRegistry builtinGraders();

} // namespace headgate::evaluation
