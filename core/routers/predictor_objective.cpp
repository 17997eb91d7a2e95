#include "core/routers/predictor_objective.h"

namespace headgate::routers {

PredictorObjective predictorObjective(const Json &config)
{
    if (const double willingness = jsonNumber(config, "willingness_usd", 0); willingness > 0)
        return {.quality = willingness,
                .perUsd = 1,
                .perSecond = jsonNumber(config, "second_usd", 0)};
    return {.quality = jsonNumber(config, "quality_weight", 1),
            .perUsd = jsonNumber(config, "cost_weight", 0),
            .perSecond = jsonNumber(config, "latency_weight", 0)};
}

} // namespace headgate::routers
