#pragma once

#include <QString>

#include <optional>

namespace headgate::text {

// A number as a text writes it.
struct StatedNumber
{
    double value = 0; // of "45 %": 45
    bool percent = false;
    QString text; // as it stood there

    bool operator==(const StatedNumber &) const = default;
};

// The last number of the text, as people and models write them: "1,234.5", "−3", "1.5e-3",
// "2 × 10^8", "3/4", "2 1/2", "½", "\frac{3}{4}", "45 %". `decimal` is '.' or ','; the other one
// stands between groups of three digits, as a narrow space and an apostrophe may. Digits inside of
// a word ("GPT4") are none.
std::optional<StatedNumber> lastNumber(const QString &text, QChar decimal);

// How far two numbers may lie apart and yet be the same: the larger of the two counts.
struct NumberTolerance
{
    double absolute = 0;
    double relative = 1e-9; // of `expected`; this is what arithmetic in floating point leaves
};
// Where only one of them has the sign, "45 %" may stand for 45 or for 0.45.
bool isSameNumber(const StatedNumber &found, const StatedNumber &expected,
                  const NumberTolerance &tolerance = {});

} // namespace headgate::text
