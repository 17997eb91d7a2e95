// How wires run between cards, and when they are led anew.

#include "ui/editor/policy_scene.h"

#include "ui/editor/canvas_metrics.h"
#include "ui/editor/node_item.h"
#include "ui/editor/port_item.h"
#include "ui/editor/wire_item.h"
#include "ui/editor/wire_path.h"

#include <QElapsedTimer>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::NodeId;
using policy::Wire;

namespace {

constexpr qsizetype kRoutedAtOnce = 120; // nodes; wires of larger drawings are led round bit by bit
constexpr int kRoutingMs = 4;            // at a time
constexpr double kNearWire = 40;         // what lies this near to a wire's ends may be in its way

bool isAcceptance(const NodeItem &from, const QString &port)
{
    const policy::NodeKind *kind = policy::nodeKind(from.kind());
    return kind && kind->group == policy::NodeGroup::Check && port == "accept"_L1;
}

bool takesNoPart(const NodeItem &item)
{
    return item.look().mode == policy::NodeMode::Muted || item.look().isCutOff;
}

// A bypassed node hands on along its main port only.
bool carriesNothing(const NodeItem &from, const QString &port, const NodeItem &to)
{
    const policy::NodeKind *kind = policy::nodeKind(from.kind());
    const bool passedBy =
        from.look().mode == policy::NodeMode::Bypassed && kind && port != kind->bypassPort;
    return passedBy || takesNoPart(from) || takesNoPart(to);
}

} // namespace

void PolicyScene::updateWiresOf(const NodeId &node)
{
    const auto [first, last] = m_wiresOf.equal_range(node);
    for (auto it = first; it != last; ++it)
        updateWire(**it);
}

const GroupFrame *PolicyScene::foldedInto(const NodeId &node) const
{
    const auto id = m_groupOf.constFind(node);
    return id == m_groupOf.cend() ? nullptr : group(*id);
}

QPointF PolicyScene::portPlace(const NodeId &node, const QString &port) const
{
    if (const GroupFrame *frame = foldedInto(node)) {
        if (const GroupFrame::OutPort *out = frame->outPort(node, port))
            return out->place;
        return QPointF(frame->rect.right(), frame->rect.center().y());
    }
    const NodeItem *item = nodeItem(node);
    if (const PortItem *found = item->outPort(port))
        return found->scenePos();
    // A port that its node no longer has: the wire hangs on the lower right corner.
    return item->pos() + item->card().bottomRight() - QPointF(0, Theme::kCardRadius);
}

void PolicyScene::updateWire(WireItem &item, Route route)
{
    const Wire &wire = item.wire();
    const NodeItem *from = nodeItem(wire.from);
    const NodeItem *to = nodeItem(wire.to);
    PortItem *port = from->outPort(wire.port);
    item.setRole(port ? port->port().role : policy::PortRole::Error);
    item.setAccepting(isAcceptance(*from, wire.port));
    updateFaintness(item);
    if (port)
        port->setWired(true);
    const GroupFrame *fromGroup = foldedInto(wire.from);
    const GroupFrame *toGroup = foldedInto(wire.to);
    item.setFolded(fromGroup && fromGroup == toGroup);
    if (item.isFolded())
        return;
    const QPointF start = portPlace(wire.from, wire.port);
    const QPointF end = toGroup ? toGroup->inPlace() : to->pos() + QPointF(0, kFirstPortY);
    const QRectF fromCard = fromGroup ? fromGroup->rect : from->place();
    const QRectF toCard = toGroup ? toGroup->rect : to->place();
    item.setPath(wirePath(start, end, fromCard, toCard,
                          route == Route::Straight ? QList<QRectF>()
                                                   : cardsInTheWay(item, fromCard.united(toCard))));
}

void PolicyScene::updateFaintness(WireItem &item) const
{
    const NodeItem *from = nodeItem(item.wire().from);
    const NodeItem *to = nodeItem(item.wire().to);
    if (from && to)
        item.setFaint(carriesNothing(*from, item.wire().port, *to));
}

// The cards near the way between the two ends of a wire.
QList<QRectF> PolicyScene::cardsInTheWay(const WireItem &wire, const QRectF &between) const
{
    QList<QRectF> cards;
    const QRectF near = between.adjusted(-kNearWire, -kNearWire, kNearWire, kNearWire);
    const Wire &ends = wire.wire();
    for (const NodeItem *node : m_nodeOrder) {
        if (node->isFolded() || !node->place().intersects(near))
            continue;
        if (node->id() != ends.from && node->id() != ends.to)
            cards.append(node->place());
    }
    const GroupFrame *fromGroup = foldedInto(ends.from);
    const GroupFrame *toGroup = foldedInto(ends.to);
    for (const GroupFrame &frame : m_groups) {
        if (frame.collapsed && &frame != fromGroup && &frame != toGroup &&
            frame.rect.intersects(near))
            cards.append(frame.rect);
    }
    return cards;
}

// Cards that moved, came or went may lie on other nodes' wires, or lie there no longer.
void PolicyScene::rerouteSoon(const QRectF &around)
{
    const QRectF area = around.adjusted(-kNearWire, -kNearWire, kNearWire, kNearWire);
    for (WireItem *item : std::as_const(m_wireOrder)) {
        if (item->boundingRect().intersects(area))
            m_toRoute.insert(item);
    }
    if (!m_toRoute.isEmpty() && !m_routing->isActive())
        m_routing->start(0);
}

bool PolicyScene::isRoutedAtOnce() const
{
    return m_nodes.size() <= kRoutedAtOnce;
}

void PolicyScene::rerouteSome()
{
    QElapsedTimer spent;
    spent.start();
    while (!m_toRoute.isEmpty() && (isRoutedAtOnce() || spent.elapsed() < kRoutingMs)) {
        WireItem *item = *m_toRoute.cbegin();
        m_toRoute.erase(m_toRoute.cbegin());
        updateWire(*item);
    }
    if (!m_toRoute.isEmpty())
        m_routing->start(0);
}

} // namespace headgate::ui
