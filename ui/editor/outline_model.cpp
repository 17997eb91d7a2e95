#include "ui/editor/outline_model.h"

#include "ui/editor/node_look.h"

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::NodeId;
using policy::PolicyEditor;

OutlineModel::OutlineModel(const Theme &theme, PolicyEditor &editor, QObject *parent)
    : QStandardItemModel(parent)
    , m_theme(theme)
    , m_editor(editor)
{
    connect(&editor, &PolicyEditor::nodeAdded, this, &OutlineModel::rebuild);
    connect(&editor, &PolicyEditor::nodeRemoved, this, &OutlineModel::rebuild);
    connect(&editor, &PolicyEditor::nodeChanged, this, &OutlineModel::rebuild);
    connect(&editor, &PolicyEditor::wireAdded, this, &OutlineModel::rebuild);
    connect(&editor, &PolicyEditor::wireRemoved, this, &OutlineModel::rebuild);
    connect(&editor, &PolicyEditor::modelsChanged, this, &OutlineModel::rebuild);
    connect(&editor, &PolicyEditor::documentReplaced, this, &OutlineModel::rebuild);
    rebuild();
}

QModelIndex OutlineModel::indexOf(const NodeId &node) const
{
    QStandardItem *item = m_items.value(node);
    return item ? item->index() : QModelIndex();
}

void OutlineModel::rebuild()
{
    const policy::PolicyDocument &document = m_editor.document();
    clear();
    m_items.clear();
    m_problems.clear();
    for (const policy::Problem &problem : m_editor.problems())
        ++m_problems[problem.node];
    QHash<NodeId, const policy::Node *> nodes;
    QHash<std::pair<NodeId, QString>, NodeId> targets;
    QSet<NodeId> led;
    for (const policy::Node &node : document.nodes)
        nodes.insert(node.id, &node);
    for (const policy::Wire &wire : document.wires) {
        targets.insert({wire.from, wire.port}, wire.to);
        led.insert(wire.to);
    }

    struct Place
    {
        const policy::Node *node;
        QString port; // label of the one that leads here; empty where there is but one
        QStandardItem *parent;
    };
    // Depth first with a stack of our own: a policy may be thousands of nodes long.
    const auto grow = [&](const policy::Node &root) {
        QList<Place> left{{&root, {}, invisibleRootItem()}};
        while (!left.isEmpty()) {
            const Place place = left.takeLast();
            const bool repeated = m_items.contains(place.node->id);
            QStandardItem *item = makeItem(*place.node, place.port, repeated);
            place.parent->appendRow(item);
            if (repeated)
                continue;
            m_items.insert(place.node->id, item);
            const QList<policy::Port> ports = policy::outPorts(*place.node, document);
            for (auto port = ports.crbegin(); port != ports.crend(); ++port) {
                const auto target = targets.constFind({place.node->id, port->name});
                if (target == targets.cend())
                    continue;
                const bool plain =
                    port == ports.crend() - 1 &&
                    std::none_of(ports.cbegin() + 1, ports.cend(), [](const policy::Port &other) {
                        return other.role != policy::PortRole::Error;
                    });
                left.append({nodes[*target], plain ? QString() : port->label, item});
            }
        }
    };
    for (const policy::Node &node : document.nodes) {
        if (!led.contains(node.id))
            grow(node);
    }
}

QStandardItem *OutlineModel::makeItem(const policy::Node &node, const QString &port,
                                      bool repeated) const
{
    const QString name = nodeName(node);
    auto *item = new QStandardItem(kindIcon(node.kind, m_theme),
                                   port.isEmpty() ? name : tr("%1 · %2").arg(name, port));
    item->setEditable(false);
    item->setData(node.id.value, NodeRole);
    item->setData(repeated, RepeatedRole);
    item->setData(accessibleName(node, port), Qt::AccessibleTextRole);
    if (repeated)
        item->setToolTip(tr("%1 stands in full elsewhere in this list").arg(name));
    return item;
}

// "Gate 1 by escalate, Score gate, log-probability ≥ 0.62, 2 outputs, 1 problem"
QString OutlineModel::accessibleName(const policy::Node &node, const QString &port) const
{
    const policy::NodeKind *kind = policy::nodeKind(node.kind);
    QStringList parts{kindLabel(node.kind) + u' ' + nodeName(node)};
    if (!port.isEmpty())
        parts.append(tr("by %1").arg(port));
    if (kind && kind->summary)
        parts.append(kind->summary(node, m_editor.document()));
    const auto outputs = int(policy::outPorts(node, m_editor.document()).size());
    if (outputs > 0)
        parts.append(tr("%n outputs", nullptr, outputs));
    if (const int problems = m_problems.value(node.id))
        parts.append(tr("%n problems", nullptr, problems));
    return parts.join(", "_L1);
}

} // namespace headgate::ui
