#pragma once

#include <QtGlobal>

#include <optional>
#include <span>

namespace headgate::evaluation {

// How likely the interval is to exclude zero once so many cases were recorded.
enum class Odds { Even, FourInFive };

// How many more paired cases the mean difference needs until its interval at 95 % excludes zero,
// should the difference and its spread stay what they are: ceil((z + w)^2 s^2 / d^2) - n, at least
// 0, with d the mean of the differences, s their standard deviation (n - 1), z = 1.959964, and
// w = 0 for even odds, 0.841621 for four in five (NIST/SEMATECH e-Handbook of Statistical Methods,
// section 7.2.2.2, two-sided, sigma taken from the sample). A normal approximation: near the edge
// the bootstrap may need some more or some fewer. None where the mean is 0 or there are fewer than
// two cases: no number of cases can be named.
[[nodiscard]] std::optional<qint64> moreCasesNeeded(std::span<const double> differences,
                                                    Odds odds = Odds::Even);

} // namespace headgate::evaluation
