#pragma once

#include "core/engine/run_trace.h"

#include <QList>
#include <QString>

namespace headgate::ui {

// Two places, as scores and thresholds are set.
QString scoreText(double score);
// The same with its sign, as every difference.
QString marginText(double margin);

// The short line below a step: "212 tok · $0.00004", "0.47 < 0.62 → escalate", "429, retried".
QString hopSubtitle(const engine::Hop &hop);

// Its title; of a call that a gate or a router needs, "Gate 1 asks Heron".
QString hopName(const engine::Hop &hop);

// The same as a whole sentence, for screen readers and tooltips.
QString hopSentence(const engine::Hop &hop);

// The step told in full: "Gate 1 scored 0.47, 0.15 below the threshold of 0.62, and escalated."
QString stepSentence(const engine::Hop &hop);

// Label and value of everything that is known of a hop, in reading order.
QList<std::pair<QString, QString>> hopDetails(const engine::Hop &hop);

// Why the answer came from where it did: "Gate 1 scored 0.47, which is below 0.62, so the query
// went on to Heron." Empty where there was no choice.
QString routeReason(const engine::RunTrace &trace);

// How the answer came to be another model's than the first one's: "after Finch-mini was escalated",
// "after Heron failed". Empty where the first model answered.
QString routeSummary(const engine::RunTrace &trace);

// What always calling the baseline would have cost, and the difference; empty without a baseline.
QString savingSentence(const engine::RunTrace &trace);

} // namespace headgate::ui
