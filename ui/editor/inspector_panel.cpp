#include "ui/editor/inspector_panel.h"

#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/editor/editor_commands/compound_commands.h"
#include "ui/editor/editor_commands/node_commands.h"
#include "ui/editor/editor_commands/policy_commands.h"
#include "ui/editor/fields/field_form.h"
#include "ui/editor/fields/field_row.h"
#include "ui/editor/model_fields.h"
#include "ui/editor/models_form.h"
#include "ui/editor/node_look.h"

#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QStackedWidget>
#include <QUndoStack>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::PolicyEditor;

namespace {

QVBoxLayout *pageLayout(QWidget *page)
{
    setRole(page, Role::Panel);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    return layout;
}

} // namespace

InspectorPanel::InspectorPanel(const Theme &theme, PolicyEditor &editor, QUndoStack &undo,
                               QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
    , m_editor(editor)
    , m_undo(undo)
    , m_pages(new QStackedWidget)
    , m_severalPage(new QLabel)
{
    setObjectName(u"inspector"_s);
    setAccessibleName(tr("Inspector"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    m_nodePage = makeNodePage();
    m_policyPage = makePolicyPage();
    setRole(m_severalPage, Role::Secondary);
    m_severalPage->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_severalPage->setMargin(12);
    m_severalPage->setWordWrap(true);
    for (QWidget *page : {m_nodePage, m_policyPage, static_cast<QWidget *>(m_severalPage)})
        m_pages->addWidget(page);
    setWidget(m_pages);

    connect(&editor, &PolicyEditor::changed, this, &InspectorPanel::refresh);
    connect(&theme, &Theme::changed, this, &InspectorPanel::refresh);
    refresh();
}

QWidget *InspectorPanel::makeNodePage()
{
    auto *page = new QWidget;
    auto *layout = pageLayout(page);
    m_tile = new QLabel;
    m_kind = new QLabel;
    setRole(m_kind, Role::Section);
    m_help = new QLabel;
    setRole(m_help, Role::Secondary);
    m_help->setWordWrap(true);
    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_tile);
    top->addWidget(m_kind, 1);
    layout->addLayout(top);
    layout->addWidget(m_help);
    layout->addSpacing(4);

    const policy::Field title{.key = u"title"_s,
                              .label = tr("Title"),
                              .type = policy::FieldType::Text,
                              .help = tr("What you call this node; no other has the same."),
                              .required = true};
    m_title = new FieldRow(title, {m_theme, {}}, false);
    layout->addWidget(m_title);
    connect(m_title, &FieldRow::edited, this, &InspectorPanel::editTitle);
    m_form = new FieldForm(m_theme);
    m_form->setObjectName(u"nodeForm"_s);
    layout->addWidget(m_form);
    layout->addStretch();
    connect(m_form, &FieldForm::edited, this, &InspectorPanel::editConfig);
    return page;
}

QWidget *InspectorPanel::makePolicyPage()
{
    auto *page = new QWidget;
    auto *layout = pageLayout(page);
    auto *heading = new QLabel(tr("Policy"));
    setRole(heading, Role::Section);
    layout->addWidget(heading);
    m_policyForm = new FieldForm(m_theme);
    m_policyForm->setObjectName(u"policyForm"_s);
    layout->addWidget(m_policyForm);
    layout->addWidget(new ModelsForm(m_theme, m_editor, m_undo));
    layout->addStretch();
    connect(m_policyForm, &FieldForm::edited, this, &InspectorPanel::editPolicy);
    return page;
}

void InspectorPanel::setNodes(const QList<policy::NodeId> &nodes)
{
    if (m_nodes == nodes)
        return;
    m_nodes = nodes;
    verticalScrollBar()->setValue(0);
    refresh();
}

void InspectorPanel::refresh()
{
    if (m_nodes.size() > 1) {
        m_severalPage->setText(tr("%n nodes are selected. Choose one to edit its settings.",
                                  nullptr, int(m_nodes.size())));
        m_pages->setCurrentWidget(m_severalPage);
        return;
    }
    const policy::Node *node = m_nodes.isEmpty() ? nullptr : m_editor.document().node(m_nodes[0]);
    if (node)
        showNode(*node);
    else
        showPolicy();
    m_pages->setCurrentWidget(node ? m_nodePage : m_policyPage);
}

void InspectorPanel::showNode(const policy::Node &node)
{
    const policy::NodeKind *kind = policy::nodeKind(node.kind);
    m_tile->setPixmap(kindIcon(node.kind, m_theme).pixmap(QSize(24, 24), devicePixelRatioF()));
    m_kind->setText(kindLabel(node.kind));
    m_help->setText(kind ? kind->help
                         : tr("This version does not know the kind “%1”. The node is kept as it "
                              "is and refuses to run.")
                               .arg(node.kind));
    m_title->setValue(Json(toStdString(node.title)));
    m_title->setError({});
    m_form->setFields(kind ? kind->fields : QList<policy::Field>(), modelNames());
    m_form->setValues(node.config);
}

void InspectorPanel::showPolicy()
{
    m_policyForm->setFields(policyFields(), modelNames());
    m_policyForm->setValues(toFields(m_editor.document()));
}

QStringList InspectorPanel::modelNames() const
{
    QStringList names;
    for (const policy::Model &model : m_editor.document().models)
        names.append(model.name);
    return names;
}

void InspectorPanel::showProblems(const QList<policy::Problem> &problems)
{
    QHash<QString, QString> errors;
    const policy::NodeId shown = m_nodes.value(0);
    for (const policy::Problem &problem : problems) {
        if (problem.node == shown && !problem.field.isEmpty() && !errors.contains(problem.field))
            errors.insert(problem.field, problem.sentence);
    }
    (shown.isEmpty() ? m_policyForm : m_form)->setErrors(errors);
}

void InspectorPanel::focusTitle()
{
    m_title->focusEditor();
    if (auto *edit = m_title->findChild<QLineEdit *>())
        edit->selectAll();
}

void InspectorPanel::focusFirstField()
{
    if (m_pages->currentWidget() == m_nodePage)
        m_title->focusEditor();
    else
        m_policyForm->focusField(u"name"_s);
}

void InspectorPanel::editTitle(const Json &value)
{
    const policy::NodeId id = m_nodes.value(0);
    const QString title = value.is_string() ? toQString(value.get<std::string>()) : QString();
    const auto &nodes = m_editor.document().nodes;
    const bool taken = std::any_of(nodes.cbegin(), nodes.cend(), [&](const policy::Node &node) {
        return node.id != id && !title.isEmpty() && node.title == title;
    });
    if (taken)
        m_title->setError(tr("Another node has this title; give it one of its own."));
    else
        m_undo.push(new SetTitleCommand(m_editor, id, title));
}

void InspectorPanel::editConfig(const QString &key, const Json &value)
{
    const policy::NodeId id = m_nodes.value(0);
    const policy::Node *node = m_editor.document().node(id);
    if (!node)
        return;
    const auto before = node->config.find(toStdString(key));
    if ((before == node->config.end() ? Json() : *before) != value)
        m_undo.push(configCommand(m_editor, id, key, value).release());
}

void InspectorPanel::editPolicy(const QString &key, const Json &value)
{
    const QString text = value.is_string() ? toQString(value.get<std::string>()) : QString();
    if (key == "name"_L1) {
        m_undo.push(new SetPolicyNameCommand(m_editor, text));
    } else if (key == "baseline"_L1) {
        m_undo.push(new SetBaselineCommand(m_editor, text));
    } else {
        const policy::Limits &before = m_editor.document().limits;
        const policy::Limits after = withField(before, key, value);
        if (after != before)
            m_undo.push(new SetLimitsCommand(m_editor, after));
    }
}

} // namespace headgate::ui
