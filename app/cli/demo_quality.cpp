#include "app/cli/demo_quality.h"

#include "core/common/json.h"

#include <cmath>

namespace headgate::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr double kNormalQuantile = 1.96; // two-sided 95 %

QString withoutLabel(const QString &text)
{
    constexpr auto label = "[simulated]"_L1;
    const QString trimmed = text.trimmed();
    return trimmed.startsWith(label) ? trimmed.mid(label.size()).trimmed() : trimmed;
}

QString normalized(const QString &text)
{
    QString words = text.simplified().toCaseFolded();
    while (words.endsWith(u'.'))
        words.chop(1);
    return words;
}

bool endsWithWords(const QString &text, const QString &words)
{
    return !words.isEmpty() && (text == words || text.endsWith(u' ' + words));
}

} // namespace

bool isRight(const simulation::PracticePrompt &prompt, const QString &text)
{
    const QString answer = withoutLabel(text);
    const Result<Json> expected = parseJson(prompt.answer.toUtf8());
    if (expected && expected->is_structured()) {
        const Result<Json> given = parseJson(answer.toUtf8());
        return given && *given == *expected;
    }
    const QString given = normalized(answer);
    const QString right = normalized(prompt.answer);
    if (!endsWithWords(given, right))
        return false;
    // "not yes" ends with "yes", too.
    return std::none_of(prompt.wrong.begin(), prompt.wrong.end(), [&](const QString &wrong) {
        const QString other = normalized(wrong);
        return other.size() > right.size() && endsWithWords(given, other);
    });
}

void PairedQuality::add(bool first, bool second)
{
    ++prompts;
    firstRight += first;
    secondRight += second;
    onlyFirst += first && !second;
    onlySecond += second && !first;
}

double PairedQuality::difference() const
{
    return prompts == 0 ? 0 : 100.0 * double(onlyFirst - onlySecond) / double(prompts);
}

double PairedQuality::halfWidth() const
{
    if (prompts < 2)
        return 100;
    const double n = double(prompts);
    const double mean = double(onlyFirst - onlySecond) / n;
    const double variance = (double(onlyFirst + onlySecond) - n * mean * mean) / (n - 1);
    return 100 * kNormalQuantile * std::sqrt(variance / n);
}

QList<simulation::PracticePrompt> demoPrompts(qsizetype count)
{
    const QList<simulation::PracticePrompt> all = simulation::practicePrompts();
    QList<simulation::PracticePrompt> chosen;
    const qsizetype wanted = std::min(count, all.size());
    for (qsizetype i = 0; i < wanted; ++i)
        chosen.append(all.at(i * all.size() / wanted));
    return chosen;
}

} // namespace headgate::cli
