#include "ui/jobs/jobs_dock.h"

#include "ui/common/panes.h"
#include "ui/common/style_sheet.h"
#include "ui/jobs/job_row.h"

#include <QLabel>
#include <QResizeEvent>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kMostHeight = 220;

} // namespace

JobsDock::JobsDock(QWidget *parent)
    : QFrame(parent)
    , m_list(new QWidget)
    , m_rows(new QVBoxLayout(m_list))
{
    setObjectName(u"jobsDock"_s);
    setAccessibleName(tr("Jobs"));
    setRole(this, Role::Panel);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto *rule = new QFrame(this);
    setRole(rule, Role::Rule);
    rule->setFixedHeight(1);
    auto *caption = new QLabel(tr("Jobs"), this);
    setRole(caption, Role::Caption);
    caption->setContentsMargins(16, 8, 16, 0);
    setRole(m_list, Role::Panel);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
    auto *scroll = new QScrollArea(this);
    scroll->setAccessibleName(tr("List of jobs"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_list);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(rule);
    column->addWidget(caption);
    column->addWidget(scroll);
    hide();
}

QSize JobsDock::sizeHint() const
{
    constexpr int kFrame = 34; // rule and caption
    // By the lines that there are at this width; else the height would jump with every figure.
    const int list = m_rows->hasHeightForWidth() && width() > 0
                         ? m_rows->totalHeightForWidth(width())
                         : m_rows->totalSizeHint().height();
    return {400, std::min(kMostHeight, kFrame + list)};
}

void JobsDock::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        updateGeometry();
}

QList<Job *> JobsDock::jobs() const
{
    QList<Job *> jobs;
    for (const JobRow *row : m_list->findChildren<JobRow *>(Qt::FindDirectChildrenOnly))
        jobs.append(&row->job());
    return jobs;
}

int JobsDock::active() const
{
    const QList<Job *> all = jobs();
    return int(
        std::count_if(all.begin(), all.end(), [](const Job *job) { return job->isActive(); }));
}

void JobsDock::stopAll()
{
    for (Job *job : jobs())
        job->stop();
}

void JobsDock::add(std::unique_ptr<Job> job)
{
    Job *owned = job.release();
    auto *row = new JobRow(*owned, m_list);
    owned->setParent(row);
    m_rows->insertWidget(0, row);
    connect(owned, &Job::changed, this, [this] {
        updateGeometry(); // a row may need another line
        Q_EMIT activeChanged(active());
    });
    connect(row, &JobRow::dismissed, this, [this, row] { remove(*row); });
    show();
    updateGeometry();
    Q_EMIT activeChanged(active());
}

void JobsDock::remove(JobRow &row)
{
    m_rows->removeWidget(&row);
    row.setParent(nullptr);
    row.deleteLater();
    setVisible(!jobs().isEmpty());
    updateGeometry();
}

} // namespace headgate::ui
