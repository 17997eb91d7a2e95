#include "ui/common/fields/field_editor.h"

#include "ui/common/fields/artifact_field.h"
#include "ui/common/fields/choice_fields.h"
#include "ui/common/fields/entry_list_field.h"
#include "ui/common/fields/text_fields.h"

using namespace Qt::StringLiterals;

namespace headgate::ui {

FieldEditor *makeFieldEditor(const policy::Field &field, const FieldContext &context)
{
    using policy::FieldType;
    switch (field.type) {
    case FieldType::Text: {
        // Names become ports.
        const bool name = field.key == "name"_L1 || field.key == "label"_L1;
        return new TextField(field,
                             name ? TextField::Write::WhenSettled : TextField::Write::AtOnce);
    }
    case FieldType::LongText:
        return new LongTextField(field, LongTextField::Content::Text);
    case FieldType::Number:
    case FieldType::Integer:
        return new NumberField(field);
    case FieldType::Boolean:
        return new BooleanField(field);
    case FieldType::Choice:
        return new ChoiceField(field, field.choices, {});
    case FieldType::Model:
        return new ModelField(field, context);
    case FieldType::Models:
        return new ModelsField(field, context);
    case FieldType::Scorers:
    case FieldType::Cases:
    case FieldType::Weights:
    case FieldType::ModelWeights:
    case FieldType::References:
    case FieldType::ModelScores:
    case FieldType::TaskScores:
    case FieldType::ModelSeconds:
        return new EntryListField(field, context);
    case FieldType::Labels:
        return new LongTextField(field, LongTextField::Content::Lines);
    case FieldType::Artifact:
        return new ArtifactField(field, context);
    case FieldType::Object:
        return new LongTextField(field, LongTextField::Content::Object);
    }
    return new TextField(field, TextField::Write::AtOnce);
}

bool isWideField(policy::FieldType type)
{
    using policy::FieldType;
    switch (type) {
    case FieldType::Text:
    case FieldType::Number:
    case FieldType::Integer:
    case FieldType::Boolean:
    case FieldType::Choice:
    case FieldType::Model:
        return false;
    default:
        return true;
    }
}

QString mixedText()
{
    return FieldEditor::tr("mixed");
}

QString choiceLabel(const QString &choice)
{
    // Words of the file that are shown as words of ours.
    const QHash<QString, QString> words{
        {u"active"_s, FieldEditor::tr("active", "mode of a node")},
        {u"muted"_s, FieldEditor::tr("muted", "mode of a node")},
        {u"bypassed"_s, FieldEditor::tr("bypassed", "mode of a node")},
        {u"in_order"_s, FieldEditor::tr("in order", "how a fallback is chosen")},
        {u"weighted"_s, FieldEditor::tr("weighted", "how a fallback is chosen")},
        {u"fastest"_s, FieldEditor::tr("the fastest", "how a fallback is chosen")},
        {u"cheapest"_s, FieldEditor::tr("the cheapest", "how a fallback is chosen")},
    };
    if (const auto word = words.constFind(choice); word != words.cend())
        return *word;
    return QString(choice).replace(u'_', u' ');
}

} // namespace headgate::ui
