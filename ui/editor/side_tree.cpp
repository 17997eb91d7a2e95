#include "ui/editor/side_tree.h"

#include "ui/common/theme.h"
#include "ui/editor/palette_model.h"

#include <QPainter>
#include <QStyledItemDelegate>
#include <QTreeView>

namespace headgate::ui {

namespace {

// Rows that cannot be selected are captions of what stands below them.
class SideTreeDelegate final : public QStyledItemDelegate
{
public:
    SideTreeDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const bool caption = !(index.flags() & Qt::ItemIsSelectable);
        return {QStyledItemDelegate::sizeHint(option, index).width(), caption ? 30 : 26};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        if (index.flags() & Qt::ItemIsSelectable) {
            QStyledItemDelegate::paint(painter, option, index);
            return;
        }
        painter->save();
        QFont font = option.font;
        font.setPixelSize(Theme::kCaptionSize);
        font.setWeight(QFont::DemiBold);
        painter->setFont(font);
        painter->setPen(m_theme.color(Token::TextSecondary));
        painter->drawText(option.rect.adjusted(0, 4, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                          index.data().toString());
        painter->restore();
    }

private:
    const Theme &m_theme;
};

} // namespace

QTreeView *makeSideTree(const Theme &theme)
{
    auto *tree = new QTreeView;
    tree->setHeaderHidden(true);
    tree->setFrameShape(QFrame::NoFrame);
    tree->setIconSize({18, 18});
    tree->setUniformRowHeights(false);
    tree->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    tree->setTextElideMode(Qt::ElideRight);
    // All is open all the time, so there is nothing to open and close.
    tree->setStyleSheet(QStringLiteral("QTreeView::branch:has-children:open, "
                                       "QTreeView::branch:has-children:closed { image: none; }"));
    tree->setItemDelegate(new SideTreeDelegate(theme, tree));
    QObject::connect(&theme, &Theme::changed, tree->viewport(), qOverload<>(&QWidget::update));
    return tree;
}

} // namespace headgate::ui
