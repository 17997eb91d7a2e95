#include "ui/editor/node_card.h"

#include "ui/common/icons.h"
#include "ui/common/kind_style.h"
#include "ui/common/number_format.h"
#include "ui/common/texts.h"
#include "ui/editor/canvas_metrics.h"
#include "ui/editor/node_look.h"
#include "ui/editor/note_look.h"
#include "ui/editor/state_mark.h"

#include <QPainter>
#include <QPainterPath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr double kCardMargin = 12;
constexpr double kTile = 26;
constexpr double kCardMark = 16;
constexpr double kStripe = 4; // of a simulated model
constexpr float kHatchOpacity = 0.5F;
constexpr double kLeastBadge = 30; // less room would show no more than dots

// Strength of what takes no part.
double fading(const Theme &theme)
{
    return theme.scheme() == Scheme::HighContrast ? 0.75 : 0.5;
}

QPen linePen(const QColor &color, double width, Qt::PenStyle style = Qt::SolidLine)
{
    return {color, width, style, Qt::RoundCap, Qt::RoundJoin};
}

QPen dashed(QPen pen, const QList<qreal> &pattern)
{
    pen.setCapStyle(Qt::FlatCap);
    pen.setDashPattern(pattern);
    return pen;
}

void drawCard(QPainter &painter, const QRectF &rect)
{
    painter.drawRoundedRect(rect, Theme::kCardRadius, Theme::kCardRadius);
}

// Modes before states: what takes no part has no state that counts.
QPen outlineOf(const NodeCard &card, const Theme &theme)
{
    const QColor faint = theme.color(Token::TextFaint);
    if (card.mode == policy::NodeMode::Muted)
        return dashed(linePen(faint, 1.4), {6, 4});
    if (card.mode == policy::NodeMode::Bypassed)
        return dashed(linePen(faint, 1.4), {8, 3, 1.5, 3});
    if (card.isCutOff)
        return linePen(faint, 1.2, Qt::DotLine);
    switch (card.run.state) {
    case NodeState::Running:
        return linePen(theme.color(Token::Accent), 2);
    case NodeState::Failed:
        return linePen(theme.color(Token::Bad), 1.6, Qt::DashLine);
    case NodeState::Skipped:
        return linePen(faint, 1.2, Qt::DotLine);
    case NodeState::Queued:
        return dashed(linePen(faint, 1), {4, 3});
    case NodeState::Idle:
    case NodeState::Done:
        break;
    }
    return linePen(theme.color(Token::Line), 1);
}

// Slanted bars along the upper edge. Drawn as shapes, since not every paint device clips.
void paintSimulatedStripe(QPainter &painter, const NodeCard &card, const Theme &theme)
{
    QPainterPath corners;
    corners.addRoundedRect(card.rect(), Theme::kCardRadius, Theme::kCardRadius);
    QPainterPath bars;
    for (double x = -6; x < card.size.width() + 6; x += 9)
        bars.addPolygon(
            QPolygonF({{x, kStripe}, {x + 4, 0}, {x + 8.5, 0}, {x + 4.5, kStripe}, {x, kStripe}}));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Token::Model));
    painter.drawPath(bars.intersected(corners));
}

// What no case comes to. Below all that is written on the card.
void paintHatching(QPainter &painter, const NodeCard &card, const Theme &theme)
{
    QColor color = theme.color(Token::Wire);
    color.setAlphaF(kHatchOpacity);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QBrush(color, Qt::BDiagPattern));
    drawCard(painter, card.rect());
}

void paintShadow(QPainter &painter, const NodeCard &card, const Theme &theme)
{
    painter.setPen(Qt::NoPen);
    for (const double reach : {3.0, 1.5}) {
        painter.setBrush(QColor(0, 0, 0, theme.isDark() ? 46 : 10));
        drawCard(painter, card.rect().translated(0, reach).adjusted(-reach / 3, 0, reach / 3, 0));
    }
}

// The marks at the right end of the header; returns where they begin.
double paintMarks(QPainter &painter, const NodeCard &card, const Theme &theme, double top,
                  double size, double right)
{
    const auto box = [&right, top, size] {
        right -= size;
        const QRectF place(right, top, size, size);
        right -= size / 4;
        return place;
    };
    if (card.mode != policy::NodeMode::Active)
        paintModeMark(painter, box(), card.mode, theme);
    else if (card.run.state != NodeState::Idle)
        paintStateMark(painter, box(), card.run.state, theme);
    if (card.problem)
        paintProblemMark(painter, box(), *card.problem, theme);
    return right;
}

