#pragma once

#include "ui/jobs/job.h"

#include <QFrame>

#include <memory>

class QVBoxLayout;

namespace headgate::ui {

class JobRow;

// The jobs that run and those that have ended and were not dismissed, the newest first; hidden
// while there are none. Owns the jobs.
class JobsDock final : public QFrame
{
    Q_OBJECT
public:
    explicit JobsDock(QWidget *parent = nullptr);

    void add(std::unique_ptr<Job> job);
    QList<Job *> jobs() const;
    int active() const; // jobs that run, or are paused
    void stopAll();

    QSize sizeHint() const override;

Q_SIGNALS:
    void activeChanged(int active);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void remove(JobRow &row);

    QWidget *m_list = nullptr;
    QVBoxLayout *m_rows = nullptr;
};

} // namespace headgate::ui
