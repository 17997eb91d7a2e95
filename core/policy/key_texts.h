#pragma once

#include "core/policy/policy_document.h"

namespace headgate::policy {

// A place of a policy where a key of this process stands, or what looks like one (redaction.h). A
// policy is kept in files and read by others: it names providers, never their keys.
struct KeyText
{
    NodeId node{};            // empty: of no node
    QString field{};          // config key; empty: of none
    QString place{};          // "the title of Gate 1", without the key
    bool isProviders = false; // a key that this process has held; else it only looks like one

    // At the same place, whatever stands around the key.
    bool operator==(const KeyText &other) const
    {
        return node == other.node && field == other.field && isProviders == other.isProviders &&
               (!node.isEmpty() || place == other.place);
    }
};

// In the order of the document; linear in its text. Pins are left out: they are cleaned where they
// are made.
QList<KeyText> keyTextsIn(const PolicyDocument &document);

// With all of them taken out. What was the same text stays the same, so that nodes still find their
// models and wires their ports.
PolicyDocument withoutKeys(PolicyDocument document);

} // namespace headgate::policy
