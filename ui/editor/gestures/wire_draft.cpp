#include "ui/editor/gestures/wire_draft.h"

#include "core/policy/policy_editor.h"
#include "ui/common/texts.h"
#include "ui/editor/canvas_metrics.h"
#include "ui/editor/graph_reach.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"
#include "ui/editor/port_item.h"
#include "ui/editor/wire_item.h"
#include "ui/editor/wire_path.h"

#include <QGraphicsPathItem>
#include <QPen>

namespace headgate::ui {

using policy::NodeId;
using policy::Wire;

WireDraft::WireDraft(const Canvas &canvas)
    : m_canvas(canvas)
{
}

WireDraft::~WireDraft()
{
    qDeleteAll(m_lines);
}

void WireDraft::start(const QList<Wire> &wires, Loose loose, Origin origin)
{
    m_wires = wires;
    m_loose = loose;
    m_origin = origin;
    m_target = nullptr;
    m_refusal.clear();
    QList<NodeId> held;
    for (const Wire &wire : wires) {
        held.append(loose == Loose::To ? wire.from : wire.to);
        auto *line = m_canvas.scene.addPath({}, QPen(Qt::NoPen));
        line->setZValue(9);
        m_lines.append(line);
        WireItem *item = m_canvas.scene.wireItem(wire);
        if (item && origin == Origin::Moved)
            item->setLifted(true);
    }
    m_circle = reachOf(m_canvas.editor.document(), held,
                       loose == Loose::To ? Reach::Upstream : Reach::Downstream);
    emphasize();
}

void WireDraft::emphasize()
{
    for (NodeItem *node : m_canvas.scene.nodeItems()) {
        const bool possible = mayEndAt(*node);
        for (PortItem *out : node->outPorts()) {
            const bool held = m_loose == Loose::To && m_wires.first().from == node->id() &&
                              m_wires.first().port == out->port().name;
            const bool open = m_loose == Loose::From && possible;
            out->setEmphasis(held   ? PortItem::Emphasis::Target
                             : open ? PortItem::Emphasis::Compatible
                                    : PortItem::Emphasis::Faded);
        }
        if (PortItem *in = node->inPort()) {
            const bool held = m_loose == Loose::From && m_wires.first().to == node->id();
            const bool open = m_loose == Loose::To && possible;
            in->setEmphasis(held   ? PortItem::Emphasis::Target
                            : open ? PortItem::Emphasis::Compatible
                                   : PortItem::Emphasis::Faded);
        }
    }
}

// What canConnect() would say, for all nodes at once.
bool WireDraft::mayEndAt(const NodeItem &node) const
{
    if (m_circle.contains(node.id()) || node.isFolded())
        return false;
    return m_loose == Loose::From ? !node.outPorts().isEmpty()
                                  : node.inPort() && node.inPort()->isVisible();
}

void WireDraft::follow(const Pointer &pointer)
{
    if (PortItem *left = targetPort(); left && m_refusal.isEmpty())
        left->setEmphasis(PortItem::Emphasis::Compatible);
    findTarget(pointer);
    const bool snaps = m_target && m_refusal.isEmpty();
    if (snaps)
        targetPort()->setEmphasis(PortItem::Emphasis::Target);
    const QPen pen(m_canvas.scene.theme().color(m_refusal.isEmpty() ? Token::Accent : Token::Bad),
                   2, snaps ? Qt::SolidLine : Qt::DashLine, Qt::RoundCap);
    for (qsizetype i = 0; i < m_wires.size(); ++i) {
        m_lines[i]->setPath(pathOf(m_wires[i], pointer.scene));
        m_lines[i]->setPen(pen);
    }
    if (m_refusal.isEmpty())
        m_canvas.view.hideHint();
    else
        m_canvas.view.showHint(m_refusal, pointer.viewport);
}

void WireDraft::findTarget(const Pointer &pointer)
{
    const double reach = kSnapPixels / m_canvas.view.zoom();
    const auto side = m_loose == Loose::To ? PortItem::Direction::In : PortItem::Direction::Out;
    const PortItem *port = m_canvas.scene.portAt(pointer.scene, reach);
    if (port && port->direction() != side)
        port = nullptr;
    m_target = port ? &port->node() : m_canvas.scene.nodeAt(pointer.scene);
    m_refusal.clear();
    m_targetPort.clear();
    if (!m_target)
        return;
    if (m_loose == Loose::From)
        m_targetPort = outPortOn(*m_target, port);
    m_refusal = refusalAt(*m_target);
}

// The port under the mouse; on the rest of the card the first that is free, else the first.
QString WireDraft::outPortOn(const NodeItem &node, const PortItem *hit) const
{
    if (hit)
        return hit->port().name;
    const QList<PortItem *> ports = node.outPorts();
    const auto free = std::find_if(ports.cbegin(), ports.cend(), [&](const PortItem *port) {
        return !m_canvas.editor.document().target(node.id(), port->port().name);
    });
    if (free != ports.cend())
        return (*free)->port().name;
    return ports.isEmpty() ? QString() : ports.first()->port().name;
}

QString WireDraft::refusalAt(const NodeItem &node) const
{
    if (m_loose == Loose::To && (!node.inPort() || !node.inPort()->isVisible()))
        return Texts::tr("Nothing can lead into this node.");
    if (m_loose == Loose::From && node.outPorts().isEmpty())
        return Texts::tr("Nothing leads out of this node.");
    for (const Wire &wanted : wires()) {
        if (m_origin == Origin::Moved && m_wires.contains(wanted))
            continue; // it would come back to where it was
        if (const Result<> allowed = m_canvas.editor.canConnect(wanted); !allowed)
            return allowed.error().message;
    }
    return {};
}

PortItem *WireDraft::targetPort() const
{
    if (!m_target)
        return nullptr;
    return m_loose == Loose::To ? m_target->inPort() : m_target->outPort(m_targetPort);
}

QPainterPath WireDraft::pathOf(const Wire &wire, QPointF mouse) const
{
    QPointF end = mouse;
    QRectF endCard(mouse, QSizeF(1, 1));
    if (m_target && m_refusal.isEmpty()) {
        end = targetPort()->scenePos();
        endCard = m_target->place();
    }
    const NodeItem *held = m_canvas.scene.nodeItem(m_loose == Loose::To ? wire.from : wire.to);
    const QRectF heldCard = held->place();
    if (m_loose == Loose::To)
        return wirePath(m_canvas.scene.portPlace(wire.from, wire.port), end, heldCard, endCard);
    const QPointF into = held->inPort() ? held->inPort()->scenePos() : held->scenePos();
    return wirePath(end, into, endCard, heldCard);
}

void WireDraft::stop()
{
    qDeleteAll(std::exchange(m_lines, {}));
    for (const Wire &wire : std::as_const(m_wires)) {
        if (WireItem *item = m_canvas.scene.wireItem(wire))
            item->setLifted(false);
    }
    for (NodeItem *node : m_canvas.scene.nodeItems()) {
        for (PortItem *out : node->outPorts())
            out->setEmphasis(PortItem::Emphasis::None);
        if (PortItem *in = node->inPort())
            in->setEmphasis(PortItem::Emphasis::None);
    }
}

QList<Wire> WireDraft::wires() const
{
    QList<Wire> ended = m_wires;
    for (Wire &wire : ended) {
        if (m_loose == Loose::To) {
            wire.to = m_target->id();
        } else {
            wire.from = m_target->id();
            wire.port = m_targetPort;
        }
    }
    return ended;
}

} // namespace headgate::ui
