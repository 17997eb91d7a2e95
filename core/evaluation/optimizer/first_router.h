#pragma once

#include "core/evaluation/outcome_table.h"
#include "core/policy/policy_document.h"
#include "core/routers/router_registry.h"

#include <stop_token>

namespace headgate::evaluation {

// The router that a policy begins with: right behind its query, before any model is asked.
struct FirstRouter
{
    policy::Node query;
    policy::Node router;
    QStringList ports;
    QList<policy::Model> models; // of the policy
};

// Fails with a sentence where the policy begins with something else.
[[nodiscard]] Result<FirstRouter> firstRouter(const policy::PolicyDocument &document);

// The port that it takes on each row of the table (router_ports.h). Fails where the router cannot
// run.
[[nodiscard]] Result<std::vector<qint32>> decisionsOf(const FirstRouter &router,
                                                      const routers::RouterRegistry &routers,
                                                      const OutcomeTable &table,
                                                      const std::stop_token &stop = {});

} // namespace headgate::evaluation
