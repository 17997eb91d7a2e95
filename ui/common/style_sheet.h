#pragma once

#include <QString>

class QWidget;

namespace headgate::ui {

class Theme;

// What a widget is to the style sheet, besides its class.
enum class Role {
    Card,        // QFrame: surface, hairline, radius 10
    Panel,       // QWidget: surface without a border (docks, tool bars)
    ToolBar,     // QWidget: surface with a hairline below
    Section,     // QLabel: 13 px, heavy: titles of cards
    Caption,     // QLabel: 11 px, heavy, secondary: groups in side panels
    Secondary,   // QLabel: 12 px, secondary
    Faint,       // QLabel: 11 px, faint
    Heading,     // QLabel: 15 px, heavy
    Title,       // QLabel: 24 px, heavy
    Primary,     // QPushButton: the main action
    Link,        // QPushButton: text in the accent without a frame
    Mode,        // QToolButton of the mode bar
    Icon,        // QToolButton: 28 x 28 without a frame
    Bubble,      // QLabel: a question of the user's
    WarnTag,     // QLabel: SIM, SIMULATED
    ErrorText,   // QLabel: 12 px, why a field is refused
    WarningText, // QLabel: 12 px, what is doubtful about a field
    GoTo,        // QPushButton that looks like a search field
    Rule,        // QFrame: a hairline
};

// Sets the dynamic property "role" that the sheet selects by; repolishes if it was another.
void setRole(QWidget *widget, Role role);

// The application's style sheet, made from the theme's tokens.
QString makeStyleSheet(const Theme &theme);

} // namespace headgate::ui
