#include "ui/editor/policy_scene.h"

#include "ui/editor/canvas_metrics.h"
#include "ui/editor/node_item.h"
#include "ui/editor/port_item.h"
#include "ui/editor/wire_item.h"
#include "ui/editor/wire_path.h"

#include <QTimer>

#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::NodeId;
using policy::PolicyEditor;
using policy::Wire;

namespace {

constexpr qsizetype kMostRouted = 120; // nodes

} // namespace

PolicyScene::PolicyScene(PolicyEditor &editor, const Theme &theme, QObject *parent)
    : QGraphicsScene(parent)
    , m_editor(editor)
    , m_theme(theme)
{
    connect(&editor, &PolicyEditor::nodeAdded, this, &PolicyScene::addNode);
    connect(&editor, &PolicyEditor::nodeRemoved, this, &PolicyScene::removeNode);
    connect(&editor, &PolicyEditor::nodeMoved, this, [this](const NodeId &id) {
        nodeItem(id)->setPos(m_editor.document().node(id)->at);
        rerouteSoon();
    });
    connect(&editor, &PolicyEditor::nodeChanged, this, &PolicyScene::refreshNode);
    connect(&editor, &PolicyEditor::wireAdded, this, &PolicyScene::addWire);
    connect(&editor, &PolicyEditor::wireRemoved, this, &PolicyScene::removeWire);
    connect(&editor, &PolicyEditor::modelsChanged, this, &PolicyScene::updateAllNodes);
    connect(&editor, &PolicyEditor::documentReplaced, this, &PolicyScene::rebuild);
    connect(&theme, &Theme::changed, this, [this] {
        for (QGraphicsItem *item : items())
            item->update();
        update();
    });
    rebuild();
}

PolicyScene::~PolicyScene()
{
    // Items ask their scene while they go; take them down while it is still whole.
    clear();
}

void PolicyScene::rebuild()
{
    QList<NodeId> selected;
    for (const NodeItem *item : std::as_const(m_nodes)) {
        if (item->isSelected())
            selected.append(item->id());
    }
    // Only what is ours: a gesture may have its own items in the scene.
    m_wiresOf.clear();
    qDeleteAll(std::exchange(m_wires, {}));
    qDeleteAll(std::exchange(m_nodes, {}));
    for (const policy::Node &node : m_editor.document().nodes)
        addNode(node.id);
    for (const Wire &wire : m_editor.document().wires)
        addWire(wire);
    select(selected);
    applyOverlay();
}

void PolicyScene::addNode(const NodeId &id)
{
    const policy::Node &node = *m_editor.document().node(id);
    auto *item = new NodeItem(id, m_theme);
    item->setScores(m_scores.value(id));
    item->setNode(node, m_editor.document());
    item->setPos(node.at);
    m_nodes.insert(id, item);
    addItem(item);
    rerouteSoon();
}

void PolicyScene::removeNode(const NodeId &id)
{
    delete m_nodes.take(id);
    rerouteSoon();
}

void PolicyScene::refreshNode(const NodeId &id)
{
    nodeItem(id)->setNode(*m_editor.document().node(id), m_editor.document());
    updateWiresOf(id);
}

void PolicyScene::updateAllNodes()
{
    for (const policy::Node &node : m_editor.document().nodes)
        refreshNode(node.id);
}

void PolicyScene::addWire(const Wire &wire)
{
    auto *item = new WireItem(wire, m_theme);
    m_wires.insert({wire.from, wire.port}, item);
    m_wiresOf.insert(wire.from, item);
    m_wiresOf.insert(wire.to, item);
    item->setLit(m_overlay.isLit(wire.from, wire.port));
    updateWire(*item);
    addItem(item);
}

void PolicyScene::removeWire(const Wire &wire)
{
    WireItem *item = m_wires.take({wire.from, wire.port});
    if (!item)
        return;
    m_wiresOf.remove(wire.from, item);
    m_wiresOf.remove(wire.to, item);
    if (NodeItem *node = nodeItem(wire.from)) {
        if (PortItem *port = node->outPort(wire.port))
            port->setWired(false);
    }
    delete item;
}

void PolicyScene::updateWiresOf(const NodeId &node)
{
    for (WireItem *item : m_wiresOf.values(node))
        updateWire(*item);
}

QPointF PolicyScene::portPlace(const NodeId &node, const QString &port) const
{
    const NodeItem *item = nodeItem(node);
    if (const PortItem *found = item->outPort(port))
        return found->scenePos();
    // A port that its node no longer has: the wire hangs on the lower right corner.
    return item->mapToScene(item->card().bottomRight() - QPointF(0, Theme::kCardRadius));
}

