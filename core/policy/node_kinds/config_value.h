#pragma once

#include "core/policy/node_kind.h"

#include <QStringList>

namespace headgate::policy {

// The largest share or weight that a node takes: sums of many stay exact enough to draw by.
constexpr double kLargestWeight = 1e9;

// Reads a node's config, which may be anything while it is edited: what has the wrong type counts
// as absent, and null counts as absent, too. References live as long as `object`.
const Json &memberOr(const Json &object, const char *key, const Json &fallback);
// The strings of a list, in order; what is no string is left out.
QStringList stringsOf(const Json &list);
// The string at `key` of each object of a list, in order; entries without one are left out.
QStringList stringsAt(const Json &list, const char *key);

// One port a name, then `last` where it has a name. Empty and repeated names and the name of the
// last port are left out: validation reports them.
QList<Port> portsNamed(const QStringList &names, const Port &last = {});

// The config without the entries of list `key` that stand for this port; `nameKey` is the member
// that names an entry, nullptr where the entries are the names. None where nothing would be left,
// or no entry is of that name.
std::optional<WithoutBranch> withoutEntry(const Json &config, const char *key, const Json &fallback,
                                          const char *nameKey, const QString &port);

} // namespace headgate::policy
