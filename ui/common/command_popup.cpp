#include "ui/common/command_popup.h"

#include "ui/common/command_model.h"
#include "ui/common/settings.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kWidth = 600;
constexpr int kCommandRowHeight = 32;
constexpr int kRowsShown = 11;
constexpr int kTopGap = 40;
constexpr qsizetype kRecentCommandLimit = 20;
constexpr int kSectionWidth = 76;

// Icon, title and what is beside it; at the right the shortcut and the section.
class CommandDelegate final : public QStyledItemDelegate
{
public:
    CommandDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {0, kCommandRowHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        painter->save();
        const bool current = option.state & QStyle::State_Selected;
        if (current) {
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(m_theme.color(Token::AccentWash));
            painter->drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), Theme::kControlRadius,
                                     Theme::kControlRadius);
        }
        QRect room = option.rect.adjusted(10, 0, -10, 0);
        index.data(Qt::DecorationRole)
            .value<QIcon>()
            .paint(painter, QRect(room.left(), room.center().y() - 8, 18, 18));
        room.setLeft(room.left() + 28);
        room.setRight(paintRight(*painter, option, room, index));
        const int used = paintText(*painter, option.font, room, index.data().toString(),
                                   current ? Token::Accent : Token::Text);
        room.setLeft(room.left() + used + 10);
        QFont small = option.font;
        small.setPixelSize(Theme::kSecondarySize);
        paintText(*painter, small, room, index.data(CommandModel::DetailRole).toString(),
                  Token::TextSecondary);
        painter->restore();
    }

private:
    int paintText(QPainter &painter, const QFont &font, const QRect &room, const QString &text,
                  Token ink) const
    {
        painter.setFont(font);
        painter.setPen(m_theme.color(ink));
        const QString shown =
            painter.fontMetrics().elidedText(text, Qt::ElideRight, qMax(0, room.width()));
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, shown);
        return painter.fontMetrics().horizontalAdvance(shown);
    }

    // Returns where it begins.
    int paintRight(QPainter &painter, const QStyleOptionViewItem &option, QRect room,
                   const QModelIndex &index) const
    {
        QFont small = option.font;
        small.setPixelSize(Theme::kCaptionSize);
        painter.setFont(small);
        painter.setPen(m_theme.color(Token::TextSecondary));
        const QRect section(room.right() - kSectionWidth, room.top(), kSectionWidth, room.height());
        painter.drawText(section, Qt::AlignRight | Qt::AlignVCenter,
                         index.data(CommandModel::SectionRole).toString());
        const QString keys = index.data(CommandModel::ShortcutRole).toString();
        room.setRight(section.left() - 8);
        painter.setPen(m_theme.color(Token::Text));
        painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter, keys);
        return room.right() - painter.fontMetrics().horizontalAdvance(keys) - 12;
    }

    const Theme &m_theme;
};

} // namespace

CommandPopup::CommandPopup(const Theme &theme, Settings &settings, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_settings(settings)
    , m_model(new CommandModel(this))
    , m_search(new QLineEdit)
    , m_list(new QListView)
    , m_nothing(new QLabel(tr("Nothing here is called that.")))
{
    setObjectName(u"commandPopup"_s);
    setAccessibleName(tr("Go to anything"));
    setRole(this, Role::Card);
    m_search->setObjectName(u"commandSearch"_s);
    m_search->setAccessibleName(tr("Go to anything"));
    m_search->installEventFilter(this);
    m_list->setObjectName(u"commandList"_s);
    m_list->setAccessibleName(tr("What the search finds"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate(theme, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setRole(m_nothing, Role::Secondary);
    m_nothing->setObjectName(u"commandNothing"_s);
    m_nothing->setContentsMargins(10, 8, 10, 8);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    layout->addWidget(m_search);
    layout->addWidget(m_list);
    layout->addWidget(m_nothing);
    connect(m_search, &QLineEdit::textChanged, this, &CommandPopup::showMatches);
    connect(m_list, &QListView::clicked, this,
            [this](const QModelIndex &index) { choose(index.row()); });
}

void CommandPopup::open(Offer offer)
{
    const bool actionsOnly = offer == Offer::ActionsOnly;
    m_search->setPlaceholderText(
        actionsOnly ? tr("Search commands") : tr("Search modes, commands, nodes, files, settings"));
    m_model->setSources(m_sources, actionsOnly, m_settings.get(settings::kRecentCommands));
    m_search->clear();
    showMatches({});
    const QWidget *window = parentWidget()->window();
    const int width = qMin(kWidth, window->width() - 48);
    setFixedWidth(width);
    adjustSize();
    move(window->mapToGlobal(QPoint((window->width() - width) / 2, kTopGap)));
    show();
    m_search->setFocus(Qt::PopupFocusReason);
}

void CommandPopup::showMatches(const QString &search)
{
    m_model->setSearch(search.trimmed());
    const int rows = m_model->rowCount();
    m_list->setVisible(rows > 0);
    m_nothing->setVisible(rows == 0);
    m_list->setFixedHeight(qMin(rows, kRowsShown) * kCommandRowHeight + 2);
    layout()->activate();
    resize(width(), sizeHint().height());
    setCurrent(0);
}

void CommandPopup::setCurrent(int row)
{
    const int last = m_model->rowCount() - 1;
    const QModelIndex index = m_model->index(qBound(0, row, qMax(0, last)), 0);
    m_list->setCurrentIndex(index);
    // Focus stays in the field, so what is current is told as the field's description.
    m_search->setAccessibleDescription(last < 0 ? m_nothing->text()
                                                : index.data(Qt::AccessibleTextRole).toString());
    QAccessibleEvent changed(m_search, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

bool CommandPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress &&
        handleKey(static_cast<QKeyEvent *>(event)->key()))
        return true;
    return QFrame::eventFilter(watched, event);
}

bool CommandPopup::handleKey(int key)
{
    const int row = m_list->currentIndex().row();
    switch (key) {
    case Qt::Key_Down:
        setCurrent(row + 1);
        return true;
    case Qt::Key_Up:
        setCurrent(row - 1);
        return true;
    case Qt::Key_PageDown:
        setCurrent(row + kRowsShown);
        return true;
    case Qt::Key_PageUp:
        setCurrent(row - kRowsShown);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(row);
        return true;
    default:
        return false;
    }
}

void CommandPopup::choose(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    const Command chosen = m_model->command(row);
    QStringList recent = m_settings.get(settings::kRecentCommands);
    recent.removeAll(chosen.id);
    recent.prepend(chosen.id);
    m_settings.set(settings::kRecentCommands, recent.mid(0, kRecentCommandLimit));
    hide(); // focus goes back to where it was before the command runs
    if (chosen.run)
        chosen.run();
}

} // namespace headgate::ui