void paintHeader(QPainter &painter, const NodeCard &card, const Theme &theme)
{
    paintKindTile(painter, {kCardMargin, 15, kTile, kTile}, card.kind, theme);
    const double opacity = painter.opacity();
    painter.setOpacity(1); // marks stay clear on a faded card
    const double right =
        paintMarks(painter, card, theme, 14, kCardMark, card.size.width() - kCardMargin);
    painter.setOpacity(opacity);
    const double left = kCardMargin + kTile + 9;
    painter.setFont(canvasFont(kTitlePixels, QFont::DemiBold));
    painter.setPen(theme.color(Token::Text));
    const QRectF titleBox(left, 12, right - left, 18);
    painter.drawText(
        titleBox, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(card.title, Qt::ElideRight, int(titleBox.width())));
    painter.setFont(canvasFont(kCaptionPixels));
    painter.setPen(theme.color(Token::TextSecondary));
    const QRectF summaryBox(left, 30, card.size.width() - kCardMargin / 2 - left, 16);
    painter.drawText(
        summaryBox, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(card.summary, Qt::ElideRight, int(summaryBox.width())));
}

// What the strip says where there are no badges.
QString stripText(const NodeCard &card)
{
    if (card.mode != policy::NodeMode::Active)
        return modeText(card.mode);
    if (card.isCutOff)
        return cutOffText();
    return card.run.state == NodeState::Idle ? kindLabel(card.kind) : stateText(card.run.state);
}

Badges badgesOf(const NodeCard &card)
{
    if (card.badges != BadgeMode::OnHover)
        return badgesOf(card.run, card.badges);
    return card.hovered ? badgesOf(card.run) : Badges();
}

// What recorded runs say of the node.
QStringList recordedTexts(const NodeCard &card)
{
    QStringList texts;
    if (!card.remark.isEmpty())
        texts.append(card.remark);
    const bool shown =
        card.badges == BadgeMode::All || (card.badges == BadgeMode::OnHover && card.hovered);
    if (card.traffic && shown)
        texts.append(Texts::tr("%1 of traffic", "percentage").arg(formatPercent(*card.traffic, 0)));
    return texts;
}

void paintStrip(QPainter &painter, const NodeCard &card, const Theme &theme)
{
    const double top = card.size.height() - kStripHeight;
    painter.setPen(linePen(theme.color(Token::Line), 1));
    painter.drawLine(QPointF(0.5, top), QPointF(card.size.width() - 0.5, top));
    QRectF box(kCardMargin, top, card.size.width() - 2 * kCardMargin, kStripHeight);
    if (card.simulated) {
        painter.setFont(canvasFont(9, QFont::DemiBold));
        painter.setPen(theme.color(Token::Model));
        painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, u"SIM"_s);
        box.setRight(box.right() - 26);
    }
    const auto write = [&](const QString &text, Token token, QFont::Weight weight) {
        if (text.isEmpty() || box.width() < kLeastBadge)
            return;
        painter.setFont(canvasFont(kCaptionPixels, weight));
        painter.setPen(theme.color(token));
        const QString shown =
            painter.fontMetrics().elidedText(text, Qt::ElideRight, int(box.width()));
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, shown);
        box.setLeft(box.left() + painter.fontMetrics().horizontalAdvance(shown) + 8);
    };
    if (card.mode != policy::NodeMode::Active || card.isCutOff) {
        write(stripText(card), Token::TextFaint, QFont::Normal);
        return;
    }
    if (card.previewed) {
        write(card.remark, Token::Text, QFont::Normal);
        return;
    }
    if (card.run.state == NodeState::Running && !card.run.tail.isEmpty()) {
        // Its newest words, at the right where they come in.
        painter.setFont(canvasFont(kCaptionPixels));
        painter.setPen(theme.color(Token::Accent));
        painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(card.run.tail.simplified(), Qt::ElideLeft,
                                                          int(box.width())));
        return;
    }
    const double left = box.left();
    const Badges badges = badgesOf(card);
    write(badges.time, Token::Text, QFont::DemiBold);
    write(badges.cost, Token::Text, QFont::DemiBold);
    write(badges.rest, Token::TextSecondary, QFont::Normal);
    painter.setFont(canvasFont(kCaptionPixels));
    for (const QString &text : recordedTexts(card)) {
        if (painter.fontMetrics().horizontalAdvance(text) <= box.width())
            write(text, Token::TextSecondary, QFont::Normal);
    }
    if (box.left() == left)
        write(stripText(card), Token::TextFaint, QFont::Normal);
}

