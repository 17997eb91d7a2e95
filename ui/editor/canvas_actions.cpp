#include "ui/editor/canvas_actions.h"

#include "core/policy/node_kind.h"
#include "ui/common/texts.h"
#include "ui/editor/canvas_metrics.h"
#include "ui/editor/editor_commands/compound_commands.h"
#include "ui/editor/editor_commands/fresh_names.h"
#include "ui/editor/editor_commands/group_commands.h"
#include "ui/editor/editor_commands/mode_commands.h"
#include "ui/editor/editor_commands/rewire_commands.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/room_on_wire.h"
#include "ui/editor/tidy_up.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::NodeId;

namespace {

constexpr double kBesideGap = 60; // between a node and a new one beside it

QString alignText(Alignment alignment, int count)
{
    switch (alignment) {
    case Alignment::Left:
        return Texts::tr("Align %n nodes at their left", nullptr, count);
    case Alignment::Centre:
        return Texts::tr("Centre %n nodes one below the other", nullptr, count);
    case Alignment::Right:
        return Texts::tr("Align %n nodes at their right", nullptr, count);
    case Alignment::Top:
        return Texts::tr("Align %n nodes at their top", nullptr, count);
    case Alignment::Middle:
        return Texts::tr("Centre %n nodes side by side", nullptr, count);
    case Alignment::Bottom:
        return Texts::tr("Align %n nodes at their bottom", nullptr, count);
    }
    Q_UNREACHABLE();
}

} // namespace

CanvasActions::CanvasActions(policy::PolicyEditor &editor, QUndoStack &undo, PolicyScene &scene)
    : m_editor(editor)
    , m_undo(undo)
    , m_scene(scene)
    , m_tidy(std::make_unique<TidyUp>(editor, undo, scene))
{
}

CanvasActions::~CanvasActions() = default;

QString CanvasActions::oneQuerySentence()
{
    return Texts::tr("A policy has exactly one query.");
}

void CanvasActions::removeSelection()
{
    if (auto command = removeCommand(m_editor, m_scene.selectedNodes(), m_scene.selectedWires()))
        m_undo.push(command.release());
}

void CanvasActions::removeAndReconnect()
{
    if (auto command = healCommand(m_editor, m_scene.selectedNodes()))
        m_undo.push(command.release());
    else
        removeSelection();
}

Result<> CanvasActions::duplicateSelection()
{
    const QList<NodeId> nodes = m_scene.selectedNodes();
    if (nodes.isEmpty())
        return {};
    QList<NodeId> copies;
    auto command = duplicateCommand(m_editor, nodes, QPointF(2 * kGrid, 2 * kGrid), &copies);
    if (!command)
        return fail(ErrorCode::InvalidInput, oneQuerySentence());
    m_undo.push(command.release());
    m_scene.select(copies);
    return {};
}

void CanvasActions::nudgeSelection(QPointF by)
{
    QList<NodeMove> moves;
    for (const NodeId &id : m_scene.selectedNodes())
        moves.append({id, m_editor.document().node(id)->at + by});
    if (!moves.isEmpty())
        m_undo.push(new MoveNodesCommand(m_editor, moves, MoveNodesCommand::Burst::Merge));
}

void CanvasActions::selectAll()
{
    m_scene.select(allNodes());
}

void CanvasActions::stepSelection(QPointF direction)
{
    const QList<NodeId> selected = m_scene.selectedNodes();
    const auto &nodes = m_editor.document().nodes;
    if (selected.isEmpty()) {
        if (!nodes.isEmpty())
            m_scene.select({nodes.first().id});
        return;
    }
    const auto centre = [this](const NodeId &id) { return m_scene.nodeItem(id)->place().center(); };
    const QPointF from = centre(selected.last());
    std::optional<NodeId> nearest;
    double best = std::numeric_limits<double>::infinity();
    for (const policy::Node &node : nodes) {
        if (m_scene.nodeItem(node.id)->isFolded())
            continue; // within a group that is collapsed
        const QPointF way = centre(node.id) - from;
        const double along = QPointF::dotProduct(way, direction);
        const double aside = std::abs(way.x() * direction.y()) + std::abs(way.y() * direction.x());
        // Within a cone of 63 degrees to either side; what lies straight ahead counts as nearer.
        if (along < 1 || aside > 2 * along)
            continue;
        if (along + 2 * aside < best) {
            best = along + 2 * aside;
            nearest = node.id;
        }
    }
    if (nearest)
        m_scene.select({*nearest});
}

