#include "ui/editor/gestures/gesture.h"

#include "core/policy/policy_editor.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"
#include "ui/editor/port_item.h"

namespace headgate::ui {

PortItem *Gesture::portUnder(const Pointer &pointer) const
{
    const double reach = PortItem::kTarget / 2 / qMin(1.0, m_canvas.view.zoom());
    return m_canvas.scene.portAt(pointer.scene, reach);
}

QList<policy::Wire> Gesture::wiresAt(const PortItem &port) const
{
    const policy::NodeId &node = port.node().id();
    QList<policy::Wire> wires;
    for (const policy::Wire &wire : m_canvas.editor.document().wires) {
        const bool meets = port.direction() == PortItem::Direction::In
                               ? wire.to == node
                               : wire.from == node && wire.port == port.port().name;
        if (meets)
            wires.append(wire);
    }
    return wires;
}

} // namespace headgate::ui
