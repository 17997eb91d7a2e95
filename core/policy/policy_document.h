#pragma once

#include "core/common/json.h"
#include "core/common/price.h"
#include "core/policy/node_id.h"
#include "core/policy/route_pin.h"

#include <QPointF>

namespace headgate::policy {

// A named deployment: where a model is called and with what.
struct Model
{
    QString name{};                   // unique within the policy; what nodes refer to
    QString provider{};               // name of a configured provider; its key is found at run time
    QString model{};                  // the provider's own id
    Json parameters = Json::object(); // sent as they are: temperature, max_tokens, …
    std::optional<Price> price{};     // none: the catalog's price
    Json extra = Json::object();      // fields that this version does not know

    bool operator==(const Model &) const = default;
};

struct Limits
{
    enum class OnLimit { BestSoFar, Fail };

    std::optional<Money> maxCost{};                       // a query, all calls together
    std::optional<std::chrono::nanoseconds> maxLatency{}; // a query, from start to answer
    OnLimit onLimit = OnLimit::BestSoFar;
    Json extra = Json::object();

    bool operator==(const Limits &) const = default;
};

// Whether a node takes part. Muted: it takes no traffic, and what leads to it is treated as absent.
// Bypassed: it hands the query on unchanged, along its kind's main port (effective_policy.h).
enum class NodeMode { Active, Muted, Bypassed };

// One box of the drawing. `kind` names a descriptor of node_kinds/; a kind that this version does
// not know is kept unchanged and refuses to run.
struct Node
{
    NodeId id{};
    QString kind{};
    QString title{}; // what the user calls it; unique within a policy, may be empty
    QPointF at{};    // top left corner on the canvas, in canvas units (1 unit = 1 px at 100 %)
    Json config = Json::object(); // fields of this kind; see node_kinds/<kind>.h for units
    NodeMode mode = NodeMode::Active;
    Json extra = Json::object();

    bool operator==(const Node &) const = default;
};

// Leads from one out port to a node; a port has at most one wire.
struct Wire
{
    NodeId from{};
    QString port{};
    NodeId to{};

    bool operator==(const Wire &) const = default;
};

// Nodes that are drawn as one: a frame around them, or one card where it is collapsed. Says nothing
// of how queries go. A node is in at most one group.
struct Group
{
    QString id{}; // unique among the groups
    QString title{};
    QList<NodeId> nodes{}; // never empty
    bool collapsed = false;
    Json extra = Json::object();

    bool operator==(const Group &) const = default;
};

// The whole routing document, as it is drawn and stored. It may be incomplete or wrong while it
// is edited: validation says how, and only a valid one compiles (compiled_policy.h).
struct PolicyDocument
{
    QString name{};
    QString baseline{};    // name of the model that savings are counted against; may be empty
    QList<Model> models{}; // sorted by name
    Limits limits{};
    bool keepTexts = false; // prompts and answers of its queries are kept in the ledger
    QList<Node> nodes{};
    QList<Wire> wires{};
    QList<Group> groups{};
    QList<RoutePin> pins{};
    Json extra = Json::object();

    const Node *node(const NodeId &id) const; // nullptr where there is none
    const Model *model(const QString &modelName) const;
    std::optional<NodeId> target(const NodeId &from, const QString &port) const;
    const Group *groupOf(const NodeId &node) const; // nullptr where it is in none

    bool operator==(const PolicyDocument &) const = default;
};

} // namespace headgate::policy

Q_DECLARE_METATYPE(headgate::policy::Wire)
