#include "ui/editor/outline_model.h"

#include "ui/common/theme.h"
#include "ui/editor/node_look.h"
#include "ui/editor/side_tree.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::Node;
using policy::NodeId;
using policy::PolicyEditor;

namespace {

constexpr int kPortRole = Qt::UserRole + 10; // label of the port that leads to the row

NodeId idOf(const QStandardItem &item)
{
    return {item.data(OutlineModel::NodeRole).toString()};
}

// A port is named where there are several to choose from; one for errors does not count.
bool isPlain(const QList<policy::Port> &ports, qsizetype index)
{
    return index == 0 && std::none_of(ports.cbegin() + 1, ports.cend(), [](const auto &other) {
               return other.role != policy::PortRole::Error;
           });
}

} // namespace

OutlineModel::OutlineModel(const Theme &theme, PolicyEditor &editor, QObject *parent)
    : QStandardItemModel(parent)
    , m_theme(theme)
    , m_editor(editor)
    , m_sync(new QTimer(this))
{
    m_sync->setSingleShot(true);
    m_sync->setInterval(0);
    connect(m_sync, &QTimer::timeout, this, &OutlineModel::sync);
    const auto later = [this] { m_sync->start(); };
    connect(&editor, &PolicyEditor::nodeAdded, this, later);
    connect(&editor, &PolicyEditor::nodeRemoved, this, later);
    connect(&editor, &PolicyEditor::wireAdded, this, later);
    connect(&editor, &PolicyEditor::wireRemoved, this, later);
    connect(&editor, &PolicyEditor::documentReplaced, this, later);
    connect(&editor, &PolicyEditor::nodeChanged, this, &OutlineModel::followNode);
    sync();
}

QModelIndex OutlineModel::indexOf(const NodeId &node) const
{
    const auto [first, last] = m_rows.equal_range(node);
    for (auto it = first; it != last; ++it) {
        if (!it.value()->data(RepeatedRole).toBool())
            return it.value()->index();
    }
    return {};
}

QList<OutlineModel::Row> OutlineModel::wantedRows() const
{
    const policy::PolicyDocument &document = m_editor.document();
    QHash<NodeId, const Node *> nodes;
    QHash<std::pair<NodeId, QString>, NodeId> targets;
    QSet<NodeId> led;
    for (const Node &node : document.nodes)
        nodes.insert(node.id, &node);
    for (const policy::Wire &wire : document.wires) {
        targets.insert({wire.from, wire.port}, wire.to);
        led.insert(wire.to);
    }

    struct Place
    {
        const Node *node;
        QString port;
        qsizetype parent;
    };
    QList<Row> rows(1);
    QSet<NodeId> standing;
    // Depth first with a stack of our own: a policy may be thousands of nodes long.
    const auto grow = [&](const Node &root) {
        QList<Place> left{{&root, {}, 0}};
        while (!left.isEmpty()) {
            const Place place = left.takeLast();
            const bool repeated = standing.contains(place.node->id);
            const qsizetype row = rows.size();
            rows.append({place.node, place.port, repeated, {}});
            rows[place.parent].children.append(row);
            if (repeated)
                continue;
            standing.insert(place.node->id);
            const QList<policy::Port> ports = policy::outPorts(*place.node, document);
            for (qsizetype i = ports.size() - 1; i >= 0; --i) {
                const auto target = targets.constFind({place.node->id, ports[i].name});
                const Node *next = target == targets.cend() ? nullptr : nodes.value(*target);
                if (next)
                    left.append({next, isPlain(ports, i) ? QString() : ports[i].label, row});
            }
        }
    };
    for (const Node &node : document.nodes) {
        if (!led.contains(node.id))
            grow(node);
    }
    return rows;
}

void OutlineModel::sync()
{
    m_sync->stop();
    Q_EMIT aboutToSync();
    m_rows.clear();
    m_ports.clear();
    reconcile(wantedRows());
    Q_EMIT synced();
}

void OutlineModel::reconcile(const QList<Row> &rows)
{
    struct Pair
    {
        QStandardItem *item;
        qsizetype row;
    };
    QList<Pair> left{{invisibleRootItem(), 0}};
    while (!left.isEmpty()) {
        const Pair pair = left.takeLast();
        const Row &row = rows[pair.row];
        if (row.node && !row.repeated)
            m_ports.insert(row.node->id, policy::outPorts(*row.node, m_editor.document()));
        const QList<QStandardItem *> items = placeChildren(pair.item, rows, row.children);
        for (qsizetype i = 0; i < items.size(); ++i) {
            m_rows.insert(rows[row.children[i]].node->id, items[i]);
            left.append({items[i], row.children[i]});
        }
    }
}

