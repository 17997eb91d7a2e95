#include "app/workbench/command_centre.h"
#include "app/workbench/document_session.h"
#include "app/workbench/document_tabs.h"
#include "app/workbench/drawing_export.h"
#include "app/workbench/fleet_menu.h"
#include "app/workbench/main_window.h"
#include "app/workbench/open_documents.h"
#include "app/workbench/status_strip.h"
#include "app/workbench/unsaved_guard.h"
#include "ui/common/icons.h"
#include "ui/common/message_bar.h"
#include "ui/common/settings.h"
#include "ui/editor/build_page.h"
#include "ui/home/examples.h"

#include <QActionGroup>
#include <QApplication>
#include <QFileInfo>
#include <QMenuBar>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

QAction *MainWindow::addAct(QMenu *menu, const QString &id, const QString &text,
                            const QKeySequence &key, const Act &act)
{
    QAction *action = menu->addAction(text);
    action->setObjectName(id);
    action->setShortcut(key);
    connect(action, &QAction::triggered, this, act);
    return action;
}

void MainWindow::buildMenus()
{
    buildFileMenu();
    buildEditMenu();
    buildViewMenu();
    buildInsertMenu();
    buildArrangeMenu();
    buildRunMenu();
    buildWindowMenu();
    buildHelpMenu();
    buildCommands();
}

void MainWindow::buildFileMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&File"));
    addAct(menu, u"file-new-policy"_s, tr("&New policy"), QKeySequence::New,
           [this] { newPolicy(); });
    addAct(menu, u"file-design-from-data"_s, tr("&Design from data…"), {},
           [this] { designFromData(); });
    addAct(menu, u"file-open"_s, tr("&Open…"), QKeySequence::Open, [this] { askForFile(); });
    m_recentMenu = menu->addMenu(tr("Open &recent"));
    connect(m_recentMenu, &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
    addAct(menu, u"file-open-the-worked-example"_s, tr("Open the &worked example"), {},
           [this] { openPath(ui::workedExamplePath()); });
    menu->addSeparator();
    addAct(menu, u"file-save"_s, tr("&Save"), QKeySequence::Save,
           [this] { m_guard->save(*m_session); });
    addAct(menu, u"file-save-as"_s, tr("Save &as…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S),
           [this] { m_guard->saveAs(*m_session); });
    addAct(menu, u"file-save-all"_s, tr("Save a&ll"), {},
           [this] { m_guard->saveAll(m_documents->edited()); });
    addAct(menu, u"file-revert-to-saved"_s, tr("Re&vert to saved"), {},
           [this] { revertToSaved(); });
    menu->addSeparator();
    m_export = new DrawingExport(*this);
    connect(m_export, &DrawingExport::failed, this, &MainWindow::tell);
    connect(m_export, &DrawingExport::done, this, [this](const QString &sentence) {
        m_message->showMessage(ui::MessageBar::Level::Information, sentence);
    });
    QMenu *pictures = menu->addMenu(tr("E&xport drawing"));
    addAct(pictures, u"file-as-svg"_s, tr("As &SVG…"), {},
           [this] { m_export->saveAsSvg(m_session->editor().document()); });
    addAct(pictures, u"file-as-png"_s, tr("As &PNG…"), {},
           [this] { m_export->saveAsPng(m_session->editor().document()); });
    addAct(menu, u"file-print-drawing"_s, tr("&Print drawing…"), QKeySequence::Print,
           [this] { m_export->print(m_session->editor().document()); });
    menu->addSeparator();
    addAct(menu, u"file-close"_s, tr("&Close"), QKeySequence(Qt::CTRL | Qt::Key_W),
           [this] { closeDocument(*m_session); });
    addAct(menu, u"file-close-all"_s, tr("Clos&e all"), {}, [this] { closeAllDocuments(); });
    menu->addSeparator();
    addAct(menu, u"file-quit"_s, tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q),
           [this] { close(); });
}

void MainWindow::fillRecentMenu()
{
    m_recentMenu->clear();
    for (const QString &path : m_settings.get(ui::settings::kRecentFiles)) {
        if (QFileInfo::exists(path))
            addAct(m_recentMenu, {}, path, {}, [this, path] { openPath(path); });
    }
    if (m_recentMenu->isEmpty())
        m_recentMenu->addAction(tr("No recent files"))->setEnabled(false);
}

void MainWindow::buildEditMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Edit"));
    QUndoGroup &stacks = m_documents->undoGroup();
    QAction *undo = stacks.createUndoAction(this, tr("&Undo"));
    undo->setShortcut(QKeySequence::Undo);
    undo->setIcon(ui::themedIcon(u"undo"_s, m_theme));
    QAction *redo = stacks.createRedoAction(this, tr("&Redo"));
    redo->setShortcuts(
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    redo->setIcon(ui::themedIcon(u"redo"_s, m_theme));
    undo->setObjectName(u"edit-undo"_s); // their texts change with what they undo
    redo->setObjectName(u"edit-redo"_s);
    menu->addAction(undo);
    menu->addAction(redo);
    addEditTools(menu);
}

