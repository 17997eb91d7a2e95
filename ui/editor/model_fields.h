#pragma once

#include "core/policy/node_kind.h"

namespace headgate::ui {

// A model as the fields of a form see it: {"name", "provider", "model", "parameters",
// "input_price", "output_price" (USD per million tokens)}.
QList<policy::Field> modelFields();
Json toFields(const policy::Model &model);
// The model with one field written; everything else stays, unknown members included.
policy::Model withField(policy::Model model, const QString &key, const Json &value);

// The settings of a whole policy: {"name", "baseline", "max_cost_usd", "max_latency_s",
// "on_limit"}.
QList<policy::Field> policyFields();
Json toFields(const policy::PolicyDocument &document);
policy::Limits withField(policy::Limits limits, const QString &key, const Json &value);

} // namespace headgate::ui
