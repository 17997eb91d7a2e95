#include "ui/editor/build_page.h"

#include "ui/common/icons.h"
#include "ui/common/panes.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/editor/find_bar.h"
#include "ui/editor/first_model.h"
#include "ui/editor/inspector_panel.h"
#include "ui/editor/kind_usage.h"
#include "ui/editor/live/artifact_watch.h"
#include "ui/editor/live/flow_legend.h"
#include "ui/editor/live/health_display.h"
#include "ui/editor/live/pin_watch.h"
#include "ui/editor/live/pins_panel.h"
#include "ui/editor/live/replay_bar.h"
#include "ui/editor/live/run_display.h"
#include "ui/editor/outline_panel.h"
#include "ui/editor/palette_panel.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"
#include "ui/editor/problems_panel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QTimer>
#include <QUndoStack>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::NodeId;
using policy::PolicyEditor;

namespace {

constexpr int kValidationMs = 120;
constexpr int kLeftWidth = 208;
constexpr int kRightWidth = 300;
constexpr int kBottomHeight = 164;

QSplitter *splitter(const QString &name, Qt::Orientation orientation,
                    std::initializer_list<QWidget *> parts)
{
    auto *split = new QSplitter(orientation);
    split->setObjectName(name);
    split->setHandleWidth(1);
    split->setChildrenCollapsible(false);
    for (QWidget *part : parts)
        split->addWidget(part);
    return split;
}

} // namespace

BuildPage::BuildPage(Theme &theme, PolicyEditor &editor, QUndoStack &undo, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_editor(editor)
    , m_undo(undo)
    , m_usage(new KindUsage(this))
    , m_scene(new PolicyScene(editor, theme, this))
    , m_view(new PolicyView(*m_scene, editor, undo))
    , m_palette(new PalettePanel(theme, *m_usage))
    , m_outline(new OutlinePanel(theme, editor, undo))
    , m_inspector(new InspectorPanel(theme, editor, undo))
    , m_problems(new ProblemsPanel(theme, editor, undo))
    , m_find(new FindBar(theme, editor, *m_scene))
    , m_validation(new QTimer(this))
    , m_runs(new RunDisplay(*m_scene, editor, this))
    , m_health(new HealthDisplay(*m_scene, editor, this))
    , m_replay(new ReplayBar(theme, *m_runs))
    , m_artifacts(new ArtifactWatch(editor, this))
    , m_pins(new PinWatch(editor, this))
    , m_pinsPanel(new PinsPanel(theme, editor, undo, *m_pins))
{
    setObjectName(u"buildPage"_s);
    m_inspector->setMinimumWidth(220);
    m_problems->setObjectName(u"problemsPanel"_s);
    QSplitter *all =
        splitter(u"buildColumns"_s, Qt::Horizontal, {makeLeft(), makeCentre(), m_inspector});
    all->setStretchFactor(0, 0);
    all->setStretchFactor(1, 1);
    all->setStretchFactor(2, 0);
    all->setSizes({kLeftWidth, 800, kRightWidth});
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(all);

    m_validation->setSingleShot(true);
    m_validation->setInterval(kValidationMs);
    connect(m_validation, &QTimer::timeout, this, &BuildPage::validate);
    QWidget *const panes[] = {m_palette, m_outline, m_view, m_bottom, m_inspector};
    for (int number = 0; number < int(std::size(panes)); ++number)
        setPane(panes[number], number);
    m_view->setKindUsage(*m_usage);
    connectPanels();
    connectSearch();
    connectLive();
    showName();
    validate();
    setRunning(false);
}

BuildPage::~BuildPage()
{
    // The view works on the scene until it is gone, and the scene's last signals reach nobody.
    m_scene->disconnect(this);
    delete m_view;
}

QWidget *BuildPage::makeToolBar()
{
    auto *bar = new QWidget;
    setRole(bar, Role::ToolBar);
    bar->setAttribute(Qt::WA_StyledBackground);
    bar->setFixedHeight(Theme::kToolBarHeight);
    m_name = new QLabel;
    m_name->setObjectName(u"policyName"_s);
    setRole(m_name, Role::Section);
    m_edited = new QLabel(tr("edited"));
    m_edited->setObjectName(u"editedMark"_s);
    setRole(m_edited, Role::Secondary);
    m_run = new QPushButton(tr("Run  F5"));
    m_run->setObjectName(u"runButton"_s);
    m_run->setAccessibleName(tr("Run a query through the policy"));
    m_run->setToolTip(tr("Run a query through the policy (F5)"));
    setRole(m_run, Role::Primary);
    m_stop = new QPushButton(tr("Stop"));
    m_stop->setObjectName(u"stopButton"_s);
    m_stop->setToolTip(tr("Stop the run (Shift+F5)"));
    m_stop->setAccessibleName(tr("Stop the run"));
    auto *layout = m_tools = new QHBoxLayout(bar);
    layout->setContentsMargins(12, 0, 12, 0);
    layout->setSpacing(8);
    layout->addWidget(m_name);
    layout->addWidget(m_edited);
    layout->addStretch();
    layout->addWidget(m_run);
    layout->addWidget(m_stop);
    connect(m_run, &QPushButton::clicked, this, &BuildPage::requestRun);
    connect(m_stop, &QPushButton::clicked, this, &BuildPage::stopRequested);
    return bar;
}

QWidget *BuildPage::makeLeft()
{
    QSplitter *left = splitter(u"buildLeft"_s, Qt::Vertical, {m_palette, m_outline});
    left->setMinimumWidth(168);
    left->setSizes({430, 330});
    return left;
}

QWidget *BuildPage::makeCentre()
{
    QSplitter *split = splitter(u"buildRows"_s, Qt::Vertical, {m_view, makeBottom()});
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 0);
    split->setSizes({600, kBottomHeight});
    auto *centre = new QWidget;
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeToolBar());
    layout->addWidget(m_replay);
    layout->addWidget(m_find);
    layout->addWidget(split, 1);
    return centre;
}

