#include "ui/editor/problem_delegate.h"

#include "ui/common/theme.h"
#include "ui/editor/problems_model.h"
#include "ui/editor/state_mark.h"

#include <QPainter>

namespace headgate::ui {

namespace {

constexpr int kProblemRowHeight = 30;
constexpr int kTextLeft = 36;

} // namespace

ProblemDelegate::ProblemDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize ProblemDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.rect.width(), kProblemRowHeight};
}

void ProblemDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, m_theme.color(Token::AccentWash));
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, m_theme.color(Token::FlowWash));
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(m_theme.color(Token::Accent));
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
    const auto severity =
        policy::Problem::Severity(index.data(ProblemsModel::SeverityRole).toInt());
    const QRectF mark(option.rect.left() + 12, option.rect.center().y() - 6.5, 14, 14);
    paintProblemMark(*painter, mark, severity, m_theme);
    int button = 12;
    for (const int role : {ProblemsModel::MendRole, ProblemsModel::OtherMendRole}) {
        const QString mend = index.data(role).toString();
        if (!mend.isEmpty())
            button += option.fontMetrics.horizontalAdvance(mend) + 28;
    }
    paintSentence(*painter, option, option.rect.adjusted(kTextLeft, 0, -button, 0), index);
    painter->restore();
}

// The name is heavy where the sentence begins with it, as most do; else it stands before it.
void ProblemDelegate::paintSentence(QPainter &painter, const QStyleOptionViewItem &option,
                                    const QRect &room, const QModelIndex &index) const
{
    const QString where = index.data(ProblemsModel::WhereRole).toString();
    const QString name = where.section(QStringLiteral(" · "), 0, 0);
    QString sentence = index.data().toString();
    QFont heavy = option.font;
    heavy.setWeight(QFont::DemiBold);
    int left = room.left();
    const auto put = [&](const QFont &font, const QString &text) {
        painter.setFont(font);
        const QRect rest(left, room.top(), qMax(0, room.right() - left), room.height());
        const QFontMetrics metrics(font);
        painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(text, Qt::ElideRight, rest.width()));
        left += metrics.horizontalAdvance(text);
    };
    painter.setPen(m_theme.color(Token::Text));
    if (!name.isEmpty() && sentence.startsWith(name)) {
        put(heavy, name);
        sentence = sentence.mid(name.size());
    } else if (!name.isEmpty() && !sentence.contains(name)) {
        put(heavy, where + QStringLiteral("  "));
    }
    put(option.font, sentence);
}

} // namespace headgate::ui
