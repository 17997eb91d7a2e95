#include "ui/editor/palette_panel.h"

#include "ui/common/style_sheet.h"
#include "ui/editor/palette_model.h"
#include "ui/editor/side_tree.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

PalettePanel::PalettePanel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_search(new QLineEdit)
    , m_tree(makeSideTree(theme))
    , m_model(new PaletteModel(theme, PaletteModel::Shape::Grouped, this))
    , m_filter(new PaletteFilter(this))
{
    setRole(this, Role::Panel);
    m_search->setObjectName(u"paletteSearch"_s);
    m_search->setPlaceholderText(tr("Search nodes"));
    m_search->setAccessibleName(tr("Search nodes"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);

    m_filter->setSourceModel(m_model);
    m_tree->setObjectName(u"paletteTree"_s);
    m_tree->setAccessibleName(tr("Kinds of nodes"));
    m_tree->setModel(m_filter);
    m_tree->setItemsExpandable(false);
    m_tree->setRootIsDecorated(false);
    m_tree->setIndentation(4);
    m_tree->setDragEnabled(true);
    m_tree->setDragDropMode(QAbstractItemView::DragOnly);
    m_tree->expandAll();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 0, 4);
    layout->setSpacing(8);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(0, 0, 12, 0);
    top->addWidget(m_search);
    layout->addLayout(top);
    layout->addWidget(m_tree, 1);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setSearch(text);
        m_tree->expandAll();
    });
    connect(m_search, &QLineEdit::returnPressed, this, &PalettePanel::addFirstMatch);
    connect(m_tree, &QTreeView::activated, this, &PalettePanel::add);
}

void PalettePanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool PalettePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down) {
            m_tree->setFocus(Qt::OtherFocusReason);
            const QModelIndex group = m_filter->index(0, 0);
            m_tree->setCurrentIndex(m_filter->index(0, 0, group));
            return true;
        }
        if (key == Qt::Key_Escape && !m_search->text().isEmpty()) {
            m_search->clear();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void PalettePanel::addFirstMatch()
{
    const QModelIndex group = m_filter->index(0, 0);
    if (!m_search->text().isEmpty() && group.isValid())
        add(m_filter->index(0, 0, group));
}

void PalettePanel::add(const QModelIndex &index)
{
    const QString kind = index.data(PaletteModel::KindRole).toString();
    if (!kind.isEmpty())
        Q_EMIT addRequested(kind);
}

} // namespace headgate::ui
