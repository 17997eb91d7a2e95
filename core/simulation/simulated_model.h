#pragma once

#include "core/common/price.h"

#include <QList>
#include <QString>

#include <chrono>

namespace headgate::simulation {

// One model of the fleet: what it charges, how often it is right and how fast it answers.
struct SimulatedModel
{
    QString provider;    // "sim-aviary"
    QString name;        // "heron": what a request asks for
    QString servedName;  // "heron-2026-10": what a response says, and may be asked for, too
    QString displayName; // "Heron"
    Price price;
    // The difficulty at which half of its answers are right; above the hardest prompt for a model
    // that is nearly always right.
    double skill = 0;
    double refusalRate = 0;                  // of all practice prompts
    double truncationRate = 0;               // of all practice prompts
    std::chrono::milliseconds firstToken{0}; // median of a log-normal distribution
    double tokensPerSecond = 0;              // median of a log-normal distribution
};

const QList<SimulatedModel> &simulatedModels();
// By either of its names; nullptr where the provider has no such model.
const SimulatedModel *findSimulatedModel(const QString &provider, const QString &name);

} // namespace headgate::simulation
