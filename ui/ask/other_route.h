#pragma once

#include "core/catalog/model_catalog.h"
#include "core/engine/run_trace.h"
#include "core/policy/policy_document.h"

#include <optional>

namespace headgate::ui {

// The way that a run did not take at the gate that decided it: the first that escalated, else the
// last that accepted.
struct OtherRoute
{
    policy::NodeId gate{};
    QString gateTitle{};
    double score = 0;
    double threshold = 0;
    bool accepted = false; // what the gate did
    QString model{};       // title of the node that would have answered; empty: not known
    // What the other way would have cost more than the run did; below zero: less. After an
    // escalation it is what the run spent from there on; of an accepted answer it is the next
    // model's price for the same tokens, an estimate. None where a price is unknown.
    std::optional<Money> difference{};
    bool estimated = false;

    double margin() const { return score - threshold; }
};

// None where no gate scored. `document` is the policy as it is now, which may have changed.
std::optional<OtherRoute> otherRoute(const engine::RunTrace &trace,
                                     const policy::PolicyDocument &document,
                                     const catalog::ModelCatalog &catalog);

// "Gate 1 scored 0.47 and asks for 0.62 (−0.15). Accepted there, Finch-mini would have answered for
// $0.00041 less."
QString otherRouteSentence(const OtherRoute &route);

} // namespace headgate::ui
