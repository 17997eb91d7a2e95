#pragma once

#include "ui/editor/fields/field_editor.h"

class QLabel;
class QToolButton;

namespace headgate::ui {

// One field with all that belongs to it.
class FieldRow final : public QWidget
{
    Q_OBJECT
public:
    FieldRow(const policy::Field &field, const FieldContext &context, bool alwaysResettable);

    const policy::Field &field() const { return m_field; }
    void setValue(const Json &value); // null: not set
    void setMixed();                  // values that differ
    void drop();                      // what is typed and was not written
    void setError(const QString &sentence);
    void focusEditor();

Q_SIGNALS:
    void edited(const headgate::Json &value);
    void previewed(const headgate::Json &value);

private:
    void layOut();
    void showReset(bool shown);
    void showError();

    policy::Field m_field;
    bool m_alwaysResettable = false;
    QLabel *m_label = nullptr;
    FieldEditor *m_editor = nullptr;
    QToolButton *m_reset = nullptr;
    QWidget *m_errorLine = nullptr;
    QLabel *m_errorMark = nullptr;
    QLabel *m_errorLabel = nullptr;
    QString m_error;   // from validation
    QString m_refusal; // of what is being typed
};

} // namespace headgate::ui
