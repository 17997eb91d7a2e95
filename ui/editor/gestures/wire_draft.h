#pragma once

#include "core/policy/policy_document.h"
#include "ui/editor/gestures/gesture.h"

#include <optional>

class QGraphicsPathItem;

namespace headgate::ui {

class NodeItem;
class PortItem;

// A wire that is not in the document yet: hangs on an out port and follows the mouse, makes the
// ports that it may lead to glow, and snaps to them.
class WireDraft
{
public:
    explicit WireDraft(const Canvas &canvas);
    ~WireDraft();
    WireDraft(const WireDraft &) = delete;
    WireDraft &operator=(const WireDraft &) = delete;

    // `replaces`: a wire of the document that is being moved, and need not stand in the way.
    void start(const policy::NodeId &from, const QString &port,
               const std::optional<policy::Wire> &replaces = std::nullopt);
    void follow(const Pointer &pointer);
    void stop();

    // The node whose in port or card is under the mouse, and why it may not be connected (empty:
    // it may).
    NodeItem *target() const { return m_target; }
    const QString &refusal() const { return m_refusal; }
    policy::Wire wire() const; // to target()

private:
    QString refusalOf(const policy::NodeId &to) const;
    NodeItem *nodeFor(const Pointer &pointer) const;

    Canvas m_canvas;
    policy::NodeId m_from;
    QString m_port;
    std::optional<policy::Wire> m_replaces;
    QGraphicsPathItem *m_line = nullptr; // in the scene while the draft is drawn
    NodeItem *m_target = nullptr;
    QString m_refusal;
};

} // namespace headgate::ui
