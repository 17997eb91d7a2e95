#pragma once

#include <QtGlobal>

#include <span>
#include <vector>

namespace headgate::learning {

// Strengths s by which one beats another with the probability s_one / (s_one + s_other) (Bradley
// and Terry, 1952), the likeliest for those wins: `wins` is models x models, of the row over the
// column, none negative and each pair with some both ways. Of two they are exact; of more they come
// by minorization and maximization (Hunter, "MM algorithms for generalized Bradley-Terry models",
// 2004) from `start`, in a bounded number of steps. They add up to 1.
std::vector<double> bradleyTerryStrengths(std::span<const double> wins,
                                          std::span<const double> start);

} // namespace headgate::learning
