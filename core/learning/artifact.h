#pragma once

#include "core/common/json.h"
#include "core/common/result.h"

#include <QByteArray>
#include <QMap>

namespace headgate::learning {

// What training wrote: data only, no code, so that opening a stranger's file is safe.
struct Artifact
{
    QString kind;                      // of the learner that reads it (learner_registry.h)
    Json header = Json::object();      // outputs, options, data and its split, figures, seed
    QMap<QString, QByteArray> blocks;  // numbers and texts by name, as the learner lays them out

    bool operator==(const Artifact &) const = default;
};

} // namespace headgate::learning
