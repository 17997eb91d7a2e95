#include "ui/editor/live/flow_menu.h"

#include "ui/common/icons.h"
#include "ui/common/style_sheet.h"
#include "ui/editor/live/flow_display.h"

#include <QActionGroup>
#include <QLabel>
#include <QMenu>
#include <QWidgetAction>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

// Whose runs are counted: 0 by the policy's providers, 1 simulated, 2 live.
int originNumber(const FlowChoice &choice)
{
    return choice.simulated ? (*choice.simulated ? 1 : 2) : 0;
}

} // namespace

FlowMenu::FlowMenu(const Theme &theme, FlowDisplay &display, QWidget *parent)
    : QPushButton(parent)
    , m_display(display)
    , m_menu(new QMenu(this))
{
    setObjectName(u"flowButton"_s);
    setIcon(themedIcon(u"flow"_s, theme));
    setToolTip(tr("Draw wires as wide as what they carried"));
    m_menu->setObjectName(u"flowMenu"_s);
    m_menu->setAccessibleName(tr("Flow on wires"));
    setMenu(m_menu);

    QList<std::pair<FlowMeasure, QString>> measures{{FlowMeasure::Off, tr("Off")},
                                                    {FlowMeasure::Traffic, tr("Share of traffic")},
                                                    {FlowMeasure::Cost, tr("Share of cost")},
                                                    {FlowMeasure::Time, tr("Share of time")}};
    addChoices<FlowMeasure>(
        tr("Width of wires"), measures, [this] { return m_display.choice().measure; },
        [this](FlowMeasure measure) {
            FlowChoice choice = m_display.choice();
            choice.measure = measure;
            m_display.setChoice(choice);
        });
    QList<std::pair<FlowWindow, QString>> windows;
    for (const FlowWindow window : {FlowWindow::Session, FlowWindow::LastHour, FlowWindow::Day,
                                    FlowWindow::Week, FlowWindow::Month, FlowWindow::All}) {
        QString text = windowText(window);
        text[0] = text[0].toUpper();
        windows.append({window, text});
    }
    addChoices<FlowWindow>(
        tr("Queries of"), windows, [this] { return m_display.choice().window; },
        [this](FlowWindow window) {
            FlowChoice choice = m_display.choice();
            choice.window = window;
            m_display.setChoice(choice);
        });
    addChoices<int>(
        tr("Origin"), {{0, tr("As the policy runs now")}, {1, tr("Simulated")}, {2, tr("Live")}},
        [this] { return originNumber(m_display.choice()); },
        [this](int origin) {
            FlowChoice choice = m_display.choice();
            choice.simulated = origin == 0 ? std::nullopt : std::optional(origin == 1);
            m_display.setChoice(choice);
        });
    connect(&display, &FlowDisplay::changed, this, &FlowMenu::refresh);
    refresh();
}

// Sections of a menu have no titles in every style.
void FlowMenu::addHeading(const QString &title)
{
    if (!m_menu->isEmpty())
        m_menu->addSeparator();
    auto *label = new QLabel(title);
    setRole(label, Role::Caption);
    label->setContentsMargins(12, 4, 12, 2);
    auto *heading = new QWidgetAction(m_menu);
    heading->setDefaultWidget(label);
    heading->setEnabled(false);
    m_menu->addAction(heading);
}

template<typename Value>
void FlowMenu::addChoices(const QString &title, QList<std::pair<Value, QString>> choices,
                          std::function<Value()> current, std::function<void(Value)> choose)
{
    addHeading(title);
    auto *group = new QActionGroup(this);
    for (const auto &[value, text] : choices) {
        QAction *action = m_menu->addAction(text);
        action->setCheckable(true);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [choose, v = value] { choose(v); });
        m_checks.append([action, current, v = value] { action->setChecked(current() == v); });
    }
}

void FlowMenu::refresh()
{
    const FlowMeasure measure = m_display.choice().measure;
    setText(measure == FlowMeasure::Off ? tr("Flow") : tr("Flow: %1").arg(measureText(measure)));
    setAccessibleName(tr("Flow on wires: %1").arg(measureText(measure)));
    for (const auto &check : std::as_const(m_checks))
        check();
}

} // namespace headgate::ui
