#include "ui/editor/node_item.h"

#include "core/policy/node_kind.h"
#include "ui/editor/canvas_metrics.h"
#include "ui/editor/node_look.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/state_mark.h"

#include <QCoreApplication>
#include <QPainter>

#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr double kGlow = 14; // around a port while a wire is drawn

bool isSimulated(const policy::Node &node, const policy::PolicyDocument &document)
{
    const policy::Model *model = document.model(jsonString(node.config, "model"));
    return model && isSimulatedProvider(model->provider);
}

double numberOf(const policy::Node &node, const policy::NodeKind &kind, QLatin1StringView key)
{
    for (const policy::Field &field : kind.fields) {
        if (field.key == key) {
            const double fallback =
                field.defaultValue.is_number() ? field.defaultValue.get<double>() : 0;
            const double value = jsonNumber(node.config, key.data(), fallback);
            return qBound(field.minimum, value, field.maximum);
        }
    }
    return 0;
}

// The value of a gate's threshold field, its default where none is set.
std::optional<double> thresholdOf(const policy::Node &node, const policy::NodeKind *kind)
{
    if (!kind || kind->group != policy::NodeGroup::Check)
        return std::nullopt;
    const auto field =
        std::find_if(kind->fields.cbegin(), kind->fields.cend(),
                     [](const policy::Field &each) { return each.key == "threshold"_L1; });
    if (field == kind->fields.cend())
        return std::nullopt;
    return jsonNumber(node.config, "threshold",
                      field->defaultValue.is_number() ? field->defaultValue.get<double>() : 0.5);
}

QString summaryOf(const policy::Node &node, const policy::NodeKind *kind,
                  const policy::PolicyDocument &document)
{
    if (!kind)
        return QCoreApplication::translate("headgate::ui", "unknown kind");
    return kind->summary ? kind->summary(node, document) : QString();
}

} // namespace

NodeItem::NodeItem(policy::NodeId node, const Theme &theme)
    : m_id(std::move(node))
    , m_theme(theme)
{
    setFlags(ItemIsSelectable | ItemSendsGeometryChanges | ItemHasNoContents);
}

NodeItem::~NodeItem() = default;

void NodeItem::setNode(const policy::Node &node, const policy::PolicyDocument &document)
{
    const policy::NodeKind *kind = policy::nodeKind(node.kind);
    refresh(); // where it was
    m_look.kind = node.kind;
    m_look.title = nodeName(node);
    m_look.summary = summaryOf(node, kind, document);
    m_look.simulated = isSimulated(node, document);
    m_look.mode = node.mode;
    m_look.isNote = kind && kind->group == policy::NodeGroup::Note;
    if (m_look.isNote) {
        m_look.text = jsonString(node.config, "text");
        m_look.size = {numberOf(node, *kind, "width"_L1), numberOf(node, *kind, "height"_L1)};
    }
    const std::optional<double> threshold = thresholdOf(node, kind);
    m_look.scores.reset();
    if (threshold)
        m_look.scores = GateScores{*threshold, m_counts};
    layOut(kind, policy::outPorts(node, document));
    refresh();
}

void NodeItem::layOut(const policy::NodeKind *kind, const QList<policy::Port> &ports)
{
    const bool flow = kind && kind->group == policy::NodeGroup::Flow;
    if (!m_look.isNote) {
        m_look.hasStrip = !flow;
        double height = flow ? 60 : kHeaderHeight + kStripHeight;
        if (m_look.scores)
            height += m_look.scores->height();
        const double portsHeight = kFirstPortY + kPortStep * double(ports.size() - 1) + 16;
        m_look.size = {flow ? kFlowCardWidth : kCardWidth,
                       qMax(height, std::ceil(portsHeight / kGrid) * kGrid)};
    }
    const bool hasInput = !kind || kind->hasInput;
    if (hasInput && !m_inPort)
        m_inPort = std::make_unique<PortItem>(*this, PortItem::Direction::In, policy::Port());
    if (m_inPort) {
        m_inPort->setVisible(hasInput);
        m_inPort->setPos({0, kFirstPortY});
    }
    m_outPorts.resize(qMin(m_outPorts.size(), size_t(ports.size())));
    const auto plain = std::count_if(ports.cbegin(), ports.cend(), [](const policy::Port &port) {
        return port.role != policy::PortRole::Error;
    });
    m_look.passThroughY = kFirstPortY;
    for (qsizetype i = 0; i < ports.size(); ++i) {
        if (size_t(i) == m_outPorts.size())
            m_outPorts.push_back(
                std::make_unique<PortItem>(*this, PortItem::Direction::Out, ports[i]));
        PortItem &port = *m_outPorts[size_t(i)];
        port.setPort(ports[i]);
        port.setPos({m_look.size.width(), kFirstPortY + kPortStep * double(i)});
        port.setLabelShown(plain > 1 || ports[i].role == policy::PortRole::Error);
        if (kind && ports[i].name == kind->bypassPort)
            m_look.passThroughY = port.pos().y();
    }
}

