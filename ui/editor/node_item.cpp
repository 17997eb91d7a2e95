#include "ui/editor/node_item.h"

#include "core/policy/node_kind.h"
#include "ui/common/icons.h"
#include "ui/common/kind_style.h"
#include "ui/editor/badge_text.h"
#include "ui/editor/canvas_metrics.h"
#include "ui/editor/node_look.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/port_item.h"
#include "ui/editor/state_mark.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr double kMargin = 12;
constexpr double kTile = 26;
constexpr double kMark = 16;

QPen linePen(const QColor &color, double width, Qt::PenStyle style = Qt::SolidLine)
{
    return {color, width, style, Qt::RoundCap, Qt::RoundJoin};
}

bool isSimulated(const policy::Node &node, const policy::PolicyDocument &document)
{
    const policy::Model *model = document.model(jsonString(node.config, "model"));
    return model && isSimulatedProvider(model->provider);
}

// The value of a gate's threshold field, its default where none is set.
std::optional<double> thresholdOf(const policy::Node &node, const policy::NodeKind *kind)
{
    if (!kind || kind->group != policy::NodeGroup::Check)
        return std::nullopt;
    for (const policy::Field &field : kind->fields) {
        if (field.key == "threshold"_L1)
            return jsonNumber(node.config, "threshold",
                              field.defaultValue.is_number() ? field.defaultValue.get<double>()
                                                             : 0.5);
    }
    return std::nullopt;
}

} // namespace

NodeItem::NodeItem(policy::NodeId node, const Theme &theme)
    : m_id(std::move(node))
    , m_theme(theme)
{
    setFlags(ItemIsSelectable | ItemSendsGeometryChanges);
    setCacheMode(DeviceCoordinateCache);
    setZValue(2);
}

NodeItem::~NodeItem() = default;

void NodeItem::setNode(const policy::Node &node, const policy::PolicyDocument &document)
{
    const policy::NodeKind *kind = policy::nodeKind(node.kind);
    m_kind = node.kind;
    m_title = nodeName(node);
    m_summary = kind && kind->summary ? kind->summary(node, document)
                : kind                ? QString()
                                      : QCoreApplication::translate("headgate::ui", "unknown kind");
    m_simulated = isSimulated(node, document);
    const std::optional<double> threshold = thresholdOf(node, kind);
    m_scores.reset();
    if (threshold)
        m_scores = GateScores{*threshold, m_counts};
    layOut(kind, policy::outPorts(node, document));
    updateToolTip();
    update();
}

void NodeItem::layOut(const policy::NodeKind *kind, const QList<policy::Port> &ports)
{
    prepareGeometryChange();
    const bool flow = kind && kind->group == policy::NodeGroup::Flow;
    m_hasStrip = !flow;
    m_width = flow ? kFlowCardWidth : kCardWidth;
    double height = flow ? 60 : kHeaderHeight + kStripHeight;
    if (m_scores)
        height += m_scores->height();
    const double portsHeight = kFirstPortY + kPortStep * double(ports.size() - 1) + 16;
    m_height = qMax(height, std::ceil(portsHeight / kGrid) * kGrid);

    const bool hasInput = !kind || kind->hasInput;
    if (hasInput && !m_inPort)
        m_inPort = new PortItem(*this, PortItem::Direction::In, {}, m_theme);
    if (m_inPort) {
        m_inPort->setVisible(hasInput);
        m_inPort->setPos(0, kFirstPortY);
    }
    while (m_outPorts.size() > ports.size())
        delete m_outPorts.takeLast();
    const auto plain = std::count_if(ports.cbegin(), ports.cend(), [](const policy::Port &port) {
        return port.role != policy::PortRole::Error;
    });
    for (qsizetype i = 0; i < ports.size(); ++i) {
        if (i == m_outPorts.size())
            m_outPorts.append(new PortItem(*this, PortItem::Direction::Out, ports[i], m_theme));
        m_outPorts[i]->setPort(ports[i]);
        m_outPorts[i]->setPos(m_width, kFirstPortY + kPortStep * double(i));
        m_outPorts[i]->setLabelShown(plain > 1 || ports[i].role == policy::PortRole::Error);
    }
}

void NodeItem::setRun(const NodeRun &run)
{
    if (m_run == run)
        return;
    m_run = run;
    const double opacity = run.state == NodeState::Skipped ? 0.55 : 1.0;
    setOpacity(opacity);
    updateToolTip();
    update();
}

