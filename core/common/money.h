#pragma once

#include "core/common/result.h"

#include <QMetaType>
#include <QString>
#include <QStringView>

#include <compare>

namespace headgate {

// An amount of US dollars as a 64-bit count of nano-dollars (1e-9 USD): sums are exact, and the
// range is about +-9.2 billion dollars. No floating point takes part in a sum of money.
class Money
{
public:
    constexpr Money() = default;
    static constexpr Money fromNanos(qint64 nanos) { return Money(nanos); }
    // Reads a decimal such as "0.0000375" exactly; more than nine places round half away from
    // zero. Refuses anything that is not a plain or exponent decimal within range.
    static Result<Money> fromDecimal(QStringView text);
    // The nearest nano-dollar. For values that are binary floats at their source (JSON numbers);
    // NaN, infinities and amounts out of range are refused.
    static Result<Money> fromUsd(double usd);

    constexpr qint64 nanos() const { return m_nanos; }
    // For charts and ratios only.
    constexpr double toUsd() const { return double(m_nanos) / 1e9; }
    // Plain decimal without exponent and without trailing zeros: "0.00041", "12", "-0.5".
    QString toDecimal() const;

    constexpr auto operator<=>(const Money &) const = default;
    constexpr Money operator-() const { return Money(-m_nanos); }
    constexpr Money &operator+=(Money other)
    {
        m_nanos += other.m_nanos;
        return *this;
    }
    constexpr Money &operator-=(Money other)
    {
        m_nanos -= other.m_nanos;
        return *this;
    }
    friend constexpr Money operator+(Money a, Money b) { return a += b; }
    friend constexpr Money operator-(Money a, Money b) { return a -= b; }

private:
    explicit constexpr Money(qint64 nanos) : m_nanos(nanos) {}
    qint64 m_nanos = 0;
};

} // namespace headgate

Q_DECLARE_METATYPE(headgate::Money)
