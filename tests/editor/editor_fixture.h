#pragma once

#include "core/policy/policy_editor.h"

#include <QUndoStack>

namespace headgate::test {

// Query -> Small -> Gate -> accept: Answer, escalate: Large -> Answer; on a row that steps down.
inline policy::PolicyDocument cascade()
{
    using namespace Qt::StringLiterals;
    policy::PolicyDocument document;
    document.name = u"support"_s;
    document.baseline = u"large"_s;
    const auto model = [](const QString &name, const QString &id) {
        policy::Model made;
        made.name = name;
        made.provider = u"sim-fleet"_s;
        made.model = id;
        return made;
    };
    document.models = {model(u"large"_s, u"heron"_s), model(u"small"_s, u"finch"_s)};
    const auto node = [](const QString &id, const QString &kind, const QString &title, QPointF at,
                         const Json &config) {
        policy::Node made;
        made.id = {id};
        made.kind = kind;
        made.title = title;
        made.at = at;
        made.config = config;
        return made;
    };
    const Json none = Json::object();
    const Json gate = {{"scorers", {{{"kind", "log_probability"}, {"weight", 1}}}},
                       {"threshold", 0.6}};
    document.nodes = {
        node(u"q"_s, u"query"_s, u"Query"_s, {0, 0}, none),
        node(u"s"_s, u"model"_s, u"Small"_s, {200, 0}, {{"model", "small"}, {"timeout_s", 30}}),
        node(u"g"_s, u"gate"_s, u"Gate 1"_s, {440, 0}, gate),
        node(u"l"_s, u"model"_s, u"Large"_s, {680, 160}, {{"model", "large"}, {"timeout_s", 30}}),
        node(u"a"_s, u"answer"_s, u"Answer"_s, {940, 0}, none),
    };
    const auto wire = [](const QString &from, const QString &port, const QString &to) {
        return policy::Wire{{from}, port, {to}};
    };
    document.wires = {wire(u"q"_s, u"query"_s, u"s"_s), wire(u"s"_s, u"answer"_s, u"g"_s),
                      wire(u"g"_s, u"accept"_s, u"a"_s), wire(u"g"_s, u"escalate"_s, u"l"_s),
                      wire(u"l"_s, u"answer"_s, u"a"_s)};
    return document;
}

inline policy::NodeId id(const char *value)
{
    return {QString::fromLatin1(value)};
}

} // namespace headgate::test