void NodeItem::setProblem(std::optional<policy::Problem::Severity> severity,
                          const QString &sentences)
{
    if (m_problem == severity && m_problemText == sentences)
        return;
    m_problem = severity;
    m_problemText = sentences;
    updateToolTip();
    update();
}

void NodeItem::setScores(const QList<double> &scores)
{
    prepareGeometryChange();
    m_counts = binnedScores(scores);
    if (m_scores)
        m_scores->counts = m_counts;
    update();
}

PortItem *NodeItem::outPort(const QString &name) const
{
    const auto it = std::find_if(m_outPorts.cbegin(), m_outPorts.cend(),
                                 [&name](PortItem *port) { return port->port().name == name; });
    return it == m_outPorts.cend() ? nullptr : *it;
}

QRectF NodeItem::boundingRect() const
{
    return card().adjusted(-4, -4, 4, 7); // outline and shadow
}

QPainterPath NodeItem::shape() const
{
    QPainterPath path;
    path.addRoundedRect(card(), Theme::kCardRadius, Theme::kCardRadius);
    return path;
}

QVariant NodeItem::itemChange(GraphicsItemChange change, const QVariant &value)
{
    if (change == ItemPositionHasChanged) {
        if (auto *policyScene = qobject_cast<PolicyScene *>(scene()))
            policyScene->updateWiresOf(m_id);
    }
    return QGraphicsItem::itemChange(change, value);
}

void NodeItem::updateToolTip()
{
    QStringList lines{m_title};
    if (m_run.state != NodeState::Idle)
        lines.append(stateText(m_run.state));
    if (!m_run.error.isEmpty())
        lines.append(m_run.error);
    if (!m_problemText.isEmpty())
        lines.append(m_problemText);
    // One line says no more than the card does.
    setToolTip(lines.size() > 1 ? lines.join(u'\n') : QString());
}

void NodeItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *)
{
    const double scale = option->levelOfDetailFromTransform(painter->worldTransform());
    painter->setRenderHint(QPainter::Antialiasing);
    if (scale * kCaptionPixels < kReadablePixels)
        paintBlock(*painter, scale);
    else
        paintCard(*painter);
}

QPen NodeItem::outline() const
{
    if (isSelected())
        return linePen(m_theme.color(Token::Accent), 2);
    switch (m_run.state) {
    case NodeState::Running:
        return linePen(m_theme.color(Token::Accent), 1.6);
    case NodeState::Failed:
        return linePen(m_theme.color(Token::Bad), 1.4, Qt::DashLine);
    case NodeState::Skipped:
        return linePen(m_theme.color(Token::Line), 1.2, Qt::DotLine);
    case NodeState::Queued:
        return linePen(m_theme.color(Token::Line), 1, Qt::DashLine);
    case NodeState::Idle:
    case NodeState::Done:
        break;
    }
    return linePen(m_theme.color(Token::Line), 1);
}

void NodeItem::paintBlock(QPainter &painter, double scale) const
{
    const KindStyle style = kindStyle(m_kind);
    const bool plain = !isSelected() && m_run.state == NodeState::Idle;
    painter.setPen(plain ? linePen(m_theme.color(Token::Line), 1) : outline());
    painter.setBrush(m_theme.color(style.wash));
    painter.drawRoundedRect(card(), Theme::kCardRadius, Theme::kCardRadius);
    if (m_simulated)
        paintSimulatedStripe(painter);
    double right = m_width - kMargin / 2;
    const auto mark = [&right] {
        right -= 28;
        return QRectF(right, 10, 26, 26);
    };
    if (m_run.state != NodeState::Idle)
        paintStateMark(painter, mark(), m_run.state, m_theme);
    if (m_problem)
        paintProblemMark(painter, mark(), *m_problem, m_theme);
    if (scale * kFarTitlePixels < kReadablePixels) {
        paintIcon(painter, {kMargin, 12, 32, 32}, style.icon, m_theme.color(style.ink));
        return;
    }
    painter.setFont(canvasFont(kFarTitlePixels, QFont::DemiBold));
    painter.setPen(m_theme.color(Token::Text));
    const QRectF box(kMargin, 10, right - kMargin, 28);
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(m_title, Qt::ElideRight, int(box.width())));
}

