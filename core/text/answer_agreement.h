#pragma once

#include <QString>

#include <optional>

namespace headgate::text {

// What of two answers is compared.
enum class AgreementBy {
    Final,  // what they come to: the choice that both state, else the number that both end with,
            // else their words
    Text,   // their words: the F1 measure of the one's against the other's, as often as each stands
    Number, // the last number that each states
    Choice, // the choice that each states, "A" to "J"
};

// How far two answers to one question agree, in [0, 1]; numbers and choices agree or not. None
// where one of them states no number or no choice. The same whichever comes first.
std::optional<double> agreementOf(const QString &a, const QString &b, AgreementBy by);

} // namespace headgate::text
