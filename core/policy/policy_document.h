#pragma once

#include "core/common/json.h"
#include "core/common/price.h"

#include <QList>
#include <QMetaType>
#include <QPointF>
#include <QString>

#include <chrono>
#include <optional>

namespace headgate::policy {

// Names a node within one policy; stable across edits, kept in the file.
struct NodeId
{
    QString value{};

    bool isEmpty() const { return value.isEmpty(); }
    auto operator<=>(const NodeId &) const = default;
};

inline size_t qHash(const NodeId &id, size_t seed = 0)
{
    return ::qHash(id.value, seed);
}

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

// One box of the drawing. `kind` names a descriptor of node_kinds/; a kind that this version does
// not know is kept unchanged and refuses to run.
struct Node
{
    NodeId id{};
    QString kind{};
    QString title{}; // what the user calls it; unique within a policy, may be empty
    QPointF at{};    // top left corner on the canvas, in canvas units (1 unit = 1 px at 100 %)
    Json config = Json::object(); // fields of this kind; see node_kinds/<kind>.h for units
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

// The whole routing document, as it is drawn and stored. It may be incomplete or wrong while it
// is edited: validation says how, and only a valid one compiles (compiled_policy.h).
struct PolicyDocument
{
    QString name{};
    QString baseline{};    // name of the model that savings are counted against; may be empty
    QList<Model> models{}; // sorted by name
    Limits limits{};
    QList<Node> nodes{};
    QList<Wire> wires{};
    Json extra = Json::object();

    const Node *node(const NodeId &id) const; // nullptr where there is none
    const Model *model(const QString &modelName) const;
    std::optional<NodeId> target(const NodeId &from, const QString &port) const;

    bool operator==(const PolicyDocument &) const = default;
};

} // namespace headgate::policy

Q_DECLARE_METATYPE(headgate::policy::NodeId)
Q_DECLARE_METATYPE(headgate::policy::Wire)
