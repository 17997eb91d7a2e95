#include "ui/editor/state_mark.h"

#include "ui/common/texts.h"

namespace headgate::ui {

namespace {

struct Look
{
    Token line;
    Token wash;
    QPainterPath sign; // in a box of 16 x 16
};

QPainterPath stroke(std::initializer_list<QPointF> points)
{
    QPainterPath path(*points.begin());
    for (const QPointF &point : points)
        path.lineTo(point);
    return path;
}

Look lookOf(NodeState state)
{
    switch (state) {
    case NodeState::Done:
        return {Token::Good, Token::GoodWash, stroke({{4.8, 8.4}, {7.2, 10.8}, {11.4, 5.6}})};
    case NodeState::Running:
        return {Token::Accent, Token::AccentWash, stroke({{6.6, 4.8}, {10, 8}, {6.6, 11.2}})};
    case NodeState::Failed: {
        QPainterPath cross = stroke({{5.4, 5.4}, {10.6, 10.6}});
        cross.addPath(stroke({{10.6, 5.4}, {5.4, 10.6}}));
        return {Token::Bad, Token::BadWash, cross};
    }
    case NodeState::Skipped:
        return {Token::TextFaint, Token::FlowWash, stroke({{5, 8}, {11, 8}})};
    case NodeState::Queued:
    case NodeState::Idle:
        break;
    }
    QPainterPath hands = stroke({{8, 4.8}, {8, 8.2}, {10.4, 9.6}});
    return {Token::TextFaint, Token::FlowWash, hands};
}

} // namespace

void paintStateMark(QPainter &painter, const QRectF &box, NodeState state, const Theme &theme)
{
    if (state == NodeState::Idle)
        return;
    const Look look = lookOf(state);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(box.topLeft());
    painter.scale(box.width() / 16, box.height() / 16);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(look.wash));
    painter.drawEllipse(QRectF(0, 0, 16, 16));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color(look.line), 1.7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(look.sign);
    painter.restore();
}

void paintProblemMark(QPainter &painter, const QRectF &box, policy::Problem::Severity severity,
                      const Theme &theme)
{
    const bool error = severity == policy::Problem::Severity::Error;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(box.topLeft());
    painter.scale(box.width() / 16, box.height() / 16);
    QPainterPath shape;
    if (error)
        shape.addEllipse(QRectF(1, 1, 14, 14));
    else
        shape.addPolygon(QPolygonF({{8, 1.6}, {15, 14.2}, {1, 14.2}, {8, 1.6}}));
    painter.setPen(QPen(theme.color(error ? Token::Bad : Token::Warning), 1, Qt::SolidLine,
                        Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(theme.color(error ? Token::Bad : Token::Warning));
    painter.drawPath(shape);
    painter.setPen(QPen(theme.color(Token::Surface), 1.8, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(8, error ? 4.6 : 6.2), QPointF(8, error ? 8.6 : 9.4));
    painter.drawPoint(QPointF(8, error ? 11.4 : 12.1));
    painter.restore();
}

QString stateText(NodeState state)
{
    switch (state) {
    case NodeState::Idle:
        return {};
    case NodeState::Queued:
        return Texts::tr("waiting");
    case NodeState::Running:
        return Texts::tr("running");
    case NodeState::Done:
        return Texts::tr("done");
    case NodeState::Skipped:
        return Texts::tr("skipped");
    case NodeState::Failed:
        return Texts::tr("failed");
    }
    return {};
}

void paintModeMark(QPainter &painter, const QRectF &box, policy::NodeMode mode, const Theme &theme)
{
    if (mode == policy::NodeMode::Active)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(box.topLeft());
    painter.scale(box.width() / 16, box.height() / 16);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(
        QPen(theme.color(Token::TextSecondary), 1.7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (mode == policy::NodeMode::Muted) {
        painter.drawEllipse(QRectF(1.6, 1.6, 12.8, 12.8));
        painter.drawLine(QPointF(3.8, 12.2), QPointF(12.2, 3.8));
    } else {
        QPainterPath jump(QPointF(1.5, 9));
        jump.cubicTo(4, 1.5, 11, 1.5, 13.6, 8);
        painter.drawPath(jump);
        painter.drawPath(stroke({{10.2, 7.2}, {13.8, 8.6}, {15, 4.6}}));
        painter.drawLine(QPointF(5, 13), QPointF(11, 13));
    }
    painter.restore();
}

QString modeText(policy::NodeMode mode)
{
    switch (mode) {
    case policy::NodeMode::Active:
        return {};
    case policy::NodeMode::Muted:
        return Texts::tr("muted");
    case policy::NodeMode::Bypassed:
        return Texts::tr("bypassed");
    }
    return {};
}

QString cutOffText()
{
    return Texts::tr("cut off");
}

QString cutOffSentence()
{
    return Texts::tr("No query gets here: muted nodes cut it off.");
}

} // namespace headgate::ui
