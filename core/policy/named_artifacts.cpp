#include "core/policy/named_artifacts.h"

#include "core/policy/node_kind.h"

namespace headgate::policy {

namespace {

void addNamedAt(const Json &object, const char *key, QStringList &names)
{
    if (const QString name = jsonString(object, key); !name.isEmpty() && !names.contains(name))
        names.append(name);
}

} // namespace

QStringList artifactsNamedBy(const Node &node)
{
    QStringList names;
    const NodeKind *kind = nodeKind(node.kind);
    if (!kind || !node.config.is_object())
        return names;
    for (const Field &field : kind->fields) {
        const std::string key = toStdString(field.key);
        const auto value = node.config.find(key);
        if (value == node.config.end())
            continue;
        if (field.type == FieldType::Artifact)
            addNamedAt(node.config, key.c_str(), names);
        if (field.type == FieldType::Scorers && value->is_array()) {
            for (const Json &scorer : *value)
                addNamedAt(scorer, "artifact", names);
        }
    }
    return names;
}

QStringList artifactsNamedBy(const PolicyDocument &document)
{
    QStringList names;
    for (const Node &node : document.nodes)
        names += artifactsNamedBy(node);
    names.removeDuplicates();
    return names;
}

} // namespace headgate::policy
