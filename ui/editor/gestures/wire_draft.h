#pragma once

#include "core/policy/policy_document.h"
#include "ui/editor/gestures/gesture.h"

#include <QPainterPath>
#include <QSet>

class QGraphicsPathItem;

namespace headgate::ui {

class NodeItem;
class PortItem;

// Wires with one loose end that follows the mouse: new ones, or those of the document that are
// being moved. Makes the ports where they may end glow, and snaps to them.
class WireDraft
{
public:
    enum class Loose { To, From };
    enum class Origin { New, Moved }; // moved ones stand back in the drawing meanwhile

    explicit WireDraft(const Canvas &canvas);
    ~WireDraft();
    WireDraft(const WireDraft &) = delete;
    WireDraft &operator=(const WireDraft &) = delete;

    // Only the ends that are not loose count, unless the wires are moved.
    void start(const QList<policy::Wire> &wires, Loose loose, Origin origin = Origin::New);
    void follow(const Pointer &pointer);
    void stop();

    // The node whose port or card is under the mouse, and why the wires may not end there (empty:
    // they may).
    const NodeItem *target() const { return m_target; }
    const QString &refusal() const { return m_refusal; }
    // With their ends at target(), in the order of start().
    QList<policy::Wire> wires() const;

private:
    bool mayEndAt(const NodeItem &node) const;
    QString refusalAt(const NodeItem &node) const;
    void emphasize();
    void findTarget(const Pointer &pointer);
    QString outPortOn(const NodeItem &node, const PortItem *hit) const;
    PortItem *targetPort() const;
    QPainterPath pathOf(const policy::Wire &wire, QPointF mouse) const;

    Canvas m_canvas;
    QList<policy::Wire> m_wires;
    Loose m_loose = Loose::To;
    Origin m_origin = Origin::New;
    QSet<policy::NodeId> m_circle;      // ending there would close one
    QList<QGraphicsPathItem *> m_lines; // in the scene while the draft is drawn, one a wire
    NodeItem *m_target = nullptr;
    QString m_targetPort; // of a loose source
    QString m_refusal;
};

} // namespace headgate::ui
