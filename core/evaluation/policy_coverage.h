#pragma once

#include "core/evaluation/replay.h"

#include <QHash>

namespace headgate::evaluation {

// How many of the replayed cases went where on the drawing. Wires of errors are not in it: outcomes
// hold no calls that failed, so that none can be taken.
struct PolicyCoverage
{
    using WireKey = std::pair<policy::NodeId, QString>; // the node and the port that it leaves

    qint64 cases = 0;
    QHash<WireKey, qint64> wires;        // cases by wire
    QHash<policy::NodeId, qint64> nodes; // cases by node; those of errors alone are not in it

    qsizetype takenWires() const; // that at least one case went through
    double share() const;         // of the wires, in [0, 1]; 0 without any
};

[[nodiscard]] PolicyCoverage coverageOf(const policy::CompiledPolicy &policy,
                                        const ReplayResult &result);

} // namespace headgate::evaluation
