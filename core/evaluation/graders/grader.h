#pragma once

#include "core/common/message.h"

#include <QMap>

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

class GraderRegistry
{
public:
    using Factory = std::function<Result<std::unique_ptr<Grader>>(const Json &options)>;
    void add(const QString &kind, Factory factory); // asserts that the kind is new
    // By {"kind": …, options}, as a data set keeps it. InvalidInput and a sentence that names the
    // option where one is wrong or unknown.
    [[nodiscard]] Result<std::unique_ptr<Grader>> create(const Json &config) const;
    QStringList kinds() const { return m_factories.keys(); }

private:
    QMap<QString, Factory> m_factories; // ordered: menus and error texts list kinds stably
};

GraderRegistry builtinGraders();

} // namespace headgate::evaluation
