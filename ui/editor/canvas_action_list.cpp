#include "ui/editor/canvas_action_list.h"

#include "core/policy/policy_editor.h"
#include "ui/editor/canvas_metrics.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"

#include <QKeyEvent>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr double kZoomStep = 1.25;

QKeySequence ctrl(Qt::Key key)
{
    return QKeySequence(Qt::CTRL | key);
}

QKeySequence ctrlShift(Qt::Key key)
{
    return QKeySequence(Qt::CTRL | Qt::SHIFT | key);
}

} // namespace

CanvasActionList::CanvasActionList(PolicyView &view, PolicyScene &scene,
                                   policy::PolicyEditor &editor)
    : QObject(&view)
    , m_view(view)
    , m_scene(scene)
    , m_editor(editor)
{
    addEdits();
    addClipboard();
    addModesAndGroups();
    addArranging();
    addMoves();
    addViewing();
    connect(&scene, &QGraphicsScene::selectionChanged, this, &CanvasActionList::refresh);
    connect(&editor, &policy::PolicyEditor::changed, this, &CanvasActionList::refreshSoon);
    refresh();
}

QAction *CanvasActionList::action(const char *name) const
{
    const auto it = std::find_if(m_actions.cbegin(), m_actions.cend(), [name](const QAction *each) {
        return each->objectName() == QLatin1StringView(name);
    });
    Q_ASSERT(it != m_actions.cend());
    return *it;
}

QAction *CanvasActionList::add(const char *name, const QString &text,
                               const QList<QKeySequence> &keys, Needs needs, const Act &act)
{
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1StringView(name));
    action->setShortcuts(keys);
    // The view itself asks for its keys (trigger()): in a menu they are only shown.
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, act);
    m_actions.append(action);
    m_needs.insert(action, needs);
    return action;
}

void CanvasActionList::addEdits()
{
    CanvasActions &actions = m_view.actions();
    add("canvas.add", tr("Add a node…"), {Qt::Key_A, Qt::Key_Insert}, Needs::Nothing,
        [this] { m_view.openNodeSearchAtMouse(); });
    add("canvas.rename", tr("Rename"), {Qt::Key_F2}, Needs::OneNode,
        [this] { Q_EMIT m_view.renameRequested(); });
    add("canvas.inspect", tr("Go to the inspector"), {Qt::Key_Return, Qt::Key_Enter},
        Needs::Nothing, [this] { Q_EMIT m_view.inspectRequested(); });
    add("canvas.connect", tr("Connect from here…"), {Qt::Key_C}, Needs::OneNode,
        [this] { m_view.openConnectList(); });
    add("canvas.duplicate", tr("Duplicate"), {ctrl(Qt::Key_D)}, Needs::Node,
        [this, &actions] { m_view.tell(actions.duplicateSelection()); });
    add("canvas.delete", tr("Delete"), {Qt::Key_Delete, Qt::Key_Backspace}, Needs::NodeOrWire,
        [&actions] { actions.removeSelection(); });
    add("canvas.delete_reconnect", tr("Delete and reconnect"), {ctrl(Qt::Key_Delete)},
        Needs::NodeOrWire, [&actions] { actions.removeAndReconnect(); });
    add("canvas.select_all", tr("Select all nodes"), {QKeySequence::SelectAll}, Needs::AnyNode,
        [&actions] { actions.selectAll(); });
    add("canvas.cancel", tr("Cancel, or select nothing"), {Qt::Key_Escape}, Needs::Nothing,
        [this] { m_view.cancelOrClear(); });
}

void CanvasActionList::addClipboard()
{
    add("canvas.cut", tr("Cut"), {QKeySequence::Cut}, Needs::Node, [this] { m_view.cut(); });
    add("canvas.copy", tr("Copy"), {QKeySequence::Copy}, Needs::Node, [this] { m_view.copy(); });
    add("canvas.paste", tr("Paste"), {QKeySequence::Paste}, Needs::Nothing,
        [this] { m_view.paste(OuterWires::Drop); });
    add("canvas.paste_wired", tr("Paste with incoming wires"), {ctrlShift(Qt::Key_V)},
        Needs::Nothing, [this] { m_view.paste(OuterWires::KeepIncoming); });
}

