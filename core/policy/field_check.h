#pragma once

#include "core/policy/node_kind.h"

namespace headgate::policy {

// What is wrong with one value: "field-type", "field-range", "field-choice" or
// "artifact-name", and the sentence.
struct FieldFault
{
    QString code;
    QString sentence;
};

// Checks the type, range and choices of a value that is present; whether a model exists is the
// caller's to know. `owner` names the node in the sentence ("Gate 1").
std::optional<FieldFault> faultOf(const Field &field, const Json &value, const QString &owner);

// A JSON value as a sentence shows it: short, on one line.
QString shownValue(const Json &value);

} // namespace headgate::policy
