#include "core/providers/connection_test.h"

#include "core/providers/provider_factory.h"

namespace headgate::providers {

namespace {

bool wasReached(ErrorCode code)
{
    return code != ErrorCode::Network && code != ErrorCode::Timeout &&
           code != ErrorCode::Cancelled && code != ErrorCode::InvalidInput;
}

} // namespace

QCoro::Task<ConnectionReport> testConnection(Endpoint endpoint, const KeySource &keys, Clock &clock,
                                             std::stop_token stop)
{
    ConnectionReport report;
    const auto key = keys.keyOf(endpoint);
    if (!key) {
        report.problem = key.error().message;
        co_return report;
    }
    report.hasKey = !key->isEmpty();
    const auto provider = makeProvider(endpoint, clock, keys);
    if (!provider) {
        report.problem = provider.error().message;
        co_return report;
    }
    const auto start = clock.steadyNow();
    auto asking = (*provider)->offeredModels(stop);
    const Result<QList<OfferedModel>> models = co_await asking;
    report.latency = clock.steadyNow() - start;
    if (models) {
        report.isReachable = report.isKeyAccepted = true;
        report.models = *models;
        co_return report;
    }
    report.problem = models.error().message;
    report.isReachable = wasReached(models.error().code);
    // A server that has no list, or is too busy for one, has read the key.
    report.isKeyAccepted = report.isReachable && models.error().code != ErrorCode::Unauthorized;
    co_return report;
}

} // namespace headgate::providers
