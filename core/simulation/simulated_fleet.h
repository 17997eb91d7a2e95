#pragma once

#include "core/catalog/model_catalog.h"
#include "core/common/result.h"

#include <QUrl>

#include <memory>

namespace headgate::simulation {

// A fault that a simulated provider shows until it is switched off.
enum class Fault { None, Slow, RateLimited, Down, CutMidStream, Garbage };

struct FleetOptions
{
    quint64 seed = 1;      // same seed, same answers
    double timeScale = 1;  // 0: no delays at all (tests), 1: as the models' speeds say
};

// A labelled loopback HTTP server that stands for two providers with five models of invented names:
// "aviary" (wren, finch-mini, heron, albatross) and "rookery" (egret, heron's price class). It
// speaks the providers' protocols on 127.0.0.1 and a free port; nothing reaches it but HTTP.
class SimulatedFleet
{
public:
    static Result<std::unique_ptr<SimulatedFleet>> start(const FleetOptions &options = {});
    ~SimulatedFleet(); // stops the server and its connections

    QStringList providers() const;             // "sim-aviary", "sim-rookery"
    QUrl baseUrl(const QString &provider) const; // http://127.0.0.1:PORT/aviary/v1
    void setFault(const QString &provider, Fault fault);
    Fault fault(const QString &provider) const;

    // Names, prices and capabilities of its models, source Simulated.
    static QList<catalog::CatalogEntry> catalogEntries();

private:
    SimulatedFleet();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headgate::simulation
