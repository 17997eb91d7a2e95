#include "ui/evaluate/evaluate_page.h"

#include "core/evaluation/recording/content_address.h"
#include "ui/common/card.h"
#include "ui/common/empty_state.h"
#include "ui/common/message_bar.h"
#include "ui/common/number_format.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/evaluate/cases_panel.h"
#include "ui/evaluate/dataset_bar.h"
#include "ui/evaluate/front_card.h"
#include "ui/evaluate/history_card.h"
#include "ui/evaluate/plot_points.h"
#include "ui/evaluate/policy_meter.h"
#include "ui/evaluate/routed_card.h"
#include "ui/evaluate/saving_card.h"
#include "ui/evaluate/threshold_panel.h"
#include "ui/evaluate/tuning_job.h"
#include "ui/evaluate/wish_bar.h"

#include <QDragEnterEvent>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using evaluation::Cascade;
using evaluation::CascadeColumns;

namespace {

constexpr int kPauseMs = 300; // of editing, before it is measured

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
    , m_meter(new PolicyMeter(this))
    , m_compared(new ComparedPolicies(*m_meter, this))
    , m_scores(new HistoryScores(*m_meter, this))
    , m_pause(new QTimer(this))
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
    connectMeter();
}

void EvaluatePage::connectMeter()
{
    connect(m_meter, &PolicyMeter::measured, this,
            [this](const QString &name, const MeasuredPolicyPtr &result) {
                if (name != kDrawnPolicy)
                    return;
                m_drawnMeasured = result;
                Q_EMIT drawnMeasured(result);
                if (m_here)
                    showHere();
            });
    m_pause->setSingleShot(true);
    m_pause->setInterval(kPauseMs);
    connect(m_pause, &QTimer::timeout, this,
            [this] { m_meter->measure(kDrawnPolicy, m_drawn(), true); });
    connect(m_compared, &ComparedPolicies::changed, this, [this] {
        if (m_here)
            showHere();
    });
    connect(m_scores, &HistoryScores::changed, this,
            [this] { m_history->setScores(m_scores->scores()); });
    connect(m_history, &HistoryCard::stepRequested, this, &EvaluatePage::stepRequested);
    connect(m_wish, &WishBar::changed, this, &EvaluatePage::search);
    connect(m_front, &FrontCard::cascadeChosen, this, &EvaluatePage::standAt);
    connect(m_front, &FrontCard::saveFailed, this, [this](const QString &sentence) {
        m_message->showMessage(MessageBar::Level::Error, sentence);
    });
    connect(m_saving, &SavingCard::recordMoreRequested, this, &EvaluatePage::recordMoreRequested);
    for (const auto &[card, filter] :
         {std::pair(m_overpaidCard, CasesModel::Filter::Overpaid),
          std::pair(m_underservedCard, CasesModel::Filter::Underserved)})
        connect(card, &FigureCard::activated, this,
                [this, filter = filter] { m_cases->showFilter(filter); });
}

void EvaluatePage::measureSoon()
{
    if (m_outcomes && m_outcomes->problem.isEmpty())
        m_pause->start();
}

QString EvaluatePage::outcomesName() const
{
    return m_outcomes ? m_outcomes->name : QString();
}

void EvaluatePage::setOpenPolicies(const QList<NamedPolicy> &open)
{
    m_compared->setOpen(open);
}

void EvaluatePage::addComparison(const QString &name, const policy::PolicyDocument &document)
{
    m_compared->add(name, document);
}

void EvaluatePage::setHistory(PolicyHistory *history)
{
    m_scores->setHistory(history);
}

// What is shown next has none, or others.
void EvaluatePage::forgetOutcomes()
{
    m_outcomes.reset();
    m_here.reset();
    m_choice = {};
    m_points.clear();
    m_branched.reset();
    m_routed->hide();
    m_drawnMeasured.reset();
    m_meter->setOutcomes(nullptr);
    Q_EMIT drawnMeasured({});
}

