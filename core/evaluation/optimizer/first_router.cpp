#include "core/evaluation/optimizer/first_router.h"

#include "core/evaluation/router_ports.h"
#include "core/evaluation/texts.h"
#include "core/policy/effective_policy.h"
#include "core/policy/node_kind.h"

#include <algorithm>

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

Result<FirstRouter> firstRouter(const policy::PolicyDocument &document)
{
    const policy::PolicyDocument runs = policy::effectivePolicy(document).document;
    const auto query =
        std::find_if(runs.nodes.begin(), runs.nodes.end(),
                     [](const policy::Node &node) { return node.kind == "query"_L1; });
    const auto next = query == runs.nodes.end() ? std::nullopt : runs.target(query->id, u"query"_s);
    const policy::Node *node = next ? runs.node(*next) : nullptr;
    const policy::NodeKind *kind = node ? policy::nodeKind(node->kind) : nullptr;
    if (!kind || kind->group != policy::NodeGroup::Route)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("“%1” does not begin with a router, so there are no branches to "
                              "search.")
                        .arg(document.name));
    FirstRouter found{.query = *query, .router = *node, .ports = {}, .models = runs.models};
    for (const policy::Port &port : policy::outPorts(*node, runs))
        found.ports.append(port.name);
    return found;
}

Result<std::vector<qint32>> decisionsOf(const FirstRouter &router,
                                        const routers::RouterRegistry &routers,
                                        const OutcomeTable &table, const std::stop_token &stop)
{
    const auto made =
        routers.create(router.router.kind, router.router.config, router.ports, router.models);
    if (!made)
        return tl::unexpected(made.error());
    return routerPorts(**made, policy::displayName(router.router), router.models, table, stop);
}

} // namespace headgate::evaluation