void BuildPage::connectPanels()
{
    connect(m_scene, &QGraphicsScene::selectionChanged, this, &BuildPage::showSelection);
    connect(m_view, &PolicyView::zoomChanged, this, &BuildPage::zoomChanged);
    connect(m_palette, &PalettePanel::addRequested, m_view, &PolicyView::addNode);
    connect(m_problems, &ProblemsPanel::mended, this, &BuildPage::validate);
    connect(m_problems, &ProblemsPanel::nodeChosen, this, &BuildPage::selectNode);
    connect(m_problems, &ProblemsPanel::problemChosen, this,
            [this](const NodeId &, const QString &field) {
                if (field.isEmpty())
                    m_view->setFocus(Qt::OtherFocusReason);
                else
                    m_inspector->focusField(field);
            });
    connect(m_inspector, &InspectorPanel::nodeChosen, this, &BuildPage::selectNode);
    connect(m_inspector, &InspectorPanel::modelChosen, this, &BuildPage::showModel);
    m_firstModel = new FirstModel(m_theme, *m_view, m_editor, m_undo);
    connect(m_firstModel, &FirstModel::added, this, [this](const NodeId &node) {
        selectNode(node);
        m_view->setFocus(Qt::OtherFocusReason);
    });
    connect(m_firstModel, &FirstModel::modelAdded, this, &BuildPage::showModel);
    connect(m_firstModel, &FirstModel::templatesRequested, this, &BuildPage::templatesRequested);
    m_outline->setCanvas(*m_view, m_view->canvasActions());
    connect(m_outline, &OutlinePanel::nodesChosen, this, [this](const QList<NodeId> &nodes) {
        m_scene->select(nodes);
        m_view->reveal(nodes.value(0));
    });
    connect(m_view, &PolicyView::renameRequested, m_inspector, &InspectorPanel::focusTitle);
    connect(m_view, &PolicyView::inspectRequested, m_inspector, &InspectorPanel::focusFirstField);
    connect(m_outline, &OutlinePanel::inspectRequested, m_inspector,
            &InspectorPanel::focusFirstField);

    connect(&m_editor, &PolicyEditor::changed, m_validation, qOverload<>(&QTimer::start));
    connect(&m_editor, &PolicyEditor::settingsChanged, this, &BuildPage::showName);
    connect(&m_editor, &PolicyEditor::documentReplaced, this, [this] {
        showName();
        fitIfForeign();
        showSelection();
    });
    connect(&m_editor, &PolicyEditor::nodeRemoved, this, &BuildPage::showSelection);
    connect(&m_undo, &QUndoStack::cleanChanged, this, &BuildPage::showName);
    m_undoIndex = m_undo.index();
    connect(&m_undo, &QUndoStack::indexChanged, this, &BuildPage::announceEdit);
}

