#include "ui/editor/canvas_actions.h"

#include "core/policy/node_kind.h"
#include "ui/editor/canvas_metrics.h"
#include "ui/editor/editor_commands/compound_commands.h"
#include "ui/editor/editor_commands/node_commands.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"

#include <QCoreApplication>

#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::NodeId;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::ui)
};

constexpr double kGap = 60; // between a node and a new one beside it

} // namespace

CanvasActions::CanvasActions(policy::PolicyEditor &editor, QUndoStack &undo, PolicyScene &scene)
    : m_editor(editor)
    , m_undo(undo)
    , m_scene(scene)
{
}

void CanvasActions::removeSelection()
{
    if (auto command = removeCommand(m_editor, m_scene.selectedNodes(), m_scene.selectedWires()))
        m_undo.push(command.release());
}

void CanvasActions::duplicateSelection()
{
    QList<NodeId> copies;
    auto command =
        duplicateCommand(m_editor, m_scene.selectedNodes(), QPointF(2 * kGrid, 2 * kGrid), &copies);
    if (!command)
        return;
    m_undo.push(command.release());
    m_scene.select(copies);
}

void CanvasActions::nudgeSelection(QPointF by)
{
    QList<NodeMove> moves;
    for (const NodeId &id : m_scene.selectedNodes())
        moves.append({id, m_editor.document().node(id)->at + by});
    if (!moves.isEmpty())
        m_undo.push(new MoveNodesCommand(m_editor, moves, MoveNodesCommand::Burst::Merge));
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
    const auto centre = [this](const NodeId &id) {
        const NodeItem *item = m_scene.nodeItem(id);
        return item->mapToScene(item->card().center());
    };
    const QPointF from = centre(selected.last());
    std::optional<NodeId> nearest;
    double best = std::numeric_limits<double>::infinity();
    for (const policy::Node &node : nodes) {
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

Result<NodeId> CanvasActions::addNode(const QString &kind, QPointF at,
                                      const std::optional<PortPlace> &from)
{
    const auto &nodes = m_editor.document().nodes;
    const bool hasQuery = std::any_of(nodes.cbegin(), nodes.cend(), [](const policy::Node &node) {
        return node.kind == "query"_L1;
    });
    if (kind == "query"_L1 && hasQuery)
        return fail(ErrorCode::InvalidInput, Texts::tr("A policy has exactly one query."));
    policy::Node node;
    node.id = m_editor.freeId();
    node.kind = kind;
    node.title = m_editor.freeTitle(kind);
    if (const policy::NodeKind *known = policy::nodeKind(kind))
        node.config = policy::defaultConfig(*known);
    node.at = freePlace(snappedToGrid(at));
    QList<policy::Wire> wires;
    if (from)
        wires.append({from->node, from->port, node.id});
    m_undo.push(addCommand(m_editor, node, wires).release());
    if (!m_editor.document().node(node.id))
        return fail(ErrorCode::InvalidInput, Texts::tr("The node could not be added."));
    m_scene.select({node.id});
    return node.id;
}

std::optional<QPointF> CanvasActions::placeBesideSelection() const
{
    const QList<NodeId> selected = m_scene.selectedNodes();
    if (selected.isEmpty())
        return std::nullopt;
    const NodeItem *item = m_scene.nodeItem(selected.last());
    return item->pos() + QPointF(item->card().width() + kGap, 0);
}

QPointF CanvasActions::freePlace(QPointF wanted) const
{
    const QRectF size(0, 0, kCardWidth, kHeaderHeight + kStripHeight);
    const auto isTaken = [this, &size](QPointF place) {
        const QRectF wantedRect = size.translated(place);
        const auto &items = m_scene.nodeItems();
        return std::any_of(items.cbegin(), items.cend(), [&wantedRect](const NodeItem *item) {
            return item->mapRectToScene(item->card()).intersects(wantedRect);
        });
    };
    while (isTaken(wanted))
        wanted.ry() += kGrid;
    return wanted;
}

} // namespace headgate::ui
