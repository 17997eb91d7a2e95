#include "ui/common/card.h"
#include "ui/common/number_format.h"
#include "ui/evaluate/cases_panel.h"
#include "ui/evaluate/evaluate_page.h"
#include "ui/evaluate/plot_points.h"
#include "ui/evaluate/saving_card.h"
#include "ui/evaluate/threshold_panel.h"

#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>

// What the Evaluate page shows of where one is.

using namespace Qt::StringLiterals;

namespace headgate::ui {

using evaluation::CascadeColumns;

void EvaluatePage::showHere()
{
    m_hereRouted = std::make_shared<evaluation::RoutedRows>(
        evaluation::routedRows(m_outcomes->validation, *m_here));
    const auto comparison = evaluation::comparePaired(*m_hereRouted, *m_singleRouted, {},
                                                      evaluation::ReadingDepth::AtAGlance);
    showPlot(comparison);
    showFigures(comparison);
    showRegret(*m_hereRouted);
    showCases();
    showDrawnNote();
    m_apply->setEnabled(m_drawnCascade != m_here);
    m_revert->setEnabled(m_drawnCascade ? m_drawnCascade != m_here : true);
}

void EvaluatePage::showPlot(const evaluation::PairedComparison &comparison)
{
    const CascadeColumns &columns = m_outcomes->validation;
    FrontPlot::Data shown;
    for (const Shown &each : m_points)
        shown.front.append(each.point);
    for (const evaluation::Candidate &single : m_choice.singles)
        shown.singles.append(pointOf(columns, single.cascade, single.validation));
    if (m_drawnCascade)
        shown.drawn = pointOf(columns, *m_drawnCascade,
                              evaluation::evaluateCascade(columns, *m_drawnCascade), tr("drawn"));
    else if (m_drawnMeasured)
        shown.drawn = pointOf(*m_drawnMeasured, tr("drawn"));
    for (const ComparedPolicies::Entry &each : m_compared->entries()) {
        const auto point = each.isShown && each.measured ? pointOf(*each.measured, each.policy.name)
                                                         : std::nullopt;
        if (point)
            shown.ghosts.append(*point);
    }
    if (m_branched && m_branched->choice.chosen) {
        const evaluation::BranchedSums &sums = m_branched->choice.chosen->validation;
        const evaluation::CascadeSums both{.quality = sums.quality, .cost = sums.cost};
        const qsizetype rows = m_branched->validation.count();
        shown.ghosts.append({evaluation::costPer1k(both, rows), evaluation::meanQuality(both, rows),
                             tr("a cascade a branch")});
    }
    shown.here = FrontPlot::Point{comparison.costPer1k->value, comparison.quality.value,
                                  cascadeName(columns, *m_here)};
    shown.low = comparison.otherQuality.value + comparison.qualityDifference.low;
    shown.high = comparison.otherQuality.value + comparison.qualityDifference.high;
    shown.part = m_part->text();
    m_plot->setData(shown);
}

void EvaluatePage::showFigures(const evaluation::PairedComparison &comparison)
{
    const CascadeColumns &columns = m_outcomes->validation;
    m_saving->setComparison(cascadeName(columns, bestSingle()), comparison);

    const evaluation::CascadeSums sums = evaluation::evaluateCascade(columns, *m_here);
    QList<ThresholdPanel::Gate> gates;
    QStringList shares;
    qint64 left = columns.count();
    for (int stage = 0; stage < m_here->stages; ++stage) {
        const qint64 answered = sums.answered[size_t(stage)];
        shares.append(formatPercent(double(answered) / double(columns.count()), 0));
        if (stage + 1 < m_here->stages)
            gates.append({columns.models[size_t(m_here->model[size_t(stage)])].name,
                          m_here->threshold[size_t(stage)],
                          left > 0 ? double(left - answered) / double(left) : 0});
        left -= answered;
    }
    m_thresholds->setGates(gates);
    m_thresholds->setVisible(!gates.isEmpty());
    m_noGates->setVisible(gates.isEmpty());

    const QString n = tr("n %1").arg(formatCount(comparison.n));
    m_qualityCard->setFigure(tr("Quality"), QLocale().toString(comparison.quality.value, 'f', 3),
                             n);
    m_costCard->setFigure(tr("Per 1,000 queries"), usdOf(comparison.costPer1k->value),
                          tr("every call and check"));
    m_shareCard->setFigure(tr("Answered by"), shares.join(u" · "_s), cascadeName(columns, *m_here));
    m_searchedCard->setFigure(
        tr("Looked at"), formatCount(m_choice.searched),
        tr("cascades on the train part, n %1").arg(formatCount(m_outcomes->train.count())));
}

void EvaluatePage::showRegret(const evaluation::RoutedRows &routed)
{
    const evaluation::RegretLens lens = evaluation::regretOf(*m_outcomes->table, routed);
    m_overpaidCard->setFigure(
        tr("Overpaid per 1,000"), lens.overpaid ? usdOf(lens.overpaidUsdPer1k()) : tr("unknown"),
        tr("%1 of %2: a cheaper model was as good")
            .arg(formatCount(lens.overpaid.value_or(0)), formatCount(lens.n)));
    m_underservedCard->setFigure(
        tr("Underserved"),
        tr("%1 pt", "points of quality").arg(QLocale().toString(lens.qualityLost() * 100, 'f', 1)),
        tr("%1 of %2: another model was better")
            .arg(formatCount(lens.underserved), formatCount(lens.n)));
}

void EvaluatePage::showCases()
{
    QList<ComparedPolicy> policies{{u"here"_s, tr("where you are"), m_hereRouted}};
    const ComparedPolicy single{u"single"_s, cascadeName(m_outcomes->validation, bestSingle()),
                                m_singleRouted};
    if (m_drawnCascade)
        policies.append({kDrawnPolicy, tr("the drawn policy"),
                         std::make_shared<evaluation::RoutedRows>(
                             evaluation::routedRows(m_outcomes->validation, *m_drawnCascade))});
    else if (m_drawnMeasured && m_drawnMeasured->isMeasured())
        policies.append({kDrawnPolicy, tr("the drawn policy"), routedOf(m_drawnMeasured)});
    policies.append(single);
    for (const ComparedPolicies::Entry &each : m_compared->entries()) {
        if (each.isShown && each.measured && each.measured->isMeasured())
            policies.append({each.policy.id, each.policy.name, routedOf(each.measured)});
    }
    m_cases->setPolicies(m_outcomes, policies);
}

void EvaluatePage::sayOnTest(const QString &sentence)
{
    m_onTest->setText(sentence);
    m_onTest->setVisible(!sentence.isEmpty());
}

void EvaluatePage::showDrawnNote()
{
    const bool isRefused = !m_drawnCascade && m_drawnMeasured && !m_drawnMeasured->isMeasured();
    m_drawnNote->setVisible(isRefused);
    if (!isRefused)
        return;
    // Its first sentence; the others list what there is instead.
    const QString problem = m_drawnMeasured->problem;
    const qsizetype end = problem.indexOf(u". "_s);
    m_drawnNote->setText(
        tr("The drawn policy is not measured: %1").arg(end < 0 ? problem : problem.left(end + 1)));
    m_drawnNote->setToolTip(problem);
}

// Filled when it is opened: policies open, close and get other names meanwhile.
void EvaluatePage::fillComparisons()
{
    m_comparisons->clear();
    for (const ComparedPolicies::Entry &each : m_compared->entries()) {
        const QString id = each.policy.id;
        QString text = each.policy.name;
        if (each.measured && !each.measured->isMeasured())
            text = tr("%1 (not measured: %2)").arg(text, each.measured->problem);
        QAction *action = m_comparisons->addAction(text);
        action->setCheckable(true);
        action->setChecked(each.isShown);
        connect(action, &QAction::triggered, this,
                [this, id](bool shown) { m_compared->setShown(id, shown); });
    }
    m_comparisons->addSeparator();
    m_comparisons->addAction(tr("Open a policy to compare…"), this,
                             &EvaluatePage::comparisonRequested);
    for (const ComparedPolicies::Entry &each : m_compared->entries()) {
        if (!each.isOpen)
            m_comparisons->addAction(tr("Remove %1").arg(each.policy.name), this,
                                     [this, id = each.policy.id] { m_compared->remove(id); });
    }
}

} // namespace headgate::ui
