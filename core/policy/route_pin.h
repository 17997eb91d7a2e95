#pragma once

#include "core/common/money.h"
#include "core/policy/node_id.h"
#include "core/policy/query.h"

#include <chrono>
#include <optional>

namespace headgate::policy {

// One step of a path: the node, and the port that the query left it by; empty where the path ends.
struct PinnedStep
{
    NodeId node{};
    QString port{};

    bool operator==(const PinnedStep &) const = default;
};

// What a model did with the pinned query. It stands for any call of the same deployment.
struct PinnedCall
{
    QString model{};    // name in the policy
    QString provider{}; // of the deployment that was called, as the policy named it then
    QString modelId{};
    bool ok = false;
    Money cost{};
    std::chrono::nanoseconds duration{};

    bool operator==(const PinnedCall &) const = default;
};

// What a gate's scorers made of the answer of one model. It holds while the scorers are the same;
// the threshold may change.
struct PinnedScore
{
    QString model{}; // name in the policy of the one that answered
    Json scorers = Json::array();
    std::optional<double> score{}; // in [0, 1]; none: the scorers failed
    Money cost{};                  // of what the scorers asked, and how long that took
    std::chrono::nanoseconds duration{};

    bool operator==(const PinnedScore &) const = default;
};

// A route assertion: a query that must take this path. It carries what was recorded when it was
// pinned, so that a changed policy can be checked without a call.
struct RoutePin
{
    QString id{};   // unique among the pins
    QString name{}; // what the user calls it
    Query query{};
    QList<PinnedStep> path{};
    QList<PinnedCall> calls{};
    QList<PinnedScore> scores{};
    Json extra = Json::object(); // fields that this version does not know

    bool operator==(const RoutePin &) const = default;
};

} // namespace headgate::policy
