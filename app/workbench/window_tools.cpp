#include "app/workbench/command_centre.h"
#include "app/workbench/document_session.h"
#include "app/workbench/drawing_help.h"
#include "app/workbench/main_window.h"
#include "app/workbench/open_documents.h"
#include "ui/ask/ask_page.h"
#include "ui/common/icons.h"
#include "ui/common/panes.h"
#include "ui/common/settings.h"
#include "ui/editor/build_page.h"
#include "ui/editor/node_look.h"
#include "ui/editor/policy_view.h"

#include <QAction>
#include <QMenuBar>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

void MainWindow::chooseScheme(ui::Scheme scheme)
{
    m_theme.setScheme(scheme);
    m_settings.set(ui::settings::kScheme, ui::nameOf(scheme));
}

ui::BuildPage &MainWindow::showBuild()
{
    setMode(Mode::Build);
    return *m_build;
}

void MainWindow::addEditTools(QMenu *menu)
{
    menu->addSeparator();
    addAct(menu, u"edit-find-in-the-view"_s, tr("&Find in the view…"), QKeySequence::Find,
           [this] { findInView(); });
    QAction *next = addAct(menu, u"edit-find-next"_s, tr("Find &next"), QKeySequence(Qt::Key_F3),
                           [this] { m_build->findNext(1); });
    QAction *before =
        addAct(menu, u"edit-find-before"_s, tr("Find &before"),
               QKeySequence(Qt::SHIFT | Qt::Key_F3), [this] { m_build->findNext(-1); });
    m_drawingActions += {next, before};
    menu->addSeparator();
    addAct(menu, u"edit-go-to-anything"_s, tr("&Go to anything…"),
           QKeySequence(Qt::CTRL | Qt::Key_K), [this] { m_commands->goToAnything(); });
    addAct(menu, u"edit-commands"_s, tr("&Commands…"),
           QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P), [this] { m_commands->goToAction(); });
    menu->addSeparator();
    addAct(menu, u"edit-providers"_s, tr("&Providers…"), {}, [this] { openProviders(); });
    addAct(menu, u"edit-settings"_s, tr("&Settings…"), QKeySequence(Qt::CTRL | Qt::Key_Comma),
           [this] { m_commands->showSettings(); });
}

void MainWindow::addViewTools(QMenu *menu)
{
    QAction *in = addAct(menu, u"view-zoom-in"_s, tr("Zoom &in"), {}, [this] { zoomView(1.25); });
    in->setShortcuts(
        {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    QAction *out = addAct(menu, u"view-zoom-out"_s, tr("Zoom &out"),
                          QKeySequence(Qt::CTRL | Qt::Key_Minus), [this] { zoomView(0.8); });
    QAction *whole = addAct(menu, u"view-100"_s, tr("&100 %"), QKeySequence(Qt::CTRL | Qt::Key_0),
                            [this] { zoomView(0); });
    QAction *fit = addAct(menu, u"view-fit-the-drawing"_s, tr("&Fit the drawing"), {},
                          [this] { m_build->view().fitAll(); });
    m_drawingActions += {in, out, whole, fit};
}

// Every kind, by its group, as in the palette.
void MainWindow::buildInsertMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Insert"));
    QString group;
    for (const policy::NodeKind *kind : ui::kindsByGroup()) {
        if (const QString label = ui::groupLabel(kind->group); label != group) {
            menu->addSection(label);
            group = label;
        }
        QAction *action = menu->addAction(ui::kindIcon(kind->id, m_theme), kind->label);
        action->setToolTip(kind->help);
        action->setObjectName(u"insert-"_s + kind->id);
        connect(action, &QAction::triggered, this, [this, id = kind->id] {
            ui::BuildPage &build = showBuild();
            build.view().addNode(id);
            build.view().setFocus(Qt::OtherFocusReason);
        });
    }
}

// What the current drawing offers, as its own menu has it.
void MainWindow::buildArrangeMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Arrange"));
    const auto fill = [this, menu] {
        menu->clear();
        if (mode() != Mode::Build) {
            menu->addAction(tr("Only in the drawing"))->setEnabled(false);
            return;
        }
        static const QStringList kBreaks{u"canvas.align_left"_s,
                                         u"canvas.distribute_horizontally"_s, u"canvas.tidy"_s,
                                         u"canvas.group"_s, u"canvas.mute"_s};
        static const QStringList kParts{u"canvas.align"_s, u"canvas.distribute"_s, u"canvas.tidy"_s,
                                        u"canvas.group"_s, u"canvas.ungroup"_s,    u"canvas.mute"_s,
                                        u"canvas.bypass"_s};
        for (const QString &part : kParts) {
            for (QAction *action : m_build->view().canvasActions()) {
                if (!action->objectName().startsWith(part))
                    continue;
                if (kBreaks.contains(action->objectName()) && !menu->isEmpty())
                    menu->addSeparator();
                menu->addAction(action);
            }
        }
    };
    connect(menu, &QMenu::aboutToShow, this, fill);
}

void MainWindow::addWindowTools(QMenu *menu)
{
    addAct(menu, u"window-next-pane"_s, tr("Next p&ane"), QKeySequence(Qt::Key_F6),
           [this] { ui::focusNextPane(this); });
}

