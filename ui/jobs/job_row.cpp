#include "ui/jobs/job_row.h"

#include "ui/common/number_format.h"
#include "ui/common/style_sheet.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kSteps = 1000;
constexpr QSize kListSize(620, 360);

} // namespace

JobRow::JobRow(Job &job, QWidget *parent)
    : QFrame(parent)
    , m_job(job)
    , m_title(new QLabel(job.title(), this))
    , m_figures(new QLabel(this))
    , m_progress(new QProgressBar(this))
{
    setObjectName(u"jobRow"_s);
    setRole(m_title, Role::Section);
    setRole(m_figures, Role::Secondary);
    for (QLabel *label : {m_title, m_figures})
        label->setTextFormat(Qt::PlainText);
    m_figures->setObjectName(u"jobFigures"_s);
    m_figures->setWordWrap(true);
    m_progress->setRange(0, kSteps);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_progress->setAccessibleName(tr("Progress of %1").arg(job.title()));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_title, 1);
    m_troubles = addButton(u"jobTroubles"_s);
    setRole(m_troubles, Role::Link);
    m_pause = addButton(u"jobPause"_s);
    m_stop = addButton(u"jobStop"_s);
    m_stop->setText(tr("Stop"));
    m_goOn = addButton(u"jobGoOn"_s);
    m_dismiss = addButton(u"jobDismiss"_s);
    m_dismiss->setText(tr("Dismiss"));
    for (QPushButton *button : {m_troubles, m_pause, m_stop, m_goOn, m_dismiss})
        buttons->addWidget(button);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 10, 16, 12);
    column->setSpacing(6);
    column->addLayout(buttons);
    column->addWidget(m_progress);
    column->addWidget(m_figures);
    connect(m_troubles, &QPushButton::clicked, this, &JobRow::showTroubles);
    connect(m_pause, &QPushButton::clicked, this,
            [this] { m_job.setPaused(m_job.state() != Job::State::Paused); });
    connect(m_stop, &QPushButton::clicked, this, [this] { m_job.stop(); });
    connect(m_goOn, &QPushButton::clicked, this, [this] { m_job.goOn(); });
    connect(m_dismiss, &QPushButton::clicked, this, &JobRow::dismissed);
    connect(&job, &Job::changed, this, &JobRow::refresh);
    refresh();
}

QPushButton *JobRow::addButton(const QString &name)
{
    auto *button = new QPushButton(this);
    button->setObjectName(name);
    return button;
}

void JobRow::refresh()
{
    const Job::State state = m_job.state();
    const bool active = m_job.isActive();
    const auto share = m_job.share();
    m_progress->setRange(0, share || !active ? kSteps : 0); // a busy bar while it is not known
    m_progress->setValue(int(share.value_or(0) * kSteps));
    m_progress->setVisible(active);
    m_progress->setAccessibleDescription(share ? formatPercent(*share, 0) : QString());
    m_figures->setText(m_job.figures());
    const QStringList troubles = m_job.troubles();
    m_troubles->setVisible(!troubles.isEmpty());
    m_troubles->setText(tr("What went wrong"));
    m_pause->setVisible(active);
    m_pause->setEnabled(state != Job::State::Stopping);
    m_pause->setText(state == Job::State::Paused ? tr("Go on") : tr("Pause"));
    m_stop->setVisible(active);
    m_stop->setEnabled(state != Job::State::Stopping);
    m_goOn->setText(m_job.goingOn());
    m_goOn->setVisible(!active && !m_job.goingOn().isEmpty());
    m_dismiss->setVisible(!active);
}

void JobRow::showTroubles()
{
    auto *dialog = new QDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(u"jobTroublesDialog"_s);
    dialog->setWindowTitle(m_job.title());
    dialog->resize(kListSize);
    auto *list = new QListWidget(dialog);
    list->setAccessibleName(tr("What went wrong"));
    list->setWordWrap(true);
    list->setSelectionMode(QAbstractItemView::NoSelection);
    list->addItems(m_job.troubles());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto *column = new QVBoxLayout(dialog);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(12);
    column->addWidget(list, 1);
    column->addWidget(buttons);
    dialog->open();
}

} // namespace headgate::ui
