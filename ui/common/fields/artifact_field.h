#pragma once

#include "ui/common/fields/field_editor.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace headgate::ui {

// A trained file beside the policy: its name, "Choose…", and what it holds.
class ArtifactField final : public FieldEditor
{
    Q_OBJECT
public:
    ArtifactField(const policy::Field &field, const FieldContext &context);
    void setValue(const Json &value) override;
    void setMixed() override;
    void drop() override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void commit();
    void choose();
    void take(const QString &path);
    void showNote();
    void fitNote();

    ArtifactLibrary *m_library;
    QLineEdit *m_name = nullptr;
    QPushButton *m_choose = nullptr;
    QLabel *m_note = nullptr;
    QString m_shown;
    QString m_placeholder;
};

} // namespace headgate::ui
