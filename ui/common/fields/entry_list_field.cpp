#include "ui/common/fields/entry_list_field.h"

#include "ui/common/fields/field_form.h"
#include "ui/common/icons.h"
#include "ui/common/style_sheet.h"
#include "ui/common/tab_order.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

// What a condition starts with when it is added.
Json startValue(const policy::Field &option)
{
    switch (option.type) {
    case policy::FieldType::Labels:
        return Json::array({"word"});
    case policy::FieldType::Boolean:
        return true;
    case policy::FieldType::Integer:
    case policy::FieldType::Number:
        return std::isfinite(option.minimum) ? option.minimum : 0;
    case policy::FieldType::Object:
        return Json::object({{"key", "value"}});
    default:
        return "";
    }
}

QToolButton *cardButton(const QString &icon, const QString &text, const Theme &theme)
{
    auto *button = new QToolButton;
    setRole(button, Role::Icon);
    button->setIcon(themedIcon(icon, theme));
    button->setIconSize({12, 12});
    button->setFixedSize(22, 22);
    button->setToolTip(text);
    button->setAccessibleName(text);
    return button;
}

} // namespace

EntryListField::EntryListField(const policy::Field &field, const FieldContext &context)
    : m_field(field)
    , m_context(context)
    , m_shape(entryShape(field.type))
    , m_cards(new QVBoxLayout)
{
    m_add = new QPushButton(m_shape.addLabel);
    setRole(m_add, Role::Link);
    m_add->setObjectName(u"add_"_s + field.key);
    m_mixed = new QLabel(tr("These nodes differ here; select one of them to change it."));
    setRole(m_mixed, Role::Secondary);
    m_mixed->setWordWrap(true);
    m_mixed->hide();
    setFocusProxy(m_add);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_cards->setSpacing(8);
    layout->addLayout(m_cards);
    layout->addWidget(m_mixed);
    layout->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QPushButton::clicked, this, [this] {
        Json list = m_list;
        list.push_back(m_shape.make(m_list));
        write(list);
        rebuildAndFocus(qsizetype(m_list.size()) - 1);
    });
}

void EntryListField::show(bool mixed)
{
    m_mixed->setVisible(mixed);
    m_add->setVisible(!mixed);
}

void EntryListField::setMixed()
{
    m_list = Json::array();
    rebuild();
    show(true);
}

void EntryListField::drop()
{
    for (FieldForm *form : std::as_const(m_forms))
        form->drop();
}

QList<policy::Field> EntryListField::fieldsOf(const Json &entry) const
{
    QList<policy::Field> fields = m_shape.fields(entry);
    for (const policy::Field &option : m_shape.options) {
        if (entry.is_object() && entry.contains(toStdString(option.key)))
            fields.append(option);
    }
    return fields;
}

bool EntryListField::fitsWhatIsDrawn() const
{
    bool fits = m_drawn.size() == qsizetype(m_list.size());
    for (qsizetype i = 0; fits && i < m_drawn.size(); ++i)
        fits = sameFields(m_drawn[i], fieldsOf(m_list[size_t(i)]));
    return fits;
}

void EntryListField::setValue(const Json &value)
{
    show(false);
    const Json &wanted = value.is_array() ? value : m_field.defaultValue;
    const Json list = wanted.is_array() ? wanted : Json::array();
    if (list == m_list && m_cards->count() == int(list.size()))
        return;
    m_list = list;
    // Cards stay where only values are others, so that undo leaves focus where it is.
    if (!fitsWhatIsDrawn()) {
        rebuild();
        return;
    }
    for (qsizetype i = 0; i < m_forms.size(); ++i)
        m_forms[i]->setValues(m_list[size_t(i)]);
}