void MainWindow::buildViewMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&View"));
    auto *modes = new QActionGroup(this);
    const auto addMode = [&](Mode mode, const QString &text, const QString &icon) {
        QAction *action = addAct(menu, u"view-"_s + icon, text,
                                 QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_0 + int(mode))),
                                 [this, mode] { setMode(mode); });
        action->setCheckable(true);
        action->setProperty(kModeProperty, icon);
        modes->addAction(action);
        m_modeActions[mode] = action;
    };
    addMode(Mode::Home, tr("&Home"), u"home"_s);
    addMode(Mode::Build, tr("&Build"), u"build"_s);
    addMode(Mode::Ask, tr("&Ask"), u"ask"_s);
    addMode(Mode::Evaluate, tr("&Evaluate"), u"evaluate"_s);
    addMode(Mode::Savings, tr("&Savings"), u"savings"_s);
    menu->addSeparator();
    addViewTools(menu);
    menu->addSeparator();
    QMenu *badges = menu->addMenu(tr("Bad&ges"));
    auto *badgeGroup = new QActionGroup(this);
    const auto addBadges = [&](ui::BadgeMode mode, const QString &text) {
        QAction *action = addAct(badges, u"view-badges-"_s + ui::nameOf(mode), text, {},
                                 [this, mode] { setBadges(ui::nameOf(mode)); });
        action->setCheckable(true);
        action->setChecked(ui::badgeModeFrom(m_settings.get(ui::settings::kBadges)) == mode);
        badgeGroup->addAction(action);
    };
    addBadges(ui::BadgeMode::All, tr("&All"));
    addBadges(ui::BadgeMode::Cost, tr("&Cost"));
    addBadges(ui::BadgeMode::Time, tr("&Time"));
    addBadges(ui::BadgeMode::OnHover, tr("On &hover"));
    addBadges(ui::BadgeMode::None, tr("&None"));
    QMenu *schemes = menu->addMenu(tr("&Colours"));
    auto *group = new QActionGroup(this);
    const auto addScheme = [&](ui::Scheme scheme, const QString &text) {
        const QString id = u"view-colours-"_s + ui::nameOf(scheme);
        QAction *action = addAct(schemes, id, text, {}, [this, scheme] { chooseScheme(scheme); });
        action->setCheckable(true);
        group->addAction(action);
        // Chosen here, in the settings or by name.
        const auto follow = [this, action, scheme] {
            action->setChecked(m_theme.scheme() == scheme);
        };
        follow();
        connect(&m_theme, &ui::Theme::changed, action, follow);
    };
    addScheme(ui::Scheme::System, tr("As the &system"));
    addScheme(ui::Scheme::Light, tr("&Light"));
    addScheme(ui::Scheme::Dark, tr("&Dark"));
    addScheme(ui::Scheme::HighContrast, tr("&High contrast"));
}

void MainWindow::buildRunMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Run"));
    m_runAction = addAct(menu, u"run-run"_s, tr("&Run"), {}, [this] { requestRun(); });
    m_runAction->setShortcuts({QKeySequence(Qt::Key_F5), QKeySequence(Qt::CTRL | Qt::Key_Return)});
    m_stopAction = addAct(menu, u"run-stop"_s, tr("&Stop"), QKeySequence(Qt::SHIFT | Qt::Key_F5),
                          [this] { m_queries->stop(); });
    m_stopAction->setEnabled(false);
    menu->addSeparator();
    auto *fleet = new FleetMenu(*m_queries, *menu->addMenu(tr("Simulated &fleet")), this);
    connect(fleet, &FleetMenu::changed, this,
            [this, fleet] { m_status->setFleet(fleet->sentence()); });
}

void MainWindow::buildWindowMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Window"));
    addWindowTools(menu);
    QAction *full =
        addAct(menu, u"window-full-screen"_s, tr("&Full screen"), QKeySequence(Qt::Key_F11),
               [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    full->setCheckable(true);
    addAct(menu, u"window-next-policy"_s, tr("&Next policy"), QKeySequence(Qt::CTRL | Qt::Key_Tab),
           [this] { m_tabs->showNext(1); });
    addAct(menu, u"window-previous-policy"_s, tr("&Previous policy"),
           QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Tab), [this] { m_tabs->showNext(-1); });
    menu->addSeparator();
    buildPanelMenu(menu);
    addAct(menu, u"window-reset-layout"_s, tr("&Reset layout"), {}, [this] { resetLayout(); });
}

void MainWindow::buildHelpMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Help"));
    addHelpTools(menu);
    addAct(menu, u"help-about-headgate"_s, tr("&About Headgate"), {}, [this] {
        auto *box = new QMessageBox(QMessageBox::NoIcon, tr("About Headgate"),
                                    tr("Headgate %1, a desktop workbench for LLM routing.")
                                        .arg(QStringLiteral(HEADGATE_VERSION)),
                                    QMessageBox::Close, this);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setInformativeText(
            tr("Models marked SIMULATED have invented names, prices and answers. Released under "
               "the MIT licence."));
        box->open();
    });
}

} // namespace headgate::workbench
