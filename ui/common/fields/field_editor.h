#pragma once

#include "core/policy/node_kind.h"

#include <QWidget>

namespace headgate::ui {

class ArtifactLibrary;
class Theme;

// Edits one value of a config. What it shows comes from setValue(); what the user does leaves as
// edited(), and a null value means: the default again.
class FieldEditor : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;

    // Shows the value; emits nothing. What the user is typing is left alone if it means the same.
    virtual void setValue(const Json &value) = 0;
    // Shows "mixed": it stands for several values that differ.
    virtual void setMixed() = 0;
    // Forgets what is typed and was not written: another node is shown.
    virtual void drop() {}

Q_SIGNALS:
    void edited(const headgate::Json &value);
    // What the value would be if a drag ended here; edited() follows at its end.
    void previewed(const headgate::Json &value);
    // A model is wanted that the policy does not have yet.
    void modelRequested();
    // What is typed cannot be written, and why; an empty sentence takes that back.
    void refused(const QString &sentence);
};

// What field editors need to know beside their field.
struct FieldContext
{
    const Theme &theme;     // outlives the editors
    QStringList models;     // names of the policy's models
    bool addsModels = true; // one that the policy does not have yet may be asked for
    ArtifactLibrary *artifacts = nullptr; // outlives them, too; nullptr: files are only named
};

// The editor for a field's type, with its accessible name set.
FieldEditor *makeFieldEditor(const policy::Field &field, const FieldContext &context);

// Whether the editor wants the whole width below its label.
bool isWideField(policy::FieldType type);

// What an editor shows in place of values that differ.
QString mixedText();

// "best_scored" is shown as "best scored".
QString choiceLabel(const QString &choice);

} // namespace headgate::ui