Result<> CanvasActions::toggleMode(policy::NodeMode mode)
{
    auto command = toggleModeCommand(m_editor, m_scene.selectedNodes(), mode);
    if (!command)
        return tl::unexpected(command.error());
    if (*command)
        m_undo.push(command->release());
    return {};
}

Result<> CanvasActions::groupSelection()
{
    if (auto command = groupCommand(m_editor, m_scene.selectedNodes())) {
        m_undo.push(command.release());
        return {};
    }
    return fail(ErrorCode::InvalidInput, Texts::tr("Select the nodes of the group first."));
}

void CanvasActions::setCollapsed(const QString &group, bool collapsed)
{
    if (auto command = collapseGroupCommand(m_editor, group, collapsed))
        m_undo.push(command.release());
}

void CanvasActions::toggleCollapsed()
{
    const auto id = groupOfSelection();
    const GroupFrame *group = id ? m_scene.group(*id) : nullptr;
    if (group)
        setCollapsed(group->id, !group->collapsed);
}

std::optional<QString> CanvasActions::groupOfSelection() const
{
    for (const NodeId &node : m_scene.selectedNodes()) {
        if (const policy::Group *group = m_editor.document().groupOf(node))
            return group->id;
    }
    return std::nullopt;
}

Result<> CanvasActions::ungroupSelection()
{
    if (auto command = ungroupCommand(m_editor, m_scene.selectedNodes())) {
        m_undo.push(command.release());
        return {};
    }
    return fail(ErrorCode::InvalidInput, Texts::tr("No selected node is in a group."));
}

QList<PlacedCard> CanvasActions::cardsOf(const QList<NodeId> &nodes) const
{
    QList<PlacedCard> cards;
    for (const NodeId &id : nodes) {
        const NodeItem *item = m_scene.nodeItem(id);
        cards.append({id, item->card().translated(m_editor.document().node(id)->at)});
    }
    return cards;
}

void CanvasActions::pushMoves(const QList<NodeMove> &moves, const QString &text)
{
    if (moves.isEmpty())
        return;
    auto *command = new MoveNodesCommand(m_editor, moves, MoveNodesCommand::Burst::Single);
    command->setText(text);
    m_undo.push(command);
}

void CanvasActions::align(Alignment alignment)
{
    const QList<NodeId> nodes = m_scene.selectedNodes();
    pushMoves(aligned(cardsOf(nodes), alignment), alignText(alignment, int(nodes.size())));
}

void CanvasActions::distribute(Qt::Orientation orientation)
{
    const QList<NodeId> nodes = m_scene.selectedNodes();
    const int count = int(nodes.size());
    pushMoves(distributed(cardsOf(nodes), orientation),
              orientation == Qt::Horizontal
                  ? Texts::tr("Space %n nodes evenly from left to right", nullptr, count)
                  : Texts::tr("Space %n nodes evenly from top to bottom", nullptr, count));
}

void CanvasActions::tidyUp()
{
    const QList<NodeId> nodes = m_scene.selectedNodes();
    m_tidy->start(nodes.size() > 1 ? nodes : allNodes());
}

QList<NodeId> CanvasActions::allNodes() const
{
    QList<NodeId> nodes;
    for (const policy::Node &node : m_editor.document().nodes)
        nodes.append(node.id);
    return nodes;
}

Result<policy::Node> CanvasActions::newNode(const QString &kind, QPointF at) const
{
    const auto &nodes = m_editor.document().nodes;
    const bool hasQuery = std::any_of(nodes.cbegin(), nodes.cend(), [](const policy::Node &node) {
        return node.kind == "query"_L1;
    });
    if (kind == "query"_L1 && hasQuery)
        return fail(ErrorCode::InvalidInput, oneQuerySentence());
    policy::Node node;
    node.id = m_editor.freeId();
    node.kind = kind;
    node.title = m_editor.freeTitle(kind);
    if (const policy::NodeKind *known = policy::nodeKind(kind))
        node.config = policy::defaultConfig(*known);
    node.at = snappedToGrid(at);
    return FreshNames(m_editor.document()).seeded(std::move(node));
}

