#include "app/cli/backends.h"

#include "app/cli/command_line.h"
#include "app/cli/texts.h"

#include <QFileInfo>

namespace headgate::cli {

using namespace Qt::StringLiterals;

Backends::Backends()
    : m_catalog(catalog::ModelCatalog::bundled())
    , m_directory(m_clock)
    , m_embedder(m_directory, m_clock)
    , m_runner(m_directory, m_catalog, m_clock)
{
    m_runner.setEmbedder(&m_embedder);
}

Result<> Backends::addSimulatedFleet(const simulation::FleetOptions &options)
{
    auto fleet = simulation::SimulatedFleet::start(options);
    if (!fleet)
        return tl::unexpected(std::move(fleet).error());
    m_fleet = std::move(*fleet);
    m_catalog.add(simulation::SimulatedFleet::catalogEntries());
    for (const QString &name : m_fleet->providers()) {
        providers::Endpoint endpoint;
        endpoint.name = name;
        endpoint.baseUrl = m_fleet->baseUrl(name);
        endpoint.simulated = true;
        if (const auto added = m_directory.add(endpoint); !added)
            return added;
    }
    return {};
}

Result<> Backends::addFile(const QString &path)
{
    if (!QFileInfo::exists(path))
        return fail(ErrorCode::NotFound,
                    Texts::tr("%1 cannot be opened: there is no such file.").arg(path));
    const auto endpoints = engine::readEndpointFile(path);
    if (!endpoints)
        return tl::unexpected(endpoints.error());
    m_catalog.setLocalProviders(engine::localProviders(*endpoints));
    for (const providers::Endpoint &endpoint : *endpoints) {
        if (auto added = m_directory.add(endpoint); !added) {
            added.error().message = u"%1: %2"_s.arg(path, added.error().message);
            return added;
        }
    }
    return {};
}

Result<> Backends::checkProvidersOf(const policy::PolicyDocument &document)
{
    for (const policy::Model &model : document.models) {
        if (!m_directory.find(model.provider))
            return fail(ErrorCode::NotFound,
                        Texts::tr("The model “%1” needs the provider “%2”; name its endpoint with "
                                  "--providers FILE.")
                            .arg(model.name, model.provider));
    }
    return {};
}

void addBackendOptions(QCommandLineParser &parser)
{
    parser.addOption({u"fleet"_s,
                      Texts::tr("“simulated”: the built-in fleet; “configured”: the endpoints of "
                                "--providers."),
                      u"WHICH"_s});
    addNoDelaysOption(parser);
    parser.addOption({u"providers"_s,
                      Texts::tr("A JSON file of endpoints: name, base_url, key_variable."),
                      u"FILE"_s});
}

void addNoDelaysOption(QCommandLineParser &parser)
{
    parser.addOption({u"no-delays"_s,
                      Texts::tr("The simulated models answer at once, and take no time that would "
                                "stand for their speeds.")});
}

simulation::FleetOptions fleetOptions(const QCommandLineParser &parser)
{
    simulation::FleetOptions options;
    if (parser.isSet(u"no-delays"_s))
        options.timeScale = 0;
    return options;
}

std::optional<int> checkBackendOptions(const QCommandLineParser &parser)
{
    const QString fleet = parser.value(u"fleet"_s);
    if (parser.isSet(u"fleet"_s) && fleet != "simulated"_L1 && fleet != "configured"_L1)
        return wrongUsage(Texts::tr("--fleet is simulated or configured."));
    if (fleet == "configured"_L1 && !parser.isSet(u"providers"_s))
        return wrongUsage(Texts::tr("--fleet configured needs --providers FILE."));
    return std::nullopt;
}

Result<> connectBackends(const QCommandLineParser &parser, const policy::PolicyDocument &document,
                         Backends &backends)
{
    const bool simulated = parser.isSet(u"fleet"_s) ? parser.value(u"fleet"_s) == "simulated"_L1
                                                    : !parser.isSet(u"providers"_s) &&
                                                          usesOnlySimulatedProviders(document);
    if (simulated) {
        if (const auto started = backends.addSimulatedFleet(fleetOptions(parser)); !started)
            return started;
    }
    if (parser.isSet(u"providers"_s)) {
        if (const auto added = backends.addFile(parser.value(u"providers"_s)); !added)
            return added;
    }
    return backends.checkProvidersOf(document);
}

bool usesOnlySimulatedProviders(const policy::PolicyDocument &document)
{
    return std::all_of(
        document.models.begin(), document.models.end(),
        [](const policy::Model &model) { return model.provider.startsWith("sim-"_L1); });
}

Result<std::shared_ptr<const engine::PreparedPolicy>>
prepare(const policy::PolicyDocument &document, const learning::ArtifactShelf &artifacts)
{
    return engine::PreparedPolicy::prepare(document, routers::builtinRouters(artifacts),
                                           scorers::builtinScorers(artifacts));
}

} // namespace headgate::cli
