#include "ui/editor/policy_scene.h"

#include "core/policy/effective_policy.h"
#include "ui/editor/canvas_metrics.h"
#include "ui/editor/drawing_layer.h"
#include "ui/editor/node_item.h"
#include "ui/editor/port_item.h"
#include "ui/editor/traffic_reach.h"
#include "ui/editor/wire_item.h"

#include <QTimer>

#include <cmath>

namespace headgate::ui {

using policy::NodeId;
using policy::PolicyEditor;
using policy::Wire;

namespace {

constexpr int kSharpenMs = 12; // after the last frame in motion
constexpr int kPiecesARect = 8;

} // namespace

PolicyScene::PolicyScene(PolicyEditor &editor, const Theme &theme, QObject *parent)
    : QGraphicsScene(parent)
    , m_editor(editor)
    , m_theme(theme)
    , m_painter(*this)
    , m_layer(new DrawingLayer(*this))
    , m_routing(new QTimer(this))
    , m_following(new QTimer(this))
    , m_sharpening(new QTimer(this))
{
    // The scene draws itself in one pass and finds its things itself; an index would only cost.
    setItemIndexMethod(QGraphicsScene::NoIndex);
    addItem(m_layer);
    for (QTimer *timer : {m_routing, m_following, m_sharpening})
        timer->setSingleShot(true);
    m_sharpening->setInterval(kSharpenMs);
    connect(m_routing, &QTimer::timeout, this, &PolicyScene::rerouteSome);
    connect(m_following, &QTimer::timeout, this, [this] {
        updateGroups();
        updateTraffic();
    });
    connect(m_sharpening, &QTimer::timeout, this, [this] { update(); });

    connect(&editor, &PolicyEditor::nodeAdded, this, &PolicyScene::addNode);
    connect(&editor, &PolicyEditor::nodeRemoved, this, &PolicyScene::removeNode);
    connect(&editor, &PolicyEditor::nodeMoved, this, [this](const NodeId &id) {
        NodeItem &item = *nodeItem(id);
        const QRectF before = item.place();
        item.setPos(m_editor.document().node(id)->at);
        rerouteSoon(before.united(item.place()));
    });
    connect(&editor, &PolicyEditor::nodeChanged, this, &PolicyScene::refreshNode);
    connect(&editor, &PolicyEditor::wireAdded, this, &PolicyScene::addWire);
    connect(&editor, &PolicyEditor::wireRemoved, this, &PolicyScene::removeWire);
    connect(&editor, &PolicyEditor::modelsChanged, this, &PolicyScene::updateAllNodes);
    connect(&editor, &PolicyEditor::groupsChanged, this, &PolicyScene::updateGroups);
    connect(&editor, &PolicyEditor::documentReplaced, this, &PolicyScene::rebuild);
    connect(this, &QGraphicsScene::selectionChanged, this, [this] {
        if (!m_groups.isEmpty())
            followSoon();
    });
    connect(&theme, &Theme::changed, this, &PolicyScene::forgetPictures);
    rebuild();
}

PolicyScene::~PolicyScene()
{
    // Items ask their scene while they go; take them down while it is still whole.
    disconnect(this, &QGraphicsScene::selectionChanged, this, nullptr);
    m_groups.clear();
    clear();
}

void PolicyScene::rebuild()
{
    QList<NodeId> selected;
    for (const NodeItem *item : std::as_const(m_nodes)) {
        if (item->isSelected())
            selected.append(item->id());
    }
    m_building = true;
    // Only what is ours: a gesture may have its own items in the scene.
    m_toRoute.clear();
    m_wiresOf.clear();
    m_wires.clear();
    m_nodes.clear();
    m_groups.clear();
    m_groupOf.clear();
    m_painter.forgetAll();
    qDeleteAll(std::exchange(m_wireOrder, {}));
    qDeleteAll(std::exchange(m_nodeOrder, {}));
    const policy::PolicyDocument &document = m_editor.document();
    m_nodes.reserve(document.nodes.size());
    for (const policy::Node &node : document.nodes)
        addNodeItem(node);
    for (const Wire &wire : document.wires)
        addWireItem(wire);
    m_building = false;
    updateGroups();
    const Route route = isRoutedAtOnce() ? Route::AroundCards : Route::Straight;
    for (WireItem *item : std::as_const(m_wireOrder))
        updateWire(*item, route);
    if (route == Route::Straight)
        rerouteSoon(drawingRect());
    updateTraffic();
    select(selected);
    applyOverlay();
    update();
    Q_EMIT drawingChanged();
}

NodeItem *PolicyScene::addNodeItem(const policy::Node &node)
{
    auto *item = new NodeItem(node.id, m_theme);
    item->setScores(m_scores.value(node.id));
    item->setNode(node, m_editor.document());
    applyRecords(*item);
    item->setPos(node.at);
    m_nodes.insert(node.id, item);
    m_nodeOrder.append(item);
    addItem(item);
    return item;
}

void PolicyScene::addNode(const NodeId &id)
{
    NodeItem *item = addNodeItem(*m_editor.document().node(id));
    item->setRun(m_overlay.node(id));
    rerouteSoon(item->place());
    followSoon();
    repaint(*item);
}

void PolicyScene::removeNode(const NodeId &id)
{
    NodeItem *item = m_nodes.take(id);
    m_nodeOrder.removeOne(item);
    m_groupOf.remove(id);
    rerouteSoon(item->place());
    repaint(*item);
    m_painter.forget(*item);
    delete item;
    followSoon();
}

void PolicyScene::refreshNode(const NodeId &id)
{
    NodeItem &item = *nodeItem(id);
    const policy::Node &node = *m_editor.document().node(id);
    item.setNode(node, m_editor.document());
    updateWiresOf(id);
    followSoon();
}

void PolicyScene::updateAllNodes()
{
    for (const policy::Node &node : m_editor.document().nodes) {
        nodeItem(node.id)->setNode(node, m_editor.document());
        updateWiresOf(node.id);
    }
}

void PolicyScene::addWireItem(const Wire &wire)
{
    auto *item = new WireItem(wire, m_theme);
    m_wires.insert({wire.from, wire.port}, item);
    m_wireOrder.append(item);
    m_wiresOf.insert(wire.from, item);
    m_wiresOf.insert(wire.to, item);
    item->setLit(m_overlay.isLit(wire.from, wire.port));
    applyFlow(*item);
    addItem(item);
}

void PolicyScene::addWire(const Wire &wire)
{
    addWireItem(wire);
    updateWire(*m_wires.value({wire.from, wire.port}));
    followSoon();
}

void PolicyScene::removeWire(const Wire &wire)
{
    WireItem *item = m_wires.take({wire.from, wire.port});
    if (!item)
        return;
    repaint(*item);
    m_wireOrder.removeOne(item);
    m_toRoute.remove(item);
    m_wiresOf.remove(wire.from, item);
    m_wiresOf.remove(wire.to, item);
    if (NodeItem *node = nodeItem(wire.from)) {
        if (PortItem *port = node->outPort(wire.port))
            port->setWired(false);
    }
    delete item;
    followSoon();
}

void PolicyScene::nodeHasMoved(NodeItem &item)
{
    if (m_building || !m_nodes.contains(item.id()))
        return;
    repaint(item);
    updateWiresOf(item.id());
    if (m_editor.document().groupOf(item.id()))
        followSoon();
}

// Groups and traffic depend on many nodes: they are looked at once after a change of many.
void PolicyScene::followSoon()
{
    if (!m_following->isActive())
        m_following->start(0);
}

void PolicyScene::updateGroups()
{
    const QList<GroupFrame> frames = groupFrames(m_editor.document(), *this);
    if (frames == m_groups)
        return;
    const QList<GroupFrame> before = std::exchange(m_groups, frames);
    m_groupOf.clear();
    QSet<NodeId> touched;
    for (const QList<GroupFrame> *list : {&before, &std::as_const(m_groups)}) {
        for (const GroupFrame &frame : *list) {
            update(frame.rect.adjusted(-kGrid, -kGrid, 130, kGrid));
            for (const NodeId &node : frame.nodes)
                touched.insert(node);
        }
    }
    for (const GroupFrame &frame : std::as_const(m_groups)) {
        for (const NodeId &node : frame.nodes) {
            if (frame.collapsed)
                m_groupOf.insert(node, frame.id);
        }
    }
    for (const NodeId &node : std::as_const(touched)) {
        NodeItem *item = nodeItem(node);
        if (!item)
            continue;
        const bool folded = m_groupOf.contains(node);
        const bool changed = item->isFolded() != folded;
        item->setFolded(folded);
        if (changed || folded)
            updateWiresOf(node);
    }
    Q_EMIT drawingChanged();
}

void PolicyScene::updateTraffic()
{
    const bool inactive = policy::hasInactiveNodes(m_editor.document());
    if (!inactive && !m_hasInactive)
        return;
    m_hasInactive = inactive;
    const QSet<NodeId> cutOff = cutOffNodes(m_editor.document());
    for (NodeItem *item : std::as_const(m_nodeOrder))
        item->setCutOff(cutOff.contains(item->id()));
    for (WireItem *item : std::as_const(m_wireOrder))
        updateFaintness(*item);
}

void PolicyScene::setOverlay(const RunOverlay &overlay)
{
    m_overlay = overlay;
    applyOverlay();
}

void PolicyScene::applyOverlay()
{
    for (NodeItem *item : std::as_const(m_nodeOrder))
        item->setRun(m_overlay.node(item->id()));
    for (WireItem *item : std::as_const(m_wireOrder))
        item->setLit(m_overlay.isLit(item->wire().from, item->wire().port));
    if (!m_groups.isEmpty())
        updateGroups();
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
    for (NodeItem *item : std::as_const(m_nodeOrder))
        item->setProblem(worst.value(item->id()), sentences.value(item->id()).join(u'\n'));
}

void PolicyScene::repaint(const NodeItem &item)
{
    if (m_building)
        return;
    update(item.boundingRect().translated(item.pos()));
    Q_EMIT drawingChanged();
}

// Piece by piece: a long wire crosses far more than it covers.
void PolicyScene::repaint(const WireItem &item)
{
    if (m_building)
        return;
    const QPolygonF &points = item.points();
    for (qsizetype i = 0; i + 1 < points.size(); i += kPiecesARect) {
        const qsizetype count = qMin(qsizetype(kPiecesARect + 1), points.size() - i);
        update(QPolygonF(points.mid(i, count)).boundingRect().adjusted(-6, -6, 6, 6));
    }
}

void PolicyScene::forgetPictures()
{
    m_painter.forgetAll();
    update();
    Q_EMIT drawingChanged();
}

void PolicyScene::drawOn(QPainter &painter, const QRectF &exposed)
{
    if (m_painter.paint(painter, exposed) && !m_sharpening->isActive())
        m_sharpening->start();
}

} // namespace headgate::ui
