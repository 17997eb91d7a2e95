#include "app/workbench/command_centre.h"

#include "core/policy/node_kind.h"
#include "ui/common/command_popup.h"
#include "ui/common/icons.h"
#include "ui/common/settings.h"
#include "ui/common/style_sheet.h"
#include "ui/editor/node_look.h"
#include "ui/home/examples.h"
#include "ui/settings/settings_dialog.h"
#include "ui/settings/shortcuts_dialog.h"

#include <QAction>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

namespace {

// The widget that an action belongs to, directly or through an object in between.
const QWidget *ownerOf(const QAction &action)
{
    for (const QObject *each = action.parent(); each; each = each->parent()) {
        if (const auto *widget = qobject_cast<const QWidget *>(each))
            return widget;
    }
    return nullptr;
}

bool isOffered(const QAction *action)
{
    return action->isEnabled() && action->isVisible() && !action->isSeparator();
}

} // namespace

CommandCentre::CommandCentre(QMainWindow &window, const ui::Theme &theme, ui::Settings &settings,
                             CommandHooks hooks)
    : QObject(&window)
    , m_window(window)
    , m_theme(theme)
    , m_settings(settings)
    , m_hooks(std::move(hooks))
    , m_shortcuts(settings)
    , m_popup(new ui::CommandPopup(theme, settings, &window))
{
    using Kind = ui::CommandSource::Kind;
    for (QAction *top : window.menuBar()->actions()) {
        if (top->menu())
            addMenu(top->menu(), ui::plainActionText(top->text()));
    }
    addSource({tr("Mode"), Kind::Place, [this] { return modeCommands(); }});
    addSource({tr("Command"), Kind::Action, [this] { return actionCommands(); }});
    addSource({tr("Node"), Kind::Place, [this] { return nodeCommands(); }});
    addSource({tr("File"), Kind::Place, [this] { return fileCommands(); }});
    addSource({tr("Model"), Kind::Place, [this] { return modelCommands(); }});
    addSource({tr("Setting"), Kind::Place, [this] {
                   const QIcon icon = ui::themedIcon(u"settings"_s, m_theme);
                   return ui::settingsSource({}, m_choices, icon).commands();
               }});
    addField();
}

void CommandCentre::addSource(const ui::CommandSource &source)
{
    m_popup->addSource(source);
}

// Menus that are filled when they open have no lasting actions and are left out.
void CommandCentre::addMenu(QMenu *menu, const QString &section)
{
    for (QAction *action : menu->actions()) {
        if (action->menu())
            addMenu(action->menu(), tr("%1 › %2", "menu, menu in it")
                                        .arg(section, ui::plainActionText(action->text())));
        else if (!action->isSeparator() && !action->text().isEmpty())
            m_shortcuts.add(section, action);
    }
}

void CommandCentre::addActions(const QString &section, const QList<QAction *> &actions)
{
    for (QAction *action : actions) {
        if (!action->isSeparator() && !action->text().isEmpty())
            m_shortcuts.add(section, action, ui::Shortcuts::Reach::Canvas);
    }
}

void CommandCentre::addField()
{
    m_field = new QPushButton;
    m_field->setObjectName(u"goToField"_s);
    ui::setRole(m_field, ui::Role::GoTo);
    m_field->setFocusPolicy(Qt::TabFocus);
    m_field->setFixedSize(300, 24);
    m_field->setIcon(ui::themedIcon(u"search"_s, m_theme));
    m_field->setIconSize({14, 14});
    // The menu bar gives its corner no more than the hint: the frame's layout carries the width.
    auto *corner = new QWidget(&m_window);
    auto *layout = new QHBoxLayout(corner);
    layout->setContentsMargins(0, 3, 12, 3);
    layout->addWidget(m_field);
    m_window.menuBar()->setCornerWidget(corner, Qt::TopRightCorner);
    const auto name = [this] {
        const QString keys =
            m_shortcuts.keys(u"edit-go-to-anything"_s).value(0).toString(QKeySequence::NativeText);
        m_field->setText(tr("Go to anything  %1", "shortcut").arg(keys));
        m_field->setAccessibleName(tr("Go to anything"));
        m_field->setToolTip(tr("Modes, commands, nodes, files and settings by their name"));
    };
    name();
    connect(&m_shortcuts, &ui::Shortcuts::changed, m_field, name);
    connect(m_field, &QPushButton::clicked, this, &CommandCentre::goToAnything);
}

void CommandCentre::goToAnything()
{
    m_popup->open(ui::CommandPopup::Offer::Everything);
}

void CommandCentre::goToAction()
{
    m_popup->open(ui::CommandPopup::Offer::ActionsOnly);
}

QList<ui::Command> CommandCentre::modeCommands() const
{
    QList<ui::Command> commands;
    for (const auto &entry : m_shortcuts.entries()) {
        for (const QPointer<QAction> &action : entry.actions) {
            const QString icon = action ? action->property(kModeProperty).toString() : QString();
            if (!icon.isEmpty())
                commands.append({.id = entry.id,
                                 .title = entry.text,
                                 .shortcut = action->shortcut(),
                                 .icon = ui::themedIcon(icon, m_theme),
                                 .run = [action] {
                                     if (action)
                                         action->trigger();
                                 }});
        }
    }
    return commands;
}

