#include "ui/editor/side_tree.h"

#include "ui/common/theme.h"
#include "ui/editor/palette_model.h"

#include <QPainter>
#include <QStyledItemDelegate>
#include <QTreeView>

namespace headgate::ui {

namespace {

constexpr int kIcon = 18;
constexpr int kGap = 8;

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
        const int text = option.fontMetrics.horizontalAdvance(index.data().toString());
        return {kIcon + 2 * kGap + text, isCaption(index) ? 30 : 26};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        painter->save();
        const bool selected = option.state & QStyle::State_Selected;
        QFont font = option.font;
        QRect text = option.rect;
        if (isCaption(index)) {
            font.setPixelSize(Theme::kCaptionSize);
            font.setWeight(QFont::DemiBold);
            painter->setPen(m_theme.color(Token::TextSecondary));
            text.adjust(0, 4, 0, 0);
        } else {
            if (selected || option.state & QStyle::State_MouseOver)
                painter->fillRect(option.rect,
                                  m_theme.color(selected ? Token::AccentWash : Token::FlowWash));
            const QRect icon(text.left() + 4, text.center().y() - kIcon / 2 + 1, kIcon, kIcon);
            index.data(Qt::DecorationRole).value<QIcon>().paint(painter, icon);
            text.setLeft(icon.right() + kGap);
            font.setWeight(selected ? QFont::DemiBold : QFont::Normal);
            painter->setPen(m_theme.color(selected ? Token::Accent : Token::Text));
        }
        painter->setFont(font);
        const QString shown = painter->fontMetrics().elidedText(index.data().toString(),
                                                                Qt::ElideRight, text.width());
        painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter, shown);
        painter->restore();
    }

private:
    static bool isCaption(const QModelIndex &index)
    {
        return !(index.flags() & Qt::ItemIsSelectable);
    }

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