void EntryListField::rebuild()
{
    while (QLayoutItem *item = m_cards->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_forms.clear();
    m_drawn.clear();
    for (qsizetype index = 0; index < qsizetype(m_list.size()); ++index)
        m_cards->addWidget(makeCard(index));
    orderTabsSoon(this);
}

void EntryListField::rebuildAndFocus(qsizetype card)
{
    rebuild();
    if (card >= 0 && card < m_forms.size())
        m_forms[card]->focusField(m_drawn[card].value(0).key);
    else
        m_add->setFocus(Qt::OtherFocusReason);
}

QWidget *EntryListField::makeCard(qsizetype index)
{
    const Json &entry = m_list[size_t(index)];
    auto *card = new QFrame;
    setRole(card, Role::Card);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(8, 4, 4, 8);
    layout->setSpacing(4);

    auto *number = new QLabel(m_shape.entryLabel.arg(index + 1));
    setRole(number, Role::Faint);
    auto *top = new QHBoxLayout;
    top->addWidget(number);
    top->addStretch();
    if (index > 0) {
        auto *up = cardButton(u"indicator_chevron_up"_s, tr("Move up: %1").arg(number->text()),
                              m_context.theme);
        top->addWidget(up);
        connect(up, &QToolButton::clicked, this, [this, index] { moveEntry(index, -1); });
    }
    auto *remove = cardButton(u"close"_s, tr("Remove: %1").arg(number->text()), m_context.theme);
    remove->setObjectName(u"remove_%1_%2"_s.arg(m_field.key).arg(index));
    top->addWidget(remove);
    layout->addLayout(top);
    connect(remove, &QToolButton::clicked, this, [this, index] {
        Json list = m_list;
        list.erase(size_t(index));
        write(list);
        rebuildAndFocus(qMin(index, qsizetype(m_list.size()) - 1));
    });

    const QList<policy::Field> fields = fieldsOf(entry);
    auto *form = new FieldForm(m_context.theme);
    form->setArtifacts(m_context.artifacts);
    form->setObjectName(u"entry_%1_%2"_s.arg(m_field.key).arg(index));
    form->setAlwaysResettable(!m_shape.options.isEmpty());
    form->setAddsModels(false); // whoever adds it would not know into which entry it goes
    form->setFields(fields, m_context.models);
    form->setValues(entry);
    m_forms.append(form);
    m_drawn.append(fields);
    layout->addWidget(form);
    connect(form, &FieldForm::edited, this, [this, index](const QString &key, const Json &value) {
        setEntryField(index, key, value);
    });
    addOptionButton(layout, index);
    return card;
}

void EntryListField::addOptionButton(QVBoxLayout *layout, qsizetype index)
{
    if (m_shape.optionLabel.isEmpty())
        return;
    auto *button = new QPushButton(m_shape.optionLabel);
    setRole(button, Role::Link);
    button->setObjectName(u"option_%1_%2"_s.arg(m_field.key).arg(index));
    auto *menu = new QMenu(button);
    for (const policy::Field &option : std::as_const(m_shape.options)) {
        if (m_list[size_t(index)].contains(toStdString(option.key)))
            continue;
        menu->addAction(option.label, this, [this, index, option] {
            setEntryField(index, option.key, startValue(option));
        });
    }
    button->setMenu(menu);
    layout->addWidget(button, 0, Qt::AlignLeft);
}

void EntryListField::setEntryField(qsizetype index, const QString &key, const Json &value)
{
    Json list = m_list;
    Json &entry = list[size_t(index)];
    const std::string name = toStdString(key);
    // Options of another kind of scorer mean nothing to this one.
    if (key == "kind"_L1)
        entry = {{"weight", jsonNumber(entry, "weight", 1)}};
    if (value.is_null())
        entry.erase(name);
    else
        entry[name] = value;
    write(list);
    if (!fitsWhatIsDrawn())
        rebuildAndFocus(index);
}

void EntryListField::moveEntry(qsizetype index, qsizetype by)
{
    Json list = m_list;
    std::swap(list[size_t(index)], list[size_t(index + by)]);
    write(list);
    rebuildAndFocus(index + by);
}

void EntryListField::write(const Json &list)
{
    m_list = list;
    Q_EMIT edited(list);
}

} // namespace headgate::ui
