#pragma once

#include <QString>

#include <optional>

namespace headgate::evaluation {

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

} // namespace headgate::evaluation