QList<ui::Command> CommandCentre::actionCommands() const
{
    QList<ui::Command> commands;
    for (const auto &entry : m_shortcuts.entries()) {
        for (const QPointer<QAction> &action : entry.actions) {
            const QWidget *owner = action ? ownerOf(*action) : nullptr;
            // Of the actions of several documents those of the one in view are meant.
            const bool elsewhere =
                entry.reach == ui::Shortcuts::Reach::Canvas && owner && !owner->isVisible();
            if (!action || !isOffered(action) || elsewhere ||
                action->property(kModeProperty).isValid())
                continue;
            commands.append({.id = entry.id,
                             .title = ui::plainActionText(action->text()),
                             .detail = entry.section,
                             .shortcut = action->shortcut(),
                             .icon = action->icon(),
                             .run = [action] {
                                 if (action)
                                     action->trigger();
                             }});
        }
    }
    return commands;
}

QList<ui::Command> CommandCentre::nodeCommands() const
{
    const policy::PolicyDocument &document = m_hooks.document();
    QList<ui::Command> commands;
    commands.reserve(document.nodes.size());
    for (const policy::Node &node : document.nodes) {
        const policy::NodeKind *kind = policy::nodeKind(node.kind);
        const QString settings = kind && kind->summary ? kind->summary(node, document) : QString();
        commands.append({.id = u"node."_s + node.id.value,
                         .title = ui::nodeName(node),
                         .detail = settings.isEmpty() ? ui::kindLabel(node.kind) : settings,
                         .keywords = ui::kindLabel(node.kind),
                         .icon = ui::kindIcon(node.kind, m_theme),
                         .run = [this, id = node.id] { m_hooks.goToNode(id); }});
    }
    return commands;
}

QList<ui::Command> CommandCentre::modelCommands() const
{
    QList<ui::Command> commands;
    for (const policy::Model &model : m_hooks.document().models)
        commands.append(
            {.id = u"model."_s + model.name,
             .title = model.name,
             .detail = tr("%1 of %2", "model id, provider").arg(model.model, model.provider),
             .icon = ui::themedIcon(u"model"_s, m_theme),
             .run = [this, name = model.name] { m_hooks.goToModel(name); }});
    return commands;
}

QList<ui::Command> CommandCentre::fileCommands() const
{
    QList<ui::Command> commands = m_hooks.openFiles();
    QStringList listed;
    for (const ui::Command &command : std::as_const(commands))
        listed.append(command.detail);
    const QIcon icon = ui::themedIcon(u"document"_s, m_theme);
    static const QList<ui::Example> examples = ui::examples();
    for (const QString &path : m_settings.get(ui::settings::kRecentFiles)) {
        if (listed.contains(path) || !QFileInfo::exists(path))
            continue;
        commands.append({.id = u"file."_s + path,
                         .title = QFileInfo(path).fileName(),
                         .detail = path,
                         .icon = icon,
                         .run = [this, path] { m_hooks.openPath(path); }});
    }
    for (const ui::Example &example : examples)
        commands.append({.id = u"file."_s + example.path,
                         .title = example.name,
                         .detail = tr("example"),
                         .icon = icon,
                         .run = [this, path = example.path] { m_hooks.openPath(path); }});
    return commands;
}

QList<ui::KeyGroup> CommandCentre::keyGroups() const
{
    const QList<ui::KeyGroup> mouse = m_hooks.mouseHelp();
    QList<ui::KeyGroup> view; // keys that act in the view only come first
    QList<ui::KeyGroup> menus;
    for (const auto &entry : m_shortcuts.entries()) {
        const QList<QKeySequence> keys = m_shortcuts.keys(entry.id);
        if (keys.isEmpty())
            continue;
        const bool canvas = entry.reach == ui::Shortcuts::Reach::Canvas;
        if (canvas && mouse.isEmpty())
            continue;
        QList<ui::KeyGroup> &groups = canvas ? view : menus;
        if (groups.isEmpty() || groups.last().title != entry.section)
            groups.append({entry.section, {}});
        groups.last().lines.append(
            {QKeySequence::listToString(keys, QKeySequence::NativeText), entry.text});
    }
    return view + mouse + menus;
}

void CommandCentre::showKeys()
{
    delete m_sheet; // of the view before
    auto *sheet = new ui::KeysSheet(tr("Keys for this view"), keyGroups(), &m_window);
    m_sheet = sheet;
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    connect(sheet, &ui::KeysSheet::changeRequested, this, [this, sheet] {
        sheet->close();
        changeKeys();
    });
    sheet->show();
}

void CommandCentre::changeKeys()
{
    auto *dialog = new ui::ShortcutsDialog(m_shortcuts, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void CommandCentre::showSettings()
{
    auto *dialog = new ui::SettingsDialog(m_choices, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ui::SettingsDialog::keysRequested, this, [this, dialog] {
        dialog->close();
        changeKeys();
    });
    connect(dialog, &ui::SettingsDialog::providersRequested, this, [this, dialog] {
        dialog->close();
        m_hooks.setUpProviders();
    });
    dialog->open();
}

} // namespace headgate::workbench