void CanvasActionList::addModesAndGroups()
{
    CanvasActions &actions = m_view.actions();
    add("canvas.mute", tr("Mute or unmute"), {Qt::Key_M}, Needs::Node,
        [this, &actions] { m_view.tell(actions.toggleMode(policy::NodeMode::Muted)); });
    add("canvas.bypass", tr("Bypass or take back"), {Qt::Key_B}, Needs::Node,
        [this, &actions] { m_view.tell(actions.toggleMode(policy::NodeMode::Bypassed)); });
    add("canvas.group", tr("Group"), {ctrl(Qt::Key_G)}, Needs::Node,
        [this, &actions] { m_view.tell(actions.groupSelection()); });
    add("canvas.ungroup", tr("Ungroup"), {ctrlShift(Qt::Key_G)}, Needs::Group,
        [this, &actions] { m_view.tell(actions.ungroupSelection()); });
    add("canvas.collapse_group", tr("Collapse or expand the group"), {}, Needs::Group,
        [&actions] { actions.toggleCollapsed(); });
    add("canvas.rename_group", tr("Rename the group…"), {}, Needs::Group, [this, &actions] {
        if (const auto group = actions.groupOfSelection())
            m_view.renameGroup(*group);
    });
}

void CanvasActionList::addArranging()
{
    CanvasActions &actions = m_view.actions();
    const auto alignment = [&](const char *name, const QString &text, Alignment which) {
        add(name, text, {}, Needs::TwoNodes, [&actions, which] { actions.align(which); });
    };
    alignment("canvas.align_left", tr("Align left"), Alignment::Left);
    alignment("canvas.align_centre", tr("Align centres"), Alignment::Centre);
    alignment("canvas.align_right", tr("Align right"), Alignment::Right);
    alignment("canvas.align_top", tr("Align top"), Alignment::Top);
    alignment("canvas.align_middle", tr("Align middles"), Alignment::Middle);
    alignment("canvas.align_bottom", tr("Align bottom"), Alignment::Bottom);
    add("canvas.distribute_horizontally", tr("Distribute horizontally"), {}, Needs::ThreeNodes,
        [&actions] { actions.distribute(Qt::Horizontal); });
    add("canvas.distribute_vertically", tr("Distribute vertically"), {}, Needs::ThreeNodes,
        [&actions] { actions.distribute(Qt::Vertical); });
    add("canvas.tidy", tr("Tidy up"), {ctrlShift(Qt::Key_L)}, Needs::AnyNode,
        [&actions] { actions.tidyUp(); });
}

void CanvasActionList::addMoves()
{
    struct Way
    {
        const char *name;
        QString nearest;
        QString nudge;
        QString leap;
        Qt::Key key;
        QPointF direction;
    };
    const QList<Way> ways = {
        {"left",
         tr("Select the node to the left"),
         tr("Move left"),
         tr("Move far left"),
         Qt::Key_Left,
         {-1, 0}},
        {"right",
         tr("Select the node to the right"),
         tr("Move right"),
         tr("Move far right"),
         Qt::Key_Right,
         {1, 0}},
        {"up", tr("Select the node above"), tr("Move up"), tr("Move far up"), Qt::Key_Up, {0, -1}},
        {"down",
         tr("Select the node below"),
         tr("Move down"),
         tr("Move far down"),
         Qt::Key_Down,
         {0, 1}},
    };
    CanvasActions &actions = m_view.actions();
    for (const Way &way : ways) {
        const QPointF direction = way.direction;
        const auto named = [&way](const char *what) {
            return QByteArray("canvas.") + what + '_' + way.name;
        };
        add(named("step").constData(), way.nearest, {way.key}, Needs::AnyNode,
            [this, &actions, direction] {
                actions.stepSelection(direction);
                m_view.revealSelection();
            });
        add(named("move").constData(), way.nudge, {ctrl(way.key)}, Needs::Node,
            [this, &actions, direction] {
                actions.nudgeSelection(direction * kGrid);
                m_view.revealSelection();
            });
        add(named("leap").constData(), way.leap, {ctrlShift(way.key)}, Needs::Node,
            [this, &actions, direction] {
                actions.nudgeSelection(direction * kGrid * 5);
                m_view.revealSelection();
            });
    }
}