void BuildPage::connectSearch()
{
    connect(m_find, &FindBar::nodeFound, this, &BuildPage::selectNode);
    connect(m_find, &FindBar::closed, m_view, qOverload<>(&QWidget::setFocus));
}

void BuildPage::useSettings(Settings &settings)
{
    m_usage->useSettings(settings);
}

void BuildPage::openFind()
{
    m_find->open();
}

void BuildPage::findNext(int by)
{
    m_find->step(by);
}

void BuildPage::showModel(const QString &name)
{
    selectNode({});
    m_inspector->showModel(name);
}

void BuildPage::setKnownModels(KnownModelsSource source)
{
    m_firstModel->setKnownModels(source);
    m_inspector->setKnownModels(std::move(source));
}

// Edits that merge into the one before, such as letters of a word, say nothing of their own.
void BuildPage::announceEdit(int index)
{
    const int before = std::exchange(m_undoIndex, index);
    if (index > before)
        Q_EMIT announced(m_undo.text(index - 1));
    else if (index < before && index < m_undo.count())
        Q_EMIT announced(tr("Undone: %1").arg(m_undo.text(index)));
}

void BuildPage::showName()
{
    const QString name = m_editor.document().name;
    m_name->setText(name.isEmpty() ? tr("Untitled policy") : name);
    m_edited->setVisible(!m_undo.isClean());
}

void BuildPage::showProblems()
{
    const QList<policy::Problem> problems = allProblems();
    m_problems->showProblems(problems);
    m_outline->showProblems(problems);
    m_scene->showProblems(problems);
    m_inspector->showProblems(problems);
}

void BuildPage::showSelection()
{
    const QList<NodeId> nodes = m_scene->selectedNodes();
    m_outline->setNodes(nodes);
    m_inspector->setSelection(nodes, m_scene->selectedWires());
    m_inspector->showProblems(allProblems());
    Q_EMIT nodeSelected(nodes.size() == 1 ? nodes.first() : NodeId());
}

// Another policy is shown whole; a mend of this one leaves the view where it is.
void BuildPage::fitIfForeign()
{
    const QHash<NodeId, QPointF> before = std::exchange(m_places, {});
    qsizetype same = 0;
    for (const policy::Node &node : m_editor.document().nodes) {
        m_places.insert(node.id, node.at);
        same += before.contains(node.id) && before.value(node.id) == node.at ? 1 : 0;
    }
    if (m_shown && 2 * same < qMax(before.size(), m_places.size()))
        m_view->showOpening();
}

void BuildPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_shown)
        return;
    m_shown = true;
    // The layout has its sizes once control is back in the loop.
    QTimer::singleShot(0, this, [this] {
        if (m_firstPlace)
            setPlace(*m_firstPlace);
        else
            m_view->showOpening();
        m_view->setFocus(Qt::OtherFocusReason);
    });
}

std::optional<DrawingPlace> BuildPage::place() const
{
    if (!m_shown)
        return m_firstPlace;
    return DrawingPlace{m_view->zoom(), m_view->mapToScene(m_view->viewport()->rect().center()),
                        m_scene->selectedNodes()};
}

void BuildPage::setPlace(const DrawingPlace &place)
{
    m_firstPlace = place;
    if (!m_shown)
        return;
    m_view->setZoom(place.zoom);
    m_view->centerOn(place.centre);
    m_scene->select(place.selected);
}

void BuildPage::selectNode(const NodeId &node)
{
    m_scene->select(node.isEmpty() ? QList<NodeId>() : QList<NodeId>{node});
    m_view->reveal(node);
}

void BuildPage::requestRun()
{
    showProblems();
    const QList<policy::Problem> problems = allProblems();
    const auto error = std::find_if(problems.cbegin(), problems.cend(), [](const auto &problem) {
        return problem.severity == policy::Problem::Severity::Error;
    });
    if (error == problems.cend()) {
        Q_EMIT runRequested();
        return;
    }
    selectNode(error->node);
    m_bottom->setCurrentWidget(m_problems);
    m_problems->focusFirst();
}

void BuildPage::setRunning(bool running)
{
    m_run->setEnabled(!running);
    m_stop->setEnabled(running);
}

} // namespace headgate::ui
