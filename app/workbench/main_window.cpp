#include "app/workbench/main_window.h"

#include "app/workbench/document_session.h"
#include "app/workbench/status_strip.h"
#include "app/workbench/unsaved_guard.h"
#include "core/ledger/ledger_thread.h"
#include "ui/ask/ask_page.h"
#include "ui/common/message_bar.h"
#include "ui/common/mode_bar.h"
#include "ui/common/settings.h"
#include "ui/common/theme.h"
#include "ui/editor/build_page.h"
#include "ui/home/examples.h"
#include "ui/home/home_page.h"
#include "ui/savings/savings_page.h"

#include <QAction>
#include <QCloseEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QScreen>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

namespace {

constexpr QSize kFirstSize(1440, 900);
constexpr QSize kLeastSize(1024, 640);

ui::QueryService::Options queryOptions(const Options &options)
{
    return {.simulatedFleet = options.simulatedFleet,
            .fleet = {},
            .endpoints = options.endpoints,
            .ledgerPath = options.ledgerPath,
            .keepTexts = false};
}

} // namespace

MainWindow::MainWindow(ui::Theme &theme, ui::Settings &settings, const Options &options)
    : m_theme(theme)
    , m_settings(settings)
    , m_session(new DocumentSession(this))
    , m_queries(new ui::QueryService(queryOptions(options), this))
    , m_guard(new UnsavedGuard(*m_session, *this))
{
    buildFrame();
    buildMenus();
    connectSession();
    connectQueries();
    connect(m_guard, &UnsavedGuard::failed, this, &MainWindow::tell);
    openFirst(options.file);
    restoreSession();
}

MainWindow::~MainWindow()
{
    // The pages refer to document and queries, which speak up to their own end.
    m_session->disconnect(this);
    m_session->undoStack().disconnect(this);
    QObject::disconnect(&m_session->editor(), nullptr, this, nullptr);
    m_queries->disconnect(this);
    delete m_stack;
}

void MainWindow::buildFrame()
{
    setMinimumSize(kLeastSize);
    m_modes = new ui::ModeBar(m_theme, this);
    m_modes->addMode(int(Mode::Home), u"home"_s, tr("Home"), u"Ctrl+1"_s);
    m_modes->addMode(int(Mode::Build), u"build"_s, tr("Build"), u"Ctrl+2"_s);
    m_modes->addMode(int(Mode::Ask), u"ask"_s, tr("Ask"), u"Ctrl+3"_s);
    m_modes->addMode(int(Mode::Savings), u"savings"_s, tr("Savings"), u"Ctrl+6"_s);
    connect(m_modes, &ui::ModeBar::modeChosen, this, [this](int chosen) { setMode(Mode(chosen)); });
    m_message = new ui::MessageBar(m_theme, this);
    m_stack = new QStackedWidget(this);
    auto *centre = new QWidget(this);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(m_message);
    column->addWidget(m_stack, 1);
    auto *row = new QHBoxLayout(centre);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_modes);
    row->addLayout(column, 1);
    setCentralWidget(centre);
    m_status = new StatusStrip(m_theme, this);
    setStatusBar(m_status);
}

