#include "core/providers/local_discovery.h"

#include "core/providers/provider_factory.h"

#include <vector>

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

using std::chrono::milliseconds;

// A server on this machine connects at once; a list of models it has in memory.
constexpr CallTimeouts kShort{.connect = milliseconds(500),
                              .firstByte = milliseconds(1500),
                              .idle = milliseconds(1000),
                              .total = milliseconds(3000),
                              .afterFinish = milliseconds(100)};

// Servers of one protocol name themselves as the owner of their models, wherever they answer.
const ProviderPreset *presetOfOwner(const QString &owner)
{
    if (owner == "llamacpp"_L1)
        return findPreset(u"llamacpp"_s);
    if (owner == "vllm"_L1)
        return findPreset(u"vllm"_s);
    return owner == "organization_owner"_L1 ? findPreset(u"lmstudio"_s) : nullptr;
}

ProviderPreset recognised(ProviderPreset candidate, const QList<OfferedModel> &models)
{
    if (candidate.endpoint.protocol != "openai"_L1 || models.isEmpty())
        return candidate;
    const ProviderPreset *preset = presetOfOwner(models.first().owner);
    if (!preset || preset->id == candidate.id)
        return candidate;
    ProviderPreset result = *preset;
    result.endpoint.baseUrl = candidate.endpoint.baseUrl;
    return result;
}

} // namespace

QList<ProviderPreset> localCandidates()
{
    QList<ProviderPreset> candidates;
    for (const ProviderPreset &preset : providerPresets()) {
        if (isLoopback(preset.endpoint.baseUrl))
            candidates.append(preset);
    }
    return candidates;
}

qsizetype LocalServer::chatModels() const
{
    return std::count_if(models.cbegin(), models.cend(),
                         [](const OfferedModel &model) { return model.chats; });
}

LocalDiscovery::LocalDiscovery(Clock &clock)
    : LocalDiscovery(clock, localCandidates())
{
}

LocalDiscovery::LocalDiscovery(Clock &clock, QList<ProviderPreset> candidates)
    : m_clock(clock)
    , m_candidates(std::move(candidates))
{
    m_candidates.removeIf(
        [](const ProviderPreset &candidate) { return !isLoopback(candidate.endpoint.baseUrl); });
}

QCoro::Task<std::optional<LocalServer>> LocalDiscovery::ask(ProviderPreset candidate,
                                                            std::stop_token stop)
{
    Endpoint endpoint = candidate.endpoint;
    endpoint.timeouts = kShort;
    endpoint.keyVariable.clear();
    endpoint.keyInKeyring = false;
    const auto provider = makeProvider(endpoint, m_clock);
    if (!provider)
        co_return std::nullopt;
    auto asking = (*provider)->offeredModels(stop);
    Result<QList<OfferedModel>> models = co_await asking;
    LocalServer server;
    if (models) {
        server.preset = recognised(std::move(candidate), *models);
        server.models = std::move(*models);
        co_return server;
    }
    // Something that asks for a key is a server; what answers otherwise need not be one.
    if (models.error().code != ErrorCode::Unauthorized)
        co_return std::nullopt;
    server.preset = std::move(candidate);
    server.problem = models.error().message;
    co_return server;
}

QCoro::Task<QList<LocalServer>> LocalDiscovery::find(std::stop_token stop)
{
    std::vector<QCoro::Task<std::optional<LocalServer>>> asking;
    for (const ProviderPreset &candidate : m_candidates)
        asking.push_back(ask(candidate, stop));
    QList<LocalServer> found;
    for (auto &task : asking) {
        std::optional<LocalServer> server = co_await task;
        if (server)
            found.append(std::move(*server));
    }
    co_return found;
}

} // namespace headgate::providers
