#include "ui/editor/note_look.h"

#include "ui/common/texts.h"
#include "ui/editor/canvas_metrics.h"
#include "ui/editor/node_card.h"

#include <QPainter>
#include <QTextLayout>
#include <QTextOption>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr double kPadding = 12;
constexpr double kHandle = 14;
constexpr double kTitleHeight = 20;

void paintSheet(QPainter &painter, const NodeCard &card, const Theme &theme)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(Token::Line), 1));
    painter.setBrush(theme.color(Token::FlowWash));
    painter.drawRoundedRect(card.rect(), Theme::kCardRadius, Theme::kCardRadius);
}

// Paragraph by paragraph, only the lines that fit; the last one says that there is more. Drawn line
// by line, since not every paint device clips.
void paintWrapped(QPainter &painter, const QRectF &area, const QString &text)
{
    const QFontMetricsF metrics(painter.font());
    double top = area.top();
    const auto fits = [&](double above) { return above + metrics.height() <= area.bottom() + 1; };
    const QStringList paragraphs = text.split(u'\n');
    for (qsizetype i = 0; i < paragraphs.size() && fits(top); ++i) {
        QTextLayout layout(paragraphs[i], painter.font());
        layout.setTextOption(QTextOption(Qt::AlignLeft));
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid() && fits(top);
             line = layout.createLine()) {
            line.setLineWidth(area.width());
            const qsizetype end = line.textStart() + line.textLength();
            const bool more = end < paragraphs[i].size() || i + 1 < paragraphs.size();
            const QString shown = paragraphs[i].mid(line.textStart(), line.textLength());
            const bool cut = more && !fits(top + metrics.height());
            painter.drawText(
                QPointF(area.left(), top + metrics.ascent()),
                cut ? metrics.elidedText(shown.trimmed() + u" …"_s, Qt::ElideRight, area.width())
                    : shown);
            top += metrics.height();
        }
        layout.endLayout();
    }
}

} // namespace

QRectF noteTextArea(const QRectF &note)
{
    return note.adjusted(kPadding, kPadding - 2 + kTitleHeight, -kPadding, -kPadding + 4);
}

QRectF noteHandle(const QRectF &note)
{
    return {note.bottomRight() - QPointF(kHandle, kHandle), QSizeF(kHandle, kHandle)};
}

void paintNote(QPainter &painter, const NodeCard &card, const Theme &theme, Medium medium)
{
    paintSheet(painter, card, theme);
    const QRectF area = noteTextArea(card.rect());
    painter.setFont(canvasFont(kCaptionPixels, QFont::DemiBold));
    painter.setPen(theme.color(Token::TextSecondary));
    const QRectF heading(area.left(), kPadding - 4, area.width(), kTitleHeight);
    painter.drawText(
        heading, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(card.title, Qt::ElideRight, int(heading.width())));
    painter.setFont(canvasFont(kNotePixels));
    const bool empty = card.text.trimmed().isEmpty();
    painter.setPen(theme.color(empty ? Token::TextFaint : Token::Text));
    if (medium == Medium::Paper) {
        paintWrapped(painter, area, card.text);
        return;
    }
    paintWrapped(painter, area, empty ? Texts::tr("Double-click to write") : card.text);
    const QRectF handle = noteHandle(card.rect());
    painter.setPen(QPen(theme.color(Token::TextFaint), 1.2, Qt::SolidLine, Qt::RoundCap));
    for (const double inset : {4.0, 8.0})
        painter.drawLine(QPointF(handle.right() - 3, handle.bottom() - inset),
                         QPointF(handle.right() - inset, handle.bottom() - 3));
}

void paintNoteBlock(QPainter &painter, const NodeCard &card, const Theme &theme)
{
    paintSheet(painter, card, theme);
    painter.setPen(QPen(theme.color(Token::TextFaint), 3, Qt::SolidLine, Qt::RoundCap));
    const QRectF area = card.rect().adjusted(14, 18, -14, -14);
    for (double y = area.top(); y <= area.bottom(); y += 16)
        painter.drawLine(
            QPointF(area.left(), y),
            QPointF(area.right() - (y + 16 > area.bottom() ? area.width() / 3 : 0), y));
}

} // namespace headgate::ui
