#include "ui/editor/live/flow_display.h"

#include "ui/common/number_format.h"
#include "ui/common/run_records.h"
#include "core/common/when_ready.h"
#include "ui/editor/live/reload_delay.h"
#include "ui/editor/live/run_origin.h"
#include "ui/editor/policy_scene.h"

namespace headgate::ui {

FlowDisplay::FlowDisplay(PolicyScene &scene, policy::PolicyEditor &editor, RunRecords &records,
                         QObject *parent)
    : QObject(parent)
    , m_scene(scene)
    , m_editor(editor)
    , m_records(records)
{
    m_reload.setSingleShot(true);
    m_reload.setInterval(kReloadMs);
    connect(&m_reload, &QTimer::timeout, this, &FlowDisplay::load);
    m_redraw.setSingleShot(true);
    m_redraw.setInterval(0);
    connect(&m_redraw, &QTimer::timeout, this, &FlowDisplay::draw);
    connect(&editor, &policy::PolicyEditor::wireAdded, &m_redraw, qOverload<>(&QTimer::start));
    const auto reload = [this] { m_reload.start(); };
    connect(&records, &RunRecords::changed, this, reload);
    connect(&editor, &policy::PolicyEditor::settingsChanged, this, reload); // its name
    connect(&editor, &policy::PolicyEditor::modelsChanged, this, reload);
    connect(&editor, &policy::PolicyEditor::documentReplaced, this, reload);
    reload();
}

void FlowDisplay::setChoice(const FlowChoice &choice)
{
    if (m_choice == choice)
        return;
    const bool sameRuns =
        m_choice.window == choice.window && m_choice.simulated == choice.simulated;
    m_choice = choice;
    if (sameRuns)
        draw();
    else
        load();
    Q_EMIT changed();
}

bool FlowDisplay::isSimulated() const
{
    return m_choice.simulated.value_or(runsSimulated(m_editor.document()));
}

void FlowDisplay::load()
{
    const int asked = ++m_asked;
    if (m_choice.window == FlowWindow::Session) {
        take(sessionFlow());
        return;
    }
    ledger::SpendFilter filter;
    filter.policyName = m_editor.document().name;
    filter.simulated = isSimulated();
    filter.from = windowStart(m_choice.window, QDateTime::currentDateTimeUtc());
    whenReady(m_records.flow(filter), this, [this, asked](const Result<ledger::Flow> &flow) {
        if (asked != m_asked)
            return;
        if (flow)
            take(*flow);
        else
            Q_EMIT problem(flow.error().message);
    });
}

ledger::Flow FlowDisplay::sessionFlow() const
{
    ledger::Flow flow;
    for (const engine::RunTrace &run : m_records.sessionRuns(m_editor.document().name)) {
        if (run.simulated == isSimulated())
            flow.add(run);
    }
    return flow;
}

void FlowDisplay::take(const ledger::Flow &flow)
{
    m_flow = flow;
    draw();
    Q_EMIT changed();
}

void FlowDisplay::draw()
{
    QHash<std::pair<policy::NodeId, QString>, WireFlow> wires;
    if (m_choice.measure != FlowMeasure::Off) {
        for (const policy::Wire &wire : m_editor.document().wires) {
            const policy::Node *from = m_editor.document().node(wire.from);
            // Every run leaves the query by its one port, which is no step of the trace.
            const ledger::FlowAmount amount = from && from->kind == QLatin1String("query")
                                                  ? m_flow.total
                                                  : m_flow.wires.value({wire.from, wire.port});
            const double share = flowShare(m_flow, m_choice.measure, amount);
            wires.insert({wire.from, wire.port},
                         {flowWidth(share), share > 0 ? formatPercent(share, 0) : QString(),
                          flowSentence(m_flow, m_choice.measure, amount)});
        }
    }
    QHash<policy::NodeId, double> shares;
    for (auto node = m_flow.nodes.cbegin(); node != m_flow.nodes.cend(); ++node)
        shares.insert(node.key(), double(node.value()) / double(m_flow.total.runs));
    m_scene.setFlow(wires, shares);
}

} // namespace headgate::ui
