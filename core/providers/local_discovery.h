#pragma once

#include "core/common/clock.h"
#include "core/providers/provider.h"
#include "core/providers/provider_presets.h"

namespace headgate::providers {

// A model server that answers on this machine.
struct LocalServer
{
    ProviderPreset preset; // what kind of server it is, with the address where it answers
    QList<OfferedModel> models;
    QString problem; // one sentence where it answers but gives no list, such as that it wants a key

    qsizetype chatModels() const; // not those that only make vectors
};

// Looks for model servers on the ports of the loopback interface where they usually are: Ollama,
// llama.cpp, LM Studio, vLLM. Asks each for its models, all at once, and gives up on each after a
// short time; sends no key and leaves this machine never.
class LocalDiscovery
{
public:
    explicit LocalDiscovery(Clock &clock); // outlives it
    // At other addresses than the usual ones. Each must be on loopback.
    LocalDiscovery(Clock &clock, QList<ProviderPreset> candidates);

    // In the order of the candidates. A port where nothing or something else answers is left out.
    QCoro::Task<QList<LocalServer>> find(std::stop_token stop);

private:
    QCoro::Task<std::optional<LocalServer>> ask(ProviderPreset candidate, std::stop_token stop);

    Clock &m_clock;
    QList<ProviderPreset> m_candidates;
};

// The presets of servers on this machine, where they usually answer.
QList<ProviderPreset> localCandidates();

} // namespace headgate::providers
