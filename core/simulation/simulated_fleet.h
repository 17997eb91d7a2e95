#pragma once

#include "core/catalog/model_catalog.h"
#include "core/common/result.h"

#include <QUrl>

#include <memory>

namespace headgate::simulation {

// A fault that a simulated provider shows until it is switched off.
enum class Fault {
    None,
    Slow,         // ten times its delays, and at least two seconds to the first token
    RateLimited,  // 429 with retry-after: 1
    Down,         // 503
    CutMidStream, // the connection ends about half-way through every answer
    Garbage,      // status 200 with a web page or with binary noise
};

struct FleetOptions
{
    quint64 seed = 1;     // same seed, same answers
    double timeScale = 1; // 0: no delays at all (tests), 1: as the models' speeds say
};

// A labelled loopback HTTP server that stands for two providers with five models of invented names:
// "sim-aviary" (wren, finch-mini, heron, albatross) and "sim-rookery" (egret, heron's price class).
// Each has an embedding model, "plume", too. It speaks the protocols of OpenAI, Anthropic, Gemini
// and Ollama on 127.0.0.1 and a free port, with the same answers and faults in each; nothing
// reaches it but HTTP, and no key is needed. Every response carries "x-headgate-simulated: 1". All
// functions may be called from any thread.
class SimulatedFleet
{
public:
    static Result<std::unique_ptr<SimulatedFleet>> start(const FleetOptions &options = {});
    ~SimulatedFleet(); // stops the server and its connections

    QStringList providers() const;  // "sim-aviary", "sim-rookery"
    static QStringList protocols(); // "openai", "anthropic", "gemini", "ollama"
    // http://127.0.0.1:PORT/aviary/v1 for OpenAI's; empty where one of them is unknown.
    QUrl baseUrl(const QString &provider, const QString &protocol = QStringLiteral("openai")) const;
    // Takes effect with the next request. An unknown provider is ignored.
    void setFault(const QString &provider, Fault fault);
    Fault fault(const QString &provider) const;
    // Requests that the provider was sent since the start, failed ones included.
    quint64 requestCount(const QString &provider) const;
    int connectionCount() const;

    // Names, prices and capabilities of its models, source Simulated.
    static QList<catalog::CatalogEntry> catalogEntries();

private:
    SimulatedFleet();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headgate::simulation