void MainWindow::connectSession()
{
    connect(m_session, &DocumentSession::changed, this, &MainWindow::showDocument);
    connect(m_session, &DocumentSession::saved, this, [this] {
        m_settings.addRecentFile(m_session->path());
        learn("save");
    });
    connect(&m_session->editor(), &policy::PolicyEditor::modelsChanged, this,
            &MainWindow::showDocument);
    connect(&m_session->undoStack(), &QUndoStack::indexChanged, this, [this](int index) {
        if (index > 0)
            learn("edit");
    });
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
        setRunning(true);
        if (m_build)
            m_build->clearRun();
    });
    connect(m_queries, &QueryService::event, this, [this](const engine::RunEvent &event) {
        if (m_build)
            m_build->showRunEvent(event);
    });
    connect(m_queries, &QueryService::finished, this, [this](const engine::RunTrace &trace) {
        m_lastRun = trace;
        setRunning(false);
        if (m_build)
            m_build->showRun(trace);
        showSession();
        learn("ask");
        // The Ask page says it in the answer's place.
        if (!trace.error.isEmpty() && mode() != Mode::Ask)
            tell(trace.error);
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

void MainWindow::openServices()
{
    m_queries->open();
}

void MainWindow::openFirst(const QString &file)
{
    m_session->createNew();
    load(file.isEmpty() ? ui::workedExamplePath() : file);
}

void MainWindow::restoreSession()
{
    resize(kFirstSize.boundedTo(screen()->availableSize()));
    restoreGeometry(m_settings.get(ui::settings::kWindowGeometry));
    const Mode last = Mode(m_settings.get(ui::settings::kMode));
    setMode(m_modes->modes().contains(int(last)) ? last : Mode::Build);
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
    m_status->setZoom(mode == Mode::Build ? m_zoom : std::nullopt);
    if (mode == Mode::Ask)
        m_ask->focusPrompt();
    if (mode == Mode::Home)
        m_home->refresh();
    if (mode == Mode::Savings) {
        m_savings->refresh();
        if (m_queries->session(true).runs + m_queries->session(false).runs > 0)
            learn("savings");
    }
}

QWidget *MainWindow::page(Mode mode)
{
    QWidget *&made = m_pages[mode];
    if (!made) {
        switch (mode) {
        case Mode::Build:
            made = makeBuild();
            break;
        case Mode::Ask:
            made = makeAsk();
            break;
        case Mode::Savings:
            made = makeSavings();
            break;
        default:
            made = makeHome();
            break;
        }
        m_stack->addWidget(made);
    }
    return made;
}

QWidget *MainWindow::makeHome()
{
    m_home = new ui::HomePage(m_theme, m_settings, this);
    connect(m_home, &ui::HomePage::openPathRequested, this, &MainWindow::openPath);
    connect(m_home, &ui::HomePage::newRequested, this, &MainWindow::newPolicy);
    connect(m_home, &ui::HomePage::openRequested, this, &MainWindow::askForFile);
    return m_home;
}

QWidget *MainWindow::makeBuild()
{
    m_build = new ui::BuildPage(m_theme, m_session->editor(), m_session->undoStack(), this);
    connect(m_build, &ui::BuildPage::runRequested, this, &MainWindow::run);
    connect(m_build, &ui::BuildPage::stopRequested, m_queries, &ui::QueryService::stop);
    connect(m_build, &ui::BuildPage::zoomChanged, this, [this](double zoom) {
        m_zoom = zoom;
        m_status->setZoom(zoom);
    });
    m_build->setRunning(m_queries->isRunning());
    if (m_lastRun)
        m_build->showRun(*m_lastRun);
    return m_build;
}

QWidget *MainWindow::makeAsk()
{
    m_ask = new ui::AskPage(m_theme, m_session->editor(), *m_queries, this);
    connect(m_ask, &ui::AskPage::nodeActivated, this, [this](const policy::NodeId &node) {
        page(Mode::Build);
        m_build->selectNode(node);
    });
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
    return m_savings;
}

void MainWindow::openPath(const QString &path)
{
    m_guard->whenSafe([this, path] {
        load(path);
        setMode(Mode::Build);
    });
}

void MainWindow::load(const QString &path)
{
    if (const auto opened = m_session->open(path); !opened) {
        tell(opened.error().message);
        return;
    }
    m_message->dismiss();
    m_lastRun.reset();
    if (!m_session->path().isEmpty())
        m_settings.addRecentFile(QFileInfo(m_session->path()).absoluteFilePath());
    if (m_build)
        m_build->clearRun();
}

void MainWindow::askForFile()
{
    m_guard->whenSafe([this] {
        auto *dialog = new QFileDialog(this, tr("Open policy"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        dialog->setNameFilters({tr("Policies (*.headgate)"), tr("All files (*)")});
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
            load(path);
            setMode(Mode::Build);
        });
        dialog->open();
    });
}

void MainWindow::newPolicy()
{
    m_guard->whenSafe([this] {
        m_session->createNew();
        setMode(Mode::Build);
    });
}

void MainWindow::requestRun()
{
    // The drawing refuses to run with problems, and shows the first of them.
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

void MainWindow::showDocument()
{
    setWindowTitle(tr("%1[*] – Headgate").arg(m_session->name()));
    setWindowModified(m_session->isEdited());
    m_status->setPolicy(m_session->name(), m_session->isEdited(), m_session->isReadOnly());
    m_status->setOrigin(m_queries->origin(m_session->editor().document()));
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
    if (m_build)
        m_build->setRunning(running);
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

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_mayClose || !(m_session->isEdited() || m_queries->isRunning())) {
        m_settings.set(ui::settings::kWindowGeometry, saveGeometry());
        m_settings.set(ui::settings::kMode, int(mode()));
        event->accept();
        return;
    }
    event->ignore();
    m_guard->whenSafe([this] {
        m_mayClose = true;
        // Not from within this very event.
        if (!m_queries->isRunning()) {
            QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
            return;
        }
        // The stopped query ends, and is recorded, before the window goes.
        connect(m_queries, &ui::QueryService::finished, this, &QWidget::close,
                Qt::QueuedConnection);
        m_queries->stop();
    });
}

} // namespace headgate::workbench
