#include "app/cli/metrics_report.h"

#include "app/cli/figure_format.h"
#include "app/cli/text_table.h"
#include "app/cli/texts.h"

namespace headgate::cli {

using namespace Qt::StringLiterals;
using evaluation::CostQuality;
using evaluation::CostQualityPoint;
using evaluation::Estimate;
using evaluation::ModelFigures;
using evaluation::OperatingPoint;

namespace {

constexpr int kQualityPlaces = 4;

Json numberOrNull(double value)
{
    return value == value ? Json(value) : Json();
}

// Null where nothing of it was measured.
Json measured(const Estimate &estimate)
{
    return estimate.n > 0 ? estimateJson(estimate) : Json();
}

Json modelJson(const ModelFigures &model)
{
    Json latency;
    if (model.latencyMs.p50.n > 0)
        latency = {{"p50", estimateJson(model.latencyMs.p50)},
                   {"p95", estimateJson(model.latencyMs.p95)},
                   {"p99", estimateJson(model.latencyMs.p99)}};
    return {{"model", toStdString(model.name)},  {"quality", estimateJson(model.quality)},
            {"missing_outcomes", model.missing}, {"cost_usd_per_1k", measured(model.costUsdPer1k)},
            {"latency_ms", std::move(latency)},  {"arena_score", measured(model.arenaScore)}};
}

Json pointJson(const OperatingPoint &point)
{
    Json saving;
    if (point.saving.usdPer1k.n > 0)
        saving = {{"saving_usd_per_1k", estimateJson(point.saving.usdPer1k)},
                  {"saving_share", estimateJson(point.saving.share)},
                  {"quality_difference", estimateJson(point.saving.qualityDifference)}};
    return {{"threshold", point.at.threshold},
            {"strong_share", point.at.strongShare},
            {"quality", estimateJson(point.quality)},
            {"pgr", numberOrNull(point.performanceGapRecovered)},
            {"quality_difference", estimateJson(point.qualityDifference)},
            {"more_cases_needed", point.moreCases ? Json(*point.moreCases) : Json()},
            {"cost_usd_per_1k", measured(point.costUsdPer1k)},
            {"saving", std::move(saving)},
            {"arena_score", measured(point.arenaScore)}};
}

Json hullJson(const std::vector<CostQualityPoint> &hull)
{
    Json points = Json::array();
    for (const CostQualityPoint &point : hull)
        points.push_back({{"cost_usd_per_1k", point.costUsdPer1k}, {"quality", point.quality}});
    return points;
}

QString orDash(const Estimate &estimate, const QString &text)
{
    return estimate.isDefined() ? text : u"–"_s;
}

QString percentOfCalls(const Estimate &estimate)
{
    return orDash(estimate, figureText(estimate, 1) + u" %"_s);
}

QString modelTable(const QList<ModelFigures> &models)
{
    const auto right = TextTable::Align::Right;
    TextTable table({{Texts::tr("Model")},
                     {Texts::tr("Quality"), right},
                     {Texts::tr("Missing"), right},
                     {Texts::tr("Cost per 1,000"), right},
                     {Texts::tr("p50 / p95 / p99 ms"), right},
                     {Texts::tr("Arena score"), right}});
    for (const ModelFigures &model : models) {
        const auto ms = [](const Estimate &latency) {
            return QString::number(latency.value, 'f', 0);
        };
        const evaluation::LatencyPercentiles &latency = model.latencyMs;
        table.addRow({model.name, orDash(model.quality, figureText(model.quality, kQualityPlaces)),
                      QString::number(model.missing),
                      orDash(model.costUsdPer1k, per1kText(model.costUsdPer1k)),
                      orDash(latency.p50, u"%1 / %2 / %3"_s.arg(ms(latency.p50), ms(latency.p95),
                                                                ms(latency.p99))),
                      orDash(model.arenaScore, figureText(model.arenaScore, kQualityPlaces))});
    }
    return table.text();
}

QString curveTable(const std::vector<OperatingPoint> &points)
{
    const auto right = TextTable::Align::Right;
    TextTable table({{Texts::tr("Strong calls"), right},
                     {Texts::tr("Quality"), right},
                     {Texts::tr("PGR"), right},
                     {Texts::tr("Difference in quality"), right},
                     {Texts::tr("Saving per 1,000"), right},
                     {Texts::tr("Cost per 1,000"), right}});
    for (const OperatingPoint &point : points) {
        const double recovered = point.performanceGapRecovered;
        table.addRow({QString::number(100 * point.at.strongShare, 'f', 1) + u" %"_s,
                      figureText(point.quality, kQualityPlaces),
                      recovered == recovered ? QString::number(recovered, 'f', 3) : u"–"_s,
                      orDash(point.qualityDifference, differenceText(point.qualityDifference, 4)),
                      orDash(point.saving.usdPer1k, per1kText(point.saving.usdPer1k)),
                      orDash(point.costUsdPer1k, per1kText(point.costUsdPer1k))});
    }
    return table.text();
}

QString costQualityOf(const evaluation::RouterEvaluation &figures)
{
    if (!figures.costQuality)
        return Texts::tr("AIQ       not measured: no prompt has the cost of both models");
    QString text = costQualityText(*figures.costQuality);
    if (figures.withoutCost > 0)
        text += u'\n' + Texts::tr("          %1 prompts lack a cost and are left out there")
                            .arg(figures.withoutCost);
    return text;
}

Json routerCostQualityJson(const evaluation::RouterEvaluation &figures)
{
    if (!figures.costQuality)
        return {};
    Json json = costQualityJson(*figures.costQuality);
    json["without_cost"] = figures.withoutCost;
    return json;
}

} // namespace

Json costQualityJson(const CostQuality &read)
{
    return {{"aiq", estimateJson(read.aiq)},
            {"zero_router_aiq", estimateJson(read.zeroRouterAiq)},
            {"above_zero_router", estimateJson(read.aboveZeroRouter)},
            {"null_aiq", estimateJson(read.nullAiq)},
            {"null_reaches", numberOrNull(read.nullReaches)},
            {"from_cost_usd_per_1k", read.fromUsdPer1k},
            {"to_cost_usd_per_1k", read.toUsdPer1k},
            {"hull", hullJson(read.hull)},
            {"zero_router_hull", hullJson(read.zeroRouterHull)}};
}

QString costQualityText(const CostQuality &read)
{
    return Texts::tr("AIQ       %1; zero router %2, null %3, which reaches it with probability %4")
        .arg(figureText(read.aiq, kQualityPlaces), figureText(read.zeroRouterAiq, kQualityPlaces),
             figureText(read.nullAiq, kQualityPlaces), QString::number(read.nullReaches, 'f', 3));
}

Json calibratedJson(const evaluation::CalibratedThreshold &calibrated)
{
    return {{"wanted_strong_share", calibrated.wantedShare},
            {"threshold", calibrated.threshold},
            {"strong_share", calibrated.strongShare}};
}

QString calibratedText(const evaluation::CalibratedThreshold &calibrated, const QString &strong)
{
    return Texts::tr("Threshold %1 sends %2 % of these to %3")
        .arg(QString::number(calibrated.threshold, 'g', 6),
             QString::number(100 * calibrated.strongShare, 'f', 1), strong);
}

Json metricsJson(const MetricsReport &report)
{
    Json models = Json::array();
    for (const ModelFigures &model : report.models)
        models.push_back(modelJson(model));
    Json points = Json::array();
    for (const OperatingPoint &point : report.figures.points)
        points.push_back(pointJson(point));
    const evaluation::CallPerformance &performance = report.figures.performance;
    return {{"outcomes", toStdString(report.outcomes)},
            {"split", toStdString(report.split)},
            {"router", toStdString(report.router)},
            {"seed", report.seed},
            {"strong", toStdString(report.strong)},
            {"weak", toStdString(report.weak)},
            {"baseline", toStdString(report.baseline)},
            {"prompts", report.prompts},
            {"n", report.paired.rows.size()},
            {"missing_outcomes_strong", report.paired.withoutStrong},
            {"missing_outcomes_weak", report.paired.withoutWeak},
            {"missing_scores", report.paired.withoutScore},
            {"scores_of_unknown_ids", report.unknownIds},
            {"unfamiliar_share", report.unfamiliarShare ? Json(*report.unfamiliarShare) : Json()},
            {"calibrated", report.calibrated ? calibratedJson(*report.calibrated) : Json()},
            {"models", std::move(models)},
            {"apgr", measured(performance.apgr)},
            {"cpt50_percent", measured(performance.cpt50)},
            {"cpt80_percent", measured(performance.cpt80)},
            {"call_performance", std::move(points)},
            {"cost_quality", routerCostQualityJson(report.figures)}};
}

QString metricsText(const MetricsReport &report)
{
    const evaluation::CallPerformance &performance = report.figures.performance;
    QStringList lines;
    lines << Texts::tr("Prompts   %1 (%2), %3 compared; missing: %4 of %5, %6 of %7, %8 scores")
                 .arg(QString::number(report.prompts), report.split,
                      QString::number(report.paired.rows.size()),
                      QString::number(report.paired.withoutStrong), report.strong,
                      QString::number(report.paired.withoutWeak), report.weak,
                      QString::number(report.paired.withoutScore))
          << QString() << modelTable(report.models) << QString()
          << Texts::tr("Router    %1, between %2 and %3; baseline %4")
                 .arg(report.router, report.strong, report.weak, report.baseline);
    if (!performance.apgr.isDefined())
        lines << Texts::tr("          %1 is no better than %2 here, so no gap can be recovered")
                     .arg(report.strong, report.weak);
    lines
        << Texts::tr("APGR      %1").arg(orDash(performance.apgr, figureText(performance.apgr, 4)))
        << Texts::tr("CPT(50)   %1").arg(percentOfCalls(performance.cpt50))
        << Texts::tr("CPT(80)   %1").arg(percentOfCalls(performance.cpt80))
        << costQualityOf(report.figures);
    if (report.calibrated)
        lines << calibratedText(*report.calibrated, report.strong);
    if (report.unfamiliarShare)
        lines << Texts::tr("Unlike    what it was trained on: %1 % of the prompts")
                     .arg(QString::number(100 * *report.unfamiliarShare, 'f', 1));
    lines << QString() << curveTable(report.figures.points);
    return lines.join(u'\n');
}

} // namespace headgate::cli
