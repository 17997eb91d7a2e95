#pragma once

#include "core/learning/matrix.h"

#include <array>

namespace headgate::learning {

// Of two rows of the same size. Added up in sixteen sums side by side, an order that the compiler
// may put into the lanes of vectors, so the result is the same in every build.
inline float dotProduct(std::span<const float> left, std::span<const float> right)
{
    constexpr size_t kLanes = 16;
    std::array<float, kLanes> sums{};
    const float *a = left.data();
    const float *b = right.data();
    const size_t whole = left.size() - left.size() % kLanes;
    for (size_t at = 0; at < whole; at += kLanes) {
        for (size_t lane = 0; lane < kLanes; ++lane)
            sums[lane] += a[at + lane] * b[at + lane];
    }
    for (size_t at = whole; at < left.size(); ++at)
        sums[at - whole] += a[at] * b[at];
    for (size_t half = kLanes / 2; half > 0; half /= 2) {
        for (size_t lane = 0; lane < half; ++lane)
            sums[lane] += sums[lane + half];
    }
    return sums[0];
}

// Of the query with each row from `first` on, one a place of `products`.
void dotProducts(const DenseMatrix &rows, qsizetype first, std::span<const float> query,
                 std::span<float> products);

// Divides the row by its Euclidean length; a row of length zero, or so small or large that the
// length is none, becomes zeros: it is like nothing.
void scaleToUnit(std::span<float> row);
// Whether every number is finite and every row has length 1 or 0, give or take a rounding.
bool hasUnitRows(const DenseMatrix &rows);

} // namespace headgate::learning
