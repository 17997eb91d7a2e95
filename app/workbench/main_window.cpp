#include "app/workbench/main_window.h"

#include "app/workbench/command_centre.h"
#include "app/workbench/document_session.h"
#include "app/workbench/document_tabs.h"
#include "app/workbench/open_documents.h"
#include "app/workbench/recovery_keeper.h"
#include "app/workbench/recovery_offer.h"
#include "app/workbench/status_strip.h"
#include "app/workbench/unsaved_guard.h"
#include "core/evaluation/datasets/dataset_thread.h"
#include "core/learning/learner.h"
#include "core/ledger/ledger_thread.h"
#include "ui/ask/ask_page.h"
#include "ui/common/artifact_library.h"
#include "ui/common/message_bar.h"
#include "ui/common/mode_bar.h"
#include "ui/common/panes.h"
#include "ui/common/service_run_records.h"
#include "ui/common/settings.h"
#include "ui/common/theme.h"
#include "ui/editor/build_page.h"
#include "ui/editor/drawing_picture.h"
#include "ui/editor/known_models.h"
#include "ui/editor/policy_view.h"
#include "ui/evaluate/evaluate_page.h"
#include "ui/home/examples.h"
#include "ui/home/home_page.h"
#include "ui/jobs/jobs_dock.h"
#include "ui/savings/savings_page.h"

#include <QAction>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

namespace {

constexpr QSize kLeastSize(1024, 640);

ui::QueryService::Options queryOptions(const Options &options,
                                      const learning::ArtifactShelf &artifacts)
{
    return {.simulatedFleet = options.simulatedFleet,
            .fleet = {},
            .endpoints = options.endpoints,
            .ledgerPath = options.ledgerPath,
            .artifacts = artifacts,
            .keepTexts = false};
}

} // namespace

MainWindow::MainWindow(ui::Theme &theme, ui::Settings &settings, const Options &options)
    : m_theme(theme)
    , m_settings(settings)
    , m_options(options)
    , m_documents(new OpenDocuments(this))
    , m_session(&m_documents->current())
    , m_artifacts(new ui::ArtifactLibrary(learning::ArtifactShelf(learning::builtinLearners()),
                                          options.artifactsPath, this))
    , m_queries(new ui::QueryService(queryOptions(options, m_artifacts->shelf()), this))
    , m_records(new ui::ServiceRunRecords(*m_queries, this))
    , m_datasets(options.datasetsPath.isEmpty()
                     ? nullptr
                     : new evaluation::DatasetThread(options.datasetsPath, this))
    , m_guard(new UnsavedGuard(*m_documents, *this))
{
    m_documents->useArtifacts(m_artifacts->shelf());
    buildFrame();
    buildMenus();
    connectDocuments();
    watchDisk();
    connectQueries();
    restoreFrame();
}

MainWindow::~MainWindow()
{
    delete m_recovery; // writes what is left to write
    // Tabs and pages refer to documents and queries, which speak up to their own end.
    m_documents->disconnect(this);
    for (DocumentSession *document : m_documents->all()) {
        document->disconnect(this);
        document->undoStack().disconnect(this);
        QObject::disconnect(&document->editor(), nullptr, this, nullptr);
    }
    m_queries->disconnect(this);
    delete m_tabs;
    delete m_stack;
}

