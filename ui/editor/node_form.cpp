#include "ui/editor/node_form.h"

#include "ui/common/fields/field_form.h"
#include "ui/common/fields/field_row.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/editor/editor_commands/field_commands.h"
#include "ui/editor/editor_commands/mode_commands.h"
#include "ui/editor/editor_commands/node_commands.h"
#include "ui/editor/node_look.h"

#include <QLabel>
#include <QLineEdit>
#include <QUndoStack>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::Node;

namespace {

constexpr std::array kNodeModes{policy::NodeMode::Active, policy::NodeMode::Muted,
                                policy::NodeMode::Bypassed};

QString modeName(policy::NodeMode mode)
{
    switch (mode) {
    case policy::NodeMode::Active:
        return u"active"_s;
    case policy::NodeMode::Muted:
        return u"muted"_s;
    case policy::NodeMode::Bypassed:
        return u"bypassed"_s;
    }
    Q_UNREACHABLE();
}

const Json &storedAt(const Node &node, const QString &key)
{
    static const Json none;
    const auto it = node.config.find(toStdString(key));
    return it == node.config.end() ? none : *it;
}

// Fields that all the kinds have alike.
QList<policy::Field> commonFields(const QList<const Node *> &nodes)
{
    QList<policy::Field> common;
    for (const Node *node : nodes) {
        const policy::NodeKind *kind = policy::nodeKind(node->kind);
        const QList<policy::Field> fields = kind ? kind->fields : QList<policy::Field>();
        if (node == nodes.first()) {
            common = fields;
            continue;
        }
        common.removeIf([&fields](const policy::Field &field) {
            return std::none_of(fields.cbegin(), fields.cend(), [&](const policy::Field &other) {
                return sameFields({field}, {other});
            });
        });
    }
    return common;
}

// "2 gates and 1 model" is glue; "Gate, Model" is a list.
QString kindsOf(const QList<const Node *> &nodes)
{
    QStringList kinds;
    for (const Node *node : nodes)
        kinds.append(kindLabel(node->kind));
    kinds.removeDuplicates();
    return kinds.join(", "_L1);
}

} // namespace

NodeForm::NodeForm(const Theme &theme, policy::PolicyEditor &editor, QUndoStack &undo,
                   QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_editor(editor)
    , m_undo(undo)
    , m_tile(new QLabel)
    , m_heading(new QLabel)
    , m_help(new QLabel)
    , m_nothing(new QLabel(tr("These nodes have no setting in common.")))
    , m_mode(new FieldForm(theme))
    , m_form(new FieldForm(theme))
{
    const policy::Field title{.key = u"title"_s,
                              .label = tr("Title"),
                              .type = policy::FieldType::Text,
                              .help = tr("What you call this node; no other has the same."),
                              .required = true};
    m_title = new FieldRow(title, {.theme = m_theme, .models = {}}, false);
    m_form->setObjectName(u"nodeForm"_s);
    m_heading->setObjectName(u"inspectorHeading"_s);
    layOut();
    connect(m_title, &FieldRow::edited, this, &NodeForm::editTitle);
    connect(m_mode, &FieldForm::edited, this,
            [this](const QString &, const Json &value) { editMode(value); });
    connect(m_form, &FieldForm::edited, this, [this](const QString &key, const Json &value) {
        pushFieldChange(m_undo, m_editor, m_nodes, key, value);
    });
    connect(m_form, &FieldForm::modelRequested, this, &NodeForm::modelRequested);
    connect(m_form, &FieldForm::previewed, this, [this](const QString &key, const Json &value) {
        if (m_nodes.size() == 1)
            Q_EMIT previewed(m_nodes.first(), key, value);
    });
}

void NodeForm::setArtifacts(ArtifactLibrary *artifacts)
{
    m_form->setArtifacts(artifacts);
}

void NodeForm::layOut()
{
    setRole(this, Role::Panel);
    setRole(m_heading, Role::Section);
    for (QLabel *label : {m_help, m_nothing}) {
        setRole(label, Role::Secondary);
        label->setWordWrap(true);
    }
    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_tile);
    top->addWidget(m_heading, 1);
    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(12, 12, 12, 12);
    m_layout->setSpacing(8);
    m_layout->addLayout(top);
    m_layout->addWidget(m_help);
    m_layout->addSpacing(4);
    m_layout->addWidget(m_title);
    m_layout->addWidget(m_mode);
    m_layout->addWidget(m_form);
    m_layout->addWidget(m_nothing);
    m_layout->addStretch();
}

void NodeForm::addSection(const QString &kind, QWidget *section)
{
    m_sections.append({kind, section});
    m_layout->insertWidget(m_layout->count() - 1, section);
    refresh();
}

void NodeForm::setNodes(const QList<policy::NodeId> &nodes)
{
    if (nodes == m_nodes)
        return;
    m_nodes = nodes;
    m_title->drop();
    m_form->drop();
    refresh();
}

void NodeForm::refresh()
{
    QList<const Node *> nodes;
    for (const policy::NodeId &id : std::as_const(m_nodes)) {
        if (const Node *node = m_editor.document().node(id))
            nodes.append(node);
    }
    if (nodes.size() == 1)
        showOne(*nodes.first());
    else if (!nodes.isEmpty())
        showSeveral(nodes);
    for (const Section &section : std::as_const(m_sections))
        section.widget->setVisible(nodes.size() == 1 && nodes.first()->kind == section.kind);
}

