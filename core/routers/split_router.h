#pragma once

#include "core/routers/router.h"

#include <QStringList>

#include <memory>

namespace headgate::routers {

// Chooses a branch at random by weight, the same one whenever the same is drawn again.
// Config: {"branches": [{"name", "weight"}], "sticky_key": "", "seed": 1}. Drawn from the seed and
// the query's seed or, with a sticky key, the query's metadata of that key: all queries of one user
// take one branch. The same on every machine and in every version.
Result<std::unique_ptr<Router>> makeSplitRouter(const Json &config, const QStringList &ports);

} // namespace headgate::routers
