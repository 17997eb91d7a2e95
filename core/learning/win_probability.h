#pragma once

#include "core/common/result.h"
#include "core/learning/training_set.h"

#include <vector>

namespace headgate::learning {

// Of each of several models, the mean of its probabilities to beat one of the others: of two
// exactly the probability that it wins. `beats(one, other)` is in [0, 1].
template<typename Beats>
std::vector<double> meanWinProbabilities(size_t models, const Beats &beats)
{
    std::vector<double> means(models);
    for (size_t one = 0; one < models; ++one) {
        for (size_t other = 0; other < models; ++other)
            means[one] += one == other ? 0 : beats(one, other) / double(models - 1);
    }
    return means;
}

// Whether there are models to compare: InvalidInput for a single one.
[[nodiscard]] Result<> checkPairs(const TrainingSet &set);

} // namespace headgate::learning
