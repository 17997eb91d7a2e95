#pragma once

#include "core/common/json.h"
#include "core/providers/provider.h"

namespace headgate::providers {

// The models in the list of a server of OpenAI's family: {"data":[{"id"}]}, or the bare list that
// some send, with what some of them add: limits, and prices in dollars a token. None where it is no
// such list.
std::optional<QList<OfferedModel>> openAiModelsIn(const Json &answer);

} // namespace headgate::providers
