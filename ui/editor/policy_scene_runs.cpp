#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/port_item.h"
#include "ui/editor/wire_item.h"

namespace headgate::ui {

using policy::NodeId;

void PolicyScene::applyRecords(NodeItem &item) const
{
    item.setRemark(m_remarks.value(item.id()));
    const auto share = m_traffic.constFind(item.id());
    item.setTraffic(share == m_traffic.cend() ? std::nullopt : std::optional(*share));
    item.setBadges(m_badges);
}

void PolicyScene::applyFlow(WireItem &item) const
{
    const WireFlow flow = m_flow.value({item.wire().from, item.wire().port});
    item.setFlow(flow.width, flow.sentence);
    if (NodeItem *from = nodeItem(item.wire().from)) {
        if (PortItem *port = from->outPort(item.wire().port))
            port->setShare(flow.share);
    }
}

void PolicyScene::setRemark(const NodeId &node, const QString &remark)
{
    if (remark.isEmpty())
        m_remarks.remove(node);
    else
        m_remarks.insert(node, remark);
    if (NodeItem *item = nodeItem(node))
        item->setRemark(remark);
}

void PolicyScene::setFlow(const QHash<std::pair<NodeId, QString>, WireFlow> &wires,
                          const QHash<NodeId, double> &traffic)
{
    m_flow = wires;
    m_traffic = traffic;
    for (NodeItem *item : std::as_const(m_nodeOrder))
        applyRecords(*item);
    for (WireItem *item : std::as_const(m_wireOrder))
        applyFlow(*item);
    update(); // labels of ports, too
}

void PolicyScene::previewThreshold(const NodeId &gate, std::optional<double> threshold)
{
    if (NodeItem *item = nodeItem(gate))
        item->setPreviewedThreshold(threshold);
    Q_EMIT thresholdPreviewed(gate, threshold);
}

void PolicyScene::setBadges(BadgeMode badges)
{
    m_badges = badges;
    for (NodeItem *item : std::as_const(m_nodeOrder))
        item->setBadges(badges);
}

void PolicyScene::setHovered(const NodeId &node)
{
    if (m_hoveredNode == node)
        return;
    if (NodeItem *before = nodeItem(m_hoveredNode))
        before->setHovered(false);
    m_hoveredNode = node;
    if (NodeItem *item = nodeItem(node))
        item->setHovered(true);
}

} // namespace headgate::ui