void NodeItem::setRun(const NodeRun &run)
{
    if (m_look.run == run)
        return;
    m_look.run = run;
    refresh();
}

void NodeItem::setProblem(std::optional<policy::Problem::Severity> severity,
                          const QString &sentences)
{
    m_problemText = sentences;
    if (m_look.problem == severity)
        return;
    m_look.problem = severity;
    refresh();
}

void NodeItem::setScores(const QList<double> &scores)
{
    m_counts = binnedScores(scores);
    if (m_look.scores)
        m_look.scores->counts = m_counts;
    refresh();
}

void NodeItem::setNoteSize(QSizeF size)
{
    if (!m_look.isNote || m_look.size == size)
        return;
    refresh(); // where it was
    m_look.size = size;
    refresh();
}

template<typename Value>
void NodeItem::look(Value NodeCard::*part, const Value &value)
{
    if (m_look.*part == value)
        return;
    m_look.*part = value;
    refresh();
}

std::optional<double> NodeItem::threshold() const
{
    return m_look.scores ? std::optional(m_look.scores->threshold) : std::nullopt;
}

void NodeItem::setPreviewedThreshold(std::optional<double> threshold)
{
    look(&NodeCard::previewed, threshold);
}

void NodeItem::setRemark(const QString &remark)
{
    look(&NodeCard::remark, remark);
}

void NodeItem::setTraffic(std::optional<double> share)
{
    look(&NodeCard::traffic, share);
}

void NodeItem::setCoverage(bool untaken, const QString &sentence)
{
    m_coverageSentence = sentence;
    look(&NodeCard::isUntaken, untaken);
}

void NodeItem::setBadges(BadgeMode badges)
{
    look(&NodeCard::badges, badges);
}

void NodeItem::setHovered(bool hovered)
{
    look(&NodeCard::hovered, hovered);
}

void NodeItem::setCutOff(bool cutOff)
{
    look(&NodeCard::isCutOff, cutOff);
}

void NodeItem::setFolded(bool folded)
{
    if (m_folded == folded)
        return;
    m_folded = folded;
    refresh();
}

PortItem *NodeItem::outPort(const QString &name) const
{
    const auto it = std::find_if(m_outPorts.cbegin(), m_outPorts.cend(),
                                 [&name](const auto &port) { return port->port().name == name; });
    return it == m_outPorts.cend() ? nullptr : it->get();
}

QList<PortItem *> NodeItem::outPorts() const
{
    QList<PortItem *> ports;
    ports.reserve(qsizetype(m_outPorts.size()));
    for (const auto &port : m_outPorts)
        ports.append(port.get());
    return ports;
}

bool NodeItem::hasPlainPorts() const
{
    return (!m_inPort || m_inPort->isPlain()) &&
           std::all_of(m_outPorts.cbegin(), m_outPorts.cend(),
                       [](const auto &port) { return port->isPlain(); });
}

QRectF NodeItem::boundingRect() const
{
    QRectF bounds = card().marginsAdded({kGlow, kGlow, kGlow, kGlow});
    for (const auto &port : m_outPorts)
        bounds |= port->labelRect();
    return bounds;
}

QPainterPath NodeItem::shape() const
{
    QPainterPath path;
    if (!m_folded)
        path.addRoundedRect(card(), Theme::kCardRadius, Theme::kCardRadius);
    return path;
}

void NodeItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    paintCard(*painter, m_look, m_theme);
}

void NodeItem::refresh()
{
    ++m_version;
    m_blockKey = headgate::ui::blockKey(m_look);
    if (auto *policyScene = qobject_cast<PolicyScene *>(scene()))
        policyScene->repaint(*this);
}

QVariant NodeItem::itemChange(GraphicsItemChange change, const QVariant &value)
{
    auto *policyScene = qobject_cast<PolicyScene *>(scene());
    if (policyScene && change == ItemPositionChange)
        policyScene->repaint(*this); // where it leaves from
    if (policyScene && change == ItemPositionHasChanged)
        policyScene->nodeHasMoved(*this);
    if (policyScene && change == ItemSelectedHasChanged)
        policyScene->repaint(*this);
    return QGraphicsItem::itemChange(change, value);
}

QString NodeItem::toolTipText() const
{
    QStringList lines{m_look.title};
    if (m_look.mode != policy::NodeMode::Active)
        lines.append(modeText(m_look.mode));
    else if (m_look.isCutOff)
        lines.append(cutOffSentence());
    if (m_look.run.state != NodeState::Idle)
        lines.append(stateText(m_look.run.state));
    if (!m_look.remark.isEmpty())
        lines.append(m_look.remark);
    if (!m_coverageSentence.isEmpty())
        lines.append(m_coverageSentence);
    if (!m_look.run.error.isEmpty())
        lines.append(m_look.run.error);
    if (!m_problemText.isEmpty())
        lines.append(m_problemText);
    // One line says no more than the card does.
    return lines.size() > 1 ? lines.join(u'\n') : QString();
}

} // namespace headgate::ui
