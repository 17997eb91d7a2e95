#include "ui/common/tab_order.h"

#include <QGridLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTimer>
#include <QVariant>

namespace headgate::ui {

namespace {

constexpr auto kPending = "tabOrderPending";

void collect(QWidget *widget, QList<QWidget *> &order);

void collect(QLayout *layout, QList<QWidget *> &order)
{
    QList<std::pair<int, QLayoutItem *>> items; // by row
    const auto *grid = qobject_cast<const QGridLayout *>(layout);
    for (int i = 0; i < layout->count(); ++i) {
        int row = i;
        int ignored = 0;
        if (grid)
            grid->getItemPosition(i, &row, &ignored, &ignored, &ignored);
        items.append({row, layout->itemAt(i)});
    }
    std::stable_sort(items.begin(), items.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    for (const auto &[row, item] : std::as_const(items)) {
        if (item->widget())
            collect(item->widget(), order);
        else if (item->layout())
            collect(item->layout(), order);
    }
}

void collect(QWidget *widget, QList<QWidget *> &order)
{
    if (widget->focusPolicy() & Qt::TabFocus && !widget->focusProxy())
        order.append(widget);
    if (auto *pages = qobject_cast<QStackedWidget *>(widget)) {
        for (int i = 0; i < pages->count(); ++i)
            collect(pages->widget(i), order);
    } else if (const auto *area = qobject_cast<QScrollArea *>(widget); area && area->widget()) {
        collect(area->widget(), order);
    } else if (widget->layout()) {
        collect(widget->layout(), order);
    }
}

} // namespace

void orderTabsByLayout(QWidget *root)
{
    QList<QWidget *> order;
    collect(root, order);
    for (qsizetype i = 1; i < order.size(); ++i)
        QWidget::setTabOrder(order[i - 1], order[i]);
}

void orderTabsSoon(QWidget *widget)
{
    QWidget *page = widget;
    for (QWidget *each = widget; each; each = each->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(each))
            page = area->widget();
    }
    if (!page || page->property(kPending).toBool())
        return;
    page->setProperty(kPending, true);
    QTimer::singleShot(0, page, [page] {
        page->setProperty(kPending, false);
        orderTabsByLayout(page);
    });
}

} // namespace headgate::ui