void NodeForm::showOne(const Node &node)
{
    const policy::NodeKind *kind = policy::nodeKind(node.kind);
    m_tile->setPixmap(kindIcon(node.kind, m_theme).pixmap(QSize(24, 24), devicePixelRatioF()));
    m_tile->show();
    m_heading->setText(kindLabel(node.kind));
    m_help->setText(kind ? kind->help
                         : tr("This version does not know the kind “%1”. The node is kept as it "
                              "is and refuses to run.")
                               .arg(node.kind));
    m_title->show();
    m_title->setValue(Json(toStdString(node.title)));
    m_title->setRemark({});
    m_nothing->hide();
    QList<policy::Field> fields = kind ? kind->fields : QList<policy::Field>();
    fields.removeIf(
        [&node](const policy::Field &field) { return !policy::isInUse(field, node.config); });
    showValues(fields, {&node});
}

void NodeForm::showSeveral(const QList<const Node *> &nodes)
{
    m_tile->hide();
    m_heading->setText(tr("%n nodes", nullptr, int(nodes.size())));
    m_help->setText(kindsOf(nodes));
    m_title->hide();
    const QList<policy::Field> fields = commonFields(nodes);
    m_nothing->setVisible(fields.isEmpty());
    showValues(fields, nodes);
}

void NodeForm::showValues(const QList<policy::Field> &fields, const QList<const Node *> &nodes)
{
    Json values = Json::object();
    QStringList mixed;
    for (const policy::Field &field : fields) {
        const Json &first = storedAt(*nodes.first(), field.key);
        const auto effective = [&field](const Json &value) -> const Json & {
            return value.is_null() ? field.defaultValue : value;
        };
        const bool alike = std::all_of(nodes.cbegin(), nodes.cend(), [&](const Node *node) {
            return effective(storedAt(*node, field.key)) == effective(first);
        });
        if (!alike)
            mixed.append(field.key);
        else if (!first.is_null())
            values[toStdString(field.key)] = first;
    }
    m_form->setFields(fields, modelNames());
    m_form->setValues(values, mixed);
    showMode(nodes);
}

void NodeForm::showMode(const QList<const Node *> &nodes)
{
    // Notes and the ends of a policy always are as they are.
    const bool has = std::all_of(nodes.cbegin(), nodes.cend(), [](const Node *node) {
        const policy::NodeKind *kind = policy::nodeKind(node->kind);
        return !kind || (kind->hasInput && kind->group != policy::NodeGroup::Note);
    });
    const bool bypass = std::all_of(nodes.cbegin(), nodes.cend(),
                                    [](const Node *node) { return policy::canBypass(node->kind); });
    policy::Field field{.key = u"mode"_s,
                        .label = tr("Mode"),
                        .type = policy::FieldType::Choice,
                        .defaultValue = "active",
                        .help = tr("Muted takes no traffic; bypassed hands the query on "
                                   "unchanged.")};
    for (const policy::NodeMode mode : kNodeModes) {
        if (bypass || mode != policy::NodeMode::Bypassed)
            field.choices.append(modeName(mode));
    }
    m_mode->setFields(has ? QList<policy::Field>{field} : QList<policy::Field>(), {});
    const policy::NodeMode first = nodes.first()->mode;
    const bool alike = std::all_of(nodes.cbegin(), nodes.cend(),
                                   [first](const Node *node) { return node->mode == first; });
    m_mode->setValues({{"mode", toStdString(modeName(first))}},
                      alike ? QStringList() : QStringList{u"mode"_s});
}

void NodeForm::editMode(const Json &value)
{
    const QString wanted = value.is_string() ? toQString(value.get<std::string>()) : QString();
    for (const policy::NodeMode mode : kNodeModes) {
        // Null, from the arrow, is the first: active.
        if (wanted != modeName(mode) && !(wanted.isEmpty() && mode == policy::NodeMode::Active))
            continue;
        const bool changes =
            std::any_of(m_nodes.cbegin(), m_nodes.cend(), [this, mode](const policy::NodeId &id) {
                return m_editor.document().node(id)->mode != mode;
            });
        if (changes)
            m_undo.push(new SetModeCommand(m_editor, m_nodes, mode));
    }
}

QStringList NodeForm::modelNames() const
{
    QStringList names;
    for (const policy::Model &model : m_editor.document().models)
        names.append(model.name);
    return names;
}

void NodeForm::showProblems(const QList<policy::Problem> &problems)
{
    QHash<QString, FieldRemark> remarks;
    for (const policy::Problem &problem : problems) {
        if (m_nodes.contains(problem.node) && !problem.field.isEmpty() &&
            !remarks.contains(problem.field))
            remarks.insert(problem.field, remarkOf(problem));
    }
    m_form->setRemarks(remarks);
}

void NodeForm::focusTitle()
{
    m_title->focusEditor();
    if (auto *edit = m_title->findChild<QLineEdit *>())
        edit->selectAll();
}

void NodeForm::focusFirst()
{
    if (m_nodes.size() == 1)
        m_title->focusEditor();
    else
        m_form->focusFirst();
}

void NodeForm::preview(const policy::NodeId &node, const QString &key,
                       const std::optional<Json> &value)
{
    if (m_nodes != QList{node})
        return;
    if (value)
        m_form->setValue(key, *value);
    else
        refresh();
}

void NodeForm::focusField(const QString &key)
{
    m_form->focusField(key);
}

void NodeForm::editTitle(const Json &value)
{
    const policy::NodeId id = m_nodes.value(0);
    const QString title = value.is_string() ? toQString(value.get<std::string>()) : QString();
    const auto &nodes = m_editor.document().nodes;
    const bool taken = std::any_of(nodes.cbegin(), nodes.cend(), [&](const Node &node) {
        return node.id != id && !title.isEmpty() && node.title == title;
    });
    if (taken)
        m_title->setRemark({tr("Another node has this title; give it one of its own.")});
    else
        m_undo.push(new SetTitleCommand(m_editor, id, title));
}

} // namespace headgate::ui