void CanvasActionList::addViewing()
{
    add("canvas.fit", tr("Fit all"), {Qt::Key_1}, Needs::AnyNode, [this] { m_view.fitAll(); });
    add("canvas.fit_selection", tr("Fit the selection"), {Qt::Key_Period}, Needs::Node,
        [this] { m_view.fitSelection(); });
    add("canvas.zoom_in", tr("Zoom in"), {Qt::Key_Plus, Qt::Key_Equal}, Needs::Nothing,
        [this] { m_view.setZoom(m_view.zoom() * kZoomStep); });
    add("canvas.zoom_out", tr("Zoom out"), {Qt::Key_Minus}, Needs::Nothing,
        [this] { m_view.setZoom(m_view.zoom() / kZoomStep); });
    add("canvas.zoom_100", tr("Zoom to 100 %"), {Qt::Key_0}, Needs::Nothing,
        [this] { m_view.setZoom(1); });
    QAction *map = add("canvas.mini_map", tr("Overview in the corner"), {}, Needs::Nothing,
                       [this] { m_view.setShowsMiniMap(action("canvas.mini_map")->isChecked()); });
    map->setCheckable(true);
    map->setChecked(m_view.showsMiniMap());
    QAction *wheel =
        add("canvas.wheel_scrolls", tr("Scroll with the mouse wheel"), {}, Needs::Nothing,
            [this] { m_view.setWheelScrolls(action("canvas.wheel_scrolls")->isChecked()); });
    wheel->setCheckable(true);
    connect(&m_view, &PolicyView::wheelScrollsChanged, wheel, &QAction::setChecked);
    add("canvas.keys", tr("Keys of this view"), {Qt::Key_Question}, Needs::Nothing,
        [this] { Q_EMIT m_view.keysRequested(); });
}

void CanvasActionList::refreshSoon()
{
    if (std::exchange(m_refreshing, true))
        return;
    QTimer::singleShot(0, this, [this] {
        m_refreshing = false;
        refresh();
    });
}

void CanvasActionList::refresh()
{
    const policy::PolicyDocument &document = m_editor.document();
    const QList<policy::NodeId> nodes = m_scene.selectedNodes();
    const bool wires = !m_scene.selectedWires().isEmpty();
    const bool grouped =
        std::any_of(nodes.cbegin(), nodes.cend(),
                    [&document](const policy::NodeId &node) { return document.groupOf(node); });
    const QHash<Needs, bool> met = {
        {Needs::Nothing, true},
        {Needs::Node, !nodes.isEmpty()},
        {Needs::OneNode, nodes.size() == 1},
        {Needs::TwoNodes, nodes.size() >= 2},
        {Needs::ThreeNodes, nodes.size() >= 3},
        {Needs::NodeOrWire, !nodes.isEmpty() || wires},
        {Needs::AnyNode, !document.nodes.isEmpty()},
        {Needs::Group, grouped},
    };
    for (QAction *action : std::as_const(m_actions))
        action->setEnabled(met.value(m_needs.value(action)));
}

bool CanvasActionList::trigger(const QKeyEvent &event)
{
    const Qt::KeyboardModifiers held = event.modifiers() & ~Qt::KeypadModifier;
    QList<QKeySequence> pressed{QKeySequence(QKeyCombination(held, Qt::Key(event.key())))};
    const bool isLetter = event.key() >= Qt::Key_A && event.key() <= Qt::Key_Z;
    const bool isSign = event.key() > Qt::Key_Space && event.key() < Qt::Key_AsciiTilde;
    if (isSign && !isLetter)
        pressed.append(
            QKeySequence(QKeyCombination(held & ~Qt::ShiftModifier, Qt::Key(event.key()))));
    for (QAction *action : std::as_const(m_actions)) {
        for (const QKeySequence &keys : std::as_const(pressed)) {
            if (action->isEnabled() && action->shortcuts().contains(keys)) {
                action->trigger();
                return true;
            }
        }
    }
    return false;
}

} // namespace headgate::ui
