#pragma once

#include <QPushButton>

#include <functional>

class QActionGroup;
class QMenu;

namespace headgate::ui {

class FlowDisplay;
class Theme;

// The button in the tool bar that says what the wires' width stands for, and lets one choose it.
// Theme and display outlive it.
class FlowMenu final : public QPushButton
{
    Q_OBJECT
public:
    FlowMenu(const Theme &theme, FlowDisplay &display, QWidget *parent = nullptr);

private:
    void addHeading(const QString &title);
    template<typename Value>
    void addChoices(const QString &title, QList<std::pair<Value, QString>> choices,
                    std::function<Value()> current, std::function<void(Value)> choose);
    void refresh();

    FlowDisplay &m_display;
    QMenu *m_menu = nullptr;
    QList<std::function<void()>> m_checks; // set the check marks as the choice stands
};

} // namespace headgate::ui
