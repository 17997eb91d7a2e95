#include "ui/editor/connect_popup.h"

#include "core/policy/node_kind.h"
#include "ui/common/theme.h"
#include "ui/editor/node_look.h"

#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::NodeId;
using policy::Wire;

namespace {

constexpr QSize kConnectPopupSize(280, 320);
constexpr int kNodeRole = Qt::UserRole; // empty: a new node

} // namespace

ConnectPopup::ConnectPopup(const Theme &theme, policy::PolicyEditor &editor, QWidget *parent)
    : SearchPopup(parent)
    , m_theme(theme)
    , m_editor(editor)
    , m_ports(new QComboBox)
    , m_targets(new QStandardItemModel(this))
    , m_filter(new QSortFilterProxyModel(this))
{
    m_filter->setSourceModel(m_targets);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    setObjectName(u"connectPopup"_s);
    setAccessibleName(tr("Connect to a node"));
    m_ports->setObjectName(u"connectPort"_s);
    m_ports->setAccessibleName(tr("Port that the wire leaves"));
    m_ports->setToolTip(tr("Port that the wire leaves (Left and Right)"));
    text().setObjectName(u"connectText"_s);
    text().setAccessibleName(tr("Search the nodes that may follow"));
    text().setPlaceholderText(tr("Connect to…"));
    list().setModel(m_filter);
    list().setObjectName(u"connectList"_s);
    list().setAccessibleName(tr("Nodes that may follow"));
    column().insertWidget(0, m_ports);
    connect(m_ports, &QComboBox::currentIndexChanged, this, &ConnectPopup::fillTargets);
}

Result<> ConnectPopup::openAt(QPoint globalPlace, const NodeId &node, const QString &port)
{
    const policy::PolicyDocument &document = m_editor.document();
    const policy::Node &from = *document.node(node);
    if (policy::outPorts(from, document).isEmpty())
        return fail(ErrorCode::InvalidInput,
                    tr("Nothing leads out of “%1”.").arg(policy::displayName(from)));
    m_node = node;
    fillPorts(port);
    showAt(globalPlace, kConnectPopupSize);
    return {};
}

void ConnectPopup::fillPorts(const QString &port)
{
    const policy::PolicyDocument &document = m_editor.document();
    const policy::Node &from = *document.node(m_node);
    const QSignalBlocker quiet(m_ports);
    m_ports->clear();
    int chosen = -1;
    for (const policy::Port &each : policy::outPorts(from, document)) {
        const auto target = document.target(m_node, each.name);
        const policy::Node *now = target ? document.node(*target) : nullptr;
        const QString label = each.label.isEmpty() ? each.name : each.label;
        const QString place = tr("%1, %2").arg(policy::displayName(from), label);
        m_ports->addItem(now ? tr("%1 (now to %2)").arg(place, policy::displayName(*now)) : place,
                         each.name);
        if (port.isEmpty() ? chosen < 0 && !target : each.name == port)
            chosen = m_ports->count() - 1;
    }
    m_ports->setCurrentIndex(qMax(0, chosen));
    fillTargets();
}

void ConnectPopup::fillTargets()
{
    const policy::PolicyDocument &document = m_editor.document();
    const policy::Node &from = *document.node(m_node);
    const QString port = m_ports->currentData().toString();
    QList<const policy::Node *> targets;
    for (const policy::Node &node : document.nodes) {
        if (m_editor.canConnect({m_node, port, node.id}))
            targets.append(&node);
    }
    std::stable_sort(targets.begin(), targets.end(),
                     [&from](const policy::Node *a, const policy::Node *b) {
                         return QLineF(from.at, a->at).length() < QLineF(from.at, b->at).length();
                     });
    m_targets->clear();
    for (const policy::Node *node : std::as_const(targets)) {
        auto *item = new QStandardItem(kindIcon(node->kind, m_theme), policy::displayName(*node));
        item->setData(node->id.value, kNodeRole);
        m_targets->appendRow(item);
    }
    m_targets->appendRow(new QStandardItem(tr("A new node…")));
    chooseFirst();
}

void ConnectPopup::search(const QString &text)
{
    m_filter->setFilterFixedString(text);
}

bool ConnectPopup::handleKey(int key)
{
    if (key != Qt::Key_Left && key != Qt::Key_Right)
        return false;
    const int by = key == Qt::Key_Right ? 1 : -1;
    m_ports->setCurrentIndex(qBound(0, m_ports->currentIndex() + by, m_ports->count() - 1));
    return true;
}

void ConnectPopup::take(const QModelIndex &row)
{
    if (!row.isValid())
        return;
    const QString port = m_ports->currentData().toString();
    const QString target = row.data(kNodeRole).toString();
    hide();
    if (target.isEmpty())
        Q_EMIT newNodeRequested(m_node, port);
    else
        Q_EMIT chosen({m_node, port, {target}});
}

} // namespace headgate::ui
