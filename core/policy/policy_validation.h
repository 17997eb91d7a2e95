#pragma once

#include "core/policy/node_kind.h"
#include "core/policy/policy_document.h"

#include <functional>

namespace headgate::policy {

// A change of the document that mends a problem, with the words for its button ("Set 30 s").
struct Mend
{
    QString label{};
    std::function<PolicyDocument(const PolicyDocument &)> apply;
};

struct Problem
{
    enum class Severity { Error, Warning }; // an error refuses to run, a warning does not

    Severity severity = Severity::Error;
    QString code{};     // stable, kebab-case: "port-not-wired"
    NodeId node{};      // empty: of the whole policy
    QString port{};     // empty: of the whole node
    QString field{};    // config key; empty where it is no field's
    QString sentence{}; // what is wrong and what follows from it
    std::optional<Mend> mend{};
    std::optional<Mend> otherMend{}; // where there are two ways
};

// Every problem of the document at once, errors first, then in the order of nodes. Linear in
// nodes and wires.
QList<Problem> validate(const PolicyDocument &document);

bool hasErrors(const QList<Problem> &problems);

} // namespace headgate::policy
