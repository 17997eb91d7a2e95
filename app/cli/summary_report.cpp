#include "app/cli/summary_report.h"

#include "app/cli/figure_format.h"
#include "app/cli/text_table.h"
#include "app/cli/texts.h"
#include "core/policy/node_kind.h"

namespace headgate::cli {

using namespace Qt::StringLiterals;
using evaluation::BaselineSummary;
using evaluation::PolicySummary;

namespace {

constexpr int kQualityPlaces = 4;
constexpr qsizetype kTitleWidth = 40;

Json baselineJson(const std::optional<BaselineSummary> &baseline)
{
    if (!baseline)
        return {};
    return {{"model", toStdString(baseline->name)},
            {"quality", estimateJson(baseline->paired.otherQuality)},
            {"cost_usd_per_1k", estimateJson(baseline->paired.otherCostPer1k)}};
}

// Never without the difference in quality.
Json savingJson(const std::optional<BaselineSummary> &baseline)
{
    if (!baseline)
        return {};
    const evaluation::PairedComparison &paired = baseline->paired;
    Json json{{"quality_difference", estimateJson(paired.qualityDifference)},
              {"more_cases_needed", paired.casesNeeded ? Json(*paired.casesNeeded) : Json()},
              {"share", nullptr},
              {"cost_usd_per_1k", nullptr}};
    if (paired.saving) {
        json["share"] = estimateJson(paired.saving->share);
        json["cost_usd_per_1k"] = estimateJson(paired.saving->usdPer1k);
    }
    return json;
}

// The lines of what belongs together: a word, then what is said of it.
class Facts
{
public:
    void add(const QString &name, const QString &text) { m_table.addRow({name, text}); }
    QString text() const { return m_table.text(); }

private:
    TextTable m_table{{{Texts::tr("Figure")}, {Texts::tr("Value [95 % interval]")}}};
};

QString countsText(const PolicySummary &summary)
{
    QStringList counts{QString::number(summary.n)};
    if (summary.failed > 0)
        counts.append(Texts::tr("%1 of them failed, with quality 0").arg(summary.failed));
    if (summary.limited > 0)
        counts.append(Texts::tr("%1 cut short by a limit").arg(summary.limited));
    if (summary.missing > 0)
        counts.append(Texts::tr("%1 more left out: a model on their way has no outcome")
                          .arg(summary.missing));
    return counts.join(", "_L1);
}

void addLatency(Facts &facts, const PolicySummary &summary)
{
    if (!summary.latencyMs) {
        facts.add(Texts::tr("Latency"), Texts::tr("unknown: not measured for %1 of %2 queries")
                                            .arg(summary.latencyUnknown)
                                            .arg(summary.n));
        return;
    }
    facts.add(Texts::tr("Latency p50, ms"), figureText(summary.latencyMs->p50, 1));
    facts.add(Texts::tr("Latency p95, ms"), figureText(summary.latencyMs->p95, 1));
    facts.add(Texts::tr("Latency p99, ms"), figureText(summary.latencyMs->p99, 1));
}

void addBaseline(Facts &facts, const BaselineSummary &baseline)
{
    const evaluation::PairedComparison &paired = baseline.paired;
    facts.add(Texts::tr("Baseline"), baseline.name);
    facts.add(Texts::tr("  its quality"), figureText(paired.otherQuality, kQualityPlaces));
    if (paired.otherCostPer1k)
        facts.add(Texts::tr("  its cost per 1,000"), per1kText(*paired.otherCostPer1k));
    facts.add(Texts::tr("Saving"), paired.saving
                                       ? percentText(paired.saving->share)
                                       : Texts::tr("unknown: some costs were not measured"));
    facts.add(Texts::tr("  at a quality difference of"),
              differenceText(paired.qualityDifference, kQualityPlaces));
    if (paired.casesNeeded)
        facts.add(Texts::tr("  which cannot be told from 0"),
                  Texts::tr("about %1 more cases would tell").arg(*paired.casesNeeded));
}

void addRegret(Facts &facts, const evaluation::RegretLens &regret)
{
    facts.add(Texts::tr("Overpaid"),
              regret.overpaid ? Texts::tr("%1 of %2: one cheaper model would have answered as well")
                                    .arg(*regret.overpaid)
                                    .arg(regret.n)
                              : Texts::tr("unknown: some costs were not measured"));
    if (regret.overpaid)
        facts.add(Texts::tr("  which is, per 1,000"), per1kText(regret.overpaidUsdPer1k()));
    facts.add(Texts::tr("Underserved"), Texts::tr("%1 of %2: a model would have answered better")
                                            .arg(regret.underserved)
                                            .arg(regret.n));
    facts.add(Texts::tr("  which is, of quality"),
              QString::number(regret.qualityLost(), 'f', kQualityPlaces));
    facts.add(Texts::tr("Beyond all models"),
              Texts::tr("%1 of %2: none had any quality").arg(regret.beyond).arg(regret.n));
}

QString factsText(const PolicySummary &summary)
{
    Facts facts;
    facts.add(Texts::tr("Queries"), countsText(summary));
    facts.add(Texts::tr("Quality"), figureText(summary.quality, kQualityPlaces));
    facts.add(Texts::tr("Cost per 1,000"),
              summary.costPer1k ? per1kText(*summary.costPer1k)
                                : Texts::tr("unknown: not measured for %1 of %2 queries")
                                      .arg(summary.costUnknown)
                                      .arg(summary.n));
    addLatency(facts, summary);
    if (summary.baseline)
        addBaseline(facts, *summary.baseline);
    addRegret(facts, summary.regret);
    return facts.text();
}

QString modelsText(const PolicySummary &summary, const policy::CompiledPolicy &policy)
{
    TextTable table({{Texts::tr("Model")},
                     {Texts::tr("Calls"), TextTable::Align::Right},
                     {Texts::tr("Share of answers"), TextTable::Align::Right}});
    for (const evaluation::ModelShare &model : summary.models)
        table.addRow({policy.model(model.model).name, QString::number(model.calls),
                      percentText(model.share)});
    return table.text();
}

QString gatesText(const PolicySummary &summary, const policy::CompiledPolicy &policy)
{
    TextTable table({{Texts::tr("Gate")},
                     {Texts::tr("Threshold"), TextTable::Align::Right},
                     {Texts::tr("Judged"), TextTable::Align::Right},
                     {Texts::tr("Escalation rate"), TextTable::Align::Right}});
    for (const evaluation::GateEscalation &gate : summary.gates)
        table.addRow({shortened(policy::displayName(policy.node(gate.gate)), kTitleWidth),
                      QString::number(policy.step(gate.gate).threshold, 'g', 6),
                      QString::number(gate.rate.n), percentText(gate.rate)});
    return table.text();
}

} // namespace

Json summaryJson(const PolicySummary &summary, const policy::CompiledPolicy &policy)
{
    Json models = Json::array();
    for (const evaluation::ModelShare &model : summary.models)
        models.push_back({{"model", toStdString(policy.model(model.model).name)},
                          {"calls", model.calls},
                          {"share", estimateJson(model.share)}});
    Json gates = Json::array();
    for (const evaluation::GateEscalation &gate : summary.gates)
        gates.push_back({{"gate", toStdString(policy.node(gate.gate).id.value)},
                         {"title", toStdString(policy::displayName(policy.node(gate.gate)))},
                         {"threshold", policy.step(gate.gate).threshold},
                         {"escalation_rate", estimateJson(gate.rate)}});
    Json latency;
    if (summary.latencyMs)
        latency = {{"p50", estimateJson(summary.latencyMs->p50)},
                   {"p95", estimateJson(summary.latencyMs->p95)},
                   {"p99", estimateJson(summary.latencyMs->p99)}};
    const evaluation::RegretLens &regret = summary.regret;
    return {{"n", summary.n},
            {"missing", summary.missing},
            {"failed", summary.failed},
            {"limited", summary.limited},
            {"cost_unknown", summary.costUnknown},
            {"latency_unknown", summary.latencyUnknown},
            {"quality", estimateJson(summary.quality)},
            {"cost_usd_per_1k", estimateJson(summary.costPer1k)},
            {"latency_ms", std::move(latency)},
            {"models", std::move(models)},
            {"gates", std::move(gates)},
            {"baseline", baselineJson(summary.baseline)},
            {"saving", savingJson(summary.baseline)},
            {"regret",
             {{"overpaid", regret.overpaid ? Json(*regret.overpaid) : Json()},
              {"overpaid_usd_per_1k", regret.overpaid ? Json(regret.overpaidUsdPer1k()) : Json()},
              {"underserved", regret.underserved},
              {"underserved_quality", regret.qualityLost()},
              {"beyond_all_models", regret.beyond}}}};
}

QString summaryText(const PolicySummary &summary, const policy::CompiledPolicy &policy)
{
    QStringList parts{factsText(summary), modelsText(summary, policy)};
    if (!summary.gates.empty())
        parts.append(gatesText(summary, policy));
    return parts.join("\n\n"_L1);
}

} // namespace headgate::cli
