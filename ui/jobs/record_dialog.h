#pragma once

#include "core/common/worker_thread.h"
#include "core/evaluation/recording/recording_estimate.h"

#include <QDialog>
#include <QTimer>

class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace headgate::ui {

class Theme;

// Before anything is asked: which models, how many prompts, what that takes, and the cap.
class RecordDialog final : public QDialog
{
    Q_OBJECT
public:
    struct Subject
    {
        QString storePath{};
        evaluation::DatasetSummary dataset{};
        policy::PolicyDocument document{}; // whose models are asked
        catalog::ModelCatalog catalog{};
        evaluation::UsualTime usualTime{};
        std::optional<qint64> mostPrompts{}; // proposed; none: all
        bool isSimulated = false;            // all models of the document
    };

    explicit RecordDialog(Subject subject, QWidget *parent = nullptr);
    ~RecordDialog() override; // an estimate under way is stopped

Q_SIGNALS:
    void recordRequested(const headgate::evaluation::RecordingPlan &plan, qint64 items);

private:
    QWidget *makeModels();
    QWidget *makeLimits();
    QStringList chosenModels() const;
    void estimateSoon();
    void estimate();
    void showEstimate(const Result<evaluation::RecordingEstimate> &estimate);
    QString estimateText(const evaluation::RecordingEstimate &estimate) const;
    void refuse(const QString &sentence);
    void refresh(); // whether it can begin
    void record();

    const Subject m_subject;
    QList<QCheckBox *> m_models; // by the document's models
    QSpinBox *m_prompts = nullptr;
    QDoubleSpinBox *m_cap = nullptr;
    QSpinBox *m_atATime = nullptr;
    QLabel *m_calls = nullptr;
    QLabel *m_cost = nullptr;
    QLabel *m_notes = nullptr;
    QLabel *m_problem = nullptr;
    QPushButton *m_record = nullptr;
    QTimer m_wait; // until the choice rests
    std::optional<evaluation::RecordingPlan> m_plan;
    std::optional<evaluation::RecordingEstimate> m_estimate; // of m_plan
    bool m_capChosen = false;                                // by the user
    std::stop_source m_stop;
    WorkerThread m_worker;
};

} // namespace headgate::ui
