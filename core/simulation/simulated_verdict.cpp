#include "core/simulation/simulated_verdict.h"

#include "core/common/json.h"
#include "core/simulation/practice_prompts.h"
#include "core/simulation/seeded_random.h"

#include <QRegularExpression>

#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::simulation {

namespace {

constexpr double kUsualMarks = 10;

double fullMarksIn(const QString &instructions)
{
    static const QRegularExpression pattern(u"number from 0 to (\\d+(?:\\.\\d+)?)"_s);
    const auto match = pattern.match(instructions);
    return match.hasMatch() ? match.captured(1).toDouble() : kUsualMarks;
}

// Of the texts that the prompt knows, the answer states the right one last; where one ends with
// another ("112" with "12"), the longer is what it states.
bool isRight(const PracticePrompt &prompt, const QString &answer)
{
    const QString text = answer.simplified();
    const auto lastOf = [&text](const QString &stated) {
        const QString words = stated.simplified();
        const qsizetype at = text.lastIndexOf(words, -1, Qt::CaseInsensitive);
        return at < 0 ? std::pair<qsizetype, qsizetype>(-1, 0)
                      : std::pair(at + words.size(), words.size());
    };
    const auto right = lastOf(prompt.answer);
    return right.first >= 0 &&
           std::none_of(prompt.wrong.cbegin(), prompt.wrong.cend(),
                        [&](const QString &wrong) { return lastOf(wrong) > right; });
}

QString verdict(double score, const QString &reason)
{
    return QString::fromUtf8(
        compactJson({{"score", score}, {"reason", toStdString(reason)}, {"simulated", true}}));
}

} // namespace

std::optional<QString> verdictOf(const SimulatedModel &model, const AnswerRequest &request,
                                 quint64 fleetSeed)
{
    const auto material = parseJson(request.question.toUtf8());
    if (!material || !material->is_object() || !material->contains("question") ||
        !material->contains("answer"))
        return std::nullopt;
    const double marks = fullMarksIn(request.instructions);
    const PracticePrompt *prompt = findPracticePrompt(jsonString(*material, "question"));
    if (!prompt)
        return verdict(std::round(marks * 5) / 10,
                       u"I am simulated and know only the practice prompts, so I cannot tell."_s);
    const QString answer = jsonString(*material, "answer");
    SeededRandom random(QByteArray::number(fleetSeed) + '\n' + model.name.toUtf8() + "\nverdict\n" +
                        prompt->id.toUtf8() + '\n' + answer.toUtf8());
    const double competence = 1 / (1 + std::exp(-9 * (model.skill - prompt->difficulty)));
    const bool sees = random.uniform() < competence;
    const bool looksRight = isRight(*prompt, answer) == sees;
    const double share = looksRight ? 0.8 + 0.2 * random.uniform() : 0.4 * random.uniform();
    return verdict(std::round(marks * share * 10) / 10,
                   looksRight ? u"The answer is right."_s : u"The answer is wrong."_s);
}

} // namespace headgate::simulation
