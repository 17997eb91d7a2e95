#include "ui/editor/live/runs_panel.h"

#include "ui/common/run_records.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "core/common/when_ready.h"
#include "ui/editor/live/list_pane.h"
#include "ui/editor/live/reload_delay.h"
#include "ui/editor/live/run_origin.h"
#include "ui/editor/live/runs_model.h"

#include <QHeaderView>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kMostRuns = 200; // of the ledger

} // namespace

RunsPanel::RunsPanel(policy::PolicyEditor &editor, RunRecords &records, QWidget *parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_records(records)
    , m_model(new RunsModel(this))
    , m_table(new QTableView)
{
    setRole(this, Role::Panel);
    m_table->setObjectName(u"runsTable"_s);
    m_table->setAccessibleName(tr("Runs of this policy"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::kTableRowHeight);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(RunsModel::PromptColumn,
                                                      QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(RunsModel::PathColumn, QHeaderView::Stretch);
    m_table->setColumnWidth(RunsModel::TimeColumn, 130);
    m_table->setColumnWidth(RunsModel::CostColumn, 110);
    m_table->setColumnWidth(RunsModel::DurationColumn, 80);
    m_replay = new QPushButton(tr("Replay"));
    m_replay->setObjectName(u"replayRun"_s);
    m_replay->setToolTip(tr("Steps through this run in the drawing (Enter)"));
    m_pin = new QPushButton(tr("Pin path"));
    m_pin->setObjectName(u"pinRun"_s);
    m_pane = new ListPane(m_table, {m_replay, m_pin},
                          tr("No query has run through this policy yet. Choose Run, or ask one: "
                             "then it can be replayed here step by step."));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pane);

    m_reload.setSingleShot(true);
    m_reload.setInterval(kReloadMs);
    connect(&m_reload, &QTimer::timeout, this, &RunsPanel::load);
    connect(&records, &RunRecords::changed, this, [this] {
        show();
        m_reload.start();
    });
    connect(&editor, &policy::PolicyEditor::settingsChanged, &m_reload,
            qOverload<>(&QTimer::start));
    connect(&editor, &policy::PolicyEditor::documentReplaced, &m_reload,
            qOverload<>(&QTimer::start));
    connect(m_replay, &QPushButton::clicked, this, &RunsPanel::replayCurrent);
    connect(m_table, &QTableView::activated, this, &RunsPanel::replayCurrent);
    connect(m_pin, &QPushButton::clicked, this, &RunsPanel::pinCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &RunsPanel::updateButtons);
    show();
    m_reload.start();
}

void RunsPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_reload.start();
}

QString RunsPanel::currentId() const
{
    return m_table->currentIndex().data(RunsModel::IdRole).toString();
}

void RunsPanel::load()
{
    ledger::SpendFilter filter;
    filter.policyName = m_editor.document().name;
    filter.simulated = runsSimulated(m_editor.document());
    whenReady(m_records.runs(filter, kMostRuns), this,
              [this, asked = ++m_asked](const Result<QList<ledger::RunSummary>> &runs) {
                  if (asked != m_asked)
                      return;
                  if (!runs) {
                      Q_EMIT problem(runs.error().message);
                      return;
                  }
                  m_recorded = *runs;
                  show();
              });
}

void RunsPanel::show()
{
    // The newest stays chosen where it was.
    const QString current = m_table->currentIndex().row() > 0 ? currentId() : QString();
    m_model->setRuns(m_records.sessionRuns(m_editor.document().name), m_recorded);
    m_pane->setFilled(m_model->rowCount() > 0);
    int row = 0;
    for (int each = 0; each < m_model->rowCount(); ++each) {
        if (m_model->index(each, 0).data(RunsModel::IdRole).toString() == current)
            row = each;
    }
    m_table->setCurrentIndex(m_model->index(row, 0));
    m_table->scrollTo(m_table->currentIndex());
    updateButtons();
}

void RunsPanel::updateButtons()
{
    const bool inSession = m_model->sessionRun(currentId());
    m_replay->setEnabled(!currentId().isEmpty());
    m_pin->setEnabled(inSession);
    m_pin->setToolTip(
        inSession ? tr("Checks after each edit that this query still takes this path. Its prompt "
                       "is kept in the policy file.")
                  : tr("The prompt of this run was not kept; ask it again to pin its path."));
}

void RunsPanel::replayCurrent()
{
    const QString id = currentId();
    if (const engine::RunTrace *run = m_model->sessionRun(id)) {
        Q_EMIT replayRequested(*run);
        return;
    }
    whenReady(m_records.run(id), this, [this](const Result<engine::RunTrace> &run) {
        if (run)
            Q_EMIT replayRequested(*run);
        else
            Q_EMIT problem(run.error().message);
    });
}

void RunsPanel::pinCurrent()
{
    if (const engine::RunTrace *run = m_model->sessionRun(currentId()))
        Q_EMIT pinRequested(*run);
}

} // namespace headgate::ui
