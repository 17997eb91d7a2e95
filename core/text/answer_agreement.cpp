#include "core/text/answer_agreement.h"

#include "core/text/plain_words.h"
#include "core/text/stated_choice.h"
#include "core/text/stated_number.h"

#include <QHash>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace headgate::text {

namespace {

constexpr int kChoices = 10;
constexpr qsizetype kLongestCompared = 200'000; // characters; of longer answers the end

double wordAgreement(const QString &a, const QString &b)
{
    const QStringList one = plainWords(a.right(kLongestCompared), Articles::Drop);
    const QStringList other = plainWords(b.right(kLongestCompared), Articles::Drop);
    QHash<QString, qsizetype> left;
    for (const QString &word : one)
        ++left[word];
    qsizetype shared = 0;
    for (const QString &word : other) {
        const auto found = left.find(word);
        if (found == left.end() || *found == 0)
            continue;
        --*found;
        ++shared;
    }
    return 2.0 * double(shared) / double(one.size() + other.size());
}

// A point or a comma may part the whole from the fraction; both are read alike in both answers.
std::optional<double> numberAgreement(const QString &a, const QString &b)
{
    const auto one = lastNumber(a, u'.');
    const auto other = lastNumber(b, u'.');
    if (!one || !other)
        return std::nullopt;
    return isSameNumber(*one, *other) || isSameNumber(*other, *one) ? 1 : 0;
}

std::optional<double> choiceAgreement(const QString &a, const QString &b)
{
    static const ChoiceReader reader(kChoices);
    const QChar one = reader.read(a).letter;
    const QChar other = reader.read(b).letter;
    if (one.isNull() || other.isNull())
        return std::nullopt;
    return one == other ? 1 : 0;
}

// The number in the last sentences: an answer that ends with one comes to it.
std::optional<StatedNumber> finalNumber(const QString &text)
{
    static const QRegularExpression end(u"[.!?:]\\s+|\\n+"_s);
    constexpr qsizetype kEnd = 2'000; // characters
    constexpr qsizetype kSentences = 2;
    const QStringList sentences = text.right(kEnd).split(end, Qt::SkipEmptyParts);
    for (qsizetype back = 1; back <= qMin(kSentences, sentences.size()); ++back) {
        if (const auto number = lastNumber(sentences[sentences.size() - back], u'.'))
            return number;
    }
    return std::nullopt;
}

double finalAgreement(const QString &a, const QString &b)
{
    if (const auto choice = choiceAgreement(a, b))
        return *choice;
    const auto one = finalNumber(a);
    const auto other = finalNumber(b);
    if (one && other)
        return isSameNumber(*one, *other) || isSameNumber(*other, *one) ? 1 : 0;
    return wordAgreement(a, b);
}

} // namespace

std::optional<double> agreementOf(const QString &a, const QString &b, AgreementBy by)
{
    switch (by) {
    case AgreementBy::Final:
        return finalAgreement(a, b);
    case AgreementBy::Number:
        return numberAgreement(a, b);
    case AgreementBy::Choice:
        return choiceAgreement(a, b);
    case AgreementBy::Text:
        break;
    }
    return wordAgreement(a, b);
}

} // namespace headgate::text
