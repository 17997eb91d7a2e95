#include "ui/editor/side_tree.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QPainter>
#include <QStyledItemDelegate>
#include <QTreeView>

namespace headgate::ui {

namespace {

constexpr int kIcon = 18;
constexpr int kIconGap = 8;
constexpr int kRowMark = 14;

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
        return {kIcon + 2 * kIconGap + text, isCaption(index) ? 30 : 26};
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
            text.setLeft(icon.right() + kIconGap);
            font.setWeight(selected ? QFont::DemiBold : QFont::Normal);
            const bool dim = index.data(DimRole).toBool();
            painter->setPen(m_theme.color(selected ? Token::Accent
                                          : dim    ? Token::TextSecondary
                                                   : Token::Text));
            if (option.state & QStyle::State_HasFocus)
                paintFocus(*painter, option);
            text.setRight(paintMark(*painter, text, index));
        }
        painter->setFont(font);
        const QString shown = painter->fontMetrics().elidedText(index.data().toString(),
                                                                Qt::ElideRight, text.width());
        painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter, shown);
        painter->restore();
    }

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override
    {
        QWidget *editor = QStyledItemDelegate::createEditor(parent, option, index);
        if (editor)
            editor->setAccessibleName(tr("Name of %1").arg(index.data().toString()));
        return editor;
    }

private:
    // Where focus is, also on a row that is not selected.
    void paintFocus(QPainter &painter, const QStyleOptionViewItem &option) const
    {
        const QPen ink = painter.pen();
        painter.setPen(m_theme.color(Token::Accent));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
        painter.setPen(ink);
    }

    // Returns where the text has to end.
    int paintMark(QPainter &painter, const QRect &room, const QModelIndex &index) const
    {
        const QString mark = index.data(MarkRole).toString();
        if (mark.isEmpty())
            return room.right();
        const QVariant ink = index.data(MarkInkRole);
        const QRect place(room.right() - kRowMark - 10, room.center().y() - kRowMark / 2 + 1,
                          kRowMark, kRowMark);
        paintIcon(painter, place, mark,
                  m_theme.color(ink.isValid() ? Token(ink.toInt()) : Token::TextFaint));
        return place.left() - 4;
    }

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
