#include "ui/common/number_format.h"
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
    const auto cases = m_coverage.nodes.constFind(item.id());
    const bool isKnown = m_coverage.cases > 0 && cases != m_coverage.nodes.cend();
    item.setCoverage(isKnown && *cases == 0, isKnown ? coverageSentence(*cases) : QString());
}

QString PolicyScene::coverageSentence(qint64 cases) const
{
    return tr("%1 of %2 cases (%3) · %4", "cases, all cases, share, outcomes")
        .arg(formatCount(cases), formatCount(m_coverage.cases),
             formatPercent(double(cases) / double(m_coverage.cases), 0), m_coverage.origin);
}

void PolicyScene::setCoverage(const DrawingCoverage &coverage)
{
    if (m_coverage == coverage)
        return;
    m_coverage = coverage;
    for (NodeItem *item : std::as_const(m_nodeOrder))
        applyRecords(*item);
    for (WireItem *item : std::as_const(m_wireOrder))
        applyFlow(*item);
    update(); // labels of ports, too
}

void PolicyScene::applyFlow(WireItem &item) const
{
    const WireFlow flow = m_flow.value({item.wire().from, item.wire().port});
    const auto cases = m_coverage.wires.constFind({item.wire().from, item.wire().port});
    const bool isKnown = m_coverage.cases > 0 && cases != m_coverage.wires.cend();
    item.setFlow(flow.width, flow.sentence);
    item.setCoverage(isKnown && *cases == 0, isKnown ? coverageSentence(*cases) : QString());
    QString share = flow.share;
    if (share.isEmpty() && isKnown)
        share = tr("(%1)", "share of the measured cases")
                    .arg(formatPercent(double(*cases) / double(m_coverage.cases), 0));
    if (NodeItem *from = nodeItem(item.wire().from)) {
        if (PortItem *port = from->outPort(item.wire().port))
            port->setShare(share);
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
