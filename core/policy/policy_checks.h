#pragma once

#include "core/policy/policy_graph.h"
#include "core/policy/policy_validation.h"

namespace headgate::policy {

// The parts of validate(), one file each; every one appends what it finds.

// Models, baseline and limits.
void checkSettings(const PolicyDocument &document, QList<Problem> &problems);
// Ids, titles, kinds and the fields of every node.
void checkNodes(const PolicyGraph &graph, QList<Problem> &problems);
// Where each wire leads, and that every port has one.
void checkWires(const PolicyGraph &graph, QList<Problem> &problems);
// Entry, end, reach, cycles, and that there is an answer where one is needed.
void checkFlow(const PolicyGraph &graph, QList<Problem> &problems);

} // namespace headgate::policy
