#include "ui/editor/outline_panel.h"

#include "ui/common/style_sheet.h"
#include "ui/editor/outline_model.h"
#include "ui/editor/side_tree.h"

#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

OutlinePanel::OutlinePanel(const Theme &theme, policy::PolicyEditor &editor, QWidget *parent)
    : QWidget(parent)
    , m_model(new OutlineModel(theme, editor, this))
    , m_tree(makeSideTree(theme))
{
    setRole(this, Role::Panel);
    auto *title = new QLabel(tr("Outline"));
    setRole(title, Role::Caption);
    title->setContentsMargins(12, 0, 0, 0);
    m_tree->setObjectName(u"outlineTree"_s);
    m_tree->setAccessibleName(tr("Outline of the policy"));
    m_tree->setModel(m_model);
    m_tree->setIndentation(12);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->installEventFilter(this);
    m_tree->expandAll();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(title);
    layout->addWidget(m_tree, 1);

    connect(m_model, &QAbstractItemModel::rowsInserted, this, &OutlinePanel::restore,
            Qt::QueuedConnection);
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (m_applying || chosen().isEmpty())
            return;
        m_nodes = chosen();
        Q_EMIT nodesChosen(m_nodes);
    });
    connect(m_tree, &QTreeView::activated, this, &OutlinePanel::inspectRequested);
}

void OutlinePanel::setNodes(const QList<policy::NodeId> &nodes)
{
    if (nodes == m_nodes)
        return;
    m_nodes = nodes;
    restore();
}

// The tree as it is drawn after a change: all open, the selection where it was.
void OutlinePanel::restore()
{
    m_applying = true;
    m_tree->expandAll();
    QItemSelection selection;
    for (const policy::NodeId &node : std::as_const(m_nodes)) {
        const QModelIndex index = m_model->indexOf(node);
        if (index.isValid())
            selection.select(index, index);
    }
    m_tree->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    if (!selection.isEmpty()) {
        const QModelIndex first = selection.indexes().first();
        m_tree->selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
        m_tree->scrollTo(first);
    }
    m_applying = false;
}

QList<policy::NodeId> OutlinePanel::chosen() const
{
    QList<policy::NodeId> nodes;
    for (const QModelIndex &index : m_tree->selectionModel()->selectedRows()) {
        const policy::NodeId node{index.data(OutlineModel::NodeRole).toString()};
        if (!nodes.contains(node))
            nodes.append(node);
    }
    return nodes;
}

bool OutlinePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_tree && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Delete:
            Q_EMIT removeRequested();
            return true;
        case Qt::Key_F2:
            Q_EMIT renameRequested();
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace headgate::ui
