#include "ui/evaluate/grader_form.h"

#include "ui/common/fields/field_form.h"
#include "ui/common/style_sheet.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

GraderForm::GraderForm(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_registry(evaluation::builtinGraders())
    , m_kind(new QComboBox(this))
    , m_help(new QLabel(this))
    , m_options(new FieldForm(theme, this))
{
    m_kind->setObjectName(u"graderKind"_s);
    m_kind->setAccessibleName(tr("Grader"));
    m_kind->setToolTip(tr("How answers are told good from bad"));
    m_kind->addItem(tr("choose later"), QString());
    for (const QString &kind : m_registry.kinds())
        m_kind->addItem(m_registry.find(kind)->label, kind);
    auto *label = new QLabel(tr("Grader"), this);
    setRole(label, Role::Secondary);
    label->setFixedWidth(kFieldLabelWidth);
    label->setBuddy(m_kind);
    m_help->setObjectName(u"graderHelp"_s);
    m_help->setWordWrap(true);
    setRole(m_help, Role::Faint);
    auto *row = new QFormLayout;
    row->setHorizontalSpacing(kFieldLabelGap);
    row->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    row->addRow(label, m_kind);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(row);
    layout->addWidget(m_help);
    layout->addWidget(m_options);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &GraderForm::chooseKind);
    connect(m_options, &FieldForm::edited, this, &GraderForm::setOption);
    connect(m_options, &FieldForm::refusalChanged, this, &GraderForm::check);
    setConfig(Json::object());
}

void GraderForm::setConfig(const Json &config)
{
    {
        const QSignalBlocker quiet(m_kind);
        m_kind->setCurrentIndex(qMax(0, m_kind->findData(jsonString(config, "kind"))));
    }
    chooseKind();
    if (config.is_object() && !config.empty())
        m_config = config;
    m_options->setValues(m_config);
    check();
}

void GraderForm::chooseKind()
{
    const QString kind = m_kind->currentData().toString();
    const evaluation::GraderKind *known = m_registry.find(kind);
    m_config = known ? Json{{"kind", toStdString(kind)}} : Json::object();
    m_help->setText(known ? known->help
                          : tr("Answers are recorded, and graded once you have chosen."));
    m_options->drop();
    m_options->setFields(known ? known->options : QList<policy::Field>(), {});
    m_options->setValues(m_config);
    check();
}

void GraderForm::setOption(const QString &key, const Json &value)
{
    if (value.is_null())
        m_config.erase(toStdString(key));
    else
        m_config[toStdString(key)] = value;
    m_options->setValue(key, value);
    check();
}

void GraderForm::check()
{
    const auto made = m_config.empty() ? Result<std::unique_ptr<evaluation::Grader>>()
                                       : m_registry.create(m_config);
    showRefusal(made ? QString() : made.error().message);
    m_good = made && !m_options->isRefusing();
    Q_EMIT changed();
}

// At the option that the sentence names, or at the one that the kind cannot do without.
void GraderForm::showRefusal(const QString &sentence)
{
    QHash<QString, FieldRemark> remarks;
    const evaluation::GraderKind *known = m_registry.find(m_kind->currentData().toString());
    if (known && !sentence.isEmpty()) {
        QString place;
        for (const policy::Field &option : known->options) {
            const bool named = sentence.contains(u"“%1”"_s.arg(option.key));
            if (named || (place.isEmpty() && option.required))
                place = option.key;
            if (named)
                break;
        }
        remarks.insert(place, {sentence});
    }
    m_options->setRemarks(remarks);
}

} // namespace headgate::ui