void MainWindow::buildFrame()
{
    setMinimumSize(kLeastSize);
    setAcceptDrops(true);
    m_modes = new ui::ModeBar(m_theme, this);
    ui::setPane(m_modes, 90);
    m_modes->addMode(int(Mode::Home), u"home"_s, tr("Home"), u"Ctrl+1"_s);
    m_modes->addMode(int(Mode::Build), u"build"_s, tr("Build"), u"Ctrl+2"_s);
    m_modes->addMode(int(Mode::Ask), u"ask"_s, tr("Ask"), u"Ctrl+3"_s);
    m_modes->addMode(int(Mode::Evaluate), u"evaluate"_s, tr("Evaluate"), u"Ctrl+5"_s);
    m_modes->addMode(int(Mode::Savings), u"savings"_s, tr("Savings"), u"Ctrl+6"_s);
    connect(m_modes, &ui::ModeBar::modeChosen, this, [this](int chosen) { setMode(Mode(chosen)); });
    m_message = new ui::MessageBar(m_theme, this);
    m_documentBar = new ui::MessageBar(m_theme, this);
    m_documentBar->setObjectName(u"documentBar"_s);
    m_recoveryBar = new ui::MessageBar(m_theme, this);
    m_recoveryBar->setObjectName(u"recoveryBar"_s);
    m_tabs = new DocumentTabs(*m_documents, m_theme, this);
    m_stack = new QStackedWidget(this);
    auto *centre = new QWidget(this);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(m_recoveryBar);
    column->addWidget(m_message);
    column->addWidget(m_tabs);
    column->addWidget(m_documentBar);
    column->addWidget(m_stack, 1);
    m_jobs = new ui::JobsDock(this);
    ui::setPane(m_jobs, 80);
    column->addWidget(m_jobs);
    auto *row = new QHBoxLayout(centre);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_modes);
    row->addLayout(column, 1);
    setCentralWidget(centre);
    m_status = new StatusStrip(m_theme, this);
    setStatusBar(m_status);
    connect(m_jobs, &ui::JobsDock::activeChanged, m_status, &StatusStrip::setJobs);
}

void MainWindow::connectQueries()
{
    using ui::QueryService;
    connect(m_queries, &QueryService::refused, this, [this](const QString &sentence) {
        if (mode() != Mode::Ask) // which says it in its own place
            tell(sentence);
    });
    connect(m_queries, &QueryService::problem, this, &MainWindow::tell);
    connect(m_queries, &QueryService::started, this, [this] {
        m_asked = m_session; // it is sent from the page that is seen
        setRunning(true);
        if (m_build)
            m_build->clearRun();
    });
    connect(m_queries, &QueryService::event, this, [this](const engine::RunEvent &event) {
        const DocumentPages *pages = pagesOf(m_asked);
        if (pages && pages->build)
            pages->build->showRunEvent(event);
    });
    connect(m_queries, &QueryService::finished, this, [this](const engine::RunTrace &trace) {
        setRunning(false);
        m_status->say(trace.error.isEmpty() ? tr("The run has finished.")
                                            : tr("The run has failed: %1").arg(trace.error));
        if (DocumentPages *pages = pagesOf(m_asked)) {
            pages->lastRun = trace;
            if (pages->build)
                pages->build->showRun(trace);
        }
        showSession();
        learn("ask");
        // The Ask page says it in the answer's place.
        if (!trace.error.isEmpty() && mode() != Mode::Ask)
            tell(trace.error);
    });
    connect(m_queries, &QueryService::healthChanged, this,
            [this](const engine::DeploymentHealth &health) {
                for (const auto &[document, pages] : m_documentPages) {
                    if (pages.build)
                        pages.build->showHealth(health);
                }
            });
    connect(m_queries, &QueryService::recorded, this, [this] {
        if (m_savings && mode() == Mode::Savings)
            m_savings->refresh();
    });
    connect(m_queries, &QueryService::opened, this, [this] {
        if (m_savings)
            m_savings->refresh();
    });
}

void MainWindow::start()
{
    keepForRecovery(m_options.recoveryPath);
    openFirst(m_options.file);
    m_started = true;
    setMode(mode());
    rememberSession();
    loadProviders();
    m_queries->open();
    m_recoveryOffer->start();
}

QWidget *MainWindow::currentPage() const
{
    return m_stack->currentWidget();
}

Mode MainWindow::mode() const
{
    return Mode(m_modes->current());
}

void MainWindow::setMode(Mode mode)
{
    QWidget *shown = page(mode);
    m_modes->setCurrent(int(mode));
    m_stack->setCurrentWidget(shown);
    if (QAction *action = m_modeActions[mode])
        action->setChecked(true);
    takeLayout(mode);
    m_tabs->setWanted(mode == Mode::Build || mode == Mode::Ask || mode == Mode::Evaluate);
    m_status->setZoom(mode == Mode::Build ? pagesOf(m_session)->zoom : std::nullopt);
    for (QAction *action : std::as_const(m_drawingActions))
        action->setEnabled(mode == Mode::Build);
    if (mode == Mode::Ask)
        m_ask->focusPrompt();
    if (mode == Mode::Home) {
        m_home->refresh();
        m_home->setFocus(Qt::OtherFocusReason);
    }
    refreshEvaluate();
    if (mode == Mode::Savings) {
        m_savings->refresh();
        if (m_queries->session(true).runs + m_queries->session(false).runs > 0)
            learn("savings");
    }
}

