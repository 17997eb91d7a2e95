#include "ui/common/fields/choice_fields.h"

#include "ui/common/icons.h"
#include "ui/common/style_sheet.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QListWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

const QVariant kWanted(true); // no name of a model

QString stringOf(const Json &value)
{
    return value.is_string() ? toQString(value.get_ref<const std::string &>()) : QString();
}

QToolButton *arrowButton(const QString &text, Qt::ArrowType arrow)
{
    auto *button = new QToolButton;
    setRole(button, Role::Icon);
    button->setArrowType(arrow);
    button->setToolTip(text);
    button->setAccessibleName(text);
    return button;
}

} // namespace

ChoiceField::ChoiceField(const policy::Field &field, const QStringList &choices,
                         const QString &none)
    : m_box(new QComboBox)
    , m_default(stringOf(field.defaultValue))
{
    m_box->setObjectName(u"edit_"_s + field.key);
    m_box->setAccessibleName(field.label);
    m_box->setAccessibleDescription(field.help);
    m_box->setMinimumContentsLength(6);
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_box->installEventFilter(this);
    if (!none.isEmpty())
        m_box->addItem(none, QString());
    const bool words = field.type == policy::FieldType::Choice;
    for (const QString &choice : choices)
        m_box->addItem(words ? choiceLabel(choice) : choice, choice);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_box);
    setFocusProxy(m_box);
    connect(m_box, &QComboBox::activated, this, &ChoiceField::take);
}

void ChoiceField::take(int index)
{
    const QString chosen = m_box->itemData(index).toString();
    Q_EMIT edited(chosen.isEmpty() ? Json() : Json(toStdString(chosen)));
}

void ChoiceField::setValue(const Json &value)
{
    const QString wanted = value.is_null() ? m_default : stringOf(value);
    int index = m_box->findData(wanted);
    // A name that is no longer offered still shows what the document says.
    if (index < 0 && !wanted.isEmpty()) {
        m_box->addItem(tr("%1 (missing)").arg(wanted), wanted);
        index = m_box->count() - 1;
    }
    m_box->setCurrentIndex(index);
}

void ChoiceField::setMixed()
{
    m_box->setPlaceholderText(mixedText());
    m_box->setCurrentIndex(-1);
}

bool ChoiceField::eventFilter(QObject *watched, QEvent *event)
{
    // The wheel scrolls the panel; it changes a value only where the user has gone to it.
    if (watched == m_box && event->type() == QEvent::Wheel && !m_box->hasFocus()) {
        event->ignore();
        return true;
    }
    return FieldEditor::eventFilter(watched, event);
}

ModelField::ModelField(const policy::Field &field, const FieldContext &context)
    : ChoiceField(field, context.models, tr("No model"))
{
    if (!context.addsModels)
        return;
    box().insertSeparator(box().count());
    box().addItem(tr("Add a model…"), kWanted);
}

void ModelField::setValue(const Json &value)
{
    m_value = value;
    ChoiceField::setValue(value);
}

void ModelField::take(int index)
{
    if (box().itemData(index) != kWanted) {
        ChoiceField::take(index);
        return;
    }
    ChoiceField::setValue(m_value);
    Q_EMIT modelRequested();
}

BooleanField::BooleanField(const policy::Field &field)
    : m_box(new QCheckBox)
    , m_default(field.defaultValue.is_boolean() && field.defaultValue.get<bool>())
{
    m_box->setObjectName(u"edit_"_s + field.key);
    m_box->setAccessibleName(field.label);
    m_box->setAccessibleDescription(field.help);
    m_box->setToolTip(field.help);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 4);
    layout->addWidget(m_box);
    setFocusProxy(m_box);
    connect(m_box, &QCheckBox::clicked, this, [this] {
        m_box->setTristate(false); // out of "mixed" one click leads to "on"
        Q_EMIT edited(Json(m_box->isChecked()));
    });
}

void BooleanField::setValue(const Json &value)
{
    m_box->setTristate(false);
    m_box->setText({});
    m_box->setChecked(value.is_boolean() ? value.get<bool>() : m_default);
}

void BooleanField::setMixed()
{
    m_box->setTristate(true);
    m_box->setCheckState(Qt::PartiallyChecked);
    m_box->setText(mixedText());
}

ModelsField::ModelsField(const policy::Field &field, const FieldContext &context)
    : m_models(context.models)
    , m_list(new QListWidget)
{
    m_list->setObjectName(u"edit_"_s + field.key);
    m_list->setAccessibleName(field.label);
    m_list->setAccessibleDescription(field.help);
    m_list->setFixedHeight(112);
    QToolButton *up = arrowButton(tr("Move up"), Qt::UpArrow);
    QToolButton *down = arrowButton(tr("Move down"), Qt::DownArrow);
    m_arrows = {up, down};
    auto *buttons = new QVBoxLayout;
    buttons->addWidget(up);
    buttons->addWidget(down);
    buttons->addStretch();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_list, 1);
    layout->addLayout(buttons);
    setFocusProxy(m_list);
    connect(m_list, &QListWidget::itemChanged, this, &ModelsField::write);
    connect(up, &QToolButton::clicked, this, [this] { moveCurrent(-1); });
    connect(down, &QToolButton::clicked, this, [this] { moveCurrent(1); });
}

void ModelsField::setMixed()
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    auto *item = new QListWidgetItem(
        tr("These nodes differ here; select one of them to change it."), m_list);
    item->setFlags(Qt::ItemIsEnabled);
    m_list->setWordWrap(true);
    for (QToolButton *arrow : std::as_const(m_arrows))
        arrow->setEnabled(false);
}

void ModelsField::setValue(const Json &value)
{
    for (QToolButton *arrow : std::as_const(m_arrows))
        arrow->setEnabled(true);
    QStringList chosen;
    for (const Json &name : value.is_array() ? value : Json::array())
        chosen.append(stringOf(name));
    QStringList all = chosen;
    for (const QString &model : std::as_const(m_models)) {
        if (!all.contains(model))
            all.append(model);
    }
    const int row = m_list->currentRow();
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const QString &name : std::as_const(all)) {
        const bool known = m_models.contains(name);
        auto *item = new QListWidgetItem(known ? name : tr("%1 (missing)").arg(name), m_list);
        item->setData(Qt::UserRole, name);
        item->setCheckState(chosen.contains(name) ? Qt::Checked : Qt::Unchecked);
    }
    m_list->setCurrentRow(row);
}

void ModelsField::write()
{
    Json names = Json::array();
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem *item = m_list->item(row);
        if (item->checkState() == Qt::Checked)
            names.push_back(toStdString(item->data(Qt::UserRole).toString()));
    }
    Q_EMIT edited(names);
}

void ModelsField::moveCurrent(int by)
{
    const int row = m_list->currentRow();
    const int to = row + by;
    if (row < 0 || to < 0 || to >= m_list->count())
        return;
    {
        const QSignalBlocker quiet(m_list);
        m_list->insertItem(to, m_list->takeItem(row));
        m_list->setCurrentRow(to);
    }
    write();
}

} // namespace headgate::ui
