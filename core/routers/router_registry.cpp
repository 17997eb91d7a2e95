#include "core/routers/router_registry.h"

#include "core/routers/label_router.h"
#include "core/routers/nearest_router.h"
#include "core/routers/predictor_router.h"
#include "core/routers/rule_router.h"
#include "core/routers/split_router.h"
#include "core/routers/texts.h"

namespace headgate::routers {

using namespace Qt::StringLiterals;

namespace {

constexpr double kClassifierFloor = 0.5; // node_kinds/classifier_kind.cpp has the same

// Known, so that a policy that names it is told what is missing rather than that it is a mistake.
RouterFactory refusing(ErrorCode code, const QString &sentence)
{
    return [code, sentence](const RouterParts &) -> Result<std::unique_ptr<Router>> {
        return fail(code, sentence);
    };
}

// Of routers that need no more than the node's own words.
template<typename Make>
RouterFactory byConfig(Make make)
{
    return [make](const RouterParts &parts) { return make(parts.config, parts.ports); };
}

} // namespace

Result<std::unique_ptr<Router>> RouterRegistry::create(const QString &kind, const Json &config,
                                                       const QStringList &ports,
                                                       const QList<policy::Model> &models) const
{
    const RouterFactory *factory = find(kind);
    if (!factory)
        return fail(ErrorCode::UnknownKind,
                    Texts::tr("No router “%1”; known: %2.").arg(kind, kinds().join(", "_L1)));
    return (*factory)({config, ports, models});
}

RouterRegistry builtinRouters(const learning::ArtifactShelf &artifacts)
{
    RouterRegistry registry;
    registry.add(u"rule"_s, byConfig(makeRuleRouter));
    registry.add(u"split"_s, byConfig(makeSplitRouter));
    registry.add(u"classifier"_s, [artifacts](const RouterParts &parts) {
        return makeLabelRouter(parts, artifacts, kClassifierFloor);
    });
    registry.add(u"nearest"_s, [artifacts](const RouterParts &parts) {
        return makeNearestRouter(parts, artifacts);
    });
    registry.add(u"predictor"_s, [artifacts](const RouterParts &parts) {
        return makePredictorRouter(parts, artifacts);
    });
    registry.add(u"cache"_s,
                 refusing(ErrorCode::Unavailable,
                          Texts::tr("The answer cache is not available in this build.")));
    return registry;
}

} // namespace headgate::routers