Result<NodeId> CanvasActions::addNode(const QString &kind, QPointF at,
                                      const std::optional<PortPlace> &end)
{
    Result<policy::Node> node = newNode(kind, at);
    if (!node)
        return tl::unexpected(node.error());
    node->at = freePlace(node->at);
    QList<policy::Wire> wires;
    if (end && !end->port.isEmpty())
        wires.append({end->node, end->port, node->id});
    else if (end && !mainPort(*node).isEmpty())
        wires.append({node->id, mainPort(*node), end->node});
    m_undo.push(addCommand(m_editor, *node, wires).release());
    if (!m_editor.document().node(node->id))
        return fail(ErrorCode::InvalidInput, Texts::tr("The node could not be added."));
    m_scene.select({node->id});
    return node->id;
}

Result<NodeId> CanvasActions::addOnWire(const QString &kind, QPointF at, const policy::Wire &wire)
{
    const Result<policy::Node> node = newNode(kind, at);
    if (!node)
        return tl::unexpected(node.error());
    if (!fitsIntoWire(*node))
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("“%1” cannot stand in the middle of a wire.").arg(node->title));
    policy::Node placed = *node;
    const QRectF card(placed.at, QSizeF(kCardWidth, kHeaderHeight + kStripHeight));
    const RoomOnWire room = roomOnWire(m_editor.document(), wire, card, cardsOf(allNodes()));
    placed.at = room.at;
    m_undo.push(insertCommand(m_editor, wire, placed, room.moves).release());
    m_scene.select({placed.id});
    return placed.id;
}

void CanvasActions::insertOnWire(const NodeId &node, const policy::Wire &wire, QPointF at)
{
    policy::Node placed = *m_editor.document().node(node);
    QList<NodeId> others = allNodes();
    others.removeOne(node);
    const QRectF card = m_scene.nodeItem(node)->card().translated(at);
    const RoomOnWire room = roomOnWire(m_editor.document(), wire, card, cardsOf(others));
    placed.at = room.at;
    m_undo.push(insertCommand(m_editor, wire, placed, room.moves).release());
    m_scene.select({node});
}

std::optional<QPointF> CanvasActions::placeBesideSelection() const
{
    const QList<NodeId> selected = m_scene.selectedNodes();
    if (selected.isEmpty())
        return std::nullopt;
    const NodeItem *item = m_scene.nodeItem(selected.last());
    return item->pos() + QPointF(item->card().width() + kBesideGap, 0);
}

QPointF CanvasActions::freePlace(QPointF wanted) const
{
    const QRectF size(0, 0, kCardWidth, kHeaderHeight + kStripHeight);
    const auto isTaken = [this, &size](QPointF place) {
        const QRectF wantedRect = size.translated(place);
        const auto &items = m_scene.nodeItems();
        return std::any_of(items.cbegin(), items.cend(), [&wantedRect](const NodeItem *item) {
            return item->place().intersects(wantedRect);
        });
    };
    while (isTaken(wanted))
        wanted.ry() += kGrid;
    return wanted;
}

Clip CanvasActions::copySelection() const
{
    return clipOf(m_editor.document(), m_scene.selectedNodes());
}

void CanvasActions::cutSelection()
{
    const QList<NodeId> nodes = m_scene.selectedNodes();
    auto command = removeCommand(m_editor, nodes, m_scene.selectedWires());
    if (!command)
        return;
    if (nodes.size() == 1)
        command->setText(Texts::tr("Cut “%1”")
                             .arg(policy::displayName(*m_editor.document().node(nodes.first()))));
    else if (!nodes.isEmpty())
        command->setText(Texts::tr("Cut %n nodes", nullptr, int(nodes.size())));
    m_undo.push(command.release());
}

Result<> CanvasActions::paste(const Clip &clip, QPointF middle, OuterWires outer)
{
    QRectF all;
    for (const policy::Node &node : clip.nodes)
        all |= QRectF(node.at, QSizeF(kCardWidth, kHeaderHeight + kStripHeight));
    QPointF offset = snappedToGrid(middle - all.center());
    const auto &nodes = m_editor.document().nodes;
    // Pasted twice at one place, the second lies beside the first.
    const auto covers = [&] {
        return std::any_of(nodes.cbegin(), nodes.cend(), [&](const policy::Node &node) {
            return std::any_of(
                clip.nodes.cbegin(), clip.nodes.cend(),
                [&](const policy::Node &copy) { return copy.at + offset == node.at; });
        });
    };
    while (covers())
        offset += QPointF(2 * kGrid, 2 * kGrid);
    QList<NodeId> copies;
    auto command = pasteCommand(m_editor, clip, offset, outer, &copies);
    if (!command)
        return fail(ErrorCode::InvalidInput, oneQuerySentence());
    m_undo.push(command.release());
    m_scene.select(copies);
    return {};
}

} // namespace headgate::ui
