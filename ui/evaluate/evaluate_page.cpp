#include "ui/evaluate/evaluate_page.h"

#include "ui/common/card.h"
#include "ui/common/empty_state.h"
#include "ui/common/message_bar.h"
#include "ui/common/number_format.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/evaluate/dataset_bar.h"
#include "ui/evaluate/saving_card.h"
#include "ui/evaluate/threshold_panel.h"
#include "ui/evaluate/tuning_job.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QLabel>
#include <QLocale>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using evaluation::Cascade;
using evaluation::CascadeColumns;

namespace {

QString usdOf(double amount)
{
    const auto money = Money::fromUsd(amount);
    return money ? formatMoney(*money) : QString();
}

FrontPlot::Point pointOf(const CascadeColumns &columns, const Cascade &cascade,
                         const evaluation::CascadeSums &sums, const QString &name = {})
{
    return {evaluation::costPer1k(sums, columns.count()),
            evaluation::meanQuality(sums, columns.count()),
            name.isEmpty() ? cascadeName(columns, cascade) : name};
}

QString droppedFile(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    const QString path = urls.size() == 1 ? urls.first().toLocalFile() : QString();
    return EvaluatePage::isCaseFile(path) ? path : QString();
}

} // namespace

EvaluatePage::EvaluatePage(Theme &theme, DrawnPolicy drawn, evaluation::DeploymentOf deploymentOf,
                           QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_drawn(std::move(drawn))
    , m_deploymentOf(std::move(deploymentOf))
    , m_job(new TuningJob(this))
    , m_message(new MessageBar(theme, this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(u"evaluate"_s, theme, this))
{
    setAccessibleName(tr("Evaluate"));
    setAcceptDrops(true);
    m_empty->setSentence(tr("Measure which cascade, with which thresholds, saves how much at what "
                            "loss of quality: open what your models did on the same prompts."));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(makeContent());
    connectDatasetBar();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_message);
    layout->addWidget(m_stack, 1);
    connectJob();
}

void EvaluatePage::connectJob()
{
    connect(m_job, &TuningJob::progressed, this,
            [this](double share) { m_progress->setValue(int(share * 100)); });
    connect(m_job, &TuningJob::loaded, this, &EvaluatePage::takeOutcomes);
    connect(m_job, &TuningJob::searched, this, &EvaluatePage::takeChoice);
    connect(m_job, &TuningJob::failed, this, [this](const QString &sentence) {
        m_message->showMessage(MessageBar::Level::Error, sentence);
        if (const auto opening = std::exchange(m_opening, {}))
            showPrompts(*opening, true);
    });
    connect(m_job, &TuningJob::ended, this, [this] {
        if (!m_job->isRunning())
            setBusy(false);
    });
}

void EvaluatePage::openOutcomes(const QString &path)
{
    m_message->dismiss();
    m_opening.reset();
    m_job->load([path](const evaluation::ReadProgress &progress, std::stop_token stop) {
        return loadOutcomes(path, progress, std::move(stop));
    });
    setBusy(true);
}

bool EvaluatePage::isBusy() const
{
    return m_job->isRunning();
}

void EvaluatePage::setBusy(bool busy)
{
    m_progress->setVisible(busy);
    m_progress->setValue(0);
    m_search->setText(busy ? tr("Stop") : tr("Optimise"));
    m_stages->setEnabled(!busy);
}

void EvaluatePage::takeOutcomes(std::shared_ptr<const LoadedOutcomes> outcomes)
{
    if (!outcomes->table) {
        showPrompts(*outcomes->dataset, false);
        return;
    }
    m_outcomes = std::move(outcomes);
    m_choice = {};
    m_front.clear();
    m_here.reset();
    m_onTest->clear();
    m_opening.reset();
    showSource(m_outcomes->name, m_outcomes->dataset);
    const QList<QString> counts{
        formatCount(m_outcomes->table->rows), formatCount(m_outcomes->train.count()),
        formatCount(m_outcomes->validation.count()), formatCount(m_outcomes->test.count()),
        formatCount(m_outcomes->incomplete())};
    m_bar->setCounts(m_outcomes->incomplete() > 0
                         ? tr("%1 prompts, %2 incomplete").arg(counts[0], counts[4])
                         : tr("%1 prompts").arg(counts[0]),
                     tr("train %1 · validation %2 · test %3").arg(counts[1], counts[2], counts[3]),
                     tr("%1 prompts: %2 train, %3 choose, %4 test; %5 are left out because a "
                        "model has no outcome or no cost there. A prompt's own hash says which "
                        "part it is in.")
                         .arg(counts[0], counts[1], counts[2], counts[3], counts[4]));
    m_part->setText(tr("validation part, n %1").arg(formatCount(m_outcomes->validation.count())));
    m_stack->setCurrentIndex(1);
    m_casesStack->setCurrentIndex(0);
    m_tuningStack->setCurrentIndex(0);
    search();
}

void EvaluatePage::search()
{
    if (!m_outcomes)
        return;
    evaluation::SearchOptions options;
    options.maxStages = m_stages->currentData().toInt();
    m_job->search(m_outcomes, options);
    setBusy(true);
}

void EvaluatePage::takeChoice(const evaluation::CascadeChoice &choice)
{
    m_choice = choice;
    const CascadeColumns &columns = m_outcomes->validation;
    std::vector<evaluation::Candidate> candidates = choice.front;
    std::sort(candidates.begin(), candidates.end(), [](const auto &a, const auto &b) {
        return a.validation.cost != b.validation.cost ? a.validation.cost < b.validation.cost
                                                      : a.validation.quality > b.validation.quality;
    });
    m_front.clear();
    qint64 best = -1;
    for (const evaluation::Candidate &each : candidates) {
        if (each.validation.quality <= best)
            continue;
        best = each.validation.quality;
        m_front.push_back({each.cascade, pointOf(columns, each.cascade, each.validation)});
    }
    refresh();
    standAt(choice.chosen ? choice.chosen->cascade : choice.singles[choice.bestSingle].cascade);
    Q_EMIT searchShown();
}

void EvaluatePage::refresh()
{
    if (!m_outcomes)
        return;
    m_drawnCascade = cascadeIn(m_drawn(), m_outcomes->validation);
    if (m_here)
        showHere();
}

void EvaluatePage::choosePoint(int index)
{
    if (index >= 0 && size_t(index) < m_front.size())
        standAt(m_front[size_t(index)].cascade);
}

void EvaluatePage::standAt(const Cascade &cascade)
{
    m_here = cascade;
    m_onTest->clear();
    showHere();
}

void EvaluatePage::moveThreshold(int gate, double threshold)
{
    if (!m_here || gate + 1 >= m_here->stages)
        return;
    Cascade moved = *m_here;
    moved.threshold[size_t(gate)] = threshold;
    standAt(moved);
}

Cascade EvaluatePage::before() const
{
    return m_drawnCascade.value_or(m_choice.singles[m_choice.bestSingle].cascade);
}

QString EvaluatePage::beforeName() const
{
    return m_drawnCascade ? tr("the drawn policy") : cascadeName(m_outcomes->validation, before());
}

void EvaluatePage::showHere()
{
    const CascadeColumns &columns = m_outcomes->validation;
    const Cascade single = m_choice.singles[m_choice.bestSingle].cascade;
    const CascadeComparison comparison = compareCascades(columns, *m_here, single);
    showPlot();
    showFigures(comparison);
    showCases();
    m_apply->setEnabled(m_drawnCascade != m_here);
    m_revert->setEnabled(m_drawnCascade ? m_drawnCascade != m_here : true);
}

void EvaluatePage::showPlot()
{
    const CascadeColumns &columns = m_outcomes->validation;
    FrontPlot::Data shown;
    for (const Shown &each : m_front)
        shown.front.append(each.point);
    for (const evaluation::Candidate &single : m_choice.singles)
        shown.singles.append(pointOf(columns, single.cascade, single.validation));
    if (m_drawnCascade)
        shown.drawn = pointOf(columns, *m_drawnCascade,
                              evaluation::evaluateCascade(columns, *m_drawnCascade), tr("drawn"));
    const CascadeComparison comparison =
        compareCascades(columns, *m_here, m_choice.singles[m_choice.bestSingle].cascade);
    shown.here =
        FrontPlot::Point{comparison.costPer1k, comparison.quality, cascadeName(columns, *m_here)};
    const double baseline = comparison.quality - comparison.difference.value;
    shown.low = baseline + comparison.difference.low;
    shown.high = baseline + comparison.difference.high;
    shown.part = m_part->text();
    m_plot->setData(shown);
}

void EvaluatePage::showFigures(const CascadeComparison &comparison)
{
    const CascadeColumns &columns = m_outcomes->validation;
    const Cascade single = m_choice.singles[m_choice.bestSingle].cascade;
    m_saving->setComparison(cascadeName(columns, single), comparison);

    QList<ThresholdPanel::Gate> gates;
    double left = 1;
    for (int stage = 0; stage + 1 < m_here->stages; ++stage) {
        const double share = comparison.shares[size_t(stage)];
        gates.append({columns.models[size_t(m_here->model[size_t(stage)])].name,
                      m_here->threshold[size_t(stage)], left > 0 ? (left - share) / left : 0});
        left -= share;
    }
    m_thresholds->setGates(gates);
    m_thresholds->setVisible(!gates.isEmpty());
    m_noGates->setVisible(gates.isEmpty());

    const QString n = tr("n %1").arg(formatCount(comparison.rows));
    m_qualityCard->setFigure(tr("Quality"), QLocale().toString(comparison.quality, 'f', 3), n);
    m_costCard->setFigure(tr("Per 1,000 queries"), usdOf(comparison.costPer1k),
                          tr("every call and check"));
    QStringList shares;
    for (const double share : comparison.shares)
        shares.append(formatPercent(share, 0));
    m_shareCard->setFigure(tr("Answered by"), shares.join(u" · "_s), cascadeName(columns, *m_here));
    m_searchedCard->setFigure(
        tr("Looked at"), formatCount(m_choice.searched),
        tr("cascades on the train part, n %1").arg(formatCount(m_outcomes->train.count())));
}

void EvaluatePage::showCases()
{
    m_cases->setCascades(m_outcomes, m_outcomes->validation, before(), *m_here);
    using Filter = CasesModel::Filter;
    m_filters->button(int(Filter::All))
        ->setText(tr("all %1").arg(formatCount(m_cases->count(Filter::All))));
    m_filters->button(int(Filter::Failed))
        ->setText(tr("failed %1").arg(formatCount(m_cases->count(Filter::Failed))));
    m_filters->button(int(Filter::Flipped))
        ->setText(tr("flipped %1").arg(formatCount(m_cases->count(Filter::Flipped))));
    m_against->setText(tr("against %1").arg(beforeName()));
    m_against->setToolTip(
        tr("“Before” is %1, “New” is where you are. What differs most in money comes "
           "first.")
            .arg(beforeName()));
}

void EvaluatePage::apply()
{
    const CascadeColumns &columns = m_outcomes->validation;
    const policy::PolicyDocument &drawn = m_drawn();
    const Cascade single = m_choice.singles[m_choice.bestSingle].cascade;
    policy::PolicyDocument document;
    if (m_drawnCascade && m_drawnCascade->model == m_here->model) {
        document = withThresholds(drawn, columns, *m_here);
    } else {
        document =
            cascadePolicy(columns, *m_here, cascadeName(columns, single), [&](const QString &name) {
                const policy::Model *known = drawn.model(name);
                return known ? *known : m_deploymentOf(name);
            });
        document.keepTexts = drawn.keepTexts;
    }
    const QString name = cascadeName(columns, *m_here);
    // Only now, and of this one only: what was dragged over the test part would be fitted to it.
    const CascadeComparison test = compareCascades(m_outcomes->test, *m_here, single);
    Q_EMIT applyRequested(document, name);
    refresh();
    m_onTest->setText(tr("Applied. On the test part, n %1: %2.")
                          .arg(formatCount(test.rows), SavingCard::sentence(test)));
}

void EvaluatePage::revert()
{
    if (m_drawnCascade)
        standAt(*m_drawnCascade);
    else if (m_choice.chosen)
        standAt(m_choice.chosen->cascade);
}

void EvaluatePage::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void EvaluatePage::dropEvent(QDropEvent *event)
{
    const QString path = droppedFile(event->mimeData());
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    openDropped(path);
}

} // namespace headgate::ui
