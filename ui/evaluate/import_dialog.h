#pragma once

#include "core/evaluation/datasets/dataset_import.h"

#include <QDialog>

class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTableView;
class QTableWidget;

namespace headgate::evaluation {
class DatasetThread;
}

namespace headgate::ui {

class GraderForm;
class ImportJob;
class MappingForm;
class MessageBar;
class PreviewModel;
class Theme;

// Makes a data set of a file: shows its first rows and what each column is taken for, and lists the
// rows that cannot be imported. All of the file is imported, or nothing.
class ImportDialog final : public QDialog
{
    Q_OBJECT
public:
    // `taken`: names of data sets. Theme and thread outlive the dialog.
    ImportDialog(const Theme &theme, evaluation::DatasetThread &datasets, const QString &path,
                 const QStringList &taken, QWidget *parent = nullptr);
    ~ImportDialog() override; // stops what runs

Q_SIGNALS:
    void imported(const headgate::evaluation::ImportReport &report);

protected:
    void done(int result) override; // stops what runs

private:
    QWidget *makeForm();
    QWidget *makeFileSide();
    QWidget *makeProblems();
    void connectJob();
    void takePreview(const evaluation::ImportPreview &preview);
    void takeReport(const evaluation::ImportReport &report);
    void showProblems(const evaluation::ImportReport &report);
    void start();
    void update(); // what can be done now
    QString nameProblem() const;

    const Theme &m_theme;
    evaluation::DatasetThread &m_datasets;
    QString m_path;
    QStringList m_taken;
    bool m_previewed = false;
    ImportJob *m_job = nullptr;
    MessageBar *m_message = nullptr;
    QLineEdit *m_name = nullptr;
    QLabel *m_nameProblem = nullptr;
    MappingForm *m_mapping = nullptr;
    GraderForm *m_grader = nullptr;
    QWidget *m_form = nullptr;
    QLabel *m_file = nullptr;
    QLabel *m_notes = nullptr;
    PreviewModel *m_preview = nullptr;
    QTableView *m_table = nullptr;
    QWidget *m_problemsSide = nullptr;
    QLabel *m_problemsTitle = nullptr;
    QTableWidget *m_problems = nullptr;
    QProgressBar *m_progress = nullptr;
    QPushButton *m_import = nullptr;
    QPushButton *m_close = nullptr;
};

} // namespace headgate::ui
