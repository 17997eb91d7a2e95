// What lies where on the canvas, and what is selected.

#include "ui/editor/policy_scene.h"

#include "ui/editor/canvas_metrics.h"
#include "ui/editor/node_item.h"
#include "ui/editor/note_look.h"
#include "ui/editor/port_item.h"
#include "ui/editor/wire_item.h"

#include <QGraphicsSceneHelpEvent>
#include <QToolTip>

namespace headgate::ui {

using policy::NodeId;
using policy::Wire;

namespace {

constexpr double kDropReach = 6; // of the mouse, canvas units

} // namespace

NodeItem *PolicyScene::nodeItem(const NodeId &id) const
{
    return m_nodes.value(id);
}

WireItem *PolicyScene::wireItem(const Wire &wire) const
{
    WireItem *item = m_wires.value({wire.from, wire.port});
    return item && item->wire() == wire ? item : nullptr;
}

const GroupFrame *PolicyScene::group(const QString &id) const
{
    const auto it = std::find_if(m_groups.cbegin(), m_groups.cend(),
                                 [&id](const GroupFrame &frame) { return frame.id == id; });
    return it == m_groups.cend() ? nullptr : &*it;
}

QRectF PolicyScene::drawingRect() const
{
    QRectF rect;
    for (const NodeItem *item : m_nodeOrder) {
        if (!item->isFolded())
            rect |= item->place();
    }
    for (const GroupFrame &frame : m_groups)
        rect |= frame.rect;
    return rect;
}

QRectF PolicyScene::pictureRect() const
{
    QRectF rect = drawingRect();
    if (rect.isEmpty())
        return rect;
    for (const WireItem *item : m_wireOrder) {
        if (!item->isFolded())
            rect |= item->boundingRect();
    }
    for (const NodeItem *item : m_nodeOrder) {
        for (const PortItem *port : item->outPorts()) {
            if (port->showsLabel())
                rect |= port->labelRect().translated(item->pos());
        }
    }
    return rect.adjusted(-kGrid / 2, -kGrid / 2, kGrid / 2, kGrid / 2);
}

QList<NodeId> PolicyScene::selectedNodes() const
{
    QList<NodeId> nodes;
    for (const policy::Node &node : m_editor.document().nodes) {
        const NodeItem *item = nodeItem(node.id);
        if (item && item->isSelected())
            nodes.append(node.id);
    }
    return nodes;
}

QList<Wire> PolicyScene::selectedWires() const
{
    QList<Wire> wires;
    for (const Wire &wire : m_editor.document().wires) {
        const WireItem *item = wireItem(wire);
        if (item && item->isSelected())
            wires.append(wire);
    }
    return wires;
}

void PolicyScene::select(const QList<NodeId> &nodes)
{
    if (nodes == selectedNodes() && selectedWires().isEmpty())
        return;
    {
        // One signal for the whole change.
        const QSignalBlocker quiet(this);
        clearSelection();
        for (const NodeId &id : nodes) {
            if (NodeItem *item = nodeItem(id))
                item->setSelected(true);
        }
    }
    Q_EMIT selectionChanged();
}

PortItem *PolicyScene::portAt(QPointF place, double reach) const
{
    PortItem *nearest = nullptr;
    double best = reach;
    const auto look = [&](PortItem *port) {
        if (!port || !port->isVisible())
            return;
        const double distance = QLineF(port->scenePos(), place).length();
        if (distance <= best) {
            best = distance;
            nearest = port;
        }
    };
    for (const NodeItem *item : m_nodeOrder) {
        if (item->isFolded() ||
            !item->place().adjusted(-reach, -reach, reach, reach).contains(place))
            continue;
        look(item->inPort());
        for (PortItem *port : item->outPorts())
            look(port);
    }
    return nearest;
}

NodeItem *PolicyScene::nodeAt(QPointF place) const
{
    NodeItem *found = nullptr;
    for (NodeItem *item : m_nodeOrder) {
        // The last one drawn is on top, and what is selected over all others.
        if (!item->isFolded() && item->place().contains(place) &&
            (!found || item->isSelected() || !found->isSelected()))
            found = item;
    }
    return found;
}

NodeItem *PolicyScene::noteHandleAt(QPointF place) const
{
    NodeItem *item = nodeAt(place);
    return item && item->look().isNote && noteHandle(item->place()).contains(place) ? item
                                                                                    : nullptr;
}

WireItem *PolicyScene::wireAt(QPointF place, double reach) const
{
    WireItem *nearest = nullptr;
    double best = reach;
    for (WireItem *item : m_wireOrder) {
        if (item->isFolded() ||
            !item->boundingRect().adjusted(-reach, -reach, reach, reach).contains(place))
            continue;
        const double distance = item->distanceTo(place);
        if (distance <= best) {
            best = distance;
            nearest = item;
        }
    }
    return nearest;
}

const GroupFrame *PolicyScene::groupAt(QPointF place) const
{
    for (auto it = m_groups.crbegin(); it != m_groups.crend(); ++it) {
        if (it->header().contains(place))
            return &*it;
    }
    return nullptr;
}

void PolicyScene::helpEvent(QGraphicsSceneHelpEvent *event)
{
    const QPointF place = event->scenePos();
    QString text;
    if (const PortItem *port = portAt(place, PortItem::kTarget / 2))
        text = port->port().label;
    else if (const NodeItem *item = nodeAt(place))
        text = item->toolTipText();
    else if (const WireItem *wire = wireAt(place, kDropReach))
        text = wire->sentence();
    QToolTip::showText(event->screenPos(), text, event->widget());
    event->setAccepted(!text.isEmpty());
}

} // namespace headgate::ui