// The wire of a bypassed node goes on through it.
void paintPassThrough(QPainter &painter, const NodeCard &card, const Theme &theme)
{
    painter.setPen(linePen(theme.color(Token::TextFaint), 1.4));
    painter.drawLine(QPointF(0, kFirstPortY), QPointF(card.size.width() - 16, kFirstPortY));
    painter.drawLine(QPointF(card.size.width() - 16, kFirstPortY),
                     QPointF(card.size.width(), card.passThroughY));
}

} // namespace

QRectF NodeCard::scoresArea() const
{
    return scores ? QRectF(kCardMargin, kHeaderHeight - 4, size.width() - 2 * kCardMargin,
                           scores->height() - 2)
                  : QRectF();
}

bool NodeCard::isFaded() const
{
    return mode != policy::NodeMode::Active || isCutOff || run.state == NodeState::Skipped;
}

void paintCard(QPainter &painter, const NodeCard &card, const Theme &theme, Medium medium)
{
    if (card.isNote) {
        paintNote(painter, card, theme, medium);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    const double opacity = painter.opacity();
    if (!card.isFaded())
        paintShadow(painter, card, theme);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Token::Surface));
    drawCard(painter, card.rect());
    if (card.isUntaken)
        paintHatching(painter, card, theme);
    if (card.isFaded())
        painter.setOpacity(opacity * fading(theme));
    if (card.simulated)
        paintSimulatedStripe(painter, card, theme);
    paintHeader(painter, card, theme);
    if (card.scores) {
        GateScores scores = *card.scores;
        scores.threshold = card.previewed.value_or(scores.threshold);
        paintGateScores(painter, card.scoresArea(), scores, theme);
    }
    if (card.hasStrip)
        paintStrip(painter, card, theme);
    painter.setOpacity(opacity);
    if (card.mode == policy::NodeMode::Bypassed)
        paintPassThrough(painter, card, theme);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(outlineOf(card, theme));
    drawCard(painter, card.rect());
}

void paintBlock(QPainter &painter, const NodeCard &card, const Theme &theme, bool titled)
{
    if (card.isNote) {
        paintNoteBlock(painter, card, theme);
        return;
    }
    const KindStyle style = kindStyle(card.kind);
    painter.setRenderHint(QPainter::Antialiasing);
    const double opacity = painter.opacity();
    if (card.isFaded())
        painter.setOpacity(opacity * fading(theme));
    painter.setPen(outlineOf(card, theme));
    painter.setBrush(theme.color(style.wash));
    drawCard(painter, card.rect());
    if (card.isUntaken)
        paintHatching(painter, card, theme);
    if (card.simulated)
        paintSimulatedStripe(painter, card, theme);
    painter.setOpacity(opacity);
    if (card.mode == policy::NodeMode::Bypassed)
        paintPassThrough(painter, card, theme);
    const double right =
        paintMarks(painter, card, theme, 10, 26, card.size.width() - kCardMargin / 2);
    if (card.isFaded())
        painter.setOpacity(opacity * fading(theme));
    if (!titled) {
        paintIcon(painter, {kCardMargin, 12, 32, 32}, style.icon, theme.color(style.ink));
    } else {
        painter.setFont(canvasFont(kFarTitlePixels, QFont::DemiBold));
        painter.setPen(theme.color(Token::Text));
        const QRectF box(kCardMargin, 9, right - kCardMargin, 32);
        painter.drawText(
            box, Qt::AlignLeft | Qt::AlignVCenter,
            painter.fontMetrics().elidedText(card.title, Qt::ElideRight, int(box.width())));
    }
    painter.setOpacity(opacity);
}

void paintSelection(QPainter &painter, const NodeCard &card, const Theme &theme)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(linePen(theme.color(Token::Accent), 2));
    drawCard(painter, card.rect());
}

size_t blockKey(const NodeCard &card)
{
    const int problem = card.problem ? 1 + int(*card.problem) : 0;
    return qHashMulti(0, card.kind, card.size.width(), card.size.height(), card.simulated,
                      int(card.mode), card.isCutOff, card.isUntaken, int(card.run.state), problem);
}

} // namespace headgate::ui
