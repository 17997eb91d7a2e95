#pragma once

#include "core/policy/policy_document.h"

namespace headgate::test {

// A valid-looking policy of `columns` x `rows` nodes between a query and an answer: models, gates
// and rules by turns, each wired to the columns on its right, two wires a node on average.
inline policy::PolicyDocument largePolicy(int columns, int rows)
{
    using namespace Qt::StringLiterals;
    using policy::NodeId;
    policy::PolicyDocument document;
    document.name = u"large"_s;
    document.baseline = u"small"_s;
    document.models = {{.name = u"small"_s, .provider = u"sim-fleet"_s, .model = u"finch"_s}};
    const auto idAt = [](int column, int row) { return NodeId{u"n%1_%2"_s.arg(column).arg(row)}; };
    const auto add = [&](const NodeId &id, const QString &kind, const QString &title, QPointF at,
                         const Json &config) {
        policy::Node node;
        node.id = id;
        node.kind = kind;
        node.title = title;
        node.at = at;
        node.config = config;
        document.nodes.append(node);
    };
    const Json model = {{"model", "small"}, {"timeout_s", 30}};
    const Json gate = {{"scorers", {{{"kind", "log_probability"}, {"weight", 1}}}},
                       {"threshold", 0.6}};
    const Json rule = {
        {"cases",
         {{{"name", "code"}, {"has_code", true}}, {{"name", "long"}, {"min_length", 400}}}}};
    add({u"query"_s}, u"query"_s, u"Query"_s, {-260, 0}, Json::object());
    document.wires.append({{u"query"_s}, u"query"_s, idAt(0, 0)});
    for (int column = 0; column < columns; ++column) {
        for (int row = 0; row < rows; ++row) {
            const NodeId id = idAt(column, row);
            const QPointF at(column * 280, row * 160);
            const int turn = (column + row) % 3;
            const auto next = [&](int down) {
                return column + 1 < columns ? idAt(column + 1, (row + down) % rows)
                                            : NodeId{u"answer"_s};
            };
            const QString number = u"%1.%2"_s.arg(column + 1).arg(row + 1);
            if (turn == 0) {
                add(id, u"model"_s, u"Model "_s + number, at, model);
                document.wires.append({id, u"answer"_s, next(0)});
                document.wires.append({id, u"error"_s, next(1)});
            } else if (turn == 1) {
                add(id, u"gate"_s, u"Gate "_s + number, at, gate);
                document.wires.append({id, u"accept"_s, next(0)});
                document.wires.append({id, u"escalate"_s, next(1)});
            } else {
                add(id, u"rule"_s, u"Rule "_s + number, at, rule);
                document.wires.append({id, u"code"_s, next(1)});
                document.wires.append({id, u"otherwise"_s, next(0)});
            }
        }
    }
    add({u"answer"_s}, u"answer"_s, u"Answer"_s, {columns * 280.0, 0}, Json::object());
    return document;
}

} // namespace headgate::test
