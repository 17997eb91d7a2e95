#include "ui/editor/gestures/wire_draft.h"

#include "core/policy/policy_editor.h"
#include "ui/editor/canvas_metrics.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"
#include "ui/editor/port_item.h"
#include "ui/editor/wire_path.h"

#include <QCoreApplication>
#include <QGraphicsPathItem>
#include <QPen>

namespace headgate::ui {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::ui)
};

} // namespace

WireDraft::WireDraft(const Canvas &canvas)
    : m_canvas(canvas)
{
}

WireDraft::~WireDraft()
{
    delete m_line;
}

void WireDraft::start(const policy::NodeId &from, const QString &port,
                      const std::optional<policy::Wire> &replaces)
{
    m_from = from;
    m_port = port;
    m_replaces = replaces;
    m_target = nullptr;
    m_refusal.clear();
    m_line = m_canvas.scene.addPath(
        {}, QPen(m_canvas.scene.theme().color(Token::Accent), 2, Qt::SolidLine, Qt::RoundCap));
    m_line->setZValue(9);
    for (NodeItem *node : m_canvas.scene.nodeItems()) {
        for (PortItem *out : node->outPorts())
            out->setEmphasis(node->id() == from && out->port().name == port
                                 ? PortItem::Emphasis::Target
                                 : PortItem::Emphasis::Faded);
        if (PortItem *in = node->inPort())
            in->setEmphasis(refusalOf(node->id()).isEmpty() ? PortItem::Emphasis::Compatible
                                                            : PortItem::Emphasis::Faded);
    }
}

void WireDraft::follow(const Pointer &pointer)
{
    if (m_target && m_target->inPort() && m_refusal.isEmpty())
        m_target->inPort()->setEmphasis(PortItem::Emphasis::Compatible);
    m_target = nodeFor(pointer);
    m_refusal = m_target ? refusalOf(m_target->id()) : QString();
    QPointF end = pointer.scene;
    QRectF endCard(end, QSizeF(1, 1));
    const bool snaps = m_target && m_refusal.isEmpty();
    if (snaps) {
        end = m_target->inPort()->scenePos();
        endCard = m_target->mapRectToScene(m_target->card());
        m_target->inPort()->setEmphasis(PortItem::Emphasis::Target);
    }
    const NodeItem *from = m_canvas.scene.nodeItem(m_from);
    m_line->setPath(wirePath(m_canvas.scene.portPlace(m_from, m_port), end,
                             from->mapRectToScene(from->card()), endCard));
    const Token token = m_refusal.isEmpty() ? Token::Accent : Token::Bad;
    m_line->setPen(QPen(m_canvas.scene.theme().color(token), 2,
                        snaps ? Qt::SolidLine : Qt::DashLine, Qt::RoundCap));
    if (m_refusal.isEmpty())
        m_canvas.view.hideHint();
    else
        m_canvas.view.showHint(m_refusal, pointer.viewport);
}

void WireDraft::stop()
{
    delete m_line;
    m_line = nullptr;
    for (NodeItem *node : m_canvas.scene.nodeItems()) {
        for (PortItem *out : node->outPorts())
            out->setEmphasis(PortItem::Emphasis::None);
        if (PortItem *in = node->inPort())
            in->setEmphasis(PortItem::Emphasis::None);
    }
}

policy::Wire WireDraft::wire() const
{
    return {m_from, m_port, m_target->id()};
}

QString WireDraft::refusalOf(const policy::NodeId &to) const
{
    const NodeItem *node = m_canvas.scene.nodeItem(to);
    if (!node->inPort() || !node->inPort()->isVisible())
        return Texts::tr("Nothing can lead into this node.");
    const policy::Wire wanted{m_from, m_port, to};
    if (m_replaces == wanted)
        return {};
    const Result<> allowed = m_canvas.editor.canConnect(wanted);
    return allowed ? QString() : allowed.error().message;
}

NodeItem *WireDraft::nodeFor(const Pointer &pointer) const
{
    const double reach = kSnapPixels / m_canvas.view.zoom();
    const PortItem *port = m_canvas.scene.portAt(pointer.scene, reach);
    if (port && port->direction() == PortItem::Direction::In)
        return &port->node();
    return m_canvas.scene.nodeAt(pointer.scene);
}

} // namespace headgate::ui
