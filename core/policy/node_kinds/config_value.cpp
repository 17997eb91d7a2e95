#include "core/policy/node_kinds/config_value.h"

#include <QSet>

namespace headgate::policy {

const Json &memberOr(const Json &object, const char *key, const Json &fallback)
{
    if (!object.is_object())
        return fallback;
    const auto it = object.find(key);
    return it == object.end() || it->is_null() ? fallback : *it;
}

QStringList stringsOf(const Json &list)
{
    QStringList texts;
    if (!list.is_array())
        return texts;
    for (const Json &item : list) {
        if (item.is_string())
            texts.append(toQString(item.get_ref<const std::string &>()));
    }
    return texts;
}

QStringList stringsAt(const Json &list, const char *key)
{
    QStringList texts;
    if (!list.is_array())
        return texts;
    for (const Json &item : list) {
        if (!item.is_object())
            continue;
        const auto it = item.find(key);
        if (it != item.end() && it->is_string())
            texts.append(toQString(it->get_ref<const std::string &>()));
    }
    return texts;
}

QList<Port> portsNamed(const QStringList &names, const Port &last)
{
    QList<Port> ports;
    ports.reserve(names.size() + 1);
    QSet<QString> seen{QString(), last.name};
    for (const QString &name : names) {
        if (seen.contains(name))
            continue;
        seen.insert(name);
        ports.append({.name = name, .label = name});
    }
    if (!last.name.isEmpty())
        ports.append(last);
    return ports;
}

std::optional<WithoutBranch> withoutEntry(const Json &config, const char *key, const Json &fallback,
                                          const char *nameKey, const QString &port)
{
    const Json &list = memberOr(config, key, fallback);
    if (!list.is_array())
        return std::nullopt;
    const Json name = toStdString(port);
    static const Json none;
    Json kept = Json::array();
    for (const Json &entry : list) {
        if ((nameKey ? memberOr(entry, nameKey, none) : entry) != name)
            kept.push_back(entry);
    }
    if (kept.empty() || kept.size() == list.size())
        return std::nullopt;
    WithoutBranch without{config.is_object() ? config : Json::object()};
    without.config[key] = std::move(kept);
    return without;
}

} // namespace headgate::policy
