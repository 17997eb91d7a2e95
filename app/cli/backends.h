#pragma once

#include "core/catalog/model_catalog.h"
#include "core/engine/endpoint_embedder.h"
#include "core/engine/query_runner.h"
#include "core/simulation/simulated_fleet.h"

#include <QCommandLineParser>

namespace headgate::cli {

// What a policy is run against: clock, prices, providers and, where asked for, the simulated fleet.
class Backends
{
public:
    Backends();

    // Starts the fleet and adds its providers and models.
    Result<> addSimulatedFleet(const simulation::FleetOptions &options);
    // Adds the endpoints that a file names.
    Result<> addFile(const QString &path);
    // An error names the first provider of the policy that is not there.
    Result<> checkProvidersOf(const policy::PolicyDocument &document);

    engine::QueryRunner &runner() { return m_runner; }
    const catalog::ModelCatalog &catalog() const { return m_catalog; }

private:
    SystemClock m_clock;
    catalog::ModelCatalog m_catalog;
    std::unique_ptr<simulation::SimulatedFleet> m_fleet; // outlives the providers
    engine::ProviderDirectory m_directory;
    engine::EndpointEmbedder m_embedder;
    engine::QueryRunner m_runner;
};

// Of the simulated fleet.
void addNoDelaysOption(QCommandLineParser &parser);
simulation::FleetOptions fleetOptions(const QCommandLineParser &parser);
// --fleet, --no-delays and --providers.
void addBackendOptions(QCommandLineParser &parser);
// An exit code where they are wrong.
std::optional<int> checkBackendOptions(const QCommandLineParser &parser);
// What they ask for, or else the fleet where the policy uses no other; every provider of the policy
// is there then.
Result<> connectBackends(const QCommandLineParser &parser, const policy::PolicyDocument &document,
                         Backends &backends);

// Whether all providers of the policy belong to the simulated fleet.
bool usesOnlySimulatedProviders(const policy::PolicyDocument &document);

// The policy, compiled and with all routers and scorers made; those that are trained take what
// they learned from the shelf.
Result<std::shared_ptr<const engine::PreparedPolicy>>
prepare(const policy::PolicyDocument &document, const learning::ArtifactShelf &artifacts = {});

} // namespace headgate::cli
