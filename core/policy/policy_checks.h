#pragma once

#include "core/policy/policy_graph.h"
#include "core/policy/policy_validation.h"

namespace headgate::policy {

// The parts of validate(), one file each; every one appends what it finds.

// Models, baseline and limits.
void checkSettings(const PolicyDocument &document, QList<Problem> &problems);
// That no text holds a key, or what looks like one.
void checkKeys(const PolicyDocument &document, QList<Problem> &problems);
// Ids, titles, kinds and the fields of every node.
void checkNodes(const PolicyGraph &graph, QList<Problem> &problems);
// Where each wire leads, and that every port has one.
void checkWires(const PolicyGraph &graph, QList<Problem> &problems);
// Entry, end, reach and cycles.
void checkFlow(const PolicyGraph &graph, QList<Problem> &problems);
// Gates judge an answer and answer nodes hand one back, so a model, or a cache that hits, must come
// before them on every way.
void checkAnswers(const PolicyGraph &graph, QList<Problem> &problems);
// For a policy with muted or bypassed nodes: checks what is left of it, and takes back what the
// others found in nodes that take no part.
void checkInactive(const PolicyGraph &graph, QList<Problem> &problems);

} // namespace headgate::policy
