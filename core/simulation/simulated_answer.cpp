#include "core/simulation/simulated_answer.h"

#include "core/common/json.h"
#include "core/simulation/practice_prompts.h"
#include "core/simulation/seeded_random.h"
#include "core/simulation/simulated_verdict.h"

using namespace Qt::StringLiterals;

namespace headgate::simulation {

namespace {

// Steepness of the chance to be right over skill minus difficulty.
constexpr double kSlope = 9;
// Log-odds of the mean token probability: of a wrong answer, and how much higher of a right one, in
// standard deviations. 1.3 makes the area under the ROC curve 0.82.
constexpr double kWrongConfidence = 0.7;
constexpr double kRightConfidence = 1.3;
constexpr double kFirstTokenSpread = 0.35;
constexpr double kSpeedSpread = 0.2;
constexpr qsizetype kBytesPerToken = 4;

struct Draft
{
    QString text;
    bool isRight = false;
    bool isCutShort = false;
};

double logistic(double x)
{
    return 1 / (1 + std::exp(-x));
}

// One sequence of numbers for each purpose, so that a change of one leaves the others alone.
SeededRandom randomFor(const SimulatedModel &model, const QString &subject, quint64 fleetSeed,
                       QByteArrayView purpose)
{
    return SeededRandom(QByteArray::number(fleetSeed) + '\n' + model.name.toUtf8() + '\n' +
                        purpose.toByteArray() + '\n' + subject.toUtf8());
}

QString labelled(const QString &text)
{
    return (text.contains(u'\n') ? u"[simulated]\n"_s : u"[simulated] "_s) + text;
}

QString jsonWith(const char *key, const QString &text)
{
    return toQString(Json{{"simulated", true}, {key, toStdString(text)}}.dump());
}

QString wrongAnswerOf(const PracticePrompt &prompt, bool asJson, SeededRandom &random)
{
    QStringList choices = prompt.wrong;
    if (asJson && prompt.kind == "extraction"_L1)
        choices.removeIf([](const QString &text) { return !parseJson(text.toUtf8()); });
    return choices.at(random.index(choices.size()));
}

// A wrong answer comes with the working but for its last step, where it went astray.
QString spoken(const PracticePrompt &prompt, const QString &answer, bool isRight)
{
    if (prompt.working.isEmpty())
        return labelled(answer);
    const qsizetype steps = prompt.working.size() - (isRight ? 0 : 1);
    return labelled(
        (prompt.working.first(steps) + QStringList{u"The answer is %1."_s.arg(answer)}).join(u' '));
}

Draft draftFor(const SimulatedModel &model, const PracticePrompt &prompt, bool asJson,
               SeededRandom random)
{
    Draft draft;
    draft.isRight = random.uniform() < logistic(kSlope * (model.skill - prompt.difficulty));
    const QString answer = draft.isRight ? prompt.answer : wrongAnswerOf(prompt, asJson, random);
    if (prompt.kind == "extraction"_L1)
        draft.text = answer;
    else
        draft.text = asJson ? jsonWith("answer", answer) : spoken(prompt, answer, draft.isRight);

    const double mishap = random.uniform();
    if (mishap < model.refusalRate) {
        const QString refusal = u"I can't help with that."_s;
        draft = {.text = asJson ? jsonWith("refusal", refusal) : labelled(refusal)};
    } else if (mishap < model.refusalRate + model.truncationRate) {
        draft.isRight = false;
        draft.isCutShort = true;
    }
    return draft;
}

Draft draftForUnknown(const SimulatedModel &model, bool asJson)
{
    const QString text =
        u"I am %1, a simulated model. I know only the practice prompts that come "
        "with Headgate, so this is no answer to your question."_s.arg(model.displayName);
    return {.text = asJson ? jsonWith("message", text) : labelled(text)};
}

QList<QByteArray> tokensOf(const QByteArray &text)
{
    QList<QByteArray> tokens;
    qsizetype start = 0;
    for (qsizetype i = 1; i <= text.size(); ++i) {
        const bool isBoundary = i == text.size() || (uchar(text[i]) & 0xC0) != 0x80;
        if (isBoundary && (i - start >= kBytesPerToken || i == text.size())) {
            tokens.append(text.sliced(start, i - start));
            start = i;
        }
    }
    return tokens;
}

QString cutAtStops(QString text, const QStringList &stops)
{
    for (const QString &stop : stops) {
        const qsizetype at = stop.isEmpty() ? -1 : text.indexOf(stop);
        if (at >= 0)
            text.truncate(at);
    }
    return text;
}

QList<double> logProbabilitiesFor(qsizetype count, bool isRight, SeededRandom random)
{
    const double confidence = kWrongConfidence + (isRight ? kRightConfidence : 0) + random.normal();
    const double mean = std::log(logistic(confidence));
    QList<double> values;
    double sum = 0;
    for (qsizetype i = 0; i < count; ++i) {
        values.append(-std::log(1 - random.uniform())); // exponential: most tokens are sure
        sum += values.last();
    }
    for (double &value : values)
        value *= sum > 0 ? mean * double(count) / sum : 0;
    return values;
}

std::chrono::nanoseconds seconds(double value)
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::duration<double>(value));
}

} // namespace

SimulatedAnswer answerOf(const SimulatedModel &model, const AnswerRequest &request,
                         quint64 fleetSeed)
{
    const PracticePrompt *prompt = findPracticePrompt(request.question);
    const QString subject = prompt ? prompt->id : request.question.simplified();
    const auto random = [&](QByteArrayView purpose) {
        const QByteArray drawn = request.sample
                                     ? purpose.toByteArray() + QByteArray::number(*request.sample)
                                     : purpose.toByteArray();
        return randomFor(model, subject, fleetSeed, drawn);
    };
    Draft draft = prompt ? draftFor(model, *prompt, request.asJson, random("answer"))
                         : draftForUnknown(model, request.asJson);
    if (const auto verdict = verdictOf(model, request, fleetSeed))
        draft = {.text = *verdict, .isRight = true};

    SimulatedAnswer answer;
    answer.tokens = tokensOf(cutAtStops(draft.text, request.stops).toUtf8());
    qsizetype allowed = answer.tokens.size();
    if (draft.isCutShort)
        allowed = (allowed + 1) / 2;
    if (request.maxTokens)
        allowed = std::min(allowed, qsizetype(*request.maxTokens));
    answer.finishReason = allowed < answer.tokens.size() ? u"length"_s : u"stop"_s;
    answer.tokens.resize(allowed);
    answer.logProbabilities = logProbabilitiesFor(allowed, draft.isRight, random("confidence"));

    SeededRandom speed = random("speed");
    answer.firstTokenDelay = seconds(std::chrono::duration<double>(model.firstToken).count() *
                                     std::exp(kFirstTokenSpread * speed.normal()));
    answer.tokenInterval =
        seconds(1 / (model.tokensPerSecond * std::exp(kSpeedSpread * speed.normal())));
    return answer;
}

} // namespace headgate::simulation
