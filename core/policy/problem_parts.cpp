#include "core/policy/problem_parts.h"

namespace headgate::policy {

Problem errorAt(const Node &node, const QString &code, const QString &sentence)
{
    Problem problem;
    problem.code = code;
    problem.node = node.id;
    problem.sentence = sentence;
    return problem;
}

Problem warningAt(const Node &node, const QString &code, const QString &sentence)
{
    Problem problem = errorAt(node, code, sentence);
    problem.severity = Problem::Severity::Warning;
    return problem;
}

Problem fieldErrorAt(const Node &node, const QString &field, const QString &code,
                     const QString &sentence)
{
    Problem problem = errorAt(node, code, sentence);
    problem.field = field;
    return problem;
}

Mend setConfigMend(const QString &label, const NodeId &node, const QString &key, const Json &value)
{
    return {label, [node, key = toStdString(key), value](const PolicyDocument &document) {
                PolicyDocument mended = document;
                for (Node &candidate : mended.nodes) {
                    if (candidate.id != node)
                        continue;
                    if (!candidate.config.is_object())
                        candidate.config = Json::object();
                    if (value.is_null())
                        candidate.config.erase(key);
                    else
                        candidate.config[key] = value;
                }
                return mended;
            }};
}

Mend activateMend(const QString &label, const NodeId &node)
{
    return {label, [node](const PolicyDocument &document) {
                PolicyDocument mended = document;
                for (Node &candidate : mended.nodes) {
                    if (candidate.id == node)
                        candidate.mode = NodeMode::Active;
                }
                return mended;
            }};
}

Mend removeWireMend(const QString &label, const Wire &wire)
{
    return {label, [wire](const PolicyDocument &document) {
                PolicyDocument mended = document;
                mended.wires.removeAll(wire);
                return mended;
            }};
}

Mend removeNodeMend(const QString &label, const NodeId &node)
{
    return {label, [node](const PolicyDocument &document) {
                PolicyDocument mended = document;
                mended.nodes.removeIf([&](const Node &candidate) { return candidate.id == node; });
                mended.wires.removeIf(
                    [&](const Wire &wire) { return wire.from == node || wire.to == node; });
                return mended;
            }};
}

} // namespace headgate::policy
