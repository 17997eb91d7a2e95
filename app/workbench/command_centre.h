#pragma once

#include "core/policy/policy_document.h"
#include "ui/common/shortcuts.h"
#include "ui/settings/keys_sheet.h"
#include "ui/settings/setting_choice.h"

#include <QPointer>

class QMainWindow;
class QMenu;
class QPushButton;

namespace headgate::ui {
class CommandPopup;
class Theme;
} // namespace headgate::ui

namespace headgate::workbench {

// What the centre asks of its window. All may be called as long as the centre lives.
struct CommandHooks
{
    std::function<const policy::PolicyDocument &()> document; // the one in view
    std::function<void(const policy::NodeId &)> goToNode;
    std::function<void(const QString &model)> goToModel;
    std::function<void(const QString &path)> openPath;
    // Names and paths of what is open already, and how to go there.
    std::function<QList<ui::Command>()> openFiles;
    std::function<QList<ui::KeyGroup>()> mouseHelp; // of the mode in view; may be empty
    std::function<void()> setUpProviders;
};

// Going to anything, and the keys: the list of all actions of the menus, the dialogs in which
// they are read and changed, and the settings. A screen adds its own places by addSource(), its
// own actions by addActions(), its own settings by addSetting().
class CommandCentre final : public QObject
{
    Q_OBJECT
public:
    // All outlive the centre; the window's menus are complete by now.
    CommandCentre(QMainWindow &window, const ui::Theme &theme, ui::Settings &settings,
                  CommandHooks hooks);

    void addSource(const ui::CommandSource &source);
    void addSetting(const ui::SettingChoice &choice) { m_choices.append(choice); }
    // Actions outside of the menus, with keys that act in one view only.
    void addActions(const QString &section, const QList<QAction *> &actions);
    ui::Shortcuts &shortcuts() { return m_shortcuts; }

    void goToAnything();
    void goToAction();
    void showKeys(); // of the mode in view, to read
    void changeKeys();
    void showSettings();

private:
    void addMenu(QMenu *menu, const QString &section);
    void addField();
    QList<ui::Command> actionCommands() const;
    QList<ui::Command> modeCommands() const;
    QList<ui::Command> nodeCommands() const;
    QList<ui::Command> modelCommands() const;
    QList<ui::Command> fileCommands() const;
    QList<ui::KeyGroup> keyGroups() const;

    QMainWindow &m_window;
    const ui::Theme &m_theme;
    ui::Settings &m_settings;
    CommandHooks m_hooks;
    ui::Shortcuts m_shortcuts;
    QList<ui::SettingChoice> m_choices;
    ui::CommandPopup *m_popup = nullptr;
    QPushButton *m_field = nullptr; // in the menu bar
    QPointer<ui::KeysSheet> m_sheet;
};

// Actions with this dynamic property are modes: listed as places, not as commands.
constexpr auto kModeProperty = "goesToMode";

} // namespace headgate::workbench
