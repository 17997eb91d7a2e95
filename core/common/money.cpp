#include "core/common/money.h"

#include "core/common/texts.h"

#include <cmath>
#include <limits>

namespace headgate {

namespace {

constexpr int kPlaces = 9;

tl::unexpected<Error> notAnAmount(QStringView text)
{
    return fail(ErrorCode::InvalidInput,
                Texts::tr("“%1” is not an amount in US dollars.").arg(text.left(40)));
}

} // namespace

Result<Money> Money::fromDecimal(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    qsizetype at = 0;
    bool negative = false;
    if (at < trimmed.size() && (trimmed[at] == u'-' || trimmed[at] == u'+'))
        negative = trimmed[at++] == u'-';

    QByteArray digits;
    int places = 0;
    bool seenPoint = false;
    for (; at < trimmed.size(); ++at) {
        const QChar c = trimmed[at];
        if (c == u'.' && !seenPoint) {
            seenPoint = true;
        } else if (c >= u'0' && c <= u'9') {
            digits += char(c.unicode());
            places += seenPoint ? 1 : 0;
        } else {
            break;
        }
    }
    if (digits.isEmpty() || digits.size() > 400)
        return notAnAmount(text);

    int exponent = 0;
    if (at < trimmed.size()) {
        if (trimmed[at].toLower() != u'e')
            return notAnAmount(text);
        bool ok = false;
        exponent = trimmed.sliced(at + 1).toInt(&ok);
        if (!ok || std::abs(exponent) > 400)
            return notAnAmount(text);
    }

    // value = digits x 10^shift nano-dollars
    const int shift = kPlaces - places + exponent;
    qint64 up = 0;
    if (shift >= 0) {
        digits.append(shift, '0');
    } else {
        const qsizetype keep = digits.size() + shift;
        const bool roundUp = keep >= 0 && digits[keep] >= '5';
        digits = keep > 0 ? digits.left(keep) : QByteArray("0");
        up = roundUp ? 1 : 0;
    }
    bool fits = false;
    qlonglong nanos = digits.toLongLong(&fits);
    if (!fits || nanos > std::numeric_limits<qint64>::max() - up)
        return notAnAmount(text);
    nanos += up;
    return Money(negative ? -nanos : nanos);
}

Result<Money> Money::fromUsd(double usd)
{
    const double nanos = usd * 1e9;
    if (!std::isfinite(nanos) || std::abs(nanos) >= 9.2e18)
        return notAnAmount(QString::number(usd));
    return Money(qint64(std::llround(nanos)));
}

QString Money::toDecimal() const
{
    const bool negative = m_nanos < 0;
    const quint64 magnitude = negative ? quint64(0) - quint64(m_nanos) : quint64(m_nanos);
    constexpr quint64 kUnit = 1'000'000'000;
    QString text = QString::number(magnitude / kUnit);
    if (const quint64 rest = magnitude % kUnit; rest != 0) {
        QString places = QString::number(rest).rightJustified(kPlaces, u'0');
        while (places.endsWith(u'0'))
            places.chop(1);
        text += u'.' + places;
    }
    return negative ? u'-' + text : text;
}

} // namespace headgate
