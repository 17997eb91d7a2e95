#include "ui/evaluate/routed_search.h"

namespace headgate::ui {

Result<std::shared_ptr<const RoutedResult>> searchRouted(const policy::PolicyDocument &document,
                                                         const LoadedOutcomes &outcomes,
                                                         const TuneRequest &request,
                                                         const learning::ArtifactShelf &artifacts,
                                                         const evaluation::SearchProgress &progress,
                                                         std::stop_token stop)
{
    auto result = std::make_shared<RoutedResult>();
    auto router = evaluation::firstRouter(document);
    if (!router)
        return tl::unexpected(router.error());
    auto ports = evaluation::decisionsOf(*router, routers::builtinRouters(artifacts),
                                         *outcomes.table, stop);
    if (!ports)
        return tl::unexpected(ports.error());
    const auto train = evaluation::divideColumns(outcomes.train, router->ports, *ports);
    result->validation = evaluation::divideColumns(outcomes.validation, router->ports, *ports);
    auto choice = evaluation::chooseBranches(train, result->validation, request.wish,
                                             request.search, progress, std::move(stop));
    if (!choice)
        return tl::unexpected(choice.error());
    result->router = std::move(*router);
    result->choice = std::move(*choice);
    result->portOf = std::move(*ports);
    return result;
}

} // namespace headgate::ui
