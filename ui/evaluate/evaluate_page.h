#pragma once

#include "core/evaluation/optimizer/cascade_policy.h"
#include "core/evaluation/paired_comparison.h"
#include "ui/evaluate/cases_model.h"
#include "ui/evaluate/compared_policies.h"
#include "ui/evaluate/front_plot.h"
#include "ui/evaluate/routed_search.h"
#include "ui/evaluate/run_import_dialog.h"
#include "ui/evaluate/tune_request.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTimer;
class QToolButton;

namespace headgate::evaluation {
class DatasetThread;
struct ImportReport;
} // namespace headgate::evaluation

namespace headgate::ui {

class Card;
class CasesPanel;
class DatasetBar;
class EmptyState;
class FigureCard;
class FrontCard;
class HistoryCard;
class HistoryScores;
class ImportJob;
class MessageBar;
class PolicyHistory;
class PolicyMeter;
class PromptsPanel;
class RoutedCard;
class SavingCard;
class ThresholdPanel;
class TuningJob;
class WishBar;

// Which cascade, in which order, with which thresholds: measured on an outcome file or on a data
// set of the workspace, whose prompts are shown until there are outcomes. The search runs on the
// train part, the figures here are of the validation part, and the test part is read for what is
// applied. Changes no policy itself: it asks for that.
class EvaluatePage final : public QWidget
{
    Q_OBJECT
public:
    // What the current document draws.
    using DrawnPolicy = std::function<const policy::PolicyDocument &()>;

    // `deploymentOf` says how a model of the outcomes is called that the document does not have.
    // The theme outlives the page.
    EvaluatePage(Theme &theme, DrawnPolicy drawn, evaluation::DeploymentOf deploymentOf,
                 QWidget *parent = nullptr);

    // The workspace's data sets, which outlive the page; without them it opens files only.
    void useDatasets(evaluation::DatasetThread &datasets);
    // Where what trained routers and scorers learned is found.
    void useArtifacts(const learning::ArtifactShelf &artifacts);
    void openOutcomes(const QString &path);
    void usePastRuns(const PastRuns &runs);
    void openDataset(evaluation::DatasetId id);
    // As a data set of the workspace, by a dialog.
    void importFile(const QString &path);
    // Whether openDropped() takes it, by its name.
    static bool isCaseFile(const QString &path);
    // Opens JSON lines of outcomes, and imports what else it is.
    void openDropped(const QString &path);
    // That is shown; none: a file is, or nothing.
    const std::optional<evaluation::DatasetSummary> &dataset() const { return m_dataset; }
    void refresh();               // the document is another, or was edited
    void measureSoon();           // the document was edited elsewhere: after a pause
    QString outcomesName() const; // empty: none are open
    // The other documents that are open: ghosts on the plot, and to be compared.
    void setOpenPolicies(const QList<NamedPolicy> &open);
    void addComparison(const QString &name, const policy::PolicyDocument &document);
    // The steps of the current document; nullptr: none.
    void setHistory(PolicyHistory *history);
    bool isBusy() const;
    // Where one is; none before the search.
    std::optional<evaluation::Cascade> here() const { return m_here; }
    void choosePoint(int index); // of the front, as it is shown

public Q_SLOTS:
    // Outcomes were added to a data set; nothing where another is shown. One stays at the point
    // where one is, as long as its models are there.
    void reloadDataset(headgate::evaluation::DatasetId id);

Q_SIGNALS:
    void openRequested();       // a file is to be chosen
    void comparisonRequested(); // a policy is to be chosen, for addComparison()
    // So many more cases are to be recorded, since a difference needs them.
    void recordMoreRequested(qint64 cases);
    void stepRequested(int index); // of the current document's undo stack
    // What was measured of the current document; nullptr: there are no outcomes.
    void drawnMeasured(const headgate::ui::MeasuredPolicyPtr &measured);
    void importRequested(); // likewise
    // Its prompts are to be put to models. Where nobody listens, the button says so.
    void recordRequested(headgate::evaluation::DatasetId dataset);
    // The document with the cascade drawn, or with its thresholds moved where it draws this cascade
    // already.
    void applyRequested(const headgate::policy::PolicyDocument &document, const QString &name);
    void searchShown();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeContent();
    QWidget *makeCases();
    QWidget *makeTuning();
    QWidget *makeRecordHint();
    QWidget *makeToolbar();
    QWidget *makeSide();
    QWidget *makeFigures();
    void placeFigures(bool narrow);
    void sayOnTest(const QString &sentence); // empty: nothing was applied
    void connectJob();
    void connectMeter();
    void fillComparisons();
    void takeOutcomes(std::shared_ptr<const LoadedOutcomes> outcomes);
    void takeChoice(const evaluation::CascadeChoice &choice);
    void search(); // what is wished for now; what was searched already is only chosen from
    void searchAnew();
    void showProblem();
    void forgetOutcomes();
    void showTable();
    void searchBranches();
    void showBranches();
    void applyBranches();
    void grant(const std::optional<evaluation::Candidate> &chosen);
    void setBusy(bool busy);
    // evaluate_datasets.cpp
    void connectDatasetBar();
    void listDatasets();
    void readDataset(const evaluation::DatasetSummary &dataset);
    void showPrompts(const evaluation::DatasetSummary &dataset);
    void showSource(const QString &name, const std::optional<evaluation::DatasetSummary> &dataset);
    QString reasonAgainstRecording() const; // empty: none
    void requestRecording();
    void offerDatasets(); // in the empty state
    void tellStoreProblem(const Error &error);
    void importPastRuns();
    QStringList takenNames() const; // of data sets
    void askForName();
    void askToRemove();
    void askForGrader();
    void takeGrader(evaluation::DatasetId id, const Json &grader, qint64 forgotten);
    void removeDataset(const evaluation::DatasetSummary &dataset);
    void tellImported(const evaluation::ImportReport &report);
    void loadDataset(evaluation::DatasetId id);
    std::optional<evaluation::Cascade> formerPoint();
    policy::Model deploymentIn(const policy::PolicyDocument &drawn, const QString &name) const;
    QString readOnTest(const evaluation::RoutedRows &routed) const;
    void standAt(const evaluation::Cascade &cascade);
    void moveThreshold(int gate, double threshold);
    void showHere(); // everything that depends on where one is
    void showPlot(const evaluation::PairedComparison &comparison);
    void showFigures(const evaluation::PairedComparison &comparison);
    void showRegret(const evaluation::RoutedRows &routed);
    void showCases();
    void showDrawnNote();
    void apply();
    void revert();
    evaluation::Cascade bestSingle() const;

