#include "app/cli/figure_format.h"

#include <cmath>

namespace headgate::cli {

using namespace Qt::StringLiterals;
using evaluation::Estimate;

namespace {

constexpr int kMoneyPlaces = 4;

// With a minus sign that cannot be taken for a dash between words.
QString decimal(double value, int decimals)
{
    const QString text = QString::number(std::abs(value), 'f', decimals);
    const bool isZero = text.toDouble() == 0;
    return value < 0 && !isZero ? u"−"_s + text : text;
}

QString signedDecimal(double value, int decimals)
{
    const QString text = decimal(value, decimals);
    return value > 0 && text.toDouble() > 0 ? u'+' + text : text;
}

// Text of the three numbers of an estimate, each as `text` gives it.
template<typename Text>
QString withInterval(const Estimate &estimate, const QString &value, Text text)
{
    return estimate.hasInterval()
               ? u"%1 [%2, %3]"_s.arg(value, text(estimate.low), text(estimate.high))
               : value;
}

} // namespace

Json estimateJson(const Estimate &estimate)
{
    const auto number = [](double value) { return value == value ? Json(value) : Json(); };
    return {{"value", number(estimate.value)},
            {"n", estimate.n},
            {"ci95", estimate.hasInterval() ? Json::array({estimate.low, estimate.high}) : Json()}};
}

Json estimateJson(const std::optional<Estimate> &estimate)
{
    return estimate ? estimateJson(*estimate) : Json();
}

QString figureText(const Estimate &estimate, int decimals)
{
    const auto text = [decimals](double value) { return decimal(value, decimals); };
    return withInterval(estimate, text(estimate.value), text);
}

QString differenceText(const Estimate &estimate, int decimals)
{
    const auto text = [decimals](double value) { return signedDecimal(value, decimals); };
    return withInterval(estimate, text(estimate.value), text);
}

QString percentText(const Estimate &estimate)
{
    const auto text = [](double value) { return decimal(value * 100, 1); };
    return withInterval(estimate, text(estimate.value) + u" %"_s, text);
}

QString per1kText(double usd)
{
    return u'$' + decimal(usd, kMoneyPlaces);
}

QString per1kText(const Estimate &estimate)
{
    const auto text = [](double value) { return decimal(value, kMoneyPlaces); };
    return withInterval(estimate, per1kText(estimate.value), text);
}

} // namespace headgate::cli
