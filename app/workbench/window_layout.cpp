#include "app/workbench/document_session.h"
#include "app/workbench/main_window.h"
#include "app/workbench/open_documents.h"
#include "app/workbench/panel_layout.h"
#include "app/workbench/window_session.h"
#include "ui/ask/ask_page.h"
#include "ui/common/mode_bar.h"
#include "ui/common/settings.h"
#include "ui/editor/build_page.h"
#include "ui/evaluate/evaluate_page.h"

#include <QAction>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QScreen>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

namespace {

constexpr QSize kFirstSize(1440, 900);

struct Panel
{
    const char *name; // of the object
    Mode mode;
};

// In the order of the menu.
constexpr std::array kPanels{Panel{"buildLeft", Mode::Build}, Panel{"inspector", Mode::Build},
                             Panel{"problems", Mode::Build}, Panel{"tracePanel", Mode::Ask}};

QStringList panelsOf(Mode mode)
{
    QStringList names;
    for (const Panel &panel : kPanels) {
        if (panel.mode == mode)
            names.append(QLatin1StringView(panel.name));
    }
    return names;
}

const ui::SettingKey<QByteArray> &layoutKey(Mode mode)
{
    return mode == Mode::Ask ? ui::settings::kAskLayout : ui::settings::kBuildLayout;
}

} // namespace

bool MainWindow::openSession()
{
    const WindowSession session = parseSession(m_settings.get(ui::settings::kSession));
    QStringList refused;
    DocumentSession *current = nullptr;
    for (qsizetype i = 0; i < session.entries.size(); ++i) {
        const WindowSession::Entry &entry = session.entries[i];
        if (const auto opened = m_documents->open(entry.source); !opened) {
            refused.append(opened.error().message);
            continue;
        }
        pagesOf(m_session)->place = entry.place;
        if (i == session.current || !current)
            current = m_session;
    }
    if (current)
        m_documents->setCurrent(*current);
    if (!refused.isEmpty())
        tell(refused.join(u'\n'));
    return current;
}

void MainWindow::rememberSession()
{
    if (!m_started)
        return;
    WindowSession session;
    for (DocumentSession *document : m_documents->all()) {
        if (document == m_session)
            session.current = int(session.entries.size());
        if (document->source().isEmpty())
            continue;
        const DocumentPages &pages = *pagesOf(document);
        session.entries.append(
            {document->source(), pages.build ? pages.build->place() : pages.place});
    }
    m_settings.set(ui::settings::kSession, formatSession(session));
    m_settings.set(ui::settings::kWindowGeometry, saveGeometry());
    m_settings.set(ui::settings::kMode, int(mode()));
}

void MainWindow::restoreFrame()
{
    resize(kFirstSize.boundedTo(screen()->availableSize()));
    restoreGeometry(m_settings.get(ui::settings::kWindowGeometry));
    const Mode last = Mode(m_settings.get(ui::settings::kMode));
    m_modes->setCurrent(int(m_modes->modes().contains(int(last)) ? last : Mode::Build));
}

void MainWindow::keepLayout(QWidget *page)
{
    const Mode mode = page == m_ask ? Mode::Ask : Mode::Build;
    auto *layout = new PanelLayout(*page, panelsOf(mode));
    connect(layout, &PanelLayout::changed, this, [this, layout, mode] {
        m_settings.set(layoutKey(mode), layout->save());
        updatePanelActions();
    });
}

PanelLayout *MainWindow::layoutOf(Mode mode) const
{
    const QWidget *page = nullptr;
    if (mode == Mode::Build)
        page = m_build;
    else if (mode == Mode::Ask)
        page = m_ask;
    return page ? page->findChild<PanelLayout *>() : nullptr;
}

// Pages of one mode share their layout: the one that is shown takes it over.
void MainWindow::takeLayout(Mode mode)
{
    if (PanelLayout *layout = layoutOf(mode)) {
        if (const QByteArray saved = m_settings.get(layoutKey(mode)); layout->save() != saved)
            layout->restore(saved);
    }
    updatePanelActions();
}

void MainWindow::resetLayout()
{
    showNormal();
    resize(kFirstSize.boundedTo(screen()->availableSize()));
    for (const Mode mode : {Mode::Build, Mode::Ask}) {
        m_settings.set(layoutKey(mode), {});
        if (PanelLayout *layout = layoutOf(mode))
            layout->reset();
    }
}

void MainWindow::buildPanelMenu(QMenu *menu)
{
    const QStringList texts{tr("Pa&lette and outline"), tr("&Inspector"), tr("Pro&blems"),
                            tr("&Trace")};
    for (size_t i = 0; i < kPanels.size(); ++i) {
        const QString name = QLatin1StringView(kPanels[i].name);
        QAction *action = menu->addAction(texts[qsizetype(i)]);
        action->setObjectName(u"window-panel-"_s + name);
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, name, panel = kPanels[i]](bool shown) {
            if (PanelLayout *layout = layoutOf(panel.mode))
                layout->setShown(name, shown);
        });
        m_panelActions[name] = action;
    }
}

void MainWindow::updatePanelActions()
{
    for (const Panel &panel : kPanels) {
        const auto found = m_panelActions.find(QLatin1StringView(panel.name));
        if (found == m_panelActions.end())
            continue;
        const PanelLayout *layout = layoutOf(panel.mode);
        found->second->setEnabled(layout && mode() == panel.mode);
        found->second->setChecked(layout && layout->isShown(found->first));
    }
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    QStringList paths;
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    event->acceptProposedAction();
    if (paths.isEmpty())
        tell(tr("Only files of this machine can be opened by dropping them here."));
    else if (m_datasets && paths.size() == 1 && ui::EvaluatePage::isCaseFile(paths.first())) {
        setMode(Mode::Evaluate);
        m_evaluate->openDropped(paths.first());
    } else
        openPaths(paths);
}

} // namespace headgate::workbench
