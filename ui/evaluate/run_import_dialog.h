#pragma once

#include "core/evaluation/datasets/run_import.h"
#include "core/ledger/run_texts.h"

#include <QDialog>
#include <QFuture>

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace headgate::evaluation {
class DatasetThread;
}

namespace headgate::ui {

class GraderForm;
class ImportJob;
class MessageBar;
class Theme;

// Where past runs are: the ledger's file, and how to count what is in it.
struct PastRuns
{
    using Counts = Result<QList<ledger::RunTexts>>;

    QString path;
    std::function<QFuture<Counts>(const ledger::SpendFilter &)> count;
};

// Makes a data set of what was asked before; says first how many runs that are, and how many of
// them did not keep their prompts.
class RunImportDialog final : public QDialog
{
    Q_OBJECT
public:
    // `taken`: names of data sets. Theme and thread outlive the dialog.
    RunImportDialog(const Theme &theme, evaluation::DatasetThread &datasets, PastRuns runs,
                    const QStringList &taken, QWidget *parent = nullptr);

Q_SIGNALS:
    void imported(const headgate::evaluation::RunImportReport &report);

protected:
    void done(int result) override; // stops what runs

private:
    void fillPeriods();
    void connectJob();
    void count();
    void showCounts(const PastRuns::Counts &counts);
    void showChosen(); // how many runs are meant
    void start();
    void update(); // what can be done now
    ledger::SpendFilter filter() const;

    evaluation::DatasetThread &m_datasets;
    PastRuns m_runs;
    QStringList m_taken;
    QList<ledger::RunTexts> m_counts; // of the period
    qint64 m_found = 0;               // runs that are meant
    qint64 m_withTexts = 0;
    ImportJob *m_job = nullptr;
    MessageBar *m_message = nullptr;
    QLineEdit *m_name = nullptr;
    QLabel *m_nameProblem = nullptr;
    QComboBox *m_policy = nullptr;
    QComboBox *m_period = nullptr;
    QLabel *m_count = nullptr;
    GraderForm *m_grader = nullptr;
    QProgressBar *m_progress = nullptr;
    QPushButton *m_import = nullptr;
    QPushButton *m_close = nullptr;
};

} // namespace headgate::ui
