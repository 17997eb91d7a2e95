#include "app/cli/run_report.h"

#include "app/cli/text_table.h"
#include "app/cli/texts.h"

namespace headgate::cli {

using namespace Qt::StringLiterals;
using engine::Hop;
using engine::RunStatus;
using engine::RunTrace;

namespace {

constexpr qsizetype kPromptWidth = 40;
constexpr qsizetype kPathWidth = 64;

// Of the last gate that the run passed.
QString scoreOf(const RunTrace &trace)
{
    for (auto hop = trace.hops.rbegin(); hop != trace.hops.rend(); ++hop) {
        if (hop->score)
            return u"%1"_s.arg(*hop->score, 0, 'f', 2);
    }
    return u"–"_s;
}

QString modelOf(const RunTrace &trace)
{
    if (!trace.answeringModel.isEmpty())
        return trace.answeringModel;
    return trace.status == RunStatus::Cancelled ? Texts::tr("(stopped)") : Texts::tr("(failed)");
}

} // namespace

QString dollars(Money amount)
{
    return amount < Money() ? u"−$"_s + (-amount).toDecimal() : u'$' + amount.toDecimal();
}

QString seconds(std::chrono::nanoseconds duration)
{
    return u"%1 s"_s.arg(std::chrono::duration<double>(duration).count(), 0, 'f', 2);
}

void RunTotals::add(const RunTrace &trace)
{
    ++m_runs;
    m_answered += trace.status == RunStatus::Answered || trace.status == RunStatus::LimitedAnswer;
    m_failed += trace.status == RunStatus::Failed;
    m_cancelled += trace.status == RunStatus::Cancelled;
    m_unknownPrices += trace.unknownPrices > 0;
    m_simulated |= trace.simulated;
    m_baseline = trace.baseline;
    m_cost += trace.cost;
    if (trace.baselineCost) {
        ++m_compared;
        m_estimated += trace.baselineEstimated;
        m_baselineCost += *trace.baselineCost;
        m_comparedCost += trace.cost;
    }
    for (const Hop &hop : trace.hops) {
        if (hop.attempt == 0)
            continue;
        OfModel &model = m_models[hop.askedModel];
        ++model.calls;
        model.cost += hop.cost;
    }
    if (!trace.answeringModel.isEmpty())
        ++m_models[trace.answeringModel].answered;
}

std::optional<double> RunTotals::savedShare() const
{
    if (m_baselineCost <= Money())
        return std::nullopt;
    return saving().toUsd() / m_baselineCost.toUsd();
}

Json RunTotals::toJson() const
{
    Json models = Json::array();
    for (auto model = m_models.cbegin(); model != m_models.cend(); ++model)
        models.push_back({{"model", toStdString(model.key())},
                          {"calls", model->calls},
                          {"answered", model->answered},
                          {"cost_nanousd", model->cost.nanos()}});
    Json totals{{"runs", m_runs},
                {"answered", m_answered},
                {"failed", m_failed},
                {"cancelled", m_cancelled},
                {"cost_usd", toStdString(m_cost.toDecimal())},
                {"cost_nanousd", m_cost.nanos()},
                {"runs_with_unknown_prices", m_unknownPrices},
                {"simulated", m_simulated},
                {"models", std::move(models)}};
    if (m_compared > 0) {
        totals["baseline"] = toStdString(m_baseline);
        totals["compared_runs"] = m_compared;
        totals["estimated_runs"] = m_estimated;
        totals["baseline_cost_nanousd"] = m_baselineCost.nanos();
        totals["saving_nanousd"] = saving().nanos();
    }
    return totals;
}

QString RunTotals::text(const QString &quality) const
{
    TextTable table({{Texts::tr("Model")},
                     {Texts::tr("Calls"), TextTable::Align::Right},
                     {Texts::tr("Answered"), TextTable::Align::Right},
                     {Texts::tr("Cost"), TextTable::Align::Right}});
    for (auto model = m_models.cbegin(); model != m_models.cend(); ++model)
        table.addRow({model.key(), QString::number(model->calls), QString::number(model->answered),
                      dollars(model->cost)});
    QStringList lines{table.text(), {}};
    QStringList counts{Texts::tr("%1 answered").arg(m_answered)};
    if (m_failed > 0)
        counts.append(Texts::tr("%1 failed").arg(m_failed));
    if (m_cancelled > 0)
        counts.append(Texts::tr("%1 stopped").arg(m_cancelled));
    lines.append(Texts::tr("Queries   %1: %2").arg(m_runs).arg(counts.join(", "_L1)));
    lines.append(Texts::tr("Cost      %1").arg(dollars(m_cost)));
    if (m_unknownPrices > 0)
        lines.append(Texts::tr("          %1 queries used a model whose price is unknown; that "
                               "cost is missing here")
                         .arg(m_unknownPrices));
    if (m_compared > 0) {
        lines.append(Texts::tr("Baseline  %1 by %2; estimated for %3 of %4 queries: its price for "
                               "the tokens of the model that answered")
                         .arg(dollars(m_baselineCost), m_baseline)
                         .arg(m_estimated)
                         .arg(m_compared));
        const auto share = savedShare();
        lines.append(Texts::tr("Saving    %1%2")
                         .arg(dollars(saving()),
                              share ? u" (%1 %)"_s.arg(*share * 100, 0, 'f', 1) : QString()));
    }
    lines.append(quality);
    if (m_simulated)
        lines.append(
            Texts::tr("SIMULATED: the answers came from the built-in fleet; no money was spent."));
    return lines.join(u'\n');
}

QString runTable(const QList<RunTrace> &traces)
{
    TextTable table({{u"#"_s, TextTable::Align::Right},
                     {Texts::tr("Prompt")},
                     {Texts::tr("Path")},
                     {Texts::tr("Answered by")},
                     {Texts::tr("Score"), TextTable::Align::Right},
                     {Texts::tr("Cost"), TextTable::Align::Right},
                     {Texts::tr("Latency"), TextTable::Align::Right}});
    qsizetype number = 0;
    for (const RunTrace &trace : traces) {
        table.addRow({QString::number(++number), shortened(trace.query.prompt(), kPromptWidth),
                      shortened(engine::pathText(trace), kPathWidth), modelOf(trace),
                      scoreOf(trace), dollars(trace.cost), seconds(trace.latency)});
    }
    return table.text();
}

} // namespace headgate::cli