QWidget *MainWindow::page(Mode mode)
{
    switch (mode) {
    case Mode::Build:
        return m_build ? m_build : makeBuild();
    case Mode::Ask:
        return m_ask ? m_ask : makeAsk();
    case Mode::Evaluate:
        return m_evaluate ? m_evaluate : makeEvaluate();
    case Mode::Savings:
        return m_savings ? m_savings : makeSavings();
    default:
        return m_home ? m_home : makeHome();
    }
}

QWidget *MainWindow::makeHome()
{
    m_home = new ui::HomePage(m_theme, m_settings, this);
    connect(m_home, &ui::HomePage::openPathRequested, this, &MainWindow::openPath);
    connect(m_home, &ui::HomePage::newRequested, this, &MainWindow::newPolicy);
    connect(m_home, &ui::HomePage::openRequested, this, &MainWindow::askForFile);
    ui::setPane(m_home, 0);
    connect(m_home, &ui::HomePage::providersRequested, this, &MainWindow::openProviders);
    showProviders();
    m_home->setPictureSource(
        [this](const policy::PolicyDocument &document, QSize size, qreal pixelRatio) {
            return ui::drawingPicture(document, m_theme, size, pixelRatio);
        });
    m_stack->addWidget(m_home);
    return m_home;
}

QWidget *MainWindow::makeBuild()
{
    m_build = new ui::BuildPage(m_theme, m_session->editor(), m_session->undoStack(), this);
    connect(m_build, &ui::BuildPage::runRequested, this, &MainWindow::run);
    connect(m_build, &ui::BuildPage::stopRequested, m_queries, &ui::QueryService::stop);
    connect(m_build, &ui::BuildPage::zoomChanged, this, [this, document = m_session](double zoom) {
        pagesOf(document)->zoom = zoom;
        if (document == m_session && mode() == Mode::Build)
            m_status->setZoom(zoom);
    });
    ui::PolicyView &view = m_build->view();
    view.setWheelScrolls(m_settings.get(ui::settings::kWheelScrolls));
    connect(&view, &ui::PolicyView::wheelScrollsChanged, this, &MainWindow::setWheelScrolls);
    connectRuns(*m_build);
    DocumentPages &pages = *pagesOf(m_session);
    pages.build = m_build;
    connect(m_build, &ui::BuildPage::announced, m_status, &StatusStrip::say);
    connect(&view, &ui::PolicyView::keysRequested, m_commands, &CommandCentre::showKeys);
    m_commands->addActions(tr("Drawing"), view.canvasActions());
    m_build->useSettings(m_settings);
    m_build->useArtifacts(*m_artifacts);
    m_build->setRunning(m_queries->isRunning());
    if (pages.lastRun)
        m_build->showRun(*pages.lastRun);
    if (pages.place)
        m_build->setPlace(*pages.place);
    keepLayout(m_build);
    showCoverage();
    m_stack->addWidget(m_build);
    return m_build;
}

void MainWindow::setWheelScrolls(bool scrolls)
{
    m_settings.set(ui::settings::kWheelScrolls, scrolls);
    for (const auto &[document, pages] : m_documentPages) {
        if (pages.build)
            pages.build->view().setWheelScrolls(scrolls);
    }
}

void MainWindow::connectRuns(ui::BuildPage &build)
{
    build.useRecords(*m_records);
    build.setKnownModels([this] {
        return ui::knownModels(m_queries->catalog(), m_queries->providers(), QDate::currentDate());
    });
    build.setBadges(ui::badgeModeFrom(m_settings.get(ui::settings::kBadges)));
    for (const engine::DeploymentHealth &health : m_queries->health())
        build.showHealth(health);
    connect(&build, &ui::BuildPage::templatesRequested, this, [this] { setMode(Mode::Home); });
    connect(&build, &ui::BuildPage::stepShown, this, [this](const QString &run, int step) {
        if (m_ask)
            m_ask->showHop(run, step - 1);
    });
    connect(&build, &ui::BuildPage::told, this, [this](const QString &sentence, bool pinned) {
        if (!pinned) {
            tell(sentence);
            return;
        }
        m_message->showMessage(ui::MessageBar::Level::Information, sentence, tr("Show pins"),
                               [this] {
                                   setMode(Mode::Build);
                                   m_build->showPins();
                               });
    });
}

