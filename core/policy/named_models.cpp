#include "core/policy/named_models.h"

#include "core/policy/node_kinds/gate_kind.h"

namespace headgate::policy {

using namespace Qt::StringLiterals;

namespace {

// Calls `visit` with each text within the field's value that is a model's name.
template<typename Value, typename Visit>
void visitNames(const Field &field, Value &value, Visit visit)
{
    const auto visitText = [&visit](Value &text) {
        if (text.is_string())
            visit(text);
    };
    const auto visitMember = [&visitText](Value &entry, const std::string &key) {
        if (entry.is_object()) {
            if (const auto member = entry.find(key); member != entry.end())
                visitText(*member);
        }
    };
    if (field.type == FieldType::Model)
        return visitText(value);
    if (!value.is_array())
        return;
    for (Value &entry : value) {
        if (field.type == FieldType::Models)
            visitText(entry);
        if (field.type == FieldType::ModelWeights)
            visitMember(entry, "name");
        if (field.type == FieldType::ModelScores || field.type == FieldType::TaskScores ||
            field.type == FieldType::ModelSeconds)
            visitMember(entry, "model");
        if (field.type != FieldType::Scorers)
            continue;
        for (const Field &option : scorerOptions(jsonString(entry, "kind"))) {
            if (option.type == FieldType::Model)
                visitMember(entry, toStdString(option.key));
        }
    }
}

} // namespace

QStringList modelsNamedBy(const Node &node)
{
    QStringList names;
    const NodeKind *kind = nodeKind(node.kind);
    if (!kind || !node.config.is_object())
        return names;
    for (const Field &field : kind->fields) {
        const auto value = node.config.find(toStdString(field.key));
        if (value == node.config.end())
            continue;
        visitNames(field, *value, [&names](const Json &name) {
            names.append(toQString(name.get_ref<const std::string &>()));
        });
    }
    names.removeDuplicates();
    return names;
}

Json withModelRenamed(const Field &field, const Json &value, const QString &before,
                      const QString &after)
{
    Json changed = value;
    const Json old = toStdString(before);
    visitNames(field, changed, [&](Json &name) {
        if (name == old)
            name = toStdString(after);
    });
    return changed;
}

} // namespace headgate::policy
