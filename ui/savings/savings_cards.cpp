#include "ui/savings/savings_cards.h"

#include "ui/common/card.h"
#include "ui/common/number_format.h"

#include <QHBoxLayout>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

QString queriesText(qint64 count)
{
    return count == 1 ? SavingsCards::tr("1 query")
                      : SavingsCards::tr("%1 queries").arg(formatCount(count));
}

} // namespace

SavingsCards::SavingsCards(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_baseline(new FigureCard(theme, this))
    , m_actual(new FigureCard(theme, this))
    , m_saved(new FigureCard(theme, this))
    , m_quality(new FigureCard(theme, this))
{
    m_baseline->setObjectName(u"baselineCard"_s);
    m_actual->setObjectName(u"actualCard"_s);
    m_saved->setObjectName(u"savedCard"_s);
    m_quality->setObjectName(u"qualityCard"_s);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(14);
    for (FigureCard *card : {m_baseline, m_actual, m_saved, m_quality})
        layout->addWidget(card, 1);
}

void SavingsCards::setReport(const SavingsReport &report)
{
    showBaseline(report);
    showActual(report);
    showSaved(report);
    showQuality();
}

void SavingsCards::showBaseline(const SavingsReport &report)
{
    const ledger::SpendTotals &totals = report.totals;
    const QString label = report.baseline.isEmpty()
                              ? tr("Baseline")
                              : tr("Baseline (always %1)").arg(report.baseline);
    if (totals.compared == 0) {
        m_baseline->setFigure(label, tr("None"), tr("no query of this selection has one"));
        return;
    }
    const QString queries = queriesText(totals.compared);
    const double measured = 1 - double(totals.estimated) / double(totals.compared);
    const QString method =
        totals.estimated == totals.compared ? tr("%1 · tokens estimated").arg(queries)
        : totals.estimated == 0
            ? tr("%1 · tokens measured").arg(queries)
            : tr("%1 · tokens measured on %2").arg(queries, formatPercent(measured, 0));
    m_baseline->setFigure(label, formatMoney(totals.baselineCost), method);
}

void SavingsCards::showActual(const SavingsReport &report)
{
    const ledger::SpendTotals &totals = report.totals;
    const QString included =
        tr("scorers %1 · failed and rejected calls %2 included")
            .arg(formatMoney(totals.scorerCost), formatMoney(totals.failedCost));
    const bool nothingKnown =
        totals.unknownPrices == totals.runs && totals.cost.nanos() == 0 && totals.runs > 0;
    m_actual->setFigure(
        tr("Actual"), nothingKnown ? formatMoney(std::optional<Money>()) : formatMoney(totals.cost),
        included);
}

void SavingsCards::showSaved(const SavingsReport &report)
{
    const ledger::SpendTotals &totals = report.totals;
    if (totals.compared == 0 || totals.baselineCost.nanos() <= 0) {
        m_saved->setFigure(tr("Saved"), formatMoney(std::optional<Money>()),
                           tr("needs a baseline to count against"));
        return;
    }
    const Money saved = totals.baselineCost - totals.comparedCost;
    const double share = saved.toUsd() / totals.baselineCost.toUsd();
    QString method = formatMoney(saved);
    if (totals.estimated > 0)
        method = tr("%1 · estimated").arg(method);
    if (totals.compared < totals.runs)
        method = tr("%1 · of %2 of %3 queries")
                     .arg(method, formatCount(totals.compared), formatCount(totals.runs));
    m_saved->setFigure(tr("Saved"), formatPercent(share), method,
                       saved.nanos() < 0 ? FigureCard::Tone::Bad : FigureCard::Tone::Good);
}

void SavingsCards::showQuality()
{
    m_quality->setFigure(tr("Quality difference"), tr("Not measured"),
                         tr("no answer has a label yet"));
}

QString recordingsSentence(const SavingsReport &report)
{
    return SavingsCards::tr("Recordings of data sets cost %1 in %2 calls. They are not in these "
                            "figures; the policy filter shows them by name.")
        .arg(formatMoney(report.recordings.cost), formatCount(report.recordings.runs));
}

QString unpricedSentence(const SavingsReport &report)
{
    if (report.totals.unknownPrices == 0)
        return {};
    const QString queries = queriesText(report.totals.unknownPrices);
    if (report.unpricedModels.isEmpty())
        return SavingsCards::tr("%1 without a known price: not in the sums.").arg(queries);
    return SavingsCards::tr("%1 without a known price (%2): not in the sums.")
        .arg(queries, QLocale().createSeparatedList(report.unpricedModels));
}

} // namespace headgate::ui
