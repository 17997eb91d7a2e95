#pragma once

#include "app/workbench/options.h"
#include "ui/common/command.h"
#include "ui/common/query_service.h"
#include "ui/common/theme.h"
#include "ui/editor/drawing_place.h"
#include "ui/jobs/recording_job.h"

#include <QFuture>
#include <QMainWindow>
#include <QPointer>

#include <functional>
#include <map>
#include <memory>

class QAction;
class QMenu;
class QStackedWidget;

namespace headgate::evaluation {
class DatasetThread;
}

namespace headgate::ledger {
struct PriceCorrection;
struct RunTexts;
struct SpendFilter;
}

namespace headgate::ui {
class ArtifactLibrary;
class AskPage;
class BuildPage;
class ConfiguredProviders;
class EvaluatePage;
class HomePage;
class JobsDock;
class MessageBar;
struct MeasuredPolicy;
class ModeBar;
class PolicyHistory;
class RunRecords;
class SavingsPage;
class Settings;
} // namespace headgate::ui

namespace headgate::workbench {

class CommandCentre;
class DiskWatch;
class DrawingExport;
class DocumentSession;
class DocumentTabs;
class OpenDocuments;
class PanelLayout;
class RecoveryKeeper;
class RecoveryOffer;
class StatusStrip;
class UnsavedGuard;

// The numbers are the keys: Ctrl+1 is Home.
enum class Mode { Home = 1, Build = 2, Ask = 3, Evaluate = 5, Savings = 6 };

// Wires pages, documents, queries and menus to each other; decides nothing itself. Build and Ask
// have a page for each document, made when it is first shown.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    // The frame alone: menus, mode bar, status; start() does the rest. Both outlive the window.
    MainWindow(ui::Theme &theme, ui::Settings &settings, const Options &options);
    ~MainWindow() override;

    // What the first paint need not wait for: the document and its page, fleet and ledger.
    void start();
    QWidget *currentPage() const; // nullptr before start()

    void setMode(Mode mode);
    Mode mode() const;
    // In a tab of its own; the tab that has it already comes to the front.
    void openPath(const QString &path);
    void closeDocument(DocumentSession &document); // asks where it has unsaved edits

