#pragma once

#include "core/policy/route_pin.h"

namespace headgate::policy {

// Pins as the policy file keeps them:
//   {"id", "name", "query": {…}, "path": [[node, port], …],
//    "calls": [{"model", "provider", "id", "ok", "cost_usd", "duration_s"}, …],
//    "scores": [{"model", "scorers": […], "score"?}, …]}
// A list that holds anything else is refused with the pin's number and what is wrong with it.
Result<QList<RoutePin>> readPins(Json list);
Json toJson(const RoutePin &pin);

} // namespace headgate::policy
