#pragma once

#include "core/engine/call_figures.h"
#include "core/engine/circuit_breaker.h"

#include <QMetaType>
#include <QString>

namespace headgate::engine {

// What is called: a model of a provider, whichever policies name it.
struct Deployment
{
    QString provider;
    QString model; // the provider's own id

    bool operator==(const Deployment &) const = default;
    friend bool operator<(const Deployment &a, const Deployment &b)
    {
        return a.provider != b.provider ? a.provider < b.provider : a.model < b.model;
    }
};

// How a deployment is at one moment, for the view.
struct DeploymentHealth
{
    // What only the user can mend.
    enum class Flag {
        None,
        NeedsKey,    // the key is missing or refused
        NeedsCredit, // not called until the user says so, or nobody else is left
        Missing,     // the provider has no such model
    };

    Deployment deployment;
    CircuitBreaker::State breaker = CircuitBreaker::State::Closed;
    Flag flag = Flag::None;
    int failuresInARow = 0;
    // Until the next probe, or as long as the server asked to be left alone. Zero: callable now.
    std::chrono::milliseconds rest{};
    CallFigures figures; // of this session's latest calls

    bool operator==(const DeploymentHealth &) const = default;
};

// "closed", "open", "half_open": stable, for files and traces.
QLatin1String nameOf(CircuitBreaker::State state);

} // namespace headgate::engine

Q_DECLARE_METATYPE(headgate::engine::DeploymentHealth)
