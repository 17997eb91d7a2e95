#include "ui/editor/group_frame.h"

#include "ui/common/number_format.h"
#include "ui/common/texts.h"
#include "ui/common/theme.h"
#include "ui/editor/canvas_metrics.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/state_mark.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace headgate::ui {

using policy::NodeId;

namespace {

constexpr double kAround = 20; // between members and the frame
constexpr double kHeader = 28;
constexpr double kFrameMargin = 12;
constexpr double kChevron = 10;
constexpr double kPortRadius = 4; // of ports

QPen framePen(const QColor &color, double width)
{
    return {color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

QRectF frameAround(const QList<NodeId> &nodes, const PolicyScene &scene)
{
    QRectF around;
    for (const NodeId &id : nodes) {
        if (const NodeItem *item = scene.nodeItem(id))
            around |= item->place();
    }
    return around.adjusted(-kAround, -kAround - kHeader + 8, kAround, kAround);
}

// The wires across the border decide which ports the card has.
void layOutCard(GroupFrame &frame, const policy::PolicyDocument &document, const PolicyScene &scene)
{
    const QSet<NodeId> inside(frame.nodes.cbegin(), frame.nodes.cend());
    QRectF members;
    for (const NodeId &id : frame.nodes) {
        const NodeItem *item = scene.nodeItem(id);
        if (!item)
            continue;
        members |= item->place();
        for (const PortItem *port : item->outPorts()) {
            const auto to = document.target(id, port->port().name);
            if (to && !inside.contains(*to))
                frame.outPorts.append({id, port->port(), {}});
        }
    }
    frame.hasInput =
        std::any_of(document.wires.cbegin(), document.wires.cend(), [&](const policy::Wire &wire) {
            return inside.contains(wire.to) && !inside.contains(wire.from);
        });
    const double ports = kFirstPortY + kPortStep * double(frame.outPorts.size() - 1) + 16;
    const double height = qMax(kHeaderHeight + kStripHeight, std::ceil(ports / kGrid) * kGrid);
    frame.rect = QRectF(members.topLeft(), QSizeF(kCardWidth, height));
    for (qsizetype i = 0; i < frame.outPorts.size(); ++i)
        frame.outPorts[i].place =
            frame.rect.topLeft() + QPointF(kCardWidth, kFirstPortY + kPortStep * double(i));
}

void paintChevron(QPainter &painter, QPointF middle, bool open, const Theme &theme)
{
    const double reach = kChevron / 2.8;
    QPainterPath path;
    if (open) {
        path.moveTo(middle + QPointF(-reach, -reach / 2));
        path.lineTo(middle + QPointF(0, reach / 2));
        path.lineTo(middle + QPointF(reach, -reach / 2));
    } else {
        path.moveTo(middle + QPointF(-reach / 2, -reach));
        path.lineTo(middle + QPointF(reach / 2, 0));
        path.lineTo(middle + QPointF(-reach / 2, reach));
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(framePen(theme.color(Token::TextSecondary), 1.7));
    painter.drawPath(path);
}

void writeElided(QPainter &painter, const QRectF &box, const QString &text)
{
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, int(box.width())));
}

int rankOf(NodeState state)
{
    switch (state) {
    case NodeState::Idle:
        return 0;
    case NodeState::Skipped:
        return 1;
    case NodeState::Done:
        return 2;
    case NodeState::Queued:
        return 3;
    case NodeState::Failed:
        return 4;
    case NodeState::Running:
        return 5;
    }
    return 0;
}

void paintStack(QPainter &painter, const QRectF &rect, const Theme &theme)
{
    // Cards behind the card: it stands for several.
    for (const double behind : {8.0, 4.0}) {
        painter.setPen(framePen(theme.color(Token::Line), 1));
        painter.setBrush(theme.color(Token::FlowWash));
        painter.drawRoundedRect(rect.adjusted(behind, behind, -behind, behind), Theme::kCardRadius,
                                Theme::kCardRadius);
    }
}

void paintPorts(QPainter &painter, const GroupFrame &group, const Theme &theme)
{
    painter.setBrush(theme.color(Token::Surface));
    painter.setPen(QPen(theme.color(Token::TextFaint), 1.4));
    if (group.hasInput)
        painter.drawEllipse(group.inPlace(), kPortRadius, kPortRadius);
    for (const GroupFrame::OutPort &port : group.outPorts) {
        const bool error = port.port.role == policy::PortRole::Error;
        painter.setPen(QPen(theme.color(error ? Token::Bad : Token::TextFaint), 1.4));
        painter.drawEllipse(port.place, kPortRadius, kPortRadius);
    }
}

void paintPortLabels(QPainter &painter, const GroupFrame &group, const Theme &theme)
{
    painter.setFont(canvasFont(kCaptionPixels));
    for (const GroupFrame::OutPort &port : group.outPorts) {
        const bool error = port.port.role == policy::PortRole::Error;
        if (group.outPorts.size() < 2 || error)
            continue;
        painter.setPen(theme.color(Token::TextSecondary));
        paintPortLabel(painter, QRectF(port.place + QPointF(kPortRadius + 4, -15), QSizeF(110, 14)),
                       port.port.label, theme);
    }
}

QString stripText(const GroupFrame &group)
{
    if (group.run.state == NodeState::Idle)
        return Texts::tr("group");
    if (group.run.duration > std::chrono::nanoseconds::zero())
        return formatDuration(group.run.duration);
    return stateText(group.run.state);
}

void paintCardText(QPainter &painter, const GroupFrame &group, const Theme &theme)
{
    const QRectF card = group.rect;
    double right = card.right() - kFrameMargin;
    if (group.run.state != NodeState::Idle) {
        paintStateMark(painter, {right - 16, card.top() + 14, 16, 16}, group.run.state, theme);
        right -= 20;
    }
    const double left = card.left() + kFrameMargin + 18;
    painter.setFont(canvasFont(kTitlePixels, QFont::DemiBold));
    painter.setPen(theme.color(Token::Text));
    writeElided(painter, {left, card.top() + 12, right - left, 18}, group.title);
    painter.setFont(canvasFont(kCaptionPixels));
    painter.setPen(theme.color(Token::TextSecondary));
    writeElided(painter, {left, card.top() + 30, right - left, 16},
                Texts::tr("%n nodes", nullptr, int(group.nodes.size())));
    const double top = card.bottom() - kStripHeight;
    painter.setPen(framePen(theme.color(Token::Line), 1));
    painter.drawLine(QPointF(card.left() + 0.5, top), QPointF(card.right() - 0.5, top));
    const bool measured = group.run.duration > std::chrono::nanoseconds::zero();
    painter.setFont(canvasFont(kCaptionPixels, measured ? QFont::DemiBold : QFont::Normal));
    painter.setPen(theme.color(measured ? Token::Text : Token::TextFaint));
    writeElided(painter,
                {card.left() + kFrameMargin, top, card.width() - 2 * kFrameMargin, kStripHeight},
                stripText(group));
}

} // namespace

QPointF GroupFrame::inPlace() const
{
    return rect.topLeft() + QPointF(0, kFirstPortY);
}

QRectF GroupFrame::header() const
{
    return collapsed ? rect : QRectF(rect.topLeft(), QSizeF(rect.width(), kHeader));
}

QRectF GroupFrame::chevron() const
{
    return {rect.topLeft(), QSizeF(kFrameMargin + 18, collapsed ? kHeaderHeight : kHeader)};
}

const GroupFrame::OutPort *GroupFrame::outPort(const NodeId &node, const QString &port) const
{
    const auto it = std::find_if(outPorts.cbegin(), outPorts.cend(), [&](const OutPort &each) {
        return each.node == node && each.port.name == port;
    });
    return it == outPorts.cend() ? nullptr : &*it;
}

QList<GroupFrame> groupFrames(const policy::PolicyDocument &document, const PolicyScene &scene)
{
    QList<GroupFrame> frames;
    for (const policy::Group &group : document.groups) {
        GroupFrame frame;
        frame.id = group.id;
        frame.title = group.title;
        frame.nodes = group.nodes;
        frame.collapsed = group.collapsed;
        QList<NodeRun> runs;
        bool all = true;
        for (const NodeId &id : group.nodes) {
            const NodeItem *item = scene.nodeItem(id);
            all = all && item && item->isSelected();
            if (item)
                runs.append(item->run());
        }
        if (runs.isEmpty())
            continue; // its nodes are not drawn yet
        frame.selected = all;
        frame.run = togetherOf(runs);
        if (frame.collapsed)
            layOutCard(frame, document, scene);
        else
            frame.rect = frameAround(frame.nodes, scene);
        frames.append(frame);
    }
    return frames;
}

NodeRun togetherOf(const QList<NodeRun> &runs)
{
    NodeRun together;
    std::optional<std::chrono::nanoseconds> first;
    std::chrono::nanoseconds last{};
    for (const NodeRun &run : runs) {
        if (rankOf(run.state) > rankOf(together.state))
            together.state = run.state;
        if (!run.hasFigures)
            continue;
        together.hasFigures = true;
        first = first ? qMin(*first, run.start) : run.start;
        last = qMax(last, run.end);
    }
    if (first)
        together.duration = last - *first;
    return together;
}

void paintGroupFrame(QPainter &painter, const GroupFrame &group, const Theme &theme, double scale)
{
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = theme.color(Token::FlowWash);
    ground.setAlphaF(theme.isDark() ? 0.45F : 0.6F);
    painter.setBrush(ground);
    painter.setPen(framePen(theme.color(group.selected ? Token::Accent : Token::Line),
                           group.selected ? 1.6 : 1));
    painter.drawRoundedRect(group.rect, Theme::kCardRadius, Theme::kCardRadius);
    const bool readable = scale * kTitlePixels >= kReadablePixels;
    if (!readable && scale * kFarTitlePixels < kReadablePixels)
        return;
    const QRectF header = group.header();
    paintChevron(painter, {header.left() + kFrameMargin + 4, header.center().y() + 2}, true, theme);
    painter.setFont(canvasFont(readable ? kTitlePixels - 1 : kFarTitlePixels, QFont::DemiBold));
    painter.setPen(theme.color(Token::TextSecondary));
    writeElided(painter, header.adjusted(kFrameMargin + 16, 4, -kFrameMargin, 0), group.title);
}

void paintGroupCard(QPainter &painter, const GroupFrame &group, const Theme &theme, double scale)
{
    painter.setRenderHint(QPainter::Antialiasing);
    paintStack(painter, group.rect, theme);
    painter.setBrush(theme.color(Token::Surface));
    painter.setPen(framePen(theme.color(group.selected                          ? Token::Accent
                                       : group.run.state == NodeState::Running ? Token::Accent
                                                                               : Token::Line),
                           group.selected ? 2 : 1));
    painter.drawRoundedRect(group.rect, Theme::kCardRadius, Theme::kCardRadius);
    paintChevron(painter, group.rect.topLeft() + QPointF(kFrameMargin + 4, 22), false, theme);
    if (scale * kCaptionPixels >= kReadablePixels) {
        paintCardText(painter, group, theme);
        paintPortLabels(painter, group, theme);
    } else if (scale * kFarTitlePixels >= kReadablePixels) {
        painter.setFont(canvasFont(kFarTitlePixels, QFont::DemiBold));
        painter.setPen(theme.color(Token::Text));
        writeElided(
            painter,
            group.rect.adjusted(kFrameMargin + 18, 8, -kFrameMargin, 36 - group.rect.height()),
            group.title);
    }
    if (scale >= kLodDots)
        paintPorts(painter, group, theme);
}

} // namespace headgate::ui
