#pragma once

#include "core/ledger/flow.h"

#include <QDateTime>
#include <QString>

#include <optional>

namespace headgate::ui {

// What the width of wires stands for.
enum class FlowMeasure { Off, Traffic, Cost, Time };

// Which runs count.
enum class FlowWindow { Session, LastHour, Day, Week, Month, All };

struct FlowChoice
{
    FlowMeasure measure = FlowMeasure::Off;
    FlowWindow window = FlowWindow::Week;
    // Simulated and live runs are never counted together. None: those of the policy's providers.
    std::optional<bool> simulated;

    bool operator==(const FlowChoice &) const = default;
};

QString measureText(FlowMeasure measure); // "traffic"
QString windowText(FlowWindow window);    // "last 7 days"
// Invalid for the session and for all.
QDateTime windowStart(FlowWindow window, const QDateTime &now);

// Of the whole flow, in [0, 1]; 0 where the whole is nothing.
double flowShare(const ledger::Flow &flow, FlowMeasure measure, const ledger::FlowAmount &amount);

// Canvas units; 0 for no flow, and never thinner than a hairline where there is any.
double flowWidth(double share);

// "412 of 1,003 queries · 41.1 % of traffic".
QString flowSentence(const ledger::Flow &flow, FlowMeasure measure,
                     const ledger::FlowAmount &amount);

} // namespace headgate::ui
