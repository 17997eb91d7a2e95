#include "ui/editor/policy_scene.h"

#include "core/policy/effective_policy.h"
#include "ui/editor/canvas_metrics.h"
#include "ui/editor/drawing_layer.h"
#include "ui/editor/node_item.h"
#include "ui/editor/note_look.h"
#include "ui/editor/port_item.h"
#include "ui/editor/traffic_reach.h"
#include "ui/editor/wire_item.h"
#include "ui/editor/wire_path.h"

#include <QElapsedTimer>
#include <QGraphicsSceneHelpEvent>
#include <QTimer>
#include <QToolTip>

#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::NodeId;
using policy::PolicyEditor;
using policy::Wire;

namespace {

constexpr qsizetype kRoutedAtOnce = 120; // nodes; wires of larger drawings are led round bit by bit
constexpr int kRoutingMs = 4;            // at a time
constexpr int kSharpenMs = 12;           // after the last frame in motion
constexpr double kNearWire = 40;         // what lies this near to a wire's ends may be in its way
constexpr int kPiecesARect = 8;
constexpr double kWireReach = 6; // of the mouse, canvas units

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
    const Route route = m_nodes.size() > kRoutedAtOnce ? Route::Straight : Route::AroundCards;
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
    item.setFaint(carriesNothing(*from, wire.port, *to));
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

void PolicyScene::rerouteSome()
{
    QElapsedTimer spent;
    spent.start();
    const bool atOnce = m_nodes.size() <= kRoutedAtOnce;
    while (!m_toRoute.isEmpty() && (atOnce || spent.elapsed() < kRoutingMs)) {
        WireItem *item = *m_toRoute.cbegin();
        m_toRoute.erase(m_toRoute.cbegin());
        updateWire(*item);
    }
    if (!m_toRoute.isEmpty())
        m_routing->start(0);
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
    for (WireItem *item : std::as_const(m_wireOrder)) {
        const NodeItem *from = nodeItem(item->wire().from);
        const NodeItem *to = nodeItem(item->wire().to);
        if (from && to)
            item->setFaint(carriesNothing(*from, item->wire().port, *to));
    }
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

void PolicyScene::helpEvent(QGraphicsSceneHelpEvent *event)
{
    const QPointF place = event->scenePos();
    QString text;
    if (const PortItem *port = portAt(place, PortItem::kTarget / 2))
        text = port->port().label;
    else if (const NodeItem *item = nodeAt(place))
        text = item->toolTipText();
    else if (const WireItem *wire = wireAt(place, kWireReach))
        text = wire->flowSentence();
    QToolTip::showText(event->screenPos(), text, event->widget());
    event->setAccepted(!text.isEmpty());
}

} // namespace headgate::ui
