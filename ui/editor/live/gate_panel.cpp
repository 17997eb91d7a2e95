#include "ui/editor/live/gate_panel.h"

#include "ui/common/number_format.h"
#include "ui/common/style_sheet.h"
#include "ui/editor/editor_commands/threshold_command.h"
#include "ui/editor/live/gate_histogram.h"
#include "ui/editor/live/gate_records.h"
#include "ui/editor/live/run_origin.h"
#include "ui/editor/policy_scene.h"

#include <QFormLayout>
#include <QFrame>
#include <QLabel>
#include <QLocale>
#include <QUndoStack>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

QLabel *label(const QString &name, Role role)
{
    auto *made = new QLabel;
    made->setObjectName(name);
    setRole(made, role);
    return made;
}

} // namespace

GatePanel::GatePanel(const Theme &theme, PolicyScene &scene, policy::PolicyEditor &editor,
                     QUndoStack &undo, GateRecords &records, QWidget *parent)
    : QWidget(parent)
    , m_scene(scene)
    , m_editor(editor)
    , m_undo(undo)
    , m_records(records)
{
    setObjectName(u"gatePanel"_s);
    m_histogram = new GateHistogram(theme);
    m_escalated = label(u"escalatedShare"_s, Role::Secondary);
    m_accepted = label(u"acceptedShare"_s, Role::Secondary);
    m_empty = label(u"gateEmpty"_s, Role::Secondary);
    m_empty->setWordWrap(true);

    auto *shares = new QHBoxLayout;
    shares->addWidget(m_escalated);
    shares->addStretch();
    shares->addWidget(m_accepted);
    m_recorded = new QWidget;
    auto *recorded = new QVBoxLayout(m_recorded);
    recorded->setContentsMargins(0, 0, 0, 0);
    recorded->setSpacing(6);
    recorded->addLayout(shares);
    recorded->addWidget(makeFigures());
    auto *heading = label({}, Role::Caption);
    heading->setText(tr("Recorded scores"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(heading);
    layout->addWidget(m_empty);
    layout->addWidget(m_histogram);
    layout->addWidget(m_recorded);

    connect(m_histogram, &GateHistogram::dragged, this, &GatePanel::preview);
    connect(m_histogram, &GateHistogram::released, this, &GatePanel::commitDrag);
    connect(m_histogram, &GateHistogram::cancelled, this,
            [this] { m_scene.previewThreshold(m_node, std::nullopt); });
    connect(&scene, &PolicyScene::thresholdPreviewed, this,
            [this](const policy::NodeId &gate, std::optional<double> threshold) {
                const policy::Node *node = m_editor.document().node(gate);
                if (gate == m_node && node)
                    showThreshold(threshold.value_or(gateThreshold(*node)));
            });
    connect(&records, &GateRecords::changed, this, [this](const policy::NodeId &gate) {
        if (gate == m_node)
            refresh();
    });
    connect(&editor, &policy::PolicyEditor::changed, this, &GatePanel::refresh);
    refresh();
}

QWidget *GatePanel::makeFigures()
{
    auto *frame = new QFrame;
    setRole(frame, Role::Card);
    auto *form = new QFormLayout(frame);
    form->setContentsMargins(10, 8, 10, 8);
    form->setVerticalSpacing(4);
    m_cost = label(u"costPerThousand"_s, Role::Section);
    m_count = label(u"scoreCount"_s, Role::Section);
    m_remarks = label(u"scoreRemarks"_s, Role::Faint);
    m_remarks->setWordWrap(true);
    const auto add = [form](const QString &name, QLabel *value) {
        auto *caption = label({}, Role::Secondary);
        caption->setText(name);
        caption->setBuddy(value);
        value->setAlignment(Qt::AlignRight);
        form->addRow(caption, value);
    };
    add(tr("Cost per 1,000, estimate"), m_cost);
    add(tr("Recorded scores"), m_count);
    form->addRow(m_remarks);
    return frame;
}

void GatePanel::setNode(const policy::NodeId &node)
{
    m_node = node;
    refresh();
}

void GatePanel::refresh()
{
    const policy::Node *node = m_editor.document().node(m_node);
    const bool isGate = node && node->kind == "gate"_L1;
    setVisible(isGate);
    if (!isGate)
        return;
    const ledger::GateScores &scores = m_records.scores(m_node);
    m_histogram->setCounts(binnedScores(scores.sorted()));
    m_recorded->setVisible(!scores.isEmpty());
    m_empty->setVisible(scores.isEmpty());
    m_empty->setText(scores.otherScorers() > 0
                         ? tr("The scorers have changed since the recorded runs, so their scores "
                              "do not count. Run queries to see scores here.")
                         : tr("Nothing is recorded yet. Run queries through this policy: each "
                              "answer that the gate judges adds one score."));
    m_count->setText(formatCount(scores.count()));
    QStringList remarks{runsSimulated(m_editor.document()) ? tr("simulated runs")
                                                           : tr("live runs")};
    if (scores.unpriced() > 0)
        remarks.append(
            tr("%1 with an unknown price, not in the cost").arg(formatCount(scores.unpriced())));
    if (scores.otherScorers() > 0)
        remarks.append(tr("%1 by other scorers left out").arg(formatCount(scores.otherScorers())));
    if (scores.unknownScorers() > 0)
        remarks.append(
            tr("of %1 the scorers are not known").arg(formatCount(scores.unknownScorers())));
    m_remarks->setText(remarks.join(u" · "_s));
    showThreshold(gateThreshold(*node));
}

void GatePanel::showThreshold(double threshold)
{
    m_histogram->setThreshold(threshold);
    const ledger::GateScores &scores = m_records.scores(m_node);
    if (scores.isEmpty())
        return;
    const double accepted = scores.acceptedShareAt(threshold);
    m_escalated->setText(tr("%1 escalate", "percentage").arg(formatPercent(1 - accepted, 0)));
    m_accepted->setText(tr("%1 accept", "percentage").arg(formatPercent(accepted, 0)));
    const std::optional<Money> cost = scores.costAt(threshold);
    m_cost->setText(cost ? formatMoney(Money::fromNanos(cost->nanos() * 1000)) : tr("unknown"));
    m_cost->setToolTip(
        cost ? tr("The mean cost up to this gate, and what recorded runs cost after it was "
                  "accepted or escalated, by their shares at this threshold. From %1 runs.")
                   .arg(formatCount(scores.priced()))
             : tr("No recorded run went the way that this threshold would send some of them."));
    m_histogram->setAccessibleDescription(m_escalated->text() + u", "_s + m_accepted->text());
}

void GatePanel::preview(double threshold)
{
    m_scene.previewThreshold(m_node, threshold);
}

void GatePanel::commitDrag(double threshold)
{
    m_scene.previewThreshold(m_node, std::nullopt);
    const policy::Node *node = m_editor.document().node(m_node);
    if (node && gateThreshold(*node) != threshold)
        m_undo.push(new SetThresholdCommand(m_editor, m_node, threshold));
    else if (node)
        showThreshold(gateThreshold(*node));
}

} // namespace headgate::ui
