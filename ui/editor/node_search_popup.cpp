#include "ui/editor/node_search_popup.h"

#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QScreen>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

NodeSearchPopup::NodeSearchPopup(const Theme &theme, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_search(new QLineEdit)
    , m_list(new QListView)
    , m_filter(new PaletteFilter(this))
{
    setObjectName(u"nodeSearch"_s);
    setRole(this, Role::Card);
    setAccessibleName(tr("Add a node"));
    m_search->setObjectName(u"nodeSearchText"_s);
    m_search->setAccessibleName(tr("Search nodes"));
    m_search->installEventFilter(this);
    m_filter->setSourceModel(new PaletteModel(theme, PaletteModel::Shape::Flat, this));
    m_filter->sort(0);
    m_list->setObjectName(u"nodeSearchList"_s);
    m_list->setAccessibleName(tr("Kinds of nodes"));
    m_list->setModel(m_filter);
    m_list->setIconSize({18, 18});
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setFocusPolicy(Qt::NoFocus);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(4);
    layout->addWidget(m_search);
    layout->addWidget(m_list);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setSearch(text);
        m_list->setCurrentIndex(m_filter->index(0, 0));
    });
    connect(m_search, &QLineEdit::returnPressed, this, [this] { choose(m_list->currentIndex()); });
    connect(m_list, &QListView::clicked, this, &NodeSearchPopup::choose);
}

void NodeSearchPopup::openAt(QPoint globalPlace, const QString &prompt,
                             PaletteFilter::Accept accept)
{
    m_search->setPlaceholderText(prompt);
    m_search->clear();
    m_filter->setAccept(std::move(accept));
    m_list->setCurrentIndex(m_filter->index(0, 0));
    resize(240, 300);
    if (const QScreen *where = parentWidget() ? parentWidget()->screen() : nullptr) {
        const QRect room = where->availableGeometry();
        globalPlace.setX(qMax(room.left(), qMin(globalPlace.x(), room.right() - width())));
        globalPlace.setY(qMax(room.top(), qMin(globalPlace.y(), room.bottom() - height())));
    }
    move(globalPlace);
    show();
    m_search->setFocus(Qt::PopupFocusReason);
}

bool NodeSearchPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            moveCurrent(key == Qt::Key_Down ? 1 : -1);
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void NodeSearchPopup::moveCurrent(int by)
{
    const int row = qBound(0, m_list->currentIndex().row() + by, m_filter->rowCount() - 1);
    m_list->setCurrentIndex(m_filter->index(row, 0));
}

void NodeSearchPopup::choose(const QModelIndex &index)
{
    const QString kind = index.data(PaletteModel::KindRole).toString();
    if (kind.isEmpty())
        return;
    hide();
    Q_EMIT chosen(kind);
}

} // namespace headgate::ui
