#pragma once

#include "core/common/json.h"

#include <QStringList>

#include <vector>

namespace headgate::policy {

// The most models that may take the place of a node's own.
inline constexpr qsizetype kMostFallbacks = 16;

// Names of the models that take the place of the node's own where it cannot serve, in their order.
QStringList fallbacksOf(const Json &config);
// The weight of each model of the group, the node's own first; 1 where the config has none for it.
std::vector<double> groupWeights(const Json &config);

} // namespace headgate::policy
