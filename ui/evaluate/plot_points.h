#pragma once

#include "ui/evaluate/cases_model.h"
#include "ui/evaluate/front_plot.h"
#include "ui/evaluate/measured_policy.h"

namespace headgate::ui {

// What the meter and the cases know the current document by.
inline const QString kDrawnPolicy = QStringLiteral("drawn");

QString usdOf(double amount); // as money is written

// Where a cascade stands on the plot; by its own name where none is given.
FrontPlot::Point pointOf(const evaluation::CascadeColumns &columns,
                         const evaluation::Cascade &cascade, const evaluation::CascadeSums &sums,
                         const QString &name = {});
// None: it was not measured, or not all of its costs were.
std::optional<FrontPlot::Point> pointOf(const MeasuredPolicy &measured, const QString &name);

// The rows of what was measured, alive as long as that is.
RoutedPtr routedOf(const MeasuredPolicyPtr &measured);

} // namespace headgate::ui
