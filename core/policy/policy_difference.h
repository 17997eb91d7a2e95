#pragma once

#include "core/policy/policy_document.h"

namespace headgate::policy {

// One thing in which two states of a policy differ, in the user's words.
struct Difference
{
    enum class Part { Node, Wire, Model, Setting };

    Part part = Part::Node;
    QString text; // a sentence; "before → after" where a value changed
    bool operator==(const Difference &) const = default;
};

// What changed from one to the other, nodes first, then wires, models and settings; empty where
// they are equal. Nodes are told apart by their ids, models by their names.
QList<Difference> differences(const PolicyDocument &before, const PolicyDocument &after);

} // namespace headgate::policy
