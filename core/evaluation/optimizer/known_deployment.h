#pragma once

#include "core/catalog/model_catalog.h"
#include "core/policy/policy_document.h"

namespace headgate::evaluation {

// What stands for a provider that nobody knows: a policy with it can be drawn, checked and
// replayed, and says by whose name what is missing before it is run.
inline constexpr auto kUnknownProvider = "unset";

// The deployment that a name in outcomes stands for: the catalog's model of this id, with or
// without its provider in front, in any case of letters; of several the first. Else the name itself
// with kUnknownProvider.
[[nodiscard]] policy::Model knownDeployment(const catalog::ModelCatalog &catalog,
                                            const QString &name);

} // namespace headgate::evaluation
