#pragma once

#include <QList>
#include <QString>

namespace headgate::simulation {

// The one embedding model of the fleet, which every provider has.
struct SimulatedEmbedder
{
    QString name = QStringLiteral("plume");
    QString servedName = QStringLiteral("plume-2026-10");
    int dimensions = 64;
};
const SimulatedEmbedder &simulatedEmbedder();

// A vector of length one that depends on the words of the text alone: texts that share words lie
// near each other.
QList<float> simulatedEmbedding(const QString &text, int dimensions);

} // namespace headgate::simulation
