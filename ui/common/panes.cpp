#include "ui/common/panes.h"

#include <QApplication>
#include <QVariant>
#include <QWidget>

namespace headgate::ui {

namespace {

constexpr auto kProperty = "paneNumber";

bool takesFocus(const QWidget *widget, const QWidget *pane)
{
    return widget->focusPolicy() & Qt::TabFocus && widget->isEnabled() &&
           widget->isVisibleTo(pane->window());
}

// Where focus lands: the pane itself, or the first in its tab order.
QWidget *entryOf(QWidget *pane)
{
    if (takesFocus(pane, pane))
        return pane;
    for (QWidget *next = pane->nextInFocusChain(); next && next != pane;
         next = next->nextInFocusChain()) {
        if (pane->isAncestorOf(next) && takesFocus(next, pane))
            return next;
    }
    return nullptr;
}

} // namespace

void setPane(QWidget *widget, int number)
{
    widget->setProperty(kProperty, number);
}

QList<QWidget *> panesOf(const QWidget *window)
{
    QList<QWidget *> panes;
    for (QWidget *widget : window->findChildren<QWidget *>()) {
        if (widget->property(kProperty).isValid() && widget->isVisible())
            panes.append(widget);
    }
    std::stable_sort(panes.begin(), panes.end(), [](const QWidget *a, const QWidget *b) {
        return a->property(kProperty).toInt() < b->property(kProperty).toInt();
    });
    return panes;
}

void focusNextPane(QWidget *window)
{
    const QList<QWidget *> panes = panesOf(window);
    const QWidget *focused = QApplication::focusWidget();
    qsizetype current = -1;
    for (qsizetype i = 0; i < panes.size(); ++i) {
        if (focused && (panes[i] == focused || panes[i]->isAncestorOf(focused)))
            current = i;
    }
    for (qsizetype step = 1; step <= panes.size(); ++step) {
        QWidget *entry = entryOf(panes[(current + step) % panes.size()]);
        if (!entry)
            continue;
        entry->setFocus(Qt::ShortcutFocusReason);
        return;
    }
}

} // namespace headgate::ui
