#include "ui/common/artifact_library.h"
#include "ui/common/run_records.h"
#include "ui/common/style_sheet.h"
#include "ui/editor/build_page.h"
#include "ui/editor/editor_commands/pin_commands.h"
#include "ui/editor/inspector_panel.h"
#include "ui/editor/live/artifact_watch.h"
#include "ui/editor/live/flow_display.h"
#include "ui/editor/live/flow_legend.h"
#include "ui/editor/live/flow_menu.h"
#include "ui/editor/live/gate_panel.h"
#include "ui/editor/live/health_display.h"
#include "ui/editor/live/gate_records.h"
#include "ui/editor/live/pin_watch.h"
#include "ui/editor/live/pins_panel.h"
#include "ui/editor/live/replay_bar.h"
#include "ui/editor/live/run_display.h"
#include "ui/editor/live/runs_panel.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"
#include "ui/editor/problems_panel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QShortcut>
#include <QTabBar>
#include <QTabWidget>
#include <QTimer>
#include <QUndoStack>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kLegendMargin = 12;
constexpr qsizetype kPinName = 60;

// An id that no pin of the document has.
QString freePinId(const policy::PolicyDocument &document)
{
    int highest = 0;
    for (const policy::RoutePin &pin : document.pins) {
        if (pin.id.startsWith(u'p'))
            highest = qMax(highest, pin.id.mid(1).toInt());
    }
    return u"p%1"_s.arg(highest + 1);
}

QString pinName(const engine::RunTrace &trace)
{
    const QString prompt = trace.query.prompt().simplified();
    return prompt.size() > kPinName ? prompt.left(kPinName - 1) + u'…' : prompt;
}

} // namespace

QWidget *BuildPage::makeBottom()
{
    m_bottom = new QTabWidget;
    m_bottom->setObjectName(u"problems"_s); // by which it is folded away
    m_bottom->setAccessibleName(tr("Problems, pins and runs"));
    m_bottom->setDocumentMode(true);
    setRole(m_bottom, Role::Panel);
    m_bottom->tabBar()->setAccessibleName(tr("Problems, pins and runs"));
    m_bottom->tabBar()->setExpanding(false);
    m_bottom->setMinimumHeight(96);
    m_problems->hideTitle();
    m_bottom->addTab(m_problems, tr("Problems"));
    m_bottom->addTab(m_pinsPanel, tr("Pins"));
    return m_bottom;
}

void BuildPage::connectLive()
{
    connect(m_pins, &PinWatch::changed, this, &BuildPage::showProblems);
    connect(m_artifacts, &ArtifactWatch::changed, this, &BuildPage::showProblems);
    connect(&m_editor, &policy::PolicyEditor::pinsChanged, m_validation,
            qOverload<>(&QTimer::start));
    connect(m_pinsPanel, &PinsPanel::nodeChosen, this, &BuildPage::selectNode);
    connect(m_pinsPanel, &PinsPanel::countChanged, this, &BuildPage::updateTabs);
    connect(m_problems, &ProblemsPanel::countChanged, this, &BuildPage::updateTabs);
    connect(m_replay, &ReplayBar::pinRequested, this, [this] { pinPath(*m_runs->replayed()); });
    connect(m_runs, &RunDisplay::stepShown, this, [this](const policy::NodeId &node) {
        if (m_editor.document().node(node))
            selectNode(node);
        Q_EMIT stepShown(m_runs->replayed()->id, m_runs->step());
    });
    addReplayKeys();
    updateTabs();
}

