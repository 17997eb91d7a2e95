#include "ui/editor/connect_popup.h"

#include "core/policy/node_kind.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/editor/node_look.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QScreen>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::NodeId;
using policy::Wire;

namespace {

constexpr QSize kSize(280, 320);
constexpr int kNodeRole = Qt::UserRole; // empty: a new node

} // namespace

ConnectPopup::ConnectPopup(const Theme &theme, policy::PolicyEditor &editor, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_theme(theme)
    , m_editor(editor)
    , m_ports(new QComboBox)
    , m_search(new QLineEdit)
    , m_list(new QListView)
    , m_targets(new QStandardItemModel(this))
    , m_filter(new QSortFilterProxyModel(this))
{
    setObjectName(u"connectPopup"_s);
    setRole(this, Role::Card);
    setAccessibleName(tr("Connect to a node"));
    m_ports->setObjectName(u"connectPort"_s);
    m_ports->setAccessibleName(tr("Port that the wire leaves"));
    m_ports->setToolTip(tr("Port that the wire leaves (Left and Right)"));
    m_search->setObjectName(u"connectText"_s);
    m_search->setAccessibleName(tr("Search the nodes that may follow"));
    m_search->setPlaceholderText(tr("Connect to…"));
    m_search->installEventFilter(this);
    m_filter->setSourceModel(m_targets);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setObjectName(u"connectList"_s);
    m_list->setAccessibleName(tr("Nodes that may follow"));
    m_list->setModel(m_filter);
    m_list->setIconSize({18, 18});
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setFocusPolicy(Qt::NoFocus);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(4);
    layout->addWidget(m_ports);
    layout->addWidget(m_search);
    layout->addWidget(m_list);

    connect(m_ports, &QComboBox::currentIndexChanged, this, &ConnectPopup::fillTargets);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setFilterFixedString(text);
        m_list->setCurrentIndex(m_filter->index(0, 0));
    });
    connect(m_search, &QLineEdit::returnPressed, this, [this] { choose(m_list->currentIndex()); });
    connect(m_list, &QListView::clicked, this, &ConnectPopup::choose);
}

Result<> ConnectPopup::openAt(QPoint globalPlace, const NodeId &node, const QString &port)
{
    const policy::PolicyDocument &document = m_editor.document();
    const policy::Node &from = *document.node(node);
    if (policy::outPorts(from, document).isEmpty())
        return fail(ErrorCode::InvalidInput,
                    tr("Nothing leads out of “%1”.").arg(policy::displayName(from)));
    m_node = node;
    m_search->clear();
    fillPorts(port);
    resize(kSize);
    if (const QScreen *where = parentWidget() ? parentWidget()->screen() : nullptr) {
        const QRect room = where->availableGeometry();
        globalPlace.setX(qMax(room.left(), qMin(globalPlace.x(), room.right() - width())));
        globalPlace.setY(qMax(room.top(), qMin(globalPlace.y(), room.bottom() - height())));
    }
    move(globalPlace);
    show();
    m_search->setFocus(Qt::PopupFocusReason);
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
    m_list->setCurrentIndex(m_filter->index(0, 0));
}

bool ConnectPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        moveCurrent(1);
        return true;
    case Qt::Key_Up:
        moveCurrent(-1);
        return true;
    case Qt::Key_Right:
        m_ports->setCurrentIndex(qMin(m_ports->currentIndex() + 1, m_ports->count() - 1));
        return true;
    case Qt::Key_Left:
        m_ports->setCurrentIndex(qMax(m_ports->currentIndex() - 1, 0));
        return true;
    default:
        return QFrame::eventFilter(watched, event);
    }
}

void ConnectPopup::moveCurrent(int by)
{
    const int row = qBound(0, m_list->currentIndex().row() + by, m_filter->rowCount() - 1);
    m_list->setCurrentIndex(m_filter->index(row, 0));
}

void ConnectPopup::choose(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    const QString port = m_ports->currentData().toString();
    const QString target = index.data(kNodeRole).toString();
    hide();
    if (target.isEmpty())
        Q_EMIT newNodeRequested(m_node, port);
    else
        Q_EMIT chosen({m_node, port, {target}});
}

} // namespace headgate::ui
