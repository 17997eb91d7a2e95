#pragma once

#include <QHash>
#include <QMetaType>
#include <QString>

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

} // namespace headgate::policy

Q_DECLARE_METATYPE(headgate::policy::NodeId)