// Makes the parent's rows those that are wanted, with as few of them coming and going as can be.
QList<QStandardItem *> OutlineModel::placeChildren(QStandardItem *parent, const QList<Row> &rows,
                                                   const QList<qsizetype> &children)
{
    QList<QStandardItem *> items;
    const auto fits = [](const QStandardItem &item, const Row &row) {
        return idOf(item) == row.node->id && item.data(RepeatedRole).toBool() == row.repeated;
    };
    for (qsizetype i = 0; i < children.size(); ++i) {
        const Row &wanted = rows[children[i]];
        int found = int(i);
        while (found < parent->rowCount() && !fits(*parent->child(found), wanted))
            ++found;
        if (found >= parent->rowCount()) {
            auto *item = new QStandardItem;
            item->setData(wanted.node->id.value, NodeRole);
            item->setData(wanted.repeated, RepeatedRole);
            parent->insertRow(int(i), item);
        } else {
            // What stands between is not wanted here, or comes later and is made anew then.
            if (found > int(i))
                parent->removeRows(int(i), found - int(i));
        }
        QStandardItem *item = parent->child(int(i));
        item->setData(wanted.port, kPortRole);
        showIn(*item, *wanted.node);
        items.append(item);
    }
    if (parent->rowCount() > items.size())
        parent->removeRows(int(items.size()), parent->rowCount() - int(items.size()));
    return items;
}

void OutlineModel::showIn(QStandardItem &item, const Node &node) const
{
    const QString name = nodeName(node);
    const QString port = item.data(kPortRole).toString();
    QString text = port.isEmpty() ? name : tr("%1 · %2").arg(name, port);
    if (node.mode != policy::NodeMode::Active)
        text = (node.mode == policy::NodeMode::Muted ? tr("%1 (muted)") : tr("%1 (bypassed)"))
                   .arg(text);
    if (item.text() != text)
        item.setText(text);
    if (item.icon().isNull())
        item.setIcon(kindIcon(node.kind, m_theme));
    if (item.data(RepeatedRole).toBool())
        item.setToolTip(tr("%1 stands in full elsewhere in this list").arg(name));
    item.setData(node.mode != policy::NodeMode::Active, DimRole);
    const bool marked = m_problems.value(node.id) > 0;
    if (marked != item.data(MarkRole).isValid()) {
        item.setData(marked ? QVariant(u"warning"_s) : QVariant(), MarkRole);
        item.setData(marked ? QVariant(int(Token::Warning)) : QVariant(), MarkInkRole);
    }
}

void OutlineModel::followNode(const NodeId &id)
{
    const Node *node = m_editor.document().node(id);
    if (!node || m_sync->isActive())
        return;
    const auto [first, last] = m_rows.equal_range(id);
    for (auto it = first; it != last; ++it)
        showIn(*it.value(), *node);
    // Other ports may lead to other nodes, and by other names.
    if (policy::outPorts(*node, m_editor.document()) != m_ports.value(id))
        m_sync->start();
}

void OutlineModel::showProblems(const QList<policy::Problem> &problems)
{
    QHash<NodeId, int> counts;
    for (const policy::Problem &problem : problems)
        ++counts[problem.node];
    const QHash<NodeId, int> before = std::exchange(m_problems, counts);
    if (m_sync->isActive())
        return; // which shows them
    const policy::PolicyDocument &document = m_editor.document();
    for (auto it = m_rows.cbegin(); it != m_rows.cend(); ++it) {
        if (before.value(it.key()) == m_problems.value(it.key()))
            continue;
        if (const Node *node = document.node(it.key()))
            showIn(*it.value(), *node);
    }
}

QVariant OutlineModel::data(const QModelIndex &index, int role) const
{
    if (role != Qt::AccessibleTextRole && role != Qt::EditRole)
        return QStandardItemModel::data(index, role);
    const Node *node = m_editor.document().node({index.data(NodeRole).toString()});
    if (!node)
        return index.data(Qt::DisplayRole);
    if (role == Qt::EditRole)
        return node->title;
    return accessibleName(*node, index.data(kPortRole).toString());
}

bool OutlineModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole)
        return QStandardItemModel::setData(index, value, role);
    const QString title = value.toString().trimmed();
    if (title != index.data(Qt::EditRole).toString())
        Q_EMIT renameRequested({index.data(NodeRole).toString()}, title);
    return true;
}

// "Gate Gate 1, by escalate, log-probability ≥ 0.62, 2 outputs, 1 problem"
QString OutlineModel::accessibleName(const Node &node, const QString &port) const
{
    const policy::NodeKind *kind = policy::nodeKind(node.kind);
    QStringList parts{kindLabel(node.kind) + u' ' + nodeName(node)};
    if (!port.isEmpty())
        parts.append(tr("by %1").arg(port));
    if (kind && kind->summary)
        parts.append(kind->summary(node, m_editor.document()));
    if (node.mode == policy::NodeMode::Muted)
        parts.append(tr("muted"));
    if (node.mode == policy::NodeMode::Bypassed)
        parts.append(tr("bypassed"));
    if (const policy::Group *group = m_editor.document().groupOf(node.id))
        parts.append(tr("in the group %1").arg(group->title));
    const auto outputs = int(policy::outPorts(node, m_editor.document()).size());
    if (outputs > 0)
        parts.append(outputs == 1 ? tr("1 output") : tr("%n outputs", nullptr, outputs));
    if (const int problems = m_problems.value(node.id))
        parts.append(problems == 1 ? tr("1 problem") : tr("%n problems", nullptr, problems));
    return parts.join(", "_L1);
}

} // namespace headgate::ui
