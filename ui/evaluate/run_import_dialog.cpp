#include "ui/evaluate/run_import_dialog.h"

#include "core/common/when_ready.h"
#include "ui/common/fields/field_row.h"
#include "ui/common/message_bar.h"
#include "ui/common/number_format.h"
#include "ui/common/style_sheet.h"
#include "ui/evaluate/grader_form.h"
#include "ui/evaluate/import_job.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kRunDialogWidth = 440;

void addRow(QFormLayout *form, const QString &text, QWidget *field, const QString &name)
{
    auto *label = new QLabel(text);
    setRole(label, Role::Secondary);
    label->setFixedWidth(kFieldLabelWidth);
    label->setBuddy(field);
    field->setObjectName(name);
    field->setAccessibleName(text);
    form->addRow(label, field);
}

} // namespace

RunImportDialog::RunImportDialog(const Theme &theme, evaluation::DatasetThread &datasets,
                                 PastRuns runs, const QStringList &taken, QWidget *parent)
    : QDialog(parent)
    , m_datasets(datasets)
    , m_runs(std::move(runs))
    , m_taken(taken)
    , m_job(new ImportJob(this))
    , m_message(new MessageBar(theme, this))
    , m_name(new QLineEdit(this))
    , m_nameProblem(new QLabel(this))
    , m_policy(new QComboBox(this))
    , m_period(new QComboBox(this))
    , m_count(new QLabel(this))
    , m_grader(new GraderForm(theme, this))
    , m_progress(new QProgressBar(this))
    , m_import(new QPushButton(tr("Import"), this))
    , m_close(new QPushButton(tr("Cancel"), this))
{
    setObjectName(u"runImportDialog"_s);
    setWindowTitle(tr("A data set of past runs"));
    setAccessibleName(tr("A data set of past runs"));
    setMinimumWidth(kRunDialogWidth);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(kFieldLabelGap);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addRow(form, tr("Name"), m_name, u"runsName"_s);
    m_nameProblem->setObjectName(u"runsNameProblem"_s);
    m_nameProblem->setWordWrap(true);
    setRole(m_nameProblem, Role::ErrorText);
    form->addRow(QString(), m_nameProblem);
    addRow(form, tr("Policy"), m_policy, u"runsPolicy"_s);
    addRow(form, tr("Period"), m_period, u"runsPeriod"_s);
    m_count->setObjectName(u"runsCount"_s);
    m_count->setWordWrap(true);
    setRole(m_count, Role::Secondary);
    m_progress->setObjectName(u"runsProgress"_s);
    m_progress->setAccessibleName(tr("Progress of the import"));
    m_progress->setTextVisible(false);
    m_import->setObjectName(u"importRunsNow"_s);
    m_import->setDefault(true);
    setRole(m_import, Role::Primary);
    m_close->setObjectName(u"cancelRuns"_s);
    m_close->setAutoDefault(false);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_progress);
    foot->addStretch();
    foot->addWidget(m_import);
    foot->addWidget(m_close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(m_message);
    layout->addLayout(form);
    layout->addWidget(m_count);
    layout->addWidget(m_grader);
    layout->addStretch();
    layout->addLayout(foot);
    fillPeriods();
    m_name->setText(tr("past runs"));
    connectJob();
    count();
}

void RunImportDialog::fillPeriods()
{
    m_policy->addItem(tr("all policies"), QString());
    m_period->addItem(tr("all time"), 0);
    m_period->addItem(tr("the last 7 days"), 7);
    m_period->addItem(tr("the last 30 days"), 30);
}

void RunImportDialog::connectJob()
{
    connect(m_name, &QLineEdit::textChanged, this, &RunImportDialog::update);
    connect(m_grader, &GraderForm::changed, this, &RunImportDialog::update);
    connect(m_policy, &QComboBox::currentIndexChanged, this, &RunImportDialog::showChosen);
    connect(m_period, &QComboBox::currentIndexChanged, this, &RunImportDialog::count);
    connect(m_job, &ImportJob::progressed, this,
            [this](double share) { m_progress->setValue(int(share * 100)); });
    connect(m_job, &ImportJob::failed, this, [this](const Error &error) {
        m_message->showMessage(MessageBar::Level::Error, error.message);
    });
    connect(m_job, &ImportJob::runsImported, this,
            [this](const evaluation::RunImportReport &report) {
                Q_EMIT imported(report);
                accept();
            });
    connect(m_job, &ImportJob::ended, this, &RunImportDialog::update);
    connect(m_import, &QPushButton::clicked, this, &RunImportDialog::start);
    connect(m_close, &QPushButton::clicked, this, [this] {
        if (m_job->isRunning())
            m_job->cancel();
        else
            reject();
    });
}