void PolicyScene::updateWire(WireItem &item)
{
    const Wire &wire = item.wire();
    const NodeItem *from = nodeItem(wire.from);
    const NodeItem *to = nodeItem(wire.to);
    const PortItem *port = from->outPort(wire.port);
    item.setRole(port ? port->port().role : policy::PortRole::Error);
    if (port)
        from->outPort(wire.port)->setWired(true);
    item.setPath(wirePath(portPlace(wire.from, wire.port), to->mapToScene(QPointF(0, kFirstPortY)),
                          from->mapRectToScene(from->card()), to->mapRectToScene(to->card()),
                          cardsInTheWay(item)));
}

// The cards between the two ends of a wire. In a large drawing wires go straight: what few could
// be led around costs more than it shows.
QList<QRectF> PolicyScene::cardsInTheWay(const WireItem &wire) const
{
    QList<QRectF> cards;
    if (m_nodes.size() > kMostRouted)
        return cards;
    const policy::Wire &ends = wire.wire();
    for (const NodeItem *node : m_nodes) {
        if (node->id() != ends.from && node->id() != ends.to)
            cards.append(node->mapRectToScene(node->card()));
    }
    return cards;
}

// Cards that moved, came or went may lie on other nodes' wires, or lie there no longer.
void PolicyScene::rerouteSoon()
{
    if (m_rerouting || m_nodes.size() > kMostRouted)
        return;
    m_rerouting = true;
    QTimer::singleShot(0, this, [this] {
        m_rerouting = false;
        for (WireItem *item : std::as_const(m_wires))
            updateWire(*item);
    });
}

NodeItem *PolicyScene::nodeItem(const NodeId &id) const
{
    return m_nodes.value(id);
}

WireItem *PolicyScene::wireItem(const Wire &wire) const
{
    WireItem *item = m_wires.value({wire.from, wire.port});
    return item && item->wire() == wire ? item : nullptr;
}

QRectF PolicyScene::drawingRect() const
{
    QRectF rect;
    for (const NodeItem *item : m_nodes)
        rect |= item->mapRectToScene(item->card());
    return rect;
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
    const QRectF around(place - QPointF(reach, reach), QSizeF(2 * reach, 2 * reach));
    PortItem *nearest = nullptr;
    double best = reach;
    for (QGraphicsItem *item : items(around, Qt::IntersectsItemBoundingRect)) {
        auto *port = qgraphicsitem_cast<PortItem *>(item);
        if (!port || !port->isVisible())
            continue;
        const double distance = QLineF(port->scenePos(), place).length();
        if (distance <= best) {
            best = distance;
            nearest = port;
        }
    }
    return nearest;
}

NodeItem *PolicyScene::nodeAt(QPointF place) const
{
    for (QGraphicsItem *item : items(place)) {
        if (auto *node = qgraphicsitem_cast<NodeItem *>(item))
            return node;
    }
    return nullptr;
}

WireItem *PolicyScene::wireAt(QPointF place, double reach) const
{
    const QRectF around(place - QPointF(reach, reach), QSizeF(2 * reach, 2 * reach));
    for (QGraphicsItem *item : items(around)) {
        if (auto *wire = qgraphicsitem_cast<WireItem *>(item))
            return wire;
    }
    return nullptr;
}

void PolicyScene::setOverlay(const RunOverlay &overlay)
{
    m_overlay = overlay;
    applyOverlay();
}

void PolicyScene::applyOverlay()
{
    for (NodeItem *item : std::as_const(m_nodes))
        item->setRun(m_overlay.node(item->id()));
    for (WireItem *item : std::as_const(m_wires))
        item->setLit(m_overlay.isLit(item->wire().from, item->wire().port));
}

void PolicyScene::setScores(const NodeId &gate, const QList<double> &scores)
{
    m_scores.insert(gate, scores);
    if (NodeItem *item = nodeItem(gate)) {
        item->setScores(scores);
        refreshNode(gate);
    }
}

void PolicyScene::showProblems(const QList<policy::Problem> &problems)
{
    QHash<NodeId, std::optional<policy::Problem::Severity>> worst;
    QHash<NodeId, QStringList> sentences;
    for (const policy::Problem &problem : problems) {
        auto &severity = worst[problem.node];
        if (severity != policy::Problem::Severity::Error)
            severity = problem.severity;
        sentences[problem.node].append(problem.sentence);
    }
    for (NodeItem *item : std::as_const(m_nodes))
        item->setProblem(worst.value(item->id()), sentences.value(item->id()).join(u'\n'));
}

} // namespace headgate::ui