void EvaluatePage::connectJob()
{
    connect(m_job, &TuningJob::progressed, this,
            [this](double share) { m_progress->setValue(int(share * 100)); });
    connect(m_job, &TuningJob::loaded, this, &EvaluatePage::takeOutcomes);
    connect(m_job, &TuningJob::searched, this, &EvaluatePage::takeChoice);
    connect(m_job, &TuningJob::branchesSearched, this,
            [this](const std::shared_ptr<const RoutedResult> &result) {
                m_branched = result;
                showBranches();
            });
    connect(m_job, &TuningJob::branchesRefused, this, [this](const QString &sentence) {
        m_routed->setProblem(sentence);
        m_routed->show();
    });
    connect(m_routed, &RoutedCard::applyRequested, this, &EvaluatePage::applyBranches);
    connect(m_job, &TuningJob::failed, this, [this](const QString &sentence) {
        m_message->showMessage(MessageBar::Level::Error, sentence);
        if (const auto opening = std::exchange(m_opening, {}))
            showPrompts(*opening);
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
    m_standing.reset();
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
}

void EvaluatePage::takeOutcomes(std::shared_ptr<const LoadedOutcomes> outcomes)
{
    m_outcomes = std::move(outcomes);
    m_choice = {};
    m_points.clear();
    m_here.reset();
    m_drawnMeasured.reset();
    Q_EMIT drawnMeasured({});
    m_meter->setOutcomes(m_outcomes);
    m_compared->measureAll();
    m_scores->measureAll();
    m_wish->setOutcomes(*m_outcomes);
    sayOnTest({});
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
    if (m_outcomes->problem.isEmpty())
        searchAnew();
    else
        showProblem();
}

// The outcomes can be read, but not searched: what is missing can be said in the options.
void EvaluatePage::showProblem()
{
    m_plot->setData({});
    m_front->setTable({});
    m_cases->setPolicies({}, {});
    m_apply->setEnabled(false);
    m_revert->setEnabled(false);
    m_message->showMessage(MessageBar::Level::Error, m_outcomes->problem, tr("Options…"),
                           [this] { m_wish->openOptions(); });
}

void EvaluatePage::search()
{
    const auto request = m_wish->request();
    if (!m_outcomes || !request)
        return;
    m_standing.reset(); // what is wished for now is another point
    if (m_job->isRunning() || m_choice.singles.empty() || !request->searchesAs(m_asked))
        return searchAnew();
    m_asked = *request;
    grant(evaluation::grantWish(m_choice, m_outcomes->train, m_outcomes->validation, m_asked.wish,
                                m_asked.search.latencyP95));
}

void EvaluatePage::searchAnew()
{
    const auto request = m_wish->request();
    if (!m_outcomes || !request)
        return;
    m_asked = *request;
    const evaluation::CascadeColumnsOptions &models = m_outcomes->models;
    if (models.leaveOut != m_asked.models.leaveOut ||
        models.costPerCall != m_asked.models.costPerCall)
        m_job->reload(m_outcomes, m_asked.models);
    else if (m_outcomes->problem.isEmpty())
        m_job->search(m_outcomes, m_asked);
    setBusy(m_job->isRunning());
}

void EvaluatePage::grant(const std::optional<evaluation::Candidate> &chosen)
{
    m_choice.chosen = chosen;
    m_wish->setRefusal(chosen ? QString()
                              : tr("Nothing grants that: the cheapest costs %1 for 1,000 queries.")
                                    .arg(usdOf(m_points.front().point.costPer1k)));
    standAt(chosen ? chosen->cascade : m_here.value_or(bestSingle()));
}

// After the search for all prompts, whose single models it is read beside.
void EvaluatePage::useArtifacts(const learning::ArtifactShelf &artifacts)
{
    m_meter->setArtifacts(artifacts);
    m_job->setArtifacts(artifacts);
}

void EvaluatePage::searchBranches()
{
    m_branched.reset();
    m_routed->hide();
    if (!m_asked.perBranch)
        return;
    m_job->searchBranches(m_outcomes, m_asked, m_drawn());
    setBusy(true);
}

void EvaluatePage::showBranches()
{
    m_routed->setResult(*m_branched);
    m_routed->show();
    if (m_here)
        showHere();
}

void EvaluatePage::applyBranches()
{
    const policy::PolicyDocument &drawn = m_drawn();
    policy::PolicyDocument document = branchedPolicy(
        m_branched->router, m_branched->validation, m_branched->choice.chosen->cascade,
        cascadeName(m_outcomes->validation, bestSingle()),
        [&](const QString &name) { return deploymentIn(drawn, name); });
    document.keepTexts = drawn.keepTexts;
    const evaluation::RoutedRows test = evaluation::routedRows(m_outcomes->test, m_branched->portOf,
                                                               m_branched->choice.chosen->cascade);
    Q_EMIT applyRequested(document, document.name);
    refresh();
    sayOnTest(readOnTest(test));
}

// Only what was applied, and once: what was dragged over the test part would be fitted to it.
QString EvaluatePage::readOnTest(const evaluation::RoutedRows &routed) const
{
    const auto comparison =
        evaluation::comparePaired(routed, evaluation::routedRows(m_outcomes->test, bestSingle()),
                                  {}, evaluation::ReadingDepth::AtAGlance);
    return tr("Applied. On the test part, n %1: %2.")
        .arg(formatCount(comparison.n), SavingCard::sentence(comparison));
}

void EvaluatePage::showTable()
{
    FrontTable table{.outcomes = m_outcomes->name,
                     .models = {},
                     .trainRows = m_outcomes->train.count(),
                     .validationRows = m_outcomes->validation.count(),
                     .rows = {}};
    for (const evaluation::CascadeColumn &model : m_outcomes->validation.models)
        table.models.append(model.name);
    const auto append = [&](const evaluation::Candidate &point, bool isSingle) {
        table.rows.append({point, isSingle});
    };
    for (const Shown &shown : m_points) {
        const auto found = std::find_if(
            m_choice.front.begin(), m_choice.front.end(),
            [&](const evaluation::Candidate &each) { return each.cascade == shown.cascade; });
        append(*found, false);
    }
    for (const evaluation::Candidate &single : m_choice.singles) {
        const bool isOnFront =
            std::any_of(table.rows.begin(), table.rows.end(),
                        [&](const auto &row) { return row.point.cascade == single.cascade; });
        if (!isOnFront)
            append(single, true);
    }
    std::stable_sort(table.rows.begin(), table.rows.end(), [](const auto &a, const auto &b) {
        return a.point.validation.cost < b.point.validation.cost;
    });
    m_front->setTable(table);
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
    m_points.clear();
    qint64 best = -1;
    for (const evaluation::Candidate &each : candidates) {
        if (each.validation.quality <= best)
            continue;
        best = each.validation.quality;
        m_points.push_back({each.cascade, pointOf(columns, each.cascade, each.validation)});
    }
    m_singleRouted =
        std::make_shared<evaluation::RoutedRows>(evaluation::routedRows(columns, bestSingle()));
    refresh();
    showTable();
    searchBranches();
    grant(choice.chosen);
    if (const auto former = formerPoint())
        standAt(*former);
    Q_EMIT searchShown();
}

// Where one was before the outcomes were read again, if they still have its models.
std::optional<Cascade> EvaluatePage::formerPoint()
{
    const std::optional<Standing> standing = std::exchange(m_standing, {});
    if (!standing)
        return std::nullopt;
    const auto &models = m_outcomes->validation.models;
    Cascade cascade = standing->cascade;
    for (int stage = 0; stage < cascade.stages; ++stage) {
        const auto found = std::find_if(models.begin(), models.end(), [&](const auto &model) {
            return model.name == standing->models[stage];
        });
        const bool isGated = stage + 1 < cascade.stages;
        if (found == models.end() || (isGated && found->score.empty()))
            return std::nullopt;
        cascade.model[size_t(stage)] = qint32(found - models.begin());
    }
    return cascade;
}

void EvaluatePage::refresh()
{
    if (!m_outcomes || !m_outcomes->problem.isEmpty())
        return;
    m_drawnCascade = cascadeIn(m_drawn(), m_outcomes->validation);
    m_meter->measure(kDrawnPolicy, m_drawn(), true);
    if (m_here)
        showHere();
}

void EvaluatePage::choosePoint(int index)
{
    if (index >= 0 && size_t(index) < m_points.size())
        standAt(m_points[size_t(index)].cascade);
}

void EvaluatePage::standAt(const Cascade &cascade)
{
    m_here = cascade;
    sayOnTest({});
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

Cascade EvaluatePage::bestSingle() const
{
    return m_choice.singles[m_choice.bestSingle].cascade;
}

policy::Model EvaluatePage::deploymentIn(const policy::PolicyDocument &drawn,
                                         const QString &name) const
{
    if (const policy::Model *known = drawn.model(name))
        return *known;
    // A recording calls a model by the provider's id, and may tell it by its parameters.
    const policy::Model *sameId = nullptr;
    for (const policy::Model &model : drawn.models) {
        const evaluation::ModelMark mark = evaluation::markOf(model);
        if (name == u"%1 (%2)"_s.arg(mark.model, mark.parameters))
            return model;
        if (!sameId && name == mark.model)
            sameId = &model;
    }
    return sameId ? *sameId : m_deploymentOf(name);
}

void EvaluatePage::apply()
{
    const CascadeColumns &columns = m_outcomes->validation;
    const policy::PolicyDocument &drawn = m_drawn();
    policy::PolicyDocument document;
    if (m_drawnCascade && m_drawnCascade->model == m_here->model) {
        document = withThresholds(drawn, columns, *m_here);
    } else {
        const QString single = cascadeName(columns, bestSingle());
        document = cascadePolicy(columns, *m_here, single,
                                 [&](const QString &name) { return deploymentIn(drawn, name); });
        document.keepTexts = drawn.keepTexts;
    }
    const QString name = cascadeName(columns, *m_here);
    const evaluation::RoutedRows test = evaluation::routedRows(m_outcomes->test, *m_here);
    Q_EMIT applyRequested(document, name);
    refresh();
    sayOnTest(readOnTest(test));
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
