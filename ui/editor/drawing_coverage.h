#pragma once

#include "core/policy/node_id.h"

#include <QHash>
#include <QString>

namespace headgate::ui {

// How many of some replayed cases went where on a drawing. What is not named is not known.
struct DrawingCoverage
{
    qint64 cases = 0; // 0: nothing is known
    QString origin;   // "outcomes.jsonl, train and validation part"
    QHash<std::pair<policy::NodeId, QString>, qint64> wires; // by the port that they leave
    QHash<policy::NodeId, qint64> nodes;

    bool operator==(const DrawingCoverage &) const = default;
};

} // namespace headgate::ui
