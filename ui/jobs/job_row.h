#pragma once

#include "ui/jobs/job.h"

#include <QFrame>
#include <QPointer>

class QLabel;
class QProgressBar;
class QPushButton;

namespace headgate::ui {

// One job of the dock: title, progress, figures, and what can be done about it.
class JobRow final : public QFrame
{
    Q_OBJECT
public:
    explicit JobRow(Job &job, QWidget *parent = nullptr); // outlives the row

    Job &job() const { return m_job; }

Q_SIGNALS:
    void dismissed(); // of a job that has ended

private:
    QPushButton *addButton(const QString &name);
    void refresh();
    void showTroubles();

    Job &m_job;
    QLabel *m_title = nullptr;
    QLabel *m_figures = nullptr;
    QProgressBar *m_progress = nullptr;
    QPushButton *m_troubles = nullptr;
    QPushButton *m_pause = nullptr;
    QPushButton *m_stop = nullptr;
    QPushButton *m_goOn = nullptr;
    QPushButton *m_dismiss = nullptr;
};

} // namespace headgate::ui
