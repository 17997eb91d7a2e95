#include "ui/editor/models_form.h"

#include "ui/common/fields/field_form.h"
#include "ui/common/icons.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/editor/editor_commands/compound_commands.h"
#include "ui/editor/editor_commands/policy_commands.h"
#include "ui/editor/model_fields.h"
#include "ui/editor/models_model.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QToolButton>
#include <QUndoStack>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kMostRowsShown = 6;

QToolButton *iconButton(const QString &icon, const QString &text, const Theme &theme)
{
    auto *button = new QToolButton;
    setRole(button, Role::Icon);
    button->setIcon(themedIcon(icon, theme));
    button->setToolTip(text);
    button->setAccessibleName(text);
    return button;
}

} // namespace

ModelsForm::ModelsForm(const Theme &theme, policy::PolicyEditor &editor, QUndoStack &undo,
                       QWidget *parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_undo(undo)
    , m_model(new ModelsModel(this))
    , m_table(new QTableView)
    , m_remove(iconButton(u"close"_s, tr("Delete the chosen model"), theme))
    , m_form(new FieldForm(theme))
{
    auto *title = new QLabel(tr("Models"));
    setRole(title, Role::Caption);
    QToolButton *add = iconButton(u"add"_s, tr("Add a model"), theme);
    add->setObjectName(u"addModel"_s);
    m_remove->setObjectName(u"removeModel"_s);

    m_table->setObjectName(u"modelsTable"_s);
    m_table->setAccessibleName(tr("Models of the policy"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::kTableRowHeight);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultSectionSize(84);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);

    auto *top = new QHBoxLayout;
    top->addWidget(title, 1);
    top->addWidget(add);
    top->addWidget(m_remove);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addWidget(m_table);
    layout->addWidget(m_form);
    m_form->setObjectName(u"modelForm"_s);
    m_form->setFields(modelFields(), {});

    connect(add, &QToolButton::clicked, this, [this, add] { Q_EMIT addRequested(add); });
    connect(m_remove, &QToolButton::clicked, this, &ModelsForm::removeCurrent);
    connect(m_form, &FieldForm::edited, this, &ModelsForm::editField);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &index) {
                m_current = m_model->nameAt(index.row());
                m_form->drop();
                showCurrent();
            });
    connect(&editor, &policy::PolicyEditor::modelsChanged, this, &ModelsForm::refresh);
    connect(&editor, &policy::PolicyEditor::documentReplaced, this, &ModelsForm::refresh);
    refresh();
}

void ModelsForm::refresh()
{
    const QString wanted = m_current;
    m_model->setModels(m_editor.document().models);
    const int rows = qBound(1, m_model->rowCount(), kMostRowsShown);
    m_table->setFixedHeight((rows + 1) * Theme::kTableRowHeight + 4);
    select(wanted);
}

void ModelsForm::select(const QString &name)
{
    const int row = m_model->rowOf(name);
    m_current = row < 0 ? QString() : name;
    if (row >= 0)
        m_table->selectRow(row);
    showCurrent();
}

void ModelsForm::choose(const QString &name)
{
    select(name);
    m_form->focusFirst();
}

void ModelsForm::showCurrent()
{
    const policy::Model *model = m_editor.document().model(m_current);
    m_form->setVisible(model);
    m_form->setRemarks({});
    m_remove->setEnabled(model);
    if (model)
        m_form->setValues(toFields(*model));
}

void ModelsForm::removeCurrent()
{
    if (m_editor.document().model(m_current))
        m_undo.push(new RemoveModelCommand(m_editor, m_current));
}

void ModelsForm::editField(const QString &key, const Json &value)
{
    const policy::Model *model = m_editor.document().model(m_current);
    if (!model)
        return;
    const policy::Model changed = withField(*model, key, value);
    m_form->setRemarks({});
    if (key != "name"_L1) {
        if (changed != *model)
            m_undo.push(new SetModelCommand(m_editor, changed));
        return;
    }
    auto command = renameModelCommand(m_editor, m_current, changed.name);
    if (!command) {
        const bool taken = changed.name != m_current && !changed.name.isEmpty();
        m_form->setRemarks({{key,
                             {taken ? tr("Another model has this name; give a name of its own.")
                                    : tr("A model needs a name.")}}});
        return;
    }
    m_undo.push(command.release());
    select(changed.name);
}

} // namespace headgate::ui
