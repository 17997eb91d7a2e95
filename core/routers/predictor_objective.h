#pragma once

#include "core/common/json.h"

namespace headgate::routers {

// What a predictor makes the most of: quality x its weight - dollars x theirs - seconds x theirs.
struct PredictorObjective
{
    double quality = 1;
    double perUsd = 0;
    double perSecond = 0;
};

// From "willingness_usd" (what a unit of quality is worth, in dollars: an answer that is right
// rather than wrong) and "second_usd" (what a second less is worth). Without the first, quality
// alone counts. Files of before have "quality_weight", "cost_weight" and "latency_weight" instead.
PredictorObjective predictorObjective(const Json &config);

} // namespace headgate::routers
