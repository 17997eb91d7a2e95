#include "core/routers/router_registry.h"

#include "core/routers/rule_router.h"
#include "core/routers/split_router.h"
#include "core/routers/texts.h"

namespace headgate::routers {

using namespace Qt::StringLiterals;

namespace {

// Known, so that a policy that names it is told what is missing rather than that it is a mistake.
RouterFactory refusing(ErrorCode code, const QString &sentence)
{
    return [code, sentence](const Json &, const QStringList &) -> Result<std::unique_ptr<Router>> {
        return fail(code, sentence);
    };
}

} // namespace

Result<std::unique_ptr<Router>> RouterRegistry::create(const QString &kind, const Json &config,
                                                       const QStringList &ports) const
{
    const RouterFactory *factory = find(kind);
    if (!factory)
        return fail(ErrorCode::UnknownKind,
                    Texts::tr("No router “%1”; known: %2.").arg(kind, kinds().join(", "_L1)));
    return (*factory)(config, ports);
}

RouterRegistry builtinRouters()
{
    RouterRegistry registry;
    registry.add(u"rule"_s, makeRuleRouter);
    registry.add(u"split"_s, makeSplitRouter);
    registry.add(u"classifier"_s, refusing(ErrorCode::NeedsTraining,
                                           Texts::tr("A classifier needs training first.")));
    registry.add(u"nearest"_s,
                 refusing(ErrorCode::NeedsTraining,
                          Texts::tr("A nearest-prompt router needs training first.")));
    registry.add(u"predictor"_s, refusing(ErrorCode::NeedsTraining,
                                          Texts::tr("A predictor needs training first.")));
    registry.add(u"cache"_s,
                 refusing(ErrorCode::Unavailable,
                          Texts::tr("The answer cache is not available in this build.")));
    return registry;
}

} // namespace headgate::routers
