#include "app/cli/record_report.h"

#include "app/cli/run_report.h"
#include "app/cli/text_table.h"
#include "app/cli/texts.h"

namespace headgate::cli {

using namespace Qt::StringLiterals;
using evaluation::ModelEstimate;
using evaluation::RecordingEstimate;
using evaluation::RecordingReport;

namespace {

constexpr qsizetype kTroublesShown = 10;

QString orUnknown(const std::optional<Money> &amount)
{
    return amount ? dollars(*amount) : Texts::tr("unknown");
}

Json usdOf(const std::optional<Money> &amount)
{
    return amount ? Json(amount->toUsd()) : Json();
}

const char *nameOf(RecordingReport::End end)
{
    switch (end) {
    case RecordingReport::End::Done:
        return "done";
    case RecordingReport::End::Stopped:
        return "stopped";
    case RecordingReport::End::CapReached:
        return "cap_reached";
    case RecordingReport::End::Failed:
        break;
    }
    return "failed";
}

QString endSentence(const RecordingReport &report)
{
    switch (report.end) {
    case RecordingReport::End::Done:
        return Texts::tr("Everything that could be asked was asked.");
    case RecordingReport::End::Stopped:
        return Texts::tr("Stopped. The same command goes on with the rest.");
    case RecordingReport::End::CapReached:
        return report.error + u' ' +
               Texts::tr("The same command with another cap goes on with the rest.");
    case RecordingReport::End::Failed:
        break;
    }
    return report.error;
}

} // namespace

QString estimateText(const RecordingEstimate &estimate, bool graded)
{
    using Align = TextTable::Align;
    TextTable table({{Texts::tr("Model")},
                     {Texts::tr("Calls"), Align::Right},
                     {Texts::tr("Tokens in ~"), Align::Right},
                     {Texts::tr("At least"), Align::Right},
                     {Texts::tr("Likely"), Align::Right},
                     {Texts::tr("At most"), Align::Right}});
    for (const ModelEstimate &model : estimate.models)
        table.addRow({model.model, QString::number(model.calls), QString::number(model.inputTokens),
                      orUnknown(model.least), orUnknown(model.likely), orUnknown(model.most)});
    table.addRow({Texts::tr("All"),
                  QString::number(estimate.calls),
                  {},
                  dollars(estimate.least),
                  orUnknown(estimate.likely),
                  dollars(estimate.most)});
    QStringList lines{table.text().trimmed()};
    if (estimate.reused > 0)
        lines.append(
            Texts::tr("%1 answers are there already and cost nothing.").arg(estimate.reused));
    if (estimate.verdicts > 0)
        lines.append(
            Texts::tr("A judge grades them: up to %1 further calls, which are not in these "
                      "sums; the cap counts them.")
                .arg(estimate.verdicts));
    if (!graded)
        lines.append(Texts::tr("The data set has no grader: the answers will have no quality."));
    if (!estimate.unpriced.isEmpty())
        lines.append(Texts::tr("Not in the sums, for want of a price: %1.")
                         .arg(estimate.unpriced.join(", "_L1)));
    return lines.join(u'\n');
}

Json estimateJson(const RecordingEstimate &estimate)
{
    Json models = Json::array();
    for (const ModelEstimate &model : estimate.models)
        models.push_back({{"model", toStdString(model.model)},
                          {"calls", model.calls},
                          {"in_tokens_estimated", model.inputTokens},
                          {"least_cost_usd", usdOf(model.least)},
                          {"likely_cost_usd", usdOf(model.likely)},
                          {"most_cost_usd", usdOf(model.most)}});
    Json unpriced = Json::array();
    for (const QString &name : estimate.unpriced)
        unpriced.push_back(toStdString(name));
    return {{"models", std::move(models)},
            {"calls", estimate.calls},
            {"reused", estimate.reused},
            {"verdicts_at_most", estimate.verdicts},
            {"least_cost_usd", estimate.least.toUsd()},
            {"likely_cost_usd", usdOf(estimate.likely)},
            {"most_cost_usd", estimate.most.toUsd()},
            {"unpriced", std::move(unpriced)}};
}

QString reportText(const RecordingReport &report)
{
    const auto &progress = report.progress;
    QStringList lines{Texts::tr("%1 outcomes kept, %2 of them from answers that were there; %3 "
                                "calls failed; %4 spent.")
                          .arg(progress.kept)
                          .arg(progress.reused)
                          .arg(progress.failed)
                          .arg(dollars(progress.spent))};
    if (progress.unknownCosts > 0)
        lines.append(Texts::tr("The price of %1 calls is not known; they are not in this sum.")
                         .arg(progress.unknownCosts));
    if (progress.ungraded > 0)
        lines.append(Texts::tr("%1 answers could not be graded.").arg(progress.ungraded));
    lines += report.leftOut;
    for (const auto &trouble :
         report.troubles.first(std::min(kTroublesShown, report.troubles.size())))
        lines.append(
            Texts::tr("Row %1, %2: %3").arg(trouble.row).arg(trouble.model, trouble.sentence));
    if (report.troubles.size() > kTroublesShown)
        lines.append(Texts::tr("… and %1 more; --json lists them.")
                         .arg(report.troubles.size() - kTroublesShown));
    lines.append(endSentence(report));
    return lines.join(u'\n');
}

Json reportJson(const RecordingReport &report)
{
    Json troubles = Json::array();
    for (const auto &trouble : report.troubles)
        troubles.push_back({{"row", trouble.row},
                            {"id", toStdString(trouble.prompt)},
                            {"model", toStdString(trouble.model)},
                            {"error", toStdString(trouble.sentence)}});
    Json leftOut = Json::array();
    for (const QString &sentence : report.leftOut)
        leftOut.push_back(toStdString(sentence));
    return {{"end", nameOf(report.end)},
            {"kept", report.progress.kept},
            {"reused", report.progress.reused},
            {"failed", report.progress.failed},
            {"ungraded", report.progress.ungraded},
            {"cost_usd", report.progress.spent.toUsd()},
            {"unknown_costs", report.progress.unknownCosts},
            {"left_out", std::move(leftOut)},
            {"troubles", std::move(troubles)}};
}

} // namespace headgate::cli
