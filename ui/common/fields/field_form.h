#pragma once

#include "ui/common/fields/field_row.h"

class QVBoxLayout;

namespace headgate::ui {

// Whether rows drawn for one list serve for the other.
bool sameFields(const QList<policy::Field> &a, const QList<policy::Field> &b);

// Fields of one JSON object below each other: label, editor, unit, reset arrow, error.
class FieldForm final : public QWidget
{
    Q_OBJECT
public:
    explicit FieldForm(const Theme &theme, QWidget *parent = nullptr);

    // Where files of trained models are found, for fields that name one; before setFields().
    void setArtifacts(ArtifactLibrary *artifacts) { m_artifacts = artifacts; }
    // Draws itself anew only where the fields or the models differ from what is shown.
    void setFields(const QList<policy::Field> &fields, const QStringList &models);
    void setValue(const QString &key, const Json &value); // of that field, if it is here
    void setValues(const Json &object, const QStringList &mixed = {}); // keys that differ
    void drop(); // what is typed and was not written
    // By key; fields without one are fine.
    void setRemarks(const QHash<QString, FieldRemark> &remarks);
    // Fields that are not asked for can be taken out again by their reset arrow.
    void setAlwaysResettable(bool always) { m_alwaysResettable = always; }
    // Whether modelRequested() can come; set it before the fields.
    void setAddsModels(bool adds) { m_addsModels = adds; }
    void focusField(const QString &key);
    void focusFirst();

    bool isRefusing() const; // what is typed in a field cannot be written
    bool isEmpty() const { return m_fields.isEmpty(); }

Q_SIGNALS:
    void refusalChanged();
    void edited(const QString &key, const headgate::Json &value); // null: the default again
    void previewed(const QString &key, const headgate::Json &value);
    void modelRequested(const QString &key, QWidget *row); // one that the policy does not have yet

private:
    const Theme &m_theme;
    QVBoxLayout *m_layout = nullptr;
    QList<policy::Field> m_fields;
    QStringList m_models;
    QList<FieldRow *> m_rows;
    bool m_alwaysResettable = false;
    bool m_addsModels = true;
    ArtifactLibrary *m_artifacts = nullptr; // outlives the form
};

} // namespace headgate::ui