void MainWindow::setBadges(const QString &mode)
{
    m_settings.set(ui::settings::kBadges, mode);
    // Chosen in the menu, in the settings or by name.
    if (auto *action = findChild<QAction *>(u"view-badges-"_s + mode))
        action->setChecked(true);
    for (const auto &[document, pages] : m_documentPages) {
        if (pages.build)
            pages.build->setBadges(ui::badgeModeFrom(mode));
    }
}

QWidget *MainWindow::makeAsk()
{
    m_ask = new ui::AskPage(m_theme, m_session->editor(), *m_queries, this);
    connect(m_ask, &ui::AskPage::nodeActivated, this, [this](const policy::NodeId &node) {
        page(Mode::Build);
        m_build->selectNode(node);
    });
    connect(m_ask, &ui::AskPage::drawingRequested, this, [this] { setMode(Mode::Build); });
    connect(m_ask, &ui::AskPage::hopSelected, this, [this](const QString &run, int hop) {
        if (m_build)
            m_build->showStep(run, hop + 1);
    });
    connect(m_ask, &ui::AskPage::replayRequested, this,
            [this](const engine::RunTrace &trace, int hop) {
                setMode(Mode::Build);
                m_build->replay(trace, hop + 1);
            });
    connect(m_ask, &ui::AskPage::pinRequested, this, [this](const engine::RunTrace &trace) {
        page(Mode::Build);
        m_build->pinPath(trace);
    });
    pagesOf(m_session)->ask = m_ask;
    keepLayout(m_ask);
    m_stack->addWidget(m_ask);
    return m_ask;
}

QWidget *MainWindow::makeSavings()
{
    // Before the ledger is open, and without one, there is nothing to read.
    const auto read = [this](const ui::SavingsFilter &filter, const QDateTime &now) {
        ledger::LedgerThread *ledger = m_queries->ledger();
        if (!ledger)
            return QtFuture::makeReadyFuture(Result<ui::SavingsReport>(ui::SavingsReport()));
        return ledger->query([filter, now](const ledger::Ledger &records) {
            return ui::loadReport(records, filter, now);
        });
    };
    m_savings = new ui::SavingsPage(m_theme, read, this);
    connect(m_savings, &ui::SavingsPage::askRequested, this, [this] { setMode(Mode::Ask); });
    ui::setPane(m_savings, 0);
    m_stack->addWidget(m_savings);
    return m_savings;
}

void MainWindow::requestRun()
{
    // The drawing refuses to run with problems, and shows the first of them.
    if (policy::hasErrors(m_session->editor().problems()))
        setMode(Mode::Build);
    if (mode() == Mode::Build)
        m_build->requestRun();
    else
        run();
}

void MainWindow::run()
{
    page(Mode::Ask);
    m_ask->run();
}

void MainWindow::showSession()
{
    m_status->setSession(m_queries->session(true), m_queries->session(false));
}

void MainWindow::setRunning(bool running)
{
    m_runAction->setEnabled(!running);
    m_stopAction->setEnabled(running);
    m_status->setRunning(running);
    for (const auto &[document, pages] : m_documentPages) {
        if (pages.build)
            pages.build->setRunning(running);
    }
}

void MainWindow::learn(const char *step)
{
    const QString id = QLatin1StringView(step);
    QStringList learned = m_settings.get(ui::settings::kLearned);
    if (learned.contains(id))
        return;
    learned.append(id);
    m_settings.set(ui::settings::kLearned, learned);
}

void MainWindow::tell(const QString &sentence)
{
    m_message->showMessage(ui::MessageBar::Level::Error, sentence);
}

} // namespace headgate::workbench