void MainWindow::addHelpTools(QMenu *menu)
{
    addAct(menu, u"help-keys-for-this-view"_s, tr("&Keys for this view"),
           QKeySequence::HelpContents, [this] { m_commands->showKeys(); });
    addAct(menu, u"help-change-the-shortcuts"_s, tr("Change the &shortcuts…"),
           QKeySequence(Qt::CTRL | Qt::Key_Slash), [this] { m_commands->changeKeys(); });
    menu->addSeparator();
}

void MainWindow::findInView()
{
    if (mode() == Mode::Build)
        m_build->openFind();
    else if (mode() == Mode::Ask)
        m_ask->focusPrompt();
}

void MainWindow::zoomView(double factor)
{
    if (mode() != Mode::Build)
        return;
    ui::PolicyView &view = m_build->view();
    view.setZoom(factor > 0 ? view.zoom() * factor : 1);
}

void MainWindow::buildCommands()
{
    CommandHooks hooks;
    hooks.document = [this]() -> const policy::PolicyDocument & {
        return m_session->editor().document();
    };
    hooks.goToNode = [this](const policy::NodeId &node) {
        ui::BuildPage &build = showBuild();
        build.selectNode(node);
        build.view().setFocus(Qt::OtherFocusReason);
    };
    hooks.goToModel = [this](const QString &model) { showBuild().showModel(model); };
    hooks.openPath = [this](const QString &path) { openPath(path); };
    hooks.openFiles = [this] { return openFileCommands(); };
    hooks.setUpProviders = [this] { openProviders(); };
    hooks.mouseHelp = [this] {
        return mode() == Mode::Build ? drawingHelp() : QList<ui::KeyGroup>();
    };
    m_commands = new CommandCentre(*this, m_theme, m_settings, std::move(hooks));
    addSettings();
}

QList<ui::Command> MainWindow::openFileCommands()
{
    QList<ui::Command> commands;
    for (DocumentSession *document : m_documents->all()) {
        const QString where = document->path().isEmpty() ? tr("not saved yet") : document->path();
        commands.append({.id = u"file."_s + where,
                         .title = document->name(),
                         .detail = where,
                         .keywords = tr("open tab"),
                         .icon = ui::themedIcon(u"document"_s, m_theme),
                         .run = [this, kept = QPointer<DocumentSession>(document)] {
                             if (!kept)
                                 return;
                             m_documents->setCurrent(*kept);
                             setMode(Mode::Build);
                         }});
    }
    return commands;
}

void MainWindow::addSettings()
{
    m_commands->addSetting({.id = u"scheme"_s,
                            .label = tr("Colours"),
                            .help = tr("Light or dark, as the system or always."),
                            .values = {{u"system"_s, tr("As the system")},
                                       {u"light"_s, tr("Light")},
                                       {u"dark"_s, tr("Dark")},
                                       {u"high-contrast"_s, tr("High contrast")}},
                            .current = [this] { return ui::nameOf(m_theme.scheme()); },
                            .choose =
                                [this](const QString &value) {
                                    chooseScheme(
                                        ui::schemeFrom(value).value_or(ui::Scheme::System));
                                }});
    m_commands->addSetting({.id = u"badges"_s,
                            .label = tr("Badges of nodes after a run"),
                            .help = tr("Cost, time, tokens and share of traffic on each card."),
                            .values = {{u"all"_s, tr("All")},
                                       {u"cost"_s, tr("Cost")},
                                       {u"time"_s, tr("Time")},
                                       {u"hover"_s, tr("On hover")},
                                       {u"none"_s, tr("None")}},
                            .current =
                                [this] {
                                    return ui::nameOf(
                                        ui::badgeModeFrom(m_settings.get(ui::settings::kBadges)));
                                },
                            .choose = [this](const QString &value) { setBadges(value); }});
    m_commands->addSetting(
        {.id = u"wheel"_s,
         .label = tr("Mouse wheel in the drawing"),
         .help = tr("The other of the two is on Ctrl+wheel; a touchpad always scrolls."),
         .values = {{u"zoom"_s, tr("Zooms")}, {u"scroll"_s, tr("Scrolls")}},
         .current =
             [this] {
                 return m_settings.get(ui::settings::kWheelScrolls) ? u"scroll"_s : u"zoom"_s;
             },
         .choose = [this](const QString &value) { setWheelScrolls(value == u"scroll"_s); }});
    m_commands->addSetting(
        {.id = u"motion"_s,
         .label = tr("Motion"),
         .help = tr("Whether anything in the window moves by itself."),
         .values = {{u"system"_s, tr("As the system")}, {u"less"_s, tr("Less")}},
         .current =
             [this] {
                 return m_settings.get(ui::settings::kReducedMotion) ? u"less"_s : u"system"_s;
             },
         .choose =
             [this](const QString &value) {
                 m_settings.set(ui::settings::kReducedMotion, value == u"less"_s);
                 m_theme.setReducedMotion(value == u"less"_s);
             }});
}

} // namespace headgate::workbench
