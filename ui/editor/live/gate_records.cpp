#include "ui/editor/live/gate_records.h"

#include "core/engine/run_trace.h"
#include "ui/common/number_format.h"
#include "ui/common/run_records.h"
#include "core/common/when_ready.h"
#include "ui/editor/live/reload_delay.h"
#include "ui/editor/live/run_origin.h"
#include "ui/editor/policy_scene.h"

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

bool isGate(const policy::Node &node)
{
    return node.kind == "gate"_L1;
}

Json fieldOf(const policy::Node &gate, const char *key)
{
    if (gate.config.is_object()) {
        if (const auto value = gate.config.find(key); value != gate.config.end())
            return *value;
    }
    if (const policy::NodeKind *kind = policy::nodeKind(gate.kind)) {
        for (const policy::Field &field : kind->fields) {
            if (field.key == QLatin1StringView(key))
                return field.defaultValue;
        }
    }
    return {};
}

} // namespace

double gateThreshold(const policy::Node &gate)
{
    const Json value = fieldOf(gate, "threshold");
    return value.is_number() ? value.get<double>() : 0.5;
}

GateRecords::GateRecords(PolicyScene &scene, policy::PolicyEditor &editor, RunRecords &records,
                         QObject *parent)
    : QObject(parent)
    , m_scene(scene)
    , m_editor(editor)
    , m_records(records)
{
    m_reload.setSingleShot(true);
    m_reload.setInterval(kReloadMs);
    connect(&m_reload, &QTimer::timeout, this, &GateRecords::load);
    const auto reload = [this] { m_reload.start(); };
    connect(&records, &RunRecords::changed, this, reload);
    connect(&editor, &policy::PolicyEditor::settingsChanged, this, reload); // its name
    connect(&editor, &policy::PolicyEditor::modelsChanged, this, reload);
    connect(&editor, &policy::PolicyEditor::documentReplaced, this, reload);
    connect(&editor, &policy::PolicyEditor::nodeAdded, this, reload);
    connect(&editor, &policy::PolicyEditor::nodeChanged, this,
            &GateRecords::reloadIfJudgedOtherwise);
    connect(&scene, &PolicyScene::thresholdPreviewed, this,
            [this](const policy::NodeId &gate, std::optional<double> threshold) {
                showSummary(gate, threshold);
            });
    reload();
}

const ledger::GateScores &GateRecords::scores(const policy::NodeId &gate) const
{
    static const ledger::GateScores none;
    const auto found = m_scores.constFind(gate);
    return found == m_scores.cend() ? none : *found;
}

QString GateRecords::summary(const policy::NodeId &gate, double threshold) const
{
    const ledger::GateScores &recorded = scores(gate);
    if (recorded.isEmpty())
        return {};
    const QString escalated = tr("%1 escalate", "percentage")
                                  .arg(formatPercent(1 - recorded.acceptedShareAt(threshold), 0));
    const std::optional<Money> cost = recorded.costAt(threshold);
    return cost ? tr("%1 · ≈ %2 / 1k", "share, cost of a thousand queries")
                      .arg(escalated, formatMoney(Money::fromNanos(cost->nanos() * 1000)))
                : escalated;
}

void GateRecords::load()
{
    ++m_asked;
    for (const policy::Node &node : m_editor.document().nodes) {
        if (isGate(node))
            loadGate(node);
    }
}

void GateRecords::loadGate(const policy::Node &gate)
{
    ledger::GateFilter filter;
    filter.runs.policyName = m_editor.document().name;
    filter.runs.simulated = runsSimulated(m_editor.document());
    filter.gate = gate.id;
    filter.scorers = engine::scorersMark(fieldOf(gate, "scorers"));
    m_marks.insert(gate.id, filter.scorers);
    whenReady(m_records.gateScores(filter), this,
              [this, asked = m_asked, id = gate.id](const Result<ledger::GateScores> &scores) {
                  if (asked != m_asked || !m_editor.document().node(id))
                      return;
                  if (!scores) {
                      Q_EMIT problem(scores.error().message);
                      return;
                  }
                  if (*scores == m_scores.value(id))
                      return;
                  m_scores.insert(id, *scores);
                  m_scene.setScores(id, scores->sorted());
                  showSummary(id);
                  Q_EMIT changed(id);
              });
}

void GateRecords::reloadIfJudgedOtherwise(const policy::NodeId &id)
{
    const policy::Node *node = m_editor.document().node(id);
    if (!node || !isGate(*node))
        return;
    showSummary(id);
    if (m_marks.value(id) != engine::scorersMark(fieldOf(*node, "scorers")))
        m_reload.start();
}

void GateRecords::showSummary(const policy::NodeId &gate, std::optional<double> threshold)
{
    const policy::Node *node = m_editor.document().node(gate);
    if (!node)
        return;
    const ledger::GateScores &recorded = scores(gate);
    const double at = threshold.value_or(gateThreshold(*node));
    QString remark;
    // In the card there is room for the share; while it is dragged, for what it comes to, too.
    if (!recorded.isEmpty())
        remark = threshold ? summary(gate, at)
                           : tr("%1 escalate", "percentage")
                                 .arg(formatPercent(1 - recorded.acceptedShareAt(at), 0));
    m_scene.setRemark(gate, remark);
}

} // namespace headgate::ui