ledger::SpendFilter RunImportDialog::filter() const
{
    ledger::SpendFilter filter;
    filter.origin = engine::RunOrigin::Live; // what was recorded is in a data set already
    filter.policyName = m_policy->currentData().toString();
    if (const int days = m_period->currentData().toInt())
        filter.from = QDateTime::currentDateTimeUtc().addDays(-days);
    return filter;
}

void RunImportDialog::count()
{
    ledger::SpendFilter all = filter();
    all.policyName.clear();
    m_count->setText(tr("Counting…"));
    m_found = 0;
    m_withTexts = 0;
    update();
    whenReady(m_runs.count(all), this,
              [this, period = m_period->currentIndex()](const PastRuns::Counts &counts) {
                  if (period == m_period->currentIndex())
                      showCounts(counts);
              });
}

void RunImportDialog::showCounts(const PastRuns::Counts &counts)
{
    if (!counts) {
        m_count->setText(counts.error().message);
        return;
    }
    m_counts = *counts;
    const QString chosen = m_policy->currentData().toString();
    {
        const QSignalBlocker quiet(m_policy);
        while (m_policy->count() > 1)
            m_policy->removeItem(1);
        for (const ledger::RunTexts &each : std::as_const(m_counts))
            m_policy->addItem(each.policyName, each.policyName);
        m_policy->setCurrentIndex(qMax(0, m_policy->findData(chosen)));
    }
    showChosen();
}

void RunImportDialog::showChosen()
{
    const QString policy = m_policy->currentData().toString();
    m_found = 0;
    m_withTexts = 0;
    for (const ledger::RunTexts &each : std::as_const(m_counts)) {
        if (!policy.isEmpty() && each.policyName != policy)
            continue;
        m_found += each.runs;
        m_withTexts += each.withTexts;
    }
    const QString runs = formatCount(m_found);
    m_count->setText(
        m_found == 0 ? tr("There are no runs to import.")
        : m_withTexts == 0
            ? tr("%1 runs, and none of them kept its prompt. Switch “Keep texts” on in the policy "
                 "to collect prompts from now on.")
                  .arg(runs)
        : m_withTexts == m_found
            ? tr("%1 runs, all of them with their prompts.").arg(runs)
            : tr("%1 runs; %2 of them did not keep their prompts and are passed over.")
                  .arg(runs, formatCount(m_found - m_withTexts)));
    update();
}

void RunImportDialog::update()
{
    const bool importing = m_job->isRunning();
    const QString name = m_name->text().trimmed();
    const QString problem =
        name.isEmpty() ? tr("Give the data set a name.")
        : m_taken.contains(name)
            ? tr("There is a data set “%1” already. Choose another name.").arg(name)
            : QString();
    m_nameProblem->setText(problem);
    m_nameProblem->setVisible(!problem.isEmpty());
    for (QWidget *field : {static_cast<QWidget *>(m_name), static_cast<QWidget *>(m_policy),
                           static_cast<QWidget *>(m_period), static_cast<QWidget *>(m_grader)})
        field->setEnabled(!importing);
    m_progress->setVisible(importing);
    m_import->setEnabled(!importing && problem.isEmpty() && m_withTexts > 0 && m_grader->isGood());
    m_close->setText(importing ? tr("Stop") : tr("Cancel"));
}

void RunImportDialog::start()
{
    m_message->dismiss();
    m_progress->setValue(0);
    m_job->importRuns(
        m_datasets, m_runs.path,
        {.filter = filter(), .name = m_name->text().trimmed(), .grader = m_grader->config()},
        m_found);
    update();
}

void RunImportDialog::done(int result)
{
    m_job->cancel();
    QDialog::done(result);
}

} // namespace headgate::ui
