#include "ui/editor/live/list_pane.h"

#include "ui/common/style_sheet.h"

#include <QAbstractItemView>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace headgate::ui {

ListPane::ListPane(QAbstractItemView *list, const QList<QPushButton *> &buttons,
                   const QString &whenEmpty, QWidget *parent)
    : QWidget(parent)
    , m_list(list)
    , m_bar(new QWidget)
    , m_empty(new QLabel(whenEmpty))
{
    setRole(m_empty, Role::Secondary);
    m_empty->setContentsMargins(12, 0, 12, 4);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_empty->setWordWrap(true);
    m_list->setFrameShape(QFrame::NoFrame);

    auto *bar = new QVBoxLayout(m_bar);
    bar->setContentsMargins(12, 4, 12, 4);
    bar->setSpacing(2);
    for (QPushButton *button : buttons) {
        setRole(button, Role::Link);
        bar->addWidget(button);
    }
    bar->addStretch();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_bar);
    layout->addWidget(m_empty, 1);
    setFilled(false);
}

void ListPane::setFilled(bool filled)
{
    m_list->setVisible(filled);
    m_bar->setVisible(filled);
    m_empty->setVisible(!filled);
}

} // namespace headgate::ui
