#pragma once

#include "core/evaluation/outcome_table.h"
#include "core/policy/policy_document.h"
#include "core/routers/router.h"

#include <stop_token>

namespace headgate::evaluation {

// The port that a router takes on each row of a table, by the row's prompt and with its row as the
// seed; -1: it fails there. `name` is what sentences call its node. Fails where the table holds no
// prompts, where the router has to ask somebody, and where it is stopped. Takes a while.
[[nodiscard]] Result<std::vector<qint32>> routerPorts(const routers::Router &router,
                                                      const QString &name,
                                                      const QList<policy::Model> &models,
                                                      const OutcomeTable &table,
                                                      const std::stop_token &stop);

} // namespace headgate::evaluation
