#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/run_report.h"
#include "app/cli/text_table.h"
#include "app/cli/texts.h"

#include "core/ledger/ledger.h"

#include <QFileInfo>
#include <QTimeZone>

namespace headgate::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kDaysShown = 14;

struct Summary
{
    ledger::SpendTotals totals;
    ledger::SpendTotals recorded; // of them
    QList<ledger::ModelTotals> models;
    QList<ledger::DaySpend> days;
};

Result<Summary> summarize(const ledger::Ledger &ledger)
{
    auto totals = ledger.totals();
    if (!totals)
        return tl::unexpected(std::move(totals).error());
    auto models = ledger.byModel();
    if (!models)
        return tl::unexpected(std::move(models).error());
    ledger::SpendFilter recordings;
    recordings.origin = engine::RunOrigin::Recorded;
    auto recorded = ledger.totals(recordings);
    if (!recorded)
        return tl::unexpected(std::move(recorded).error());
    const ledger::SpendFilter all;
    auto days = ledger.byDay(all, QTimeZone::systemTimeZone());
    if (!days)
        return tl::unexpected(std::move(days).error());
    return Summary{*totals, *recorded, *models, *days};
}

Json toJson(const Summary &summary)
{
    const ledger::SpendTotals &totals = summary.totals;
    Json models = Json::array();
    for (const ledger::ModelTotals &model : summary.models)
        models.push_back({{"model", toStdString(model.model)},
                          {"calls", model.calls},
                          {"answered", model.answered},
                          {"cost_nanousd", model.cost.nanos()}});
    Json days = Json::array();
    for (const ledger::DaySpend &day : summary.days)
        days.push_back({{"day", toStdString(day.day.toString(Qt::ISODate))},
                        {"runs", day.runs},
                        {"cost_nanousd", day.cost.nanos()},
                        {"baseline_cost_nanousd", day.baselineCost.nanos()}});
    return {{"runs", totals.runs},
            {"answered", totals.answered},
            {"cost_usd", toStdString(totals.cost.toDecimal())},
            {"cost_nanousd", totals.cost.nanos()},
            {"compared_runs", totals.compared},
            {"estimated_runs", totals.estimated},
            {"compared_cost_nanousd", totals.comparedCost.nanos()},
            {"baseline_cost_nanousd", totals.baselineCost.nanos()},
            {"saving_nanousd", (totals.baselineCost - totals.comparedCost).nanos()},
            {"scorer_cost_nanousd", totals.scorerCost.nanos()},
            {"failed_cost_nanousd", totals.failedCost.nanos()},
            {"runs_with_unknown_prices", totals.unknownPrices},
            {"recorded_runs", summary.recorded.runs},
            {"recorded_cost_nanousd", summary.recorded.cost.nanos()},
            {"models", std::move(models)},
            {"days", std::move(days)}};
}

void printText(const Summary &summary)
{
    const ledger::SpendTotals &totals = summary.totals;
    print(Texts::tr("Queries   %1, %2 answered").arg(totals.runs).arg(totals.answered));
    print(Texts::tr("Cost      %1, of it %2 for failed and rejected attempts")
              .arg(dollars(totals.cost), dollars(totals.failedCost)));
    if (summary.recorded.runs > 0)
        print(Texts::tr("          of it %1 for %2 calls that recorded data sets")
                  .arg(dollars(summary.recorded.cost))
                  .arg(summary.recorded.runs));
    print(Texts::tr("Baseline  %1 for %2 queries, estimated for %3 of them")
              .arg(dollars(totals.baselineCost))
              .arg(totals.compared)
              .arg(totals.estimated));
    print(Texts::tr("Saving    %1").arg(dollars(totals.baselineCost - totals.comparedCost)));
    print(Texts::tr("Quality   The difference in quality was not measured."));
    if (totals.unknownPrices > 0)
        print(Texts::tr("          %1 queries used a model whose price is unknown; that cost is "
                        "missing here")
                  .arg(totals.unknownPrices));
    const auto right = TextTable::Align::Right;
    TextTable models({{Texts::tr("Model")},
                      {Texts::tr("Calls"), right},
                      {Texts::tr("Answered"), right},
                      {Texts::tr("Cost"), right}});
    for (const ledger::ModelTotals &model : summary.models)
        models.addRow({model.model, QString::number(model.calls), QString::number(model.answered),
                       dollars(model.cost)});
    TextTable days({{Texts::tr("Day")},
                    {Texts::tr("Queries"), right},
                    {Texts::tr("Cost"), right},
                    {Texts::tr("Baseline"), right}});
    for (const ledger::DaySpend &day : summary.days.last(std::min(kDaysShown, summary.days.size())))
        days.addRow({day.day.toString(Qt::ISODate), QString::number(day.runs), dollars(day.cost),
                     dollars(day.baselineCost)});
    for (const TextTable &table : {models, days}) {
        print(QString());
        print(table.text());
    }
}

} // namespace

int ledgerCommand(const QStringList &arguments)
{
    if (arguments.value(2) == u"correct"_s)
        return correctCommand(arguments);
    QCommandLineParser parser;
    parser.setApplicationDescription(Texts::tr("Sums up what was recorded: queries, cost, baseline "
                                               "and saving."));
    parser.addPositionalArgument(u"ledger"_s, {}, u"ledger summary"_s);
    parser.addOption(jsonOption());
    parser.addOption(ledgerOption());
    if (const auto code = parse(parser, arguments))
        return *code;
    if (parser.positionalArguments().mid(1) != QStringList{u"summary"_s})
        return wrongUsage(Texts::tr("ledger knows two commands: summary and correct."));

    const QString path = ledgerPath(parser);
    if (!QFileInfo::exists(path)) {
        tell(Texts::tr("There is no ledger at %1 yet; run and demo write one.").arg(path));
        return ExitCode::InputProblem;
    }
    const auto ledger = ledger::Ledger::open(path);
    const auto summary = ledger ? summarize(**ledger) : tl::unexpected(ledger.error());
    if (!summary) {
        tell(summary.error().message);
        return ExitCode::InputProblem;
    }
    if (parser.isSet(u"json"_s))
        print(toJson(*summary));
    else
        printText(*summary);
    return ExitCode::Done;
}

} // namespace headgate::cli