void NodeItem::paintCard(QPainter &painter) const
{
    painter.setPen(Qt::NoPen);
    for (const double reach : {3.0, 1.5}) {
        painter.setBrush(QColor(0, 0, 0, m_theme.isDark() ? 46 : 10));
        painter.drawRoundedRect(card().translated(0, reach).adjusted(-reach / 3, 0, reach / 3, 0),
                                Theme::kCardRadius, Theme::kCardRadius);
    }
    painter.setBrush(m_theme.color(Token::Surface));
    painter.drawRoundedRect(card(), Theme::kCardRadius, Theme::kCardRadius);
    if (m_simulated)
        paintSimulatedStripe(painter);
    paintHeader(painter);
    if (m_scores)
        paintGateScores(painter, scoresArea(), *m_scores, m_theme);
    if (m_hasStrip)
        paintStrip(painter);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(outline());
    painter.drawRoundedRect(card(), Theme::kCardRadius, Theme::kCardRadius);
}

void NodeItem::paintSimulatedStripe(QPainter &painter) const
{
    painter.save();
    QPainterPath top;
    top.addRoundedRect(card(), Theme::kCardRadius, Theme::kCardRadius);
    painter.setClipPath(top);
    painter.setClipRect(QRectF(0, 0, m_width, 4), Qt::IntersectClip);
    painter.setPen(QPen(m_theme.color(Token::Model), 4));
    for (double x = -6; x < m_width + 6; x += 9)
        painter.drawLine(QPointF(x, 6), QPointF(x + 8, -2));
    painter.restore();
}

void NodeItem::paintHeader(QPainter &painter) const
{
    paintKindTile(painter, {kMargin, 15, kTile, kTile}, m_kind, m_theme);
    double right = m_width - kMargin;
    if (m_run.state != NodeState::Idle) {
        right -= kMark;
        paintStateMark(painter, {right, 14, kMark, kMark}, m_run.state, m_theme);
        right -= 4;
    }
    if (m_problem) {
        right -= kMark;
        paintProblemMark(painter, {right, 14, kMark, kMark}, *m_problem, m_theme);
        right -= 4;
    }
    const double left = kMargin + kTile + 9;
    painter.setFont(canvasFont(kTitlePixels, QFont::DemiBold));
    painter.setPen(m_theme.color(Token::Text));
    const QRectF titleBox(left, 12, right - left, 18);
    painter.drawText(
        titleBox, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(m_title, Qt::ElideRight, int(titleBox.width())));
    painter.setFont(canvasFont(kCaptionPixels));
    painter.setPen(m_theme.color(Token::TextSecondary));
    const QRectF summaryBox(left, 30, m_width - kMargin / 2 - left, 16);
    painter.drawText(
        summaryBox, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(m_summary, Qt::ElideRight, int(summaryBox.width())));
}

QRectF NodeItem::scoresArea() const
{
    return m_scores
               ? QRectF(kMargin, kHeaderHeight - 4, m_width - 2 * kMargin, m_scores->height() - 2)
               : QRectF();
}

void NodeItem::paintStrip(QPainter &painter) const
{
    const double top = m_height - kStripHeight;
    painter.setPen(linePen(m_theme.color(Token::Line), 1));
    painter.drawLine(QPointF(0.5, top), QPointF(m_width - 0.5, top));
    QRectF box(kMargin, top, m_width - 2 * kMargin, kStripHeight);
    if (m_simulated) {
        painter.setFont(canvasFont(9, QFont::DemiBold));
        painter.setPen(m_theme.color(Token::Model));
        painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, u"SIM"_s);
        box.setRight(box.right() - 26);
    }
    const auto write = [&](const QString &text, Token token, QFont::Weight weight) {
        if (text.isEmpty() || box.width() < 12)
            return;
        painter.setFont(canvasFont(kCaptionPixels, weight));
        painter.setPen(m_theme.color(token));
        const QString shown =
            painter.fontMetrics().elidedText(text, Qt::ElideRight, int(box.width()));
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, shown);
        box.setLeft(box.left() + painter.fontMetrics().horizontalAdvance(shown) + 8);
    };
    if (!m_run.hasFigures) {
        write(m_run.state == NodeState::Idle ? kindLabel(m_kind) : stateText(m_run.state),
              Token::TextFaint, QFont::Normal);
        return;
    }
    const Badges badges = badgesOf(m_run);
    write(badges.time, Token::Text, QFont::DemiBold);
    write(badges.cost, Token::Text, QFont::DemiBold);
    write(badges.rest, Token::TextSecondary, QFont::Normal);
}

} // namespace headgate::ui