    OpenDocuments &documents() { return *m_documents; }
    DocumentSession &session() { return *m_session; } // the current one
    ui::QueryService &queries() { return *m_queries; }

protected:
    bool event(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    using Act = std::function<void()>;

    void buildFrame();
    void buildMenus(); // window_menus.cpp
    void buildFileMenu();
    void buildEditMenu();
    void buildViewMenu();
    void buildRunMenu();
    void buildWindowMenu();
    void buildHelpMenu();
    void addEditTools(QMenu *menu); // window_tools.cpp
    void addViewTools(QMenu *menu);
    void buildInsertMenu();
    void buildArrangeMenu();
    void addWindowTools(QMenu *menu);
    void addHelpTools(QMenu *menu);
    void buildCommands();
    void addSettings();
    void chooseScheme(ui::Scheme scheme);
    ui::BuildPage &showBuild(); // the current document's drawing, in view
    QList<ui::Command> openFileCommands();
    void findInView();
    void zoomView(double factor); // 0: back to 100 %
    // The id names the action for its shortcut and for who looks for it, in every language.
    QAction *addAct(QMenu *menu, const QString &id, const QString &text, const QKeySequence &key,
                    const Act &act);
    void fillRecentMenu();

    // window_documents.cpp
    void connectDocuments();
    void connectDocument(DocumentSession *document);
    void watchDisk();
    void keepForRecovery(const QString &folder);
    void showCurrent();
    void forget(DocumentSession *document);
    void openFirst(const QString &file);
    bool load(const QString &path);
    void openPaths(const QStringList &paths);
    void askForFile();
    void newPolicy();
    void closeAllDocuments();
    void revertToSaved();
    void compareWithDisk(DocumentSession *document);
    void showDocument();

    void connectQueries();
    QWidget *page(Mode mode); // made when it is first shown; of the current document
    QWidget *makeHome();
    // window_providers.cpp
    void loadProviders();
    void openProviders();
    void showProviders(); // on Home
    void setPrice(const QString &provider, const QString &model, const Price &price);
    void offerCorrection(const ledger::PriceCorrection &correction);
    void correctHistory(const ledger::PriceCorrection &correction);
    QWidget *makeBuild();
    QWidget *makeAsk();
    QWidget *makeSavings();
    // window_evaluate.cpp
    QWidget *makeEvaluate();
    void refreshEvaluate(); // where it is in view
    void askForComparison();
    void designFromData();
    void takeMeasured(const std::shared_ptr<const ui::MeasuredPolicy> &measured);
    void showCoverage(); // of the current document, on its drawing and in the status
    void askForOutcomes();
    void askForImport();
    QFuture<Result<QList<ledger::RunTexts>>> countRuns(const ledger::SpendFilter &filter);
    void applyCascade(const policy::PolicyDocument &document, const QString &name);
    // window_jobs.cpp
    void askToRecord(std::optional<qint64> mostPrompts); // for the data set that is shown
    void beginRecording(const ui::RecordingJob::Order &order);
    void quit();
    void closeWhenIdle();

    void requestRun(); // by menu or key
    void run();
    void connectRuns(ui::BuildPage &build); // what its replays, pins and badges need
    void setBadges(const QString &mode);
    void showSession();
    void setRunning(bool running);
    void learn(const char *step);
    void tell(const QString &sentence);

    // window_layout.cpp
    bool openSession(); // what was open last; false where there is nothing of it
    void rememberSession();
    void restoreFrame();
    void keepLayout(QWidget *page);
    PanelLayout *layoutOf(Mode mode) const; // of the current document's page; null: none yet
    void takeLayout(Mode mode);
    void resetLayout();
    void buildPanelMenu(QMenu *menu);
    void updatePanelActions();

    ui::Theme &m_theme;
    ui::Settings &m_settings;
    const Options m_options;
    bool m_started = false;
    // What one document is shown with; null until it is.
    struct DocumentPages
    {
        ui::BuildPage *build = nullptr;
        ui::AskPage *ask = nullptr;
        ui::PolicyHistory *history = nullptr; // a child of the document
        std::shared_ptr<const ui::MeasuredPolicy> measured; // on outcomes; null: it is not
        std::optional<double> zoom;
        std::optional<ui::DrawingPlace> place; // of the last session, until the page is made
        std::optional<engine::RunTrace> lastRun;
    };
    DocumentPages *pagesOf(const DocumentSession *document);
    void setWheelScrolls(bool scrolls); // on every canvas, from now on

    OpenDocuments *m_documents = nullptr;
    DocumentSession *m_session =
        nullptr;                       // the current document, as m_build and m_ask are its pages
    QPointer<DocumentSession> m_asked; // whose query runs, or ran last
    ui::ArtifactLibrary *m_artifacts = nullptr;
    ui::QueryService *m_queries = nullptr;
    ui::RunRecords *m_records = nullptr;
    evaluation::DatasetThread *m_datasets = nullptr; // null where there is no place for them
    ui::ConfiguredProviders *m_providers = nullptr;  // from start() on
    UnsavedGuard *m_guard = nullptr;
    DocumentTabs *m_tabs = nullptr;
    DiskWatch *m_disk = nullptr;
    DrawingExport *m_export = nullptr;
    RecoveryKeeper *m_recovery = nullptr;
    RecoveryOffer *m_recoveryOffer = nullptr;
    ui::ModeBar *m_modes = nullptr;
    ui::MessageBar *m_message = nullptr;     // of the application
    ui::MessageBar *m_documentBar = nullptr; // of the current document's file
    ui::MessageBar *m_recoveryBar = nullptr;
    QStackedWidget *m_stack = nullptr;
    ui::JobsDock *m_jobs = nullptr;
    StatusStrip *m_status = nullptr;
    std::map<const DocumentSession *, DocumentPages> m_documentPages;
    std::map<Mode, QAction *> m_modeActions;
    ui::HomePage *m_home = nullptr; // null until first shown, as the other pages
    ui::BuildPage *m_build = nullptr;
    ui::AskPage *m_ask = nullptr;
    ui::EvaluatePage *m_evaluate = nullptr;
    ui::SavingsPage *m_savings = nullptr;
    QMenu *m_recentMenu = nullptr;
    CommandCentre *m_commands = nullptr;
    QList<QAction *> m_drawingActions;           // of the menus; only where the drawing is in view
    std::map<QString, QAction *> m_panelActions; // by the panel's object name
    QAction *m_runAction = nullptr;
    QAction *m_stopAction = nullptr;
    bool m_mayClose = false;
};

} // namespace headgate::workbench
