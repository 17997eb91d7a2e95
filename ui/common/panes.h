#pragma once

#include <QList>

class QWidget;

namespace headgate::ui {

// Panes are the parts of a window that one key steps through, in the order of their numbers.
void setPane(QWidget *widget, int number);
// Visible ones below the window, in order.
QList<QWidget *> panesOf(const QWidget *window);
// Gives focus to the pane after the one that has it; the first where none has.
void focusNextPane(QWidget *window);

} // namespace headgate::ui
