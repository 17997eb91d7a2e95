#include "ui/editor/search_popup.h"

#include "ui/common/style_sheet.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QScreen>
#include <QVBoxLayout>

namespace headgate::ui {

SearchPopup::SearchPopup(QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_column(new QVBoxLayout(this))
    , m_text(new QLineEdit)
    , m_list(new QListView)
{
    setRole(this, Role::Card);
    m_text->installEventFilter(this);
    m_list->setIconSize({18, 18});
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_column->setContentsMargins(8, 8, 8, 8);
    m_column->setSpacing(4);
    m_column->addWidget(m_text);
    m_column->addWidget(m_list);

    connect(m_text, &QLineEdit::textChanged, this, [this](const QString &text) {
        search(text);
        chooseFirst();
    });
    connect(m_text, &QLineEdit::returnPressed, this, [this] { take(m_list->currentIndex()); });
    connect(m_list, &QListView::clicked, this, &SearchPopup::take);
}

void SearchPopup::showAt(QPoint globalPlace, QSize size)
{
    m_text->clear();
    chooseFirst();
    resize(size);
    if (const QScreen *where = parentWidget() ? parentWidget()->screen() : nullptr) {
        const QRect room = where->availableGeometry();
        globalPlace.setX(qMax(room.left(), qMin(globalPlace.x(), room.right() - width())));
        globalPlace.setY(qMax(room.top(), qMin(globalPlace.y(), room.bottom() - height())));
    }
    move(globalPlace);
    show();
    m_text->setFocus(Qt::PopupFocusReason);
}

void SearchPopup::chooseFirst()
{
    m_list->setCurrentIndex(m_list->model()->index(0, 0));
}

bool SearchPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_text || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key != Qt::Key_Down && key != Qt::Key_Up)
        return handleKey(key) || QFrame::eventFilter(watched, event);
    moveCurrent(key == Qt::Key_Down ? 1 : -1);
    return true;
}

bool SearchPopup::handleKey(int)
{
    return false;
}

void SearchPopup::moveCurrent(int by)
{
    const QAbstractItemModel &rows = *m_list->model();
    const int row = qBound(0, m_list->currentIndex().row() + by, rows.rowCount() - 1);
    m_list->setCurrentIndex(rows.index(row, 0));
}

} // namespace headgate::ui
