#pragma once

#include "app/workbench/options.h"
#include "ui/common/query_service.h"

#include <QMainWindow>

#include <functional>
#include <map>

class QAction;
class QMenu;
class QStackedWidget;

namespace headgate::ui {
class AskPage;
class BuildPage;
class HomePage;
class MessageBar;
class ModeBar;
class SavingsPage;
class Settings;
class Theme;
} // namespace headgate::ui

namespace headgate::workbench {

class DocumentSession;
class StatusStrip;
class UnsavedGuard;

// The numbers are the keys: Ctrl+1 is Home.
enum class Mode { Home = 1, Build = 2, Ask = 3, Savings = 6 };

// Wires pages, document, queries and menus to each other; decides nothing itself.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    // Both outlive the window.
    MainWindow(ui::Theme &theme, ui::Settings &settings, const Options &options);
    ~MainWindow() override;

    // Fleet and ledger: what the first paint need not wait for.
    void openServices();

    void setMode(Mode mode);
    Mode mode() const;
    // Asks to save first where the open policy has unsaved edits.
    void openPath(const QString &path);

    DocumentSession &session() { return *m_session; }
    ui::QueryService &queries() { return *m_queries; }

protected:
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
    QAction *addAct(QMenu *menu, const QString &text, const QKeySequence &key, const Act &act);
    void fillRecentMenu();

    void connectSession();
    void connectQueries();
    QWidget *page(Mode mode); // made when it is first shown
    QWidget *makeHome();
    QWidget *makeBuild();
    QWidget *makeAsk();
    QWidget *makeSavings();

    void openFirst(const QString &file);
    void load(const QString &path);
    void askForFile();
    void newPolicy();
    void requestRun(); // by menu or key
    void run();
    void showDocument();
    void showSession();
    void setRunning(bool running);
    void learn(const char *step);
    void tell(const QString &sentence);
    void restoreSession();

    ui::Theme &m_theme;
    ui::Settings &m_settings;
    DocumentSession *m_session = nullptr;
    ui::QueryService *m_queries = nullptr;
    UnsavedGuard *m_guard = nullptr;
    ui::ModeBar *m_modes = nullptr;
    ui::MessageBar *m_message = nullptr;
    QStackedWidget *m_stack = nullptr;
    StatusStrip *m_status = nullptr;
    std::map<Mode, QWidget *> m_pages;
    std::map<Mode, QAction *> m_modeActions;
    ui::HomePage *m_home = nullptr; // null until first shown, as the other pages
    ui::BuildPage *m_build = nullptr;
    ui::AskPage *m_ask = nullptr;
    ui::SavingsPage *m_savings = nullptr;
    QMenu *m_recentMenu = nullptr;
    QAction *m_runAction = nullptr;
    QAction *m_stopAction = nullptr;
    std::optional<double> m_zoom; // of the drawing
    std::optional<engine::RunTrace> m_lastRun; // of the open policy
    bool m_mayClose = false;
};

} // namespace headgate::workbench
