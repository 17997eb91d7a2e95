#pragma once

#include "core/learning/matrix.h"

namespace headgate::learning {

// Points of length one that stand for many: spherical k-means (Dhillon and Modha, 2001). As many
// as asked for, or as there are points. The same points and seed give the same centres.
DenseMatrix sphereCentres(const DenseMatrix &points, qsizetype count, quint64 seed);

// The cosine to the nearest of them, all of length one; 0 where the point is of zeros or there are
// no centres.
float nearestCosine(const DenseMatrix &centres, std::span<const float> point);

} // namespace headgate::learning
