#include "ui/editor/tidy_up.h"

#include "core/policy/node_kind.h"
#include "core/policy/policy_editor.h"
#include "ui/editor/canvas_metrics.h"
#include "ui/editor/editor_commands/rewire_commands.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/port_item.h"

namespace headgate::ui {

using policy::NodeId;
using policy::PolicyEditor;

namespace {

constexpr qsizetype kAtOnce = 150; // nodes that are laid out well within a frame
// How much a wire is to run straight.
constexpr double kMainWay = 3;
constexpr double kSideWay = 1;
constexpr double kErrorWay = 0.2;

double weightOf(const policy::Node &from, const policy::Wire &wire, const PortItem *port)
{
    if (port && port->port().role == policy::PortRole::Error)
        return kErrorWay;
    return wire.port == mainPort(from) ? kMainWay : kSideWay;
}

} // namespace

TidyInput tidyInput(const policy::PolicyDocument &document, const PolicyScene &scene,
                    const QList<NodeId> &nodes)
{
    TidyInput input;
    QHash<NodeId, qsizetype> number;
    for (const NodeId &id : nodes) {
        const policy::Node &node = *document.node(id);
        const policy::NodeKind *kind = policy::nodeKind(node.kind);
        if (kind && kind->group == policy::NodeGroup::Note)
            continue;
        number.insert(id, input.cards.size());
        input.cards.append({id, scene.nodeItem(id)->card().translated(node.at)});
    }
    for (const policy::Wire &wire : document.wires) {
        if (!number.contains(wire.from) || !number.contains(wire.to))
            continue;
        const PortItem *port = scene.nodeItem(wire.from)->outPort(wire.port);
        const policy::Node &from = *document.node(wire.from);
        input.edges.append({number[wire.from], number[wire.to],
                            port ? port->pos().y() : kFirstPortY, kFirstPortY,
                            weightOf(from, wire, port)});
    }
    return input;
}

QList<NodeMove> tidyMoves(const TidyInput &input, std::stop_token stop)
{
    QList<QSizeF> sizes;
    QRectF all;
    for (const PlacedCard &placed : input.cards) {
        sizes.append(placed.card.size());
        all |= placed.card;
    }
    const QList<QPointF> places = layeredLayout(sizes, input.edges, {}, stop);
    QRectF laidOut;
    for (qsizetype i = 0; i < places.size(); ++i)
        laidOut |= QRectF(places[i], sizes[i]);
    const QPointF offset = snappedToGrid(all.topLeft() - laidOut.topLeft());
    QList<NodeMove> moves;
    for (qsizetype i = 0; i < places.size(); ++i) {
        const QPointF to = places[i] + offset;
        if (to != input.cards[i].card.topLeft())
            moves.append({input.cards[i].node, to});
    }
    return moves;
}

TidyUp::TidyUp(PolicyEditor &editor, QUndoStack &undo, PolicyScene &scene)
    : m_editor(editor)
    , m_undo(undo)
    , m_scene(scene)
{
    connect(&editor, &PolicyEditor::changed, this, &TidyUp::drop);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] {
        if (!m_stop.stop_requested())
            push(m_watcher.result());
    });
}

TidyUp::~TidyUp()
{
    drop();
    m_watcher.disconnect();
    m_watcher.waitForFinished();
}

void TidyUp::start(const QList<NodeId> &nodes)
{
    drop();
    TidyInput input = tidyInput(m_editor.document(), m_scene, nodes);
    if (input.cards.size() <= kAtOnce) {
        push(tidyMoves(input));
        return;
    }
    m_stop = {};
    m_watcher.setFuture(m_worker.submit(
        [input = std::move(input), stop = m_stop.get_token()] { return tidyMoves(input, stop); }));
}

void TidyUp::push(const QList<NodeMove> &moves)
{
    if (moves.isEmpty())
        return;
    auto *command = new MoveNodesCommand(m_editor, moves, MoveNodesCommand::Burst::Single);
    command->setText(moves.size() == 1 ? tr("Tidy up one node")
                                       : tr("Tidy up %n nodes", nullptr, int(moves.size())));
    m_undo.push(command);
}

void TidyUp::drop()
{
    m_stop.request_stop();
}

} // namespace headgate::ui
