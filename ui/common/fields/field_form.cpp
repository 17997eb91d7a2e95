#include "ui/common/fields/field_form.h"

#include "ui/common/tab_order.h"
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

bool isSameField(const policy::Field &a, const policy::Field &b)
{
    return a.key == b.key && a.label == b.label && a.type == b.type && a.choices == b.choices &&
           a.defaultValue == b.defaultValue;
}

} // namespace

bool sameFields(const QList<policy::Field> &a, const QList<policy::Field> &b)
{
    return std::equal(a.cbegin(), a.cend(), b.cbegin(), b.cend(), isSameField);
}

FieldForm::FieldForm(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

void FieldForm::setFields(const QList<policy::Field> &fields, const QStringList &models)
{
    if (models == m_models && sameFields(fields, m_fields))
        return;
    m_fields = fields;
    m_models = models;
    // A row may be on the way up from its own signal: it goes when control is back in the loop.
    for (FieldRow *row : std::exchange(m_rows, {})) {
        row->hide();
        row->disconnect(this);
        row->deleteLater();
    }
    for (const policy::Field &field : fields) {
        auto *row = new FieldRow(field, {m_theme, models, m_addsModels, m_artifacts},
                                 m_alwaysResettable && !field.required);
        connect(row, &FieldRow::edited, this,
                [this, key = field.key](const Json &value) { Q_EMIT edited(key, value); });
        connect(row, &FieldRow::previewed, this,
                [this, key = field.key](const Json &value) { Q_EMIT previewed(key, value); });
        connect(row, &FieldRow::modelRequested, this,
                [this, key = field.key, row] { Q_EMIT modelRequested(key, row); });
        connect(row, &FieldRow::refusalChanged, this, &FieldForm::refusalChanged);
        m_layout->addWidget(row);
        m_rows.append(row);
    }
    orderTabsSoon(this);
}

void FieldForm::setValues(const Json &object, const QStringList &mixed)
{
    for (FieldRow *row : std::as_const(m_rows)) {
        if (mixed.contains(row->field().key)) {
            row->setMixed();
            continue;
        }
        const auto it =
            object.is_object() ? object.find(toStdString(row->field().key)) : object.end();
        row->setValue(it == object.end() ? Json() : *it);
    }
}

void FieldForm::setValue(const QString &key, const Json &value)
{
    for (FieldRow *row : std::as_const(m_rows)) {
        if (row->field().key == key)
            row->setValue(value);
    }
}

void FieldForm::drop()
{
    for (FieldRow *row : std::as_const(m_rows))
        row->drop();
}

void FieldForm::setRemarks(const QHash<QString, FieldRemark> &remarks)
{
    for (FieldRow *row : std::as_const(m_rows))
        row->setRemark(remarks.value(row->field().key));
}

bool FieldForm::isRefusing() const
{
    return std::any_of(m_rows.cbegin(), m_rows.cend(),
                       [](const FieldRow *row) { return row->isRefusing(); });
}

void FieldForm::focusField(const QString &key)
{
    for (FieldRow *row : std::as_const(m_rows)) {
        if (row->field().key == key)
            row->focusEditor();
    }
}

void FieldForm::focusFirst()
{
    if (!m_rows.isEmpty())
        m_rows.first()->focusEditor();
}

} // namespace headgate::ui
