#include "ui/editor/inspector_panel.h"

#include "ui/common/fields/field_form.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/editor/editor_commands/field_commands.h"
#include "ui/editor/editor_commands/policy_commands.h"
#include "ui/editor/model_fields.h"
#include "ui/editor/model_search_popup.h"
#include "ui/editor/models_form.h"
#include "ui/editor/node_form.h"
#include "ui/editor/wire_form.h"

#include <QLabel>
#include <QScrollBar>
#include <QStackedWidget>
#include <QUndoStack>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::NodeId;
using policy::PolicyEditor;

InspectorPanel::InspectorPanel(const Theme &theme, PolicyEditor &editor, QUndoStack &undo,
                               QWidget *parent)
    : QScrollArea(parent)
    , m_editor(editor)
    , m_undo(undo)
    , m_pages(new QStackedWidget)
    , m_nodePage(new NodeForm(theme, editor, undo))
    , m_wirePage(new WireForm(editor, undo))
    , m_policyForm(new FieldForm(theme))
    , m_models(new ModelsForm(theme, editor, undo))
    , m_modelSearch(new ModelSearchPopup(theme, this))
{
    setObjectName(u"inspector"_s);
    setAccessibleName(tr("Inspector"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    m_policyPage = makePolicyPage();
    for (QWidget *page :
         {static_cast<QWidget *>(m_nodePage), static_cast<QWidget *>(m_wirePage), m_policyPage})
        m_pages->addWidget(page);
    setWidget(m_pages);

    connect(m_policyForm, &FieldForm::edited, this, &InspectorPanel::editPolicy);
    connect(m_nodePage, &NodeForm::previewed, this, &InspectorPanel::previewed);
    connect(m_wirePage, &WireForm::nodeChosen, this, &InspectorPanel::nodeChosen);
    connect(m_nodePage, &NodeForm::modelRequested, this,
            [this](const QString &key, const QWidget *row) { offerModels(*row, key); });
    connect(m_policyForm, &FieldForm::modelRequested, this,
            [this](const QString &key, const QWidget *row) { offerModels(*row, key); });
    connect(m_models, &ModelsForm::addRequested, this,
            [this](const QWidget *button) { offerModels(*button, {}); });
    connect(m_modelSearch, &ModelSearchPopup::chosen, this, [this](const KnownModel &known) {
        takeModel(modelOfPolicy(m_editor.document(), known));
    });
    connect(m_modelSearch, &ModelSearchPopup::byHandChosen, this, [this] {
        const policy::Model model = modelByHand(m_editor.document());
        takeModel(model);
        Q_EMIT modelChosen(model.name);
    });
    connect(&theme, &Theme::changed, this, &InspectorPanel::refresh);
    connectEditor();
    refresh();
}

void InspectorPanel::setArtifacts(ArtifactLibrary *artifacts)
{
    m_nodePage->setArtifacts(artifacts);
}

// Moves and wires change nothing that is shown for nodes, and come in numbers.
void InspectorPanel::connectEditor()
{
    connect(&m_editor, &PolicyEditor::nodeChanged, this, [this](const NodeId &node) {
        if (m_nodes.contains(node))
            m_nodePage->refresh();
        else if (m_nodes.isEmpty())
            m_wirePage->refresh();
    });
    connect(&m_editor, &PolicyEditor::nodeRemoved, this, [this](const NodeId &node) {
        if (m_nodes.removeAll(node) > 0)
            refresh();
    });
    connect(&m_editor, &PolicyEditor::wireRemoved, this, [this](const policy::Wire &wire) {
        if (m_wires.removeAll(wire) > 0)
            refresh();
    });
    for (const auto signal : {&PolicyEditor::modelsChanged, &PolicyEditor::settingsChanged,
                              &PolicyEditor::documentReplaced})
        connect(&m_editor, signal, this, &InspectorPanel::refresh);
}

QWidget *InspectorPanel::makePolicyPage()
{
    auto *page = new QWidget;
    setRole(page, Role::Panel);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    auto *heading = new QLabel(tr("Policy"));
    setRole(heading, Role::Section);
    layout->addWidget(heading);
    m_policyForm->setObjectName(u"policyForm"_s);
    layout->addWidget(m_policyForm);
    layout->addWidget(m_models);
    layout->addStretch();
    return page;
}

void InspectorPanel::setSelection(const QList<NodeId> &nodes, const QList<policy::Wire> &wires)
{
    if (m_nodes == nodes && m_wires == wires)
        return;
    m_nodes = nodes;
    m_wires = wires;
    verticalScrollBar()->setValue(0);
    refresh();
}

void InspectorPanel::refresh()
{
    const policy::PolicyDocument &document = m_editor.document();
    m_nodes.removeIf([&document](const NodeId &node) { return !document.node(node); });
    m_wires.removeIf(
        [&document](const policy::Wire &wire) { return !document.wires.contains(wire); });
    if (!m_nodes.isEmpty()) {
        m_nodePage->setNodes(m_nodes);
        m_nodePage->refresh();
        m_pages->setCurrentWidget(m_nodePage);
    } else if (!m_wires.isEmpty()) {
        m_wirePage->setWires(m_wires);
        m_pages->setCurrentWidget(m_wirePage);
    } else {
        m_nodePage->setNodes({});
        showPolicy();
        m_pages->setCurrentWidget(m_policyPage);
    }
}

void InspectorPanel::showPolicy()
{
    QStringList models;
    for (const policy::Model &model : m_editor.document().models)
        models.append(model.name);
    m_policyForm->setFields(policyFields(), models);
    m_policyForm->setValues(toFields(m_editor.document()));
}

void InspectorPanel::showProblems(const QList<policy::Problem> &problems)
{
    m_nodePage->showProblems(problems);
    QHash<QString, FieldRemark> remarks;
    for (const policy::Problem &problem : problems) {
        if (problem.node.isEmpty() && !problem.field.isEmpty() && !remarks.contains(problem.field))
            remarks.insert(problem.field, remarkOf(problem));
    }
    m_policyForm->setRemarks(remarks);
}

void InspectorPanel::focusTitle()
{
    if (m_nodes.size() == 1)
        m_nodePage->focusTitle();
}

void InspectorPanel::focusFirstField()
{
    if (m_pages->currentWidget() == m_nodePage)
        m_nodePage->focusFirst();
    else if (m_pages->currentWidget() == m_wirePage)
        m_wirePage->focusFirst();
    else
        m_policyForm->focusFirst();
}

void InspectorPanel::preview(const policy::NodeId &node, const QString &key,
                             const std::optional<Json> &value)
{
    if (m_pages->currentWidget() == m_nodePage)
        m_nodePage->preview(node, key, value);
}

void InspectorPanel::focusField(const QString &key)
{
    if (m_pages->currentWidget() == m_nodePage)
        m_nodePage->focusField(key);
    else
        m_policyForm->focusField(key);
}

void InspectorPanel::showModel(const QString &name)
{
    m_models->choose(name);
    ensureWidgetVisible(m_models);
}

void InspectorPanel::addSection(const QString &kind, QWidget *section)
{
    m_nodePage->addSection(kind, section);
}

void InspectorPanel::offerModels(const QWidget &below, const QString &key)
{
    m_modelKey = key;
    m_modelSearch->setModels(m_knownModels ? m_knownModels() : QList<KnownModel>());
    m_modelSearch->openBelow(below);
}

// One step: the policy gets the model where it does not have it, and the field takes it.
void InspectorPanel::takeModel(const policy::Model &model)
{
    const bool isNew = !m_editor.document().model(model.name);
    if (isNew) {
        m_undo.beginMacro(tr("Add the model “%1”").arg(model.name));
        m_undo.push(new SetModelCommand(m_editor, model));
    }
    const Json name(toStdString(model.name));
    if (m_pages->currentWidget() == m_nodePage && !m_modelKey.isEmpty())
        pushFieldChange(m_undo, m_editor, m_nodes, m_modelKey, name);
    else if (!m_modelKey.isEmpty())
        editPolicy(m_modelKey, name);
    if (isNew)
        m_undo.endMacro();
    if (m_modelKey.isEmpty())
        m_models->choose(model.name);
}

void InspectorPanel::editPolicy(const QString &key, const Json &value)
{
    const QString text = value.is_string() ? toQString(value.get<std::string>()) : QString();
    if (key == "name"_L1) {
        m_undo.push(new SetPolicyNameCommand(m_editor, text));
    } else if (key == "baseline"_L1) {
        m_undo.push(new SetBaselineCommand(m_editor, text));
    } else if (key == "keep_texts"_L1) {
        const bool keep = value == Json(true);
        if (keep != m_editor.document().keepTexts)
            m_undo.push(new SetKeepTextsCommand(m_editor, keep));
    } else {
        const policy::Limits &before = m_editor.document().limits;
        const policy::Limits after = withField(before, key, value);
        if (after != before)
            m_undo.push(new SetLimitsCommand(m_editor, after));
    }
}

} // namespace headgate::ui
