#include "core/evaluation/graders/expected_answers.h"

#include "core/evaluation/texts.h"

namespace headgate::evaluation {

namespace {

constexpr qsizetype kQuoted = 60;

} // namespace

Result<QStringList> expectedAnswers(const GradedAnswer &answer, const QString &separator)
{
    const QStringList parts =
        separator.isEmpty() ? QStringList{answer.expected} : answer.expected.split(separator);
    QStringList found;
    for (const QString &part : parts) {
        if (const QString text = part.trimmed(); !text.isEmpty())
            found.append(text);
    }
    if (found.isEmpty())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The prompt has no expected answer to compare with."));
    return found;
}

QString shortened(const QString &text)
{
    const QString line = text.simplified();
    return line.size() <= kQuoted ? line : line.left(kQuoted - 1) + QChar(0x2026);
}

} // namespace headgate::evaluation
