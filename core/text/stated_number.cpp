#include "core/text/stated_number.h"

#include <QRegularExpression>

#include <cmath>

namespace headgate::text {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestNumeric = 200'000; // a longer answer states its number at the end

enum Group {
    kSign = 1,
    kNumerator,
    kDenominator,
    kWhole,
    kRestNumerator,
    kRestDenominator,
    kPower,
    kPercent
};

QString digitsPattern(QChar decimal)
{
    const QString group = decimal == u'.' ? u","_s : u"\\."_s;
    return u"(?:\\d{1,3}(?:(?:%1|[\\x{A0}\\x{2009}\\x{202F}'])\\d{3})+(?!\\d)|\\d+)(?:%2\\d+)?|%2\\d+"_s
        .arg(group, QRegularExpression::escape(QString(decimal)));
}

QRegularExpression patternOf(QChar decimal)
{
    // Not inside of a word, nor behind the point of another number ("1.2.3").
    const QString begin = u"(?<![\\p{L}_\\d])(?<!\\d%2)"_s;
    const QString sign = u"((?<!\\))[-+\\x{2212}])?\\s?(?:[$\\x{20AC}\\x{A3}]\\s?)?"_s;
    const QString number = u"(?:(%1)\\s?/\\s?(%1)|(%1)(?:\\s+(\\d+)\\s?/\\s?(\\d+))?)"_s;
    const QString power =
        u"(?:(?:[eE]|\\s?(?:[x\\x{D7}*]|\\\\times|\\\\cdot)\\s?10\\s?(?:\\^|\\*\\*)"
        "\\s?\\{?)([-+\\x{2212}]?\\d{1,3})\\}?)?"_s;
    const QString percent = u"(\\s?(?:\\\\?%|per ?cent\\b))?"_s;
    QString whole = begin + sign + number + power;
    whole.replace("%1"_L1, digitsPattern(decimal));
    whole.replace("%2"_L1, QRegularExpression::escape(QString(decimal)));
    QRegularExpression pattern(whole + percent);
    pattern.optimize();
    return pattern;
}

const QRegularExpression &numberPattern(QChar decimal)
{
    static const QRegularExpression point = patternOf(u'.');
    static const QRegularExpression comma = patternOf(u',');
    return decimal == u'.' ? point : comma;
}

double valueOf(QString text, QChar decimal)
{
    text.removeIf([decimal](QChar c) { return !c.isDigit() && c != decimal; });
    return text.replace(decimal, u'.').toDouble();
}

// Fractions as "1/2", whatever they look like; without marks of emphasis.
QString plainFractions(QString text)
{
    static const QRegularExpression latex(
        u"\\\\[dt]?frac\\s*\\{\\s*([\\d.,]+)\\s*\\}\\s*\\{\\s*([\\d.,]+)\\s*\\}"_s);
    static const std::pair<QChar, QString> signs[] = {
        {QChar(0xBD), u" 1/2"_s},   {QChar(0xBC), u" 1/4"_s},   {QChar(0xBE), u" 3/4"_s},
        {QChar(0x2153), u" 1/3"_s}, {QChar(0x2154), u" 2/3"_s}, {QChar(0x215B), u" 1/8"_s}};
    text.replace(latex, u" \\1/\\2"_s);
    for (const auto &[sign, plain] : signs)
        text.replace(sign, plain);
    text.replace("{,}"_L1, ","_L1);
    text.replace("\\,"_L1, QString(QChar(0x2009)));
    return text.remove("**"_L1);
}

StatedNumber numberFrom(const QRegularExpressionMatch &match, QChar decimal)
{
    double value = match.hasCaptured(kNumerator)
                       ? valueOf(match.captured(kNumerator), decimal) /
                             valueOf(match.captured(kDenominator), decimal)
                       : valueOf(match.captured(kWhole), decimal);
    if (match.hasCaptured(kRestNumerator))
        value +=
            match.captured(kRestNumerator).toDouble() / match.captured(kRestDenominator).toDouble();
    if (match.hasCaptured(kPower))
        value *= std::pow(10, match.captured(kPower).replace(QChar(0x2212), u'-').toInt());
    const QString sign = match.captured(kSign);
    if (!sign.isEmpty() && sign != u'+')
        value = -value;
    return {value, match.hasCaptured(kPercent), match.captured(0).trimmed()};
}

} // namespace

std::optional<StatedNumber> lastNumber(const QString &text, QChar decimal)
{
    const QString plain = plainFractions(text.right(kLongestNumeric));
    std::optional<StatedNumber> last;
    auto matches = numberPattern(decimal).globalMatch(plain);
    while (matches.hasNext()) {
        StatedNumber found = numberFrom(matches.next(), decimal);
        if (std::isfinite(found.value)) // not a division by zero
            last = std::move(found);
    }
    return last;
}

bool isSameNumber(const StatedNumber &found, const StatedNumber &expected,
                  const NumberTolerance &tolerance)
{
    const auto near = [&tolerance](double a, double b) {
        return std::abs(a - b) <= std::max(tolerance.absolute, tolerance.relative * std::abs(b));
    };
    return near(found.value, expected.value) ||
           (found.percent != expected.percent &&
            near(found.value / (found.percent ? 100 : 1),
                 expected.value / (expected.percent ? 100 : 1)));
}

} // namespace headgate::text
