#include "ui/evaluate/plot_points.h"

#include "ui/common/number_format.h"

namespace headgate::ui {

QString usdOf(double amount)
{
    const auto money = Money::fromUsd(amount);
    return money ? formatMoney(*money) : QString();
}

FrontPlot::Point pointOf(const evaluation::CascadeColumns &columns,
                         const evaluation::Cascade &cascade, const evaluation::CascadeSums &sums,
                         const QString &name)
{
    return {evaluation::costPer1k(sums, columns.count()),
            evaluation::meanQuality(sums, columns.count()),
            name.isEmpty() ? cascadeName(columns, cascade) : name};
}

std::optional<FrontPlot::Point> pointOf(const MeasuredPolicy &measured, const QString &name)
{
    if (!measured.isMeasured() || !measured.costPer1k || !measured.quality.isDefined())
        return std::nullopt;
    return FrontPlot::Point{*measured.costPer1k, measured.quality.value, name};
}

RoutedPtr routedOf(const MeasuredPolicyPtr &measured)
{
    return {measured, &measured->routed};
}

} // namespace headgate::ui
