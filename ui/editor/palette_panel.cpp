#include "ui/editor/palette_panel.h"

#include "ui/common/style_sheet.h"
#include "ui/editor/kind_usage.h"
#include "ui/editor/palette_model.h"
#include "ui/editor/side_tree.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

PalettePanel::PalettePanel(const Theme &theme, KindUsage &usage, QWidget *parent)
    : QWidget(parent)
    , m_usage(usage)
    , m_search(new QLineEdit)
    , m_tree(makeSideTree(theme))
    , m_nothing(new QWidget)
    , m_grouped(new PaletteModel(theme, PaletteModel::Shape::Grouped, this, &usage))
    , m_flat(new PaletteModel(theme, PaletteModel::Shape::Flat, this, &usage))
    , m_filter(new PaletteFilter(this))
{
    setRole(this, Role::Panel);
    m_search->setObjectName(u"paletteSearch"_s);
    m_search->setPlaceholderText(tr("Search nodes"));
    m_search->setAccessibleName(tr("Search nodes"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);

    m_filter->setUsage(&usage);
    m_filter->setSourceModel(m_grouped);
    m_filter->sort(0);
    m_tree->setObjectName(u"paletteTree"_s);
    m_tree->setAccessibleName(tr("Kinds of nodes"));
    m_tree->setModel(m_filter);
    m_tree->setItemsExpandable(false);
    m_tree->setRootIsDecorated(false);
    m_tree->setIndentation(4);
    m_tree->setDragEnabled(true);
    m_tree->setDragDropMode(QAbstractItemView::DragOnly);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->installEventFilter(this);
    m_tree->expandAll();
    layOut();

    connect(m_search, &QLineEdit::textChanged, this, &PalettePanel::search);
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        if (!m_search->text().isEmpty())
            add(firstKind());
    });
    connect(m_tree, &QTreeView::activated, this, &PalettePanel::add);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &PalettePanel::openMenu);
    connect(&usage, &KindUsage::favouritesChanged, this, [this] { m_tree->expandAll(); });
}

void PalettePanel::layOut()
{
    auto *sentence = new QLabel(tr("No kind of node is called that."));
    setRole(sentence, Role::Secondary);
    sentence->setWordWrap(true);
    auto *clear = new QPushButton(tr("Clear the search"));
    clear->setObjectName(u"paletteClear"_s);
    setRole(clear, Role::Link);
    connect(clear, &QPushButton::clicked, m_search, &QLineEdit::clear);
    auto *nothing = new QVBoxLayout(m_nothing);
    nothing->setContentsMargins(0, 0, 12, 0);
    nothing->addWidget(sentence);
    nothing->addWidget(clear, 0, Qt::AlignLeft);
    nothing->addStretch();
    m_nothing->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 0, 4);
    layout->setSpacing(8);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(0, 0, 12, 0);
    top->addWidget(m_search);
    layout->addLayout(top);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_nothing, 1);
}

void PalettePanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void PalettePanel::search(const QString &text)
{
    const bool any = !text.trimmed().isEmpty();
    PaletteModel *wanted = any ? m_flat : m_grouped;
    if (m_filter->sourceModel() != wanted)
        m_filter->setSourceModel(wanted);
    m_filter->setSearch(text);
    m_tree->expandAll();
    m_tree->setCurrentIndex(any ? firstKind() : QModelIndex());
    m_tree->setVisible(m_filter->rowCount() > 0);
    m_nothing->setVisible(m_filter->rowCount() == 0);
}

QModelIndex PalettePanel::firstKind() const
{
    const QModelIndex top = m_filter->index(0, 0);
    return top.data(PaletteModel::KindRole).isValid() ? top : m_filter->index(0, 0, top);
}

bool PalettePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (watched == m_search && handleSearchKey(key))
        return true;
    if (watched == m_tree && handleTreeKey(key))
        return true;
    return QWidget::eventFilter(watched, event);
}

bool PalettePanel::handleSearchKey(int key)
{
    if (key == Qt::Key_Down) {
        m_tree->setFocus(Qt::OtherFocusReason);
        m_tree->setCurrentIndex(firstKind());
        return true;
    }
    if (key == Qt::Key_Escape && !m_search->text().isEmpty()) {
        m_search->clear();
        return true;
    }
    return false;
}

bool PalettePanel::handleTreeKey(int key)
{
    const bool onTop = m_tree->currentIndex() == firstKind();
    if (key == Qt::Key_Escape || (key == Qt::Key_Up && onTop)) {
        focusSearch();
        return true;
    }
    return false;
}

void PalettePanel::openMenu(const QPoint &place)
{
    QModelIndex index = m_tree->indexAt(place);
    if (!index.isValid())
        index = m_tree->currentIndex();
    const QString kind = index.data(PaletteModel::KindRole).toString();
    if (kind.isEmpty())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Add to the drawing"), this, [this, kind] {
        m_usage.noteUse(kind);
        Q_EMIT addRequested(kind);
    });
    const bool favourite = m_usage.isFavourite(kind);
    menu->addAction(favourite ? tr("Remove from &favourites") : tr("Make it a &favourite"), this,
                    [this, kind, favourite] { m_usage.setFavourite(kind, !favourite); });
    menu->popup(m_tree->viewport()->mapToGlobal(place));
}

void PalettePanel::add(const QModelIndex &index)
{
    const QString kind = index.data(PaletteModel::KindRole).toString();
    if (kind.isEmpty())
        return;
    m_usage.noteUse(kind);
    Q_EMIT addRequested(kind);
}

} // namespace headgate::ui
