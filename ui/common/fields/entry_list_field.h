#pragma once

#include "ui/common/fields/field_editor.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace headgate::ui {

class FieldForm;

// What the entries of a list are made of.
struct EntryShape
{
    QString addLabel;    // "Add a case"
    QString entryLabel;  // "Case %1"
    QString optionLabel; // "Add a condition"; empty where all fields always show
    std::function<QList<policy::Field>(const Json &entry)> fields;
    QList<policy::Field> options; // shown where an entry has them, offered where it has not
    std::function<Json(const Json &list)> make;
};

// The shape of a Scorers, Cases, Weights, ModelWeights or References field.
EntryShape entryShape(policy::FieldType type);

// A list of small objects, each a card with its own fields: scorers of a gate, cases of a rule,
// branches of a split, reference prompts.
class EntryListField final : public FieldEditor
{
    Q_OBJECT
public:
    EntryListField(const policy::Field &field, const FieldContext &context);
    void setValue(const Json &value) override;
    void setMixed() override;
    void drop() override;

private:
    QList<policy::Field> fieldsOf(const Json &entry) const;
    bool fitsWhatIsDrawn() const;
    void show(bool mixed);
    void rebuild();
    void rebuildAndFocus(qsizetype card);
    QWidget *makeCard(qsizetype index);
    void addOptionButton(QVBoxLayout *layout, qsizetype index);
    void setEntryField(qsizetype index, const QString &key, const Json &value);
    void moveEntry(qsizetype index, qsizetype by);
    void write(const Json &list);

    policy::Field m_field;
    FieldContext m_context;
    EntryShape m_shape;
    QVBoxLayout *m_cards = nullptr;
    QPushButton *m_add = nullptr;
    QLabel *m_mixed = nullptr;
    QList<FieldForm *> m_forms;          // one a card
    QList<QList<policy::Field>> m_drawn; // the fields of each card
    Json m_list = Json::array();         // as shown: the default where nothing is set
};

} // namespace headgate::ui
