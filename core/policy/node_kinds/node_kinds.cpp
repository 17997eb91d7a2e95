#include "core/policy/node_kind.h"

#include "core/policy/node_kinds/builtin_kinds.h"

#include <QHash>
#include <QSet>

namespace headgate::policy {

const QList<NodeKind> &nodeKinds()
{
    static const QList<NodeKind> kinds{
        queryKind(), ruleKind(), classifierKind(), nearestKind(), predictorKind(), splitKind(),
        modelKind(), gateKind(), cacheKind(),      answerKind(),  noteKind(),
    };
    return kinds;
}

const NodeKind *nodeKind(const QString &id)
{
    static const QHash<QString, const NodeKind *> index = [] {
        QHash<QString, const NodeKind *> byId;
        for (const NodeKind &kind : nodeKinds())
            byId.insert(kind.id, &kind);
        return byId;
    }();
    return index.value(id, nullptr);
}

QList<Port> outPorts(const Node &node, const PolicyDocument &document)
{
    if (const NodeKind *kind = nodeKind(node.kind))
        return kind->outPorts(node.config);
    QList<Port> ports;
    QSet<QString> seen;
    for (const Wire &wire : document.wires) {
        if (wire.from == node.id && !seen.contains(wire.port)) {
            seen.insert(wire.port);
            ports.append({.name = wire.port, .label = wire.port});
        }
    }
    return ports;
}

bool canBypass(const QString &kind)
{
    const NodeKind *known = nodeKind(kind);
    return known && !known->bypassPort.isEmpty();
}

bool isInUse(const Field &field, const Json &config)
{
    if (field.onlyWhen.key.isEmpty())
        return true;
    const auto has = [&config](const QString &key) { return config.find(toStdString(key)); };
    const auto asked = has(field.onlyWhen.key);
    const bool holds = asked == config.end() || asked->is_null()
                           ? field.onlyWhen.byDefault
                           : *asked == field.onlyWhen.value;
    return holds || has(field.key) != config.end();
}

Json defaultConfig(const NodeKind &kind)
{
    Json config = Json::object();
    for (const Field &field : kind.fields) {
        if (!field.startValue.is_null())
            config[toStdString(field.key)] = field.startValue;
        else if (field.required && !field.defaultValue.is_null())
            config[toStdString(field.key)] = field.defaultValue;
    }
    return config;
}

QString displayName(const Node &node)
{
    QString name = node.title.isEmpty() ? node.id.value : node.title;
    for (QChar &c : name) {
        if (!c.isPrint() && !c.isSurrogate())
            c = u' ';
    }
    return name;
}

QString displayName(const PolicyDocument &document, const NodeId &id)
{
    const Node *node = document.node(id);
    return node ? displayName(*node) : id.value;
}

} // namespace headgate::policy
