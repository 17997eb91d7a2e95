#pragma once

#include "core/engine/query_runner.h"
#include "core/policy/policy_editor.h"
#include "ui/editor/badge_text.h"
#include "ui/editor/drawing_place.h"
#include "ui/editor/known_models.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QTabWidget;
class QTimer;
class QUndoStack;

namespace headgate::ui {

class ArtifactLibrary;
class ArtifactWatch;
class FindBar;
class FirstModel;
class FlowDisplay;
class FlowLegend;
class GateRecords;
class HealthDisplay;
class InspectorPanel;
class KindUsage;
class OutlinePanel;
class PalettePanel;
class PinsPanel;
class PinWatch;
class PolicyScene;
class PolicyView;
class ProblemsPanel;
class ReplayBar;
class RunDisplay;
class RunRecords;
class RunsPanel;
class Settings;
class Theme;

// The mode in which a policy is drawn: palette and outline, canvas, inspector, problems. Knows one
// policy; theme, editor and undo stack outlive it. Runs nothing itself.
class BuildPage final : public QWidget
{
    Q_OBJECT
public:
    BuildPage(Theme &theme, policy::PolicyEditor &editor, QUndoStack &undo,
              QWidget *parent = nullptr);
    ~BuildPage() override;

    // The run that lights the drawing, as it happens; the first event after clearRun() or a whole
    // run begins a new one.
    void showRunEvent(const engine::RunEvent &event);
    void showRun(const engine::RunTrace &trace); // a finished one, whole
    void clearRun();
    void showHealth(const engine::DeploymentHealth &health); // on the nodes that call it
    // Recorded runs: a list of them, flow on wires, scores in gates. The records outlive the page.
    void useRecords(RunRecords &records);
    void replay(const engine::RunTrace &trace, int step = 1); // steps are its hops, from 1
    // Where that run is being replayed: goes to the step.
    void showStep(const QString &runId, int step);
    // Pins the path of an answered run; told() says that it is, or why not.
    void pinPath(const engine::RunTrace &trace);
    void showPins();
    void setBadges(BadgeMode badges);

    void selectNode(const policy::NodeId &node); // and scrolls to it
    // Refused while the policy has errors: then the first of them is shown. Else runRequested().
    void requestRun();
    void setRunning(bool running); // which of Run and Stop can be used

    // Favourite and recent kinds are kept there. The settings outlive the page.
    void useSettings(Settings &settings);
    void openFind();                     // in the drawing
    void findNext(int by);               // 1 or -1
    void showModel(const QString &name); // of the policy, in the inspector

    // What is seen of the drawing; nothing before it was shown first.
    std::optional<DrawingPlace> place() const;
    void setPlace(const DrawingPlace &place); // from the first showing on, else at once

    // Where the trained files of the drawing are found. The library outlives the page.
    void useArtifacts(ArtifactLibrary &library);
    void setKnownModels(KnownModelsSource source); // offered where one is added
    InspectorPanel &inspector() { return *m_inspector; }
    PolicyView &view() { return *m_view; }
    PolicyScene &scene() { return *m_scene; }

Q_SIGNALS:
    void runRequested();
    void stopRequested();
    void templatesRequested();
    // A sentence for the user; `pinned` where a path was.
    void told(const QString &sentence, bool pinned);
    void stepShown(const QString &runId, int step);          // of a replay
    void zoomChanged(double zoom);                           // 1 = 100 %
    void announced(const QString &sentence);                 // what an edit has done
    void nodeSelected(const headgate::policy::NodeId &node); // empty: none or several

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeToolBar();
    QWidget *makeLeft();
    QWidget *makeCentre();
    void connectPanels();
    void connectSearch();
    QWidget *makeBottom();
    void connectLive(); // build_page_live.cpp, as what concerns runs and pins
    void addReplayKeys();
    void placeLegend();
    void updateTabs();
    void validate();
    QList<policy::Problem> allProblems() const; // of the drawing, its trained files and its pins
    void showProblems();
    void showSelection();
    void showName();
    void fitIfForeign();
    void announceEdit(int index);

    Theme &m_theme;
    policy::PolicyEditor &m_editor;
    QUndoStack &m_undo;
    KindUsage *m_usage = nullptr;
    PolicyScene *m_scene = nullptr;
    PolicyView *m_view = nullptr;
    PalettePanel *m_palette = nullptr;
    OutlinePanel *m_outline = nullptr;
    InspectorPanel *m_inspector = nullptr;
    FirstModel *m_firstModel = nullptr;
    ProblemsPanel *m_problems = nullptr;
    FindBar *m_find = nullptr;
    QLabel *m_name = nullptr;
    QLabel *m_edited = nullptr;
    QPushButton *m_run = nullptr;
    QPushButton *m_stop = nullptr;
    QTimer *m_validation = nullptr;
    RunDisplay *m_runs = nullptr;
    HealthDisplay *m_health = nullptr;
    ReplayBar *m_replay = nullptr;
    ArtifactWatch *m_artifacts = nullptr;
    PinWatch *m_pins = nullptr;
    PinsPanel *m_pinsPanel = nullptr;
    QTabWidget *m_bottom = nullptr;
    QHBoxLayout *m_tools = nullptr; // of the tool bar
    FlowDisplay *m_flow = nullptr;  // these four only with records
    FlowLegend *m_legend = nullptr;
    GateRecords *m_gates = nullptr;
    RunsPanel *m_runsPanel = nullptr;
    bool m_shown = false;
    int m_undoIndex = 0;                      // of the last edit announced
    std::optional<DrawingPlace> m_firstPlace; // instead of the whole drawing
    QHash<policy::NodeId, QPointF> m_places;  // of the document last seen whole
};

} // namespace headgate::ui
