#pragma once

#include "core/evaluation/datasets/recorded_outcome.h"
#include "core/policy/policy_document.h"

namespace headgate::evaluation {

// Under what name a model of a policy stands in a data set: the provider's id of it, with the first
// 8 hex digits of the SHA-256 of its provider and parameters.
ModelMark markOf(const policy::Model &model);

// What is asked of whom: the SHA-256, 32 bytes, of provider, model, parameters and conversation.
// Who was asked the same before need not be paid again.
QByteArray contentAddress(const policy::Model &model, const QList<Message> &messages);

} // namespace headgate::evaluation
