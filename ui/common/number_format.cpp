#include "ui/common/number_format.h"

#include "ui/common/texts.h"

#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr qint64 kDollar = 1'000'000'000;
constexpr QChar kMinus(0x2212);

// Of a positive amount, half away from zero.
quint64 roundedTo(quint64 value, quint64 unit)
{
    return (value + unit / 2) / unit * unit;
}

quint64 threeDigits(quint64 nanos)
{
    quint64 unit = 1;
    while (nanos / unit >= 1000)
        unit *= 10;
    return roundedTo(nanos, unit);
}

QString unsignedMoney(quint64 nanos)
{
    if (nanos == 0)
        return u"$0"_s;
    if (nanos < quint64(kDollar))
        nanos = threeDigits(nanos);
    if (nanos >= quint64(kDollar))
        nanos = roundedTo(nanos, kDollar / 100);
    int decimals = 9;
    for (quint64 unit = 10; decimals > 2 && nanos % unit == 0; unit *= 10)
        --decimals;
    // The C locale puts the sign behind the amount, as nobody writes dollars.
    const QLocale user;
    const QLocale locale =
        user.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates) : user;
    return locale.toCurrencyString(double(nanos) / double(kDollar), u"$"_s, decimals);
}

quint64 magnitude(Money amount)
{
    const qint64 nanos = amount.nanos();
    return nanos < 0 ? 0 - quint64(nanos) : quint64(nanos);
}

QString unknown()
{
    return Texts::tr("unknown");
}

} // namespace

QString formatMoney(Money amount)
{
    const QString text = unsignedMoney(magnitude(amount));
    return amount.nanos() < 0 ? kMinus + text : text;
}

QString formatMoney(const std::optional<Money> &amount)
{
    return amount ? formatMoney(*amount) : unknown();
}

QString formatDifference(Money amount)
{
    return amount.nanos() > 0 ? u'+' + formatMoney(amount) : formatMoney(amount);
}

QString formatDifference(const std::optional<Money> &amount)
{
    return amount ? formatDifference(*amount) : unknown();
}

QString formatPrice(const Price &price)
{
    return Texts::tr("%1 / %2 per 1M").arg(formatMoney(price.input), formatMoney(price.output));
}

QString formatDuration(std::chrono::nanoseconds duration)
{
    const double seconds = double(duration.count()) / 1e9;
    const QLocale locale;
    if (duration.count() == 0)
        return Texts::tr("0 ms");
    if (seconds < 0.00005)
        return Texts::tr("< %1 ms").arg(locale.toString(0.1, 'f', 1));
    if (seconds < 0.00995)
        return Texts::tr("%1 ms").arg(locale.toString(seconds * 1e3, 'f', 1));
    if (seconds < 0.0995)
        return Texts::tr("%1 ms").arg(locale.toString(seconds * 1e3, 'f', 0));
    if (seconds < 9.995)
        return Texts::tr("%1 s").arg(locale.toString(seconds, 'f', 2));
    if (seconds < 99.95)
        return Texts::tr("%1 s").arg(locale.toString(seconds, 'f', 1));
    const qint64 whole = std::llround(seconds);
    return Texts::tr("%1 min %2 s").arg(locale.toString(whole / 60), locale.toString(whole % 60));
}

QString formatCount(qint64 count)
{
    return QLocale().toString(count);
}

QString formatTokens(qint64 tokens)
{
    return Texts::tr("%1 tok").arg(formatCount(tokens));
}

QString formatPercent(double fraction, int decimals)
{
    if (!std::isfinite(fraction))
        return unknown();
    QString number = QLocale().toString(std::abs(fraction) * 100, 'f', decimals);
    // A loss that rounds to nothing is no loss to be told.
    const bool zero = number == QLocale().toString(0.0, 'f', decimals);
    if (fraction < 0 && !zero)
        number.prepend(kMinus);
    return Texts::tr("%1 %").arg(number);
}

} // namespace headgate::ui
