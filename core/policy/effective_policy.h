#pragma once

#include "core/policy/policy_document.h"

namespace headgate::policy {

// A port whose way ends at a node that is muted, of a node that cannot do without it.
struct BlockedPort
{
    NodeId node;
    QString port;
    NodeId muted; // the node that it leads to

    bool operator==(const BlockedPort &) const = default;
};

// What of a policy runs.
struct EffectivePolicy
{
    PolicyDocument document;
    QList<BlockedPort> blocked; // empty in a policy that can run
};

// Takes out notes and muted nodes, and joins the wires around bypassed ones. A branch that leads
// to a muted node is absent: an error port counts as not wired, other ports go as their kind says
// (NodeKind::withoutBranch). Without any such node the document comes back as it is.
EffectivePolicy effectivePolicy(const PolicyDocument &document);

// Whether any node is muted or bypassed.
bool hasInactiveNodes(const PolicyDocument &document);

// The part of the policy that decides how queries go: what runs, without its name, groups, pins and
// the nodes' places and titles. Two documents with the same part route alike.
PolicyDocument routingPart(const PolicyDocument &document);

} // namespace headgate::policy
