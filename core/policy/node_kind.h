#pragma once

#include "core/policy/policy_document.h"

#include <functional>
#include <limits>

namespace headgate::policy {

struct Problem;

enum class FieldType {
    Text,
    LongText,
    Number,
    Integer,
    Boolean,
    Choice,       // one of `choices`
    Model,        // name of a model of the policy
    Models,       // several of them, in order
    Scorers,      // [{"kind": …, "weight": …, options}]
    Cases,        // of a rule
    Weights,      // of a split: [{"name": …, "weight": …}]
    ModelWeights, // the same with names of the policy's models
    Labels,       // a list of names
    References,   // prompts with labels
    ModelScores,  // [{"model": …, "quality": …, "rows": …?}]
    TaskScores,   // [{"model": …, "task": …, "quality": …}]
    ModelSeconds, // [{"model": …, "seconds": …}]
    Artifact,     // name of a trained file beside the policy
    Object,       // free JSON
};

// That another field of the same config has this value.
struct FieldCondition
{
    QString key{}; // empty: holds always
    Json value{};
    bool byDefault = false; // also where that field is not set
};

// One field of a node's config. The inspector draws itself from these, and validation checks them.
struct Field
{
    QString key{};   // in the config
    QString label{}; // sentence case, translated
    FieldType type = FieldType::Text;
    Json defaultValue{}; // null: none; shown as the placeholder
    Json startValue{};   // what a new node has; null: the default, and only where it must be there
    QString unit{};      // "s", "USD", "tokens"; empty where there is none
    QString help{};      // one sentence
    double minimum = -std::numeric_limits<double>::infinity();
    double maximum = std::numeric_limits<double>::infinity();
    QStringList choices{};
    bool required = false;
    FieldCondition onlyWhen{}; // elsewhere it says nothing; forms hide it unless it is set
};

enum class PortRole { Normal, Default, Error }; // drawn solid, dashed, dotted

struct Port
{
    QString name{};  // in the file
    QString label{}; // on the drawing
    PortRole role = PortRole::Normal;
    bool required = true; // a problem where no wire leaves it

    bool operator==(const Port &) const = default;
};

enum class NodeGroup { Flow, Route, Call, Check, Cache, Note };

enum class Runtime { Runs, NotInThisBuild };

// How a node goes on where the branch of one of its ports is muted away.
struct WithoutBranch
{
    Json config;       // that of a node without the branch
    QString instead{}; // the port whose way is taken; empty: the config has the port no longer
};

// Everything that the house knows of one kind of node: what validates, draws and documents it.
// One file a kind in node_kinds/, listed in node_kinds/node_kinds.cpp.
struct NodeKind
{
    QString id{};    // in the file
    QString label{}; // "Score gate"
    NodeGroup group = NodeGroup::Flow;
    QString help{};     // one sentence
    QStringList tags{}; // further words that a search finds it by
    bool hasInput = true;
    QList<Field> fields{};
    Runtime runtime = Runtime::Runs;
    // In the order of drawing; they may depend on the config (one a case, one a label).
    std::function<QList<Port>(const Json &config)> outPorts;
    // The main out port, by which a bypassed node hands the query on; empty: it cannot be bypassed.
    QString bypassPort{};
    // None where the kind cannot do without that port, or cannot do without any of its ports.
    std::function<std::optional<WithoutBranch>(const Json &config, const QString &port)>
        withoutBranch;
    // The line of settings on the node: "log-probability ≥ 0.55".
    std::function<QString(const Node &, const PolicyDocument &)> summary;
    // Problems beyond what the fields' own descriptions say; may be empty.
    std::function<void(const Node &, const PolicyDocument &, QList<Problem> &)> validate;
};

// All kinds in palette order.
const QList<NodeKind> &nodeKinds();
// nullptr for a kind that this version does not know.
const NodeKind *nodeKind(const QString &id);
// The ports of a node; for an unknown kind the ports that its wires name.
QList<Port> outPorts(const Node &node, const PolicyDocument &document);
// Whether nodes of the kind can be bypassed: one way in, one main way out.
bool canBypass(const QString &kind);
// Whether the field says something in that config, or is set in it all the same.
bool isInUse(const Field &field, const Json &config);
// What a new node of the kind starts with: start values, and the defaults of the fields that it
// cannot do without.
Json defaultConfig(const NodeKind &kind);
// What sentences and lists call a node: its title, or its id where it has none; line breaks, marks
// of text direction and their like become spaces.
QString displayName(const Node &node);
// The same of the node with this id; the id itself where the document has none.
QString displayName(const PolicyDocument &document, const NodeId &id);

} // namespace headgate::policy
