#include "ui/editor/outline_panel.h"

#include "ui/common/style_sheet.h"
#include "ui/editor/editor_commands/node_commands.h"
#include "ui/editor/outline_model.h"
#include "ui/editor/side_tree.h"

#include <QAccessible>
#include <QAction>
#include <QCoreApplication>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QScopedValueRollback>
#include <QTimer>
#include <QTreeView>
#include <QUndoStack>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kSentenceMs = 6000;

// Keys by which one moves in a tree; everything else is the canvas's.
bool movesInTree(const QKeyEvent &event)
{
    switch (event.key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Left:
    case Qt::Key_Right:
        return !(event.modifiers() & Qt::ControlModifier);
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_Asterisk: // opens all below
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true;
    default:
        return false;
    }
}

} // namespace

OutlinePanel::OutlinePanel(const Theme &theme, policy::PolicyEditor &editor, QUndoStack &undo,
                           QWidget *parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_undo(undo)
    , m_model(new OutlineModel(theme, editor, this))
    , m_tree(makeSideTree(theme))
    , m_sentence(new QLabel)
{
    setRole(this, Role::Panel);
    auto *title = new QLabel(tr("Outline"));
    setRole(title, Role::Caption);
    title->setContentsMargins(12, 0, 0, 0);
    m_tree->setObjectName(u"outlineTree"_s);
    m_tree->setAccessibleName(tr("Outline of the policy"));
    m_tree->setModel(m_model);
    m_tree->setIndentation(12);
    m_tree->setStyleSheet({}); // with the marks by which a row is opened and closed
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->installEventFilter(this);
    m_tree->expandAll();
    title->setBuddy(m_tree);
    m_sentence->setObjectName(u"outlineSentence"_s);
    setRole(m_sentence, Role::ErrorText);
    m_sentence->setWordWrap(true);
    m_sentence->setContentsMargins(12, 0, 12, 6);
    m_sentence->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(title);
    auto *inset = new QHBoxLayout; // the marks stand below the title
    inset->setContentsMargins(6, 0, 0, 0);
    inset->addWidget(m_tree);
    layout->addLayout(inset, 1);
    layout->addWidget(m_sentence);

    connect(m_model, &OutlineModel::aboutToSync, this, [this] { m_applying = true; });
    connect(m_model, &OutlineModel::synced, this, [this] {
        restoreExpansion();
        restoreSelection();
        m_applying = false;
    });
    connect(m_model, &OutlineModel::renameRequested, this, &OutlinePanel::rename);
    connect(m_tree, &QTreeView::collapsed, this, [this](const QModelIndex &index) {
        if (!m_applying)
            m_collapsed.insert({index.data(OutlineModel::NodeRole).toString()});
    });
    connect(m_tree, &QTreeView::expanded, this, [this](const QModelIndex &index) {
        if (!m_applying)
            m_collapsed.remove({index.data(OutlineModel::NodeRole).toString()});
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (m_applying || chosen().isEmpty())
            return;
        m_nodes = chosen();
        Q_EMIT nodesChosen(m_nodes);
    });
    connect(m_tree, &QTreeView::doubleClicked, this, &OutlinePanel::inspectRequested);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &OutlinePanel::openMenu);
}

void OutlinePanel::setCanvas(QWidget &canvas, const QList<QAction *> &actions)
{
    m_canvas = &canvas;
    m_actions = actions;
}

void OutlinePanel::setNodes(const QList<policy::NodeId> &nodes)
{
    if (nodes == m_nodes)
        return;
    m_nodes = nodes;
    restoreSelection();
}

void OutlinePanel::showProblems(const QList<policy::Problem> &problems)
{
    m_model->showProblems(problems);
}

void OutlinePanel::restoreExpansion()
{
    m_tree->expandAll();
    for (const policy::NodeId &node : std::as_const(m_collapsed)) {
        if (const QModelIndex index = m_model->indexOf(node); index.isValid())
            m_tree->collapse(index);
    }
}

void OutlinePanel::restoreSelection()
{
    const QScopedValueRollback applying(m_applying, true);
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
}