void BuildPage::addReplayKeys()
{
    const auto add = [this](const QKeySequence &key, const std::function<void()> &step) {
        auto *shortcut = new QShortcut(key, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        shortcut->setEnabled(false);
        connect(shortcut, &QShortcut::activated, this, step);
        connect(m_runs, &RunDisplay::replayChanged, shortcut,
                [this, shortcut] { shortcut->setEnabled(m_runs->isReplaying()); });
    };
    add(Qt::ALT | Qt::Key_Home, [this] { m_runs->setStep(1); });
    add(Qt::ALT | Qt::Key_Left, [this] { m_runs->setStep(m_runs->step() - 1); });
    add(Qt::ALT | Qt::Key_Right, [this] { m_runs->setStep(m_runs->step() + 1); });
    add(Qt::ALT | Qt::Key_End, [this] { m_runs->setStep(m_runs->stepCount()); });
}

void BuildPage::useRecords(RunRecords &records)
{
    m_pins->setCatalog(records.catalog());
    m_flow = new FlowDisplay(*m_scene, m_editor, records, this);
    auto *menu = new FlowMenu(m_theme, *m_flow);
    m_tools->insertWidget(m_tools->indexOf(m_run), menu);
    m_legend = new FlowLegend(m_theme, *m_flow, m_view->viewport());
    m_view->viewport()->installEventFilter(this);
    connect(m_flow, &FlowDisplay::changed, this, &BuildPage::placeLegend);
    m_gates = new GateRecords(*m_scene, m_editor, records, this);
    auto *gate = new GatePanel(m_theme, *m_scene, m_editor, m_undo, *m_gates);
    m_inspector->addSection(u"gate"_s, gate);
    connect(this, &BuildPage::nodeSelected, gate, &GatePanel::setNode);
    connect(m_inspector, &InspectorPanel::previewed, this,
            [this](const policy::NodeId &node, const QString &key, const Json &value) {
                if (key == "threshold"_L1)
                    m_scene->previewThreshold(node, value.is_number()
                                                        ? std::optional(value.get<double>())
                                                        : std::nullopt);
            });
    connect(m_scene, &PolicyScene::thresholdPreviewed, m_inspector,
            [this](const policy::NodeId &node, std::optional<double> threshold) {
                m_inspector->preview(node, u"threshold"_s,
                                     threshold ? std::optional<Json>(*threshold) : std::nullopt);
            });
    // What was previewed is written now.
    connect(&m_editor, &policy::PolicyEditor::nodeChanged, m_scene,
            [this](const policy::NodeId &node) {
                const NodeItem *item = m_scene->nodeItem(node);
                if (item && item->look().previewed)
                    m_scene->previewThreshold(node, std::nullopt);
            });
    m_runsPanel = new RunsPanel(m_editor, records);
    m_bottom->addTab(m_runsPanel, tr("Runs"));
    connect(m_runsPanel, &RunsPanel::replayRequested, this,
            [this](const engine::RunTrace &trace) { replay(trace); });
    connect(m_runsPanel, &RunsPanel::pinRequested, this, &BuildPage::pinPath);
    const auto tell = [this](const QString &sentence) { Q_EMIT told(sentence, false); };
    connect(m_runsPanel, &RunsPanel::problem, this, tell);
    connect(m_flow, &FlowDisplay::problem, this, tell);
    connect(m_gates, &GateRecords::problem, this, tell);
}

void BuildPage::placeLegend()
{
    m_legend->move(kLegendMargin,
                   m_view->viewport()->height() - m_legend->height() - kLegendMargin);
    m_legend->raise();
}

bool BuildPage::eventFilter(QObject *watched, QEvent *event)
{
    // The legend keeps its corner; scrolling shifts it as it shifts all that lies in the viewport.
    const bool moved = watched == m_view->viewport() &&
                       (event->type() == QEvent::Resize || event->type() == QEvent::Paint);
    if (moved && m_legend && !m_legend->isHidden())
        placeLegend();
    return QWidget::eventFilter(watched, event);
}

void BuildPage::updateTabs()
{
    const auto count = allProblems().size();
    m_bottom->setTabText(m_bottom->indexOf(m_problems),
                         count > 0 ? tr("Problems %1").arg(count) : tr("Problems"));
    const qsizetype pins = m_pinsPanel->count();
    m_bottom->setTabText(m_bottom->indexOf(m_pinsPanel),
                         pins > 0 ? tr("Pins %1").arg(pins) : tr("Pins"));
}

QList<policy::Problem> BuildPage::allProblems() const
{
    return m_editor.problems() + m_artifacts->problems() + m_pins->problems();
}

void BuildPage::useArtifacts(ArtifactLibrary &library)
{
    m_inspector->setArtifacts(&library);
    m_artifacts->setArtifacts(library.shelf());
    m_pins->setArtifacts(library.shelf());
}

void BuildPage::validate()
{
    m_artifacts->check();
    m_pins->check();
    showProblems();
}

void BuildPage::showRunEvent(const engine::RunEvent &event)
{
    m_runs->follow(event);
}

void BuildPage::showHealth(const engine::DeploymentHealth &health)
{
    m_health->note(health);
}

void BuildPage::showRun(const engine::RunTrace &trace)
{
    m_runs->show(trace);
}

void BuildPage::clearRun()
{
    m_runs->clear();
}

void BuildPage::replay(const engine::RunTrace &trace, int step)
{
    m_runs->replay(trace, step);
}

void BuildPage::showStep(const QString &runId, int step)
{
    if (m_runs->isReplaying() && m_runs->replayed()->id == runId)
        m_runs->setStep(step);
}

void BuildPage::pinPath(const engine::RunTrace &trace)
{
    auto pin =
        engine::makePin(trace, m_editor.document(), freePinId(m_editor.document()), pinName(trace));
    if (!pin) {
        Q_EMIT told(pin.error().message, false);
        return;
    }
    const QString name = pin->name;
    m_undo.push(addPinCommand(m_editor, *std::move(pin)).release());
    m_bottom->setCurrentWidget(m_pinsPanel);
    Q_EMIT told(tr("The path of “%1” is pinned. Its prompt and what was recorded of the run are "
                   "kept in the policy file.")
                    .arg(name),
                true);
}

void BuildPage::showPins()
{
    m_bottom->setCurrentWidget(m_pinsPanel);
}

void BuildPage::setBadges(BadgeMode badges)
{
    m_scene->setBadges(badges);
}

} // namespace headgate::ui
