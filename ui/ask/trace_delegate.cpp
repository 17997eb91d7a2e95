#include "ui/ask/trace_delegate.h"

#include "ui/ask/trace_model.h"
#include "ui/common/kind_style.h"
#include "ui/common/theme.h"

#include <QPainter>

namespace headgate::ui {

namespace {

constexpr int kBarHeight = 12;
constexpr int kMinimumBar = 2;

QFont fontOf(int pixelSize, bool bold)
{
    QFont font;
    font.setPixelSize(pixelSize);
    font.setWeight(bold ? QFont::DemiBold : QFont::Normal);
    return font;
}

} // namespace

TraceDelegate::TraceDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize TraceDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {60, kRowHeight};
}

void TraceDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->fillRect(option.rect, m_theme.color(selected ? Token::AccentWash : Token::Surface));
    const QRect area = option.rect.adjusted(4, 0, -4, 0);
    switch (index.column()) {
    case TraceModel::StepColumn:
        paintStep(painter, area, index, selected);
        break;
    case TraceModel::BarColumn:
        paintBar(painter, area, index);
        break;
    default:
        painter->setPen(m_theme.color(Token::TextSecondary));
        painter->setFont(Theme::figureFont(12));
        painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter,
                          index.data(Qt::DisplayRole).toString());
    }
    painter->restore();
}

void TraceDelegate::paintStep(QPainter *painter, const QRect &area, const QModelIndex &index,
                              bool selected) const
{
    const bool failed = index.data(TraceModel::FailedRole).toBool();
    const auto line = [&](int top, const QFont &font, Token token, const QString &text) {
        painter->setFont(font);
        painter->setPen(m_theme.color(token));
        const QFontMetrics metrics(font);
        painter->drawText(QRect(area.left(), area.top() + top, area.width(), metrics.height()),
                          Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(text, Qt::ElideRight, area.width()));
    };
    line(3, fontOf(13, true), selected ? Token::Accent : Token::Text,
         index.data(Qt::DisplayRole).toString());
    line(20, fontOf(11, false), failed ? Token::Bad : Token::TextSecondary,
         index.data(TraceModel::SubtitleRole).toString());
}

QColor TraceDelegate::barColor(const QModelIndex &index) const
{
    if (index.data(TraceModel::FailedRole).toBool())
        return m_theme.color(Token::Bad);
    return m_theme.color(kindStyle(index.data(TraceModel::KindRole).toString()).ink);
}

void TraceDelegate::paintBar(QPainter *painter, const QRect &area, const QModelIndex &index) const
{
    if (m_span.count() <= 0)
        return;
    const auto xOf = [&](qint64 nanoseconds) {
        return area.left() +
               int(double(area.width()) * double(nanoseconds) / double(m_span.count()));
    };
    const int left = xOf(index.data(TraceModel::StartRole).toLongLong());
    const int right = qMax(xOf(index.data(TraceModel::EndRole).toLongLong()), left + kMinimumBar);
    const QRect bar(left, area.center().y() - kBarHeight / 2, right - left, kBarHeight);

    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    QColor color = barColor(index);
    if (index.data(TraceModel::DiscardedRole).toBool())
        color.setAlphaF(0.45F);
    painter->setBrush(color);
    painter->drawRoundedRect(bar, 2, 2);

    const QVariant firstToken = index.data(TraceModel::FirstTokenRole);
    if (firstToken.isValid()) {
        QRect waiting = bar;
        waiting.setRight(qBound(bar.left(), xOf(firstToken.toLongLong()), bar.right()));
        QColor veil = m_theme.color(Token::Surface);
        veil.setAlphaF(0.55F);
        painter->setBrush(veil);
        painter->drawRect(waiting);
    }
    if (m_simulated && firstToken.isValid()) {
        QColor hatch = m_theme.color(Token::Surface);
        hatch.setAlphaF(0.35F);
        painter->setBrush(QBrush(hatch, Qt::BDiagPattern));
        painter->drawRect(bar);
    }
}

} // namespace headgate::ui