QList<policy::NodeId> OutlinePanel::chosen() const
{
    QList<policy::NodeId> nodes;
    for (const QModelIndex &index : m_tree->selectionModel()->selectedRows()) {
        const policy::NodeId node{index.data(OutlineModel::NodeRole).toString()};
        if (!nodes.contains(node) && m_editor.document().node(node))
            nodes.append(node);
    }
    return nodes;
}

bool OutlinePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_tree && event->type() == QEvent::KeyPress &&
        handleKey(static_cast<const QKeyEvent &>(*event)))
        return true;
    return QWidget::eventFilter(watched, event);
}

bool OutlinePanel::handleKey(const QKeyEvent &event)
{
    if (movesInTree(event))
        return false;
    if (event.key() == Qt::Key_F2) {
        renameCurrent();
        return true;
    }
    if (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) {
        Q_EMIT inspectRequested();
        return true;
    }
    if (!m_canvas)
        return false;
    QKeyEvent forwarded(event.type(), event.key(), event.modifiers(), event.text(),
                        event.isAutoRepeat());
    QCoreApplication::sendEvent(m_canvas, &forwarded);
    return true;
}

void OutlinePanel::renameCurrent()
{
    const QModelIndex index = m_tree->currentIndex();
    if (index.isValid())
        m_tree->edit(index);
}

void OutlinePanel::rename(const policy::NodeId &node, const QString &title)
{
    const auto &nodes = m_editor.document().nodes;
    const bool taken =
        !title.isEmpty() && std::any_of(nodes.cbegin(), nodes.cend(), [&](const auto &other) {
            return other.id != node && other.title == title;
        });
    if (taken)
        say(tr("Another node is called “%1”; nothing has changed.").arg(title));
    else
        m_undo.push(new SetTitleCommand(m_editor, node, title));
}

void OutlinePanel::say(const QString &sentence)
{
    m_sentence->setText(sentence);
    m_sentence->show();
    QAccessibleEvent told(m_sentence, QAccessible::Alert);
    QAccessible::updateAccessibility(&told);
    QTimer::singleShot(kSentenceMs, m_sentence, [this, sentence] {
        if (m_sentence->text() == sentence)
            m_sentence->hide();
    });
}

// What arranges, moves and shows nodes is below, so that the menu stays short.
void OutlinePanel::addCanvasActions(QMenu &menu) const
{
    const std::pair<QString, QStringList> parts[] = {
        {tr("Arrange"), {u"canvas.align"_s, u"canvas.distribute"_s, u"canvas.tidy"_s}},
        {tr("Move"), {u"canvas.move"_s, u"canvas.leap"_s, u"canvas.step"_s}},
        {tr("View"), {u"canvas.fit"_s, u"canvas.zoom"_s, u"canvas.wheel"_s, u"canvas.keys"_s,
                      u"canvas.cancel"_s}},
    };
    QList<QAction *> left = m_actions;
    QList<QMenu *> below;
    for (const auto &[title, names] : parts) {
        auto *part = new QMenu(title, &menu);
        for (QAction *action : m_actions) {
            const bool here =
                std::any_of(names.cbegin(), names.cend(), [action](const QString &name) {
                    return action->objectName().startsWith(name);
                });
            if (here && left.removeOne(action))
                part->addAction(action);
        }
        if (!part->isEmpty())
            below.append(part);
    }
    menu.addActions(left);
    menu.addSeparator();
    for (QMenu *part : std::as_const(below))
        menu.addMenu(part);
}

void OutlinePanel::openMenu(const QPoint &place)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"outlineMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (m_tree->currentIndex().isValid()) {
        menu->addAction(tr("Rename here"), this, &OutlinePanel::renameCurrent);
        menu->addAction(tr("To the inspector"), this, &OutlinePanel::inspectRequested);
        menu->addSeparator();
    }
    addCanvasActions(*menu);
    menu->popup(m_tree->viewport()->mapToGlobal(place));
}

} // namespace headgate::ui
