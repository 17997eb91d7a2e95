#pragma once

#include <cmath>
#include <optional>

namespace headgate::learning {

// What two models that were equally good on a row count as in learning who beats whom.
enum class Ties { Half, Skip };

// Who won by the qualities of two models: 1 the first, 0 the second, 1/2 for a tie; nothing where
// one was not measured.
inline std::optional<float> wonBy(float first, float second, Ties ties)
{
    if (std::isnan(first) || std::isnan(second) || (first == second && ties == Ties::Skip))
        return {};
    return first == second ? 0.5F : first > second ? 1.0F : 0.0F;
}

} // namespace headgate::learning