    struct Shown
    {
        evaluation::Cascade cascade;
        FrontPlot::Point point;
    };
    struct Standing
    {
        QStringList models; // names by stage
        evaluation::Cascade cascade;
    };

    Theme &m_theme;
    DrawnPolicy m_drawn;
    evaluation::DeploymentOf m_deploymentOf;
    TuningJob *m_job = nullptr;
    PolicyMeter *m_meter = nullptr;
    ComparedPolicies *m_compared = nullptr;
    HistoryScores *m_scores = nullptr;
    QTimer *m_pause = nullptr;
    ImportJob *m_look = nullptr; // at a file that was dropped
    evaluation::DatasetThread *m_datasets = nullptr;
    std::optional<PastRuns> m_pastRuns;
    // By the empty state: data sets of the workspace, and the import of more.
    std::optional<std::pair<bool, bool>> m_offered;
    std::optional<evaluation::DatasetSummary> m_dataset; // that is shown
    std::optional<evaluation::DatasetSummary> m_opening; // whose outcomes are on their way
    std::shared_ptr<const LoadedOutcomes> m_outcomes;
    TuneRequest m_asked; // what m_choice was searched for
    evaluation::CascadeChoice m_choice;
    std::shared_ptr<const RoutedResult> m_branched; // nullptr: not asked for, or refused
    std::vector<Shown> m_points;                    // that nothing beats on the validation part
    std::optional<evaluation::Cascade> m_drawnCascade;
    MeasuredPolicyPtr m_drawnMeasured; // of any shape; nullptr until it is
    std::optional<evaluation::Cascade> m_here;
    std::optional<Standing> m_standing; // while outcomes are read again
    RoutedPtr m_hereRouted;
    RoutedPtr m_singleRouted; // the best single model

    MessageBar *m_message = nullptr;
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    DatasetBar *m_bar = nullptr;
    QStackedWidget *m_casesStack = nullptr;  // what cascades do on the cases, or the prompts alone
    QStackedWidget *m_tuningStack = nullptr; // the tuning, or what to do for want of outcomes
    EmptyState *m_recordHint = nullptr;
    PromptsPanel *m_prompts = nullptr;
    QLabel *m_part = nullptr;
    WishBar *m_wish = nullptr;
    QPushButton *m_search = nullptr;
    QToolButton *m_more = nullptr;
    QProgressBar *m_progress = nullptr;
    QMenu *m_comparisons = nullptr;
    CasesPanel *m_cases = nullptr;
    FrontCard *m_front = nullptr;
    FrontPlot *m_plot = nullptr;
    HistoryCard *m_history = nullptr;
    RoutedCard *m_routed = nullptr;
    ThresholdPanel *m_thresholds = nullptr;
    SavingCard *m_saving = nullptr;
    QLabel *m_noGates = nullptr;
    QLabel *m_onTest = nullptr;
    QLabel *m_drawnNote = nullptr;
    QPushButton *m_apply = nullptr;
    QPushButton *m_revert = nullptr;
    QGridLayout *m_figures = nullptr;
    FigureCard *m_costCard = nullptr;
    FigureCard *m_qualityCard = nullptr;
    FigureCard *m_shareCard = nullptr;
    FigureCard *m_searchedCard = nullptr;
    FigureCard *m_overpaidCard = nullptr;
    FigureCard *m_underservedCard = nullptr;
};

} // namespace headgate::ui
