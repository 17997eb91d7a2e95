#pragma once

#include "core/catalog/model_catalog.h"
#include "core/engine/query_runner.h"
#include "core/simulation/simulated_fleet.h"

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

private:
    SystemClock m_clock;
    catalog::ModelCatalog m_catalog;
    std::unique_ptr<simulation::SimulatedFleet> m_fleet; // outlives the providers
    engine::ProviderDirectory m_directory;
    engine::QueryRunner m_runner;
};

// Whether all providers of the policy belong to the simulated fleet.
bool usesOnlySimulatedProviders(const policy::PolicyDocument &document);

// The policy, compiled and with all routers and scorers made.
Result<std::shared_ptr<const engine::PreparedPolicy>>
prepare(const policy::PolicyDocument &document);

} // namespace headgate::cli
