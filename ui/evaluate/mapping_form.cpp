#include "ui/evaluate/mapping_form.h"

#include "ui/common/fields/field_row.h"
#include "ui/common/style_sheet.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using evaluation::ColumnMapping;

MappingForm::MappingForm(QWidget *parent)
    : QWidget(parent)
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(kFieldLabelGap);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_prompt = addRow(u"promptColumn"_s, tr("Prompt"), tr("Choose a column"),
                      tr("What models are asked: a text, or the messages of a conversation"));
    m_expected = addRow(u"expectedColumn"_s, tr("Expected answer"), tr("none"),
                        tr("What a good answer is; most graders compare with it"));
    m_id = addRow(u"idColumn"_s, tr("Id"), tr("the row's number"),
                  tr("What a prompt is called; no two rows may have the same"));
    m_subset = addRow(u"subsetColumn"_s, tr("Subject"), tr("none"),
                      tr("The task or the topic that a prompt belongs to"));
    m_outcomes = addRow(u"outcomesColumn"_s, tr("Outcomes"), tr("none"),
                        tr("What models did on the prompt: an object with one entry a model, or "
                           "columns such as models.small.quality"));
    m_keepOthers = new QCheckBox(tr("Keep the other columns, too"), this);
    m_keepOthers->setObjectName(u"keepOthers"_s);
    m_keepOthers->setToolTip(tr("As metadata of each prompt, which rules of a policy may read"));
    form->addRow(QString(), m_keepOthers);
    m_problem = new QLabel(this);
    m_problem->setObjectName(u"mappingProblem"_s);
    m_problem->setWordWrap(true);
    setRole(m_problem, Role::ErrorText);
    form->addRow(QString(), m_problem);
    connect(m_keepOthers, &QCheckBox::toggled, this, &MappingForm::changed);
    for (QComboBox *box : {m_prompt, m_expected, m_id, m_subset, m_outcomes})
        connect(box, &QComboBox::currentIndexChanged, this, &MappingForm::showProblem);
}

QComboBox *MappingForm::addRow(const QString &name, const QString &label, const QString &none,
                               const QString &help)
{
    auto *box = new QComboBox(this);
    box->setObjectName(name);
    box->setAccessibleName(label);
    box->setToolTip(help);
    box->addItem(none, QString());
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(12);
    auto *text = new QLabel(label, this);
    setRole(text, Role::Secondary);
    text->setFixedWidth(kFieldLabelWidth);
    text->setBuddy(box);
    static_cast<QFormLayout *>(layout())->addRow(text, box);
    return box;
}

void MappingForm::setPreview(const evaluation::ImportPreview &preview)
{
    const QSignalBlocker quiet(this);
    m_columns = preview.columns;
    const ColumnMapping &guess = preview.guess;
    const auto fill = [this](QComboBox *box, const QString &guessed) {
        while (box->count() > 1)
            box->removeItem(1);
        for (const QString &column : std::as_const(m_columns))
            box->addItem(column, column);
        if (!guessed.isEmpty() && box->findData(guessed) < 0)
            box->addItem(tr("columns %1.…").arg(guessed), guessed);
        box->setCurrentIndex(qMax(0, box->findData(guessed)));
    };
    fill(m_prompt, guess.prompt);
    fill(m_expected, guess.expected);
    fill(m_id, guess.id);
    fill(m_subset, guess.subset);
    fill(m_outcomes, guess.outcomes);
    m_keepOthers->setChecked(!guess.metadata.isEmpty());
    showProblem();
}

QString MappingForm::problem() const
{
    const ColumnMapping chosen = mapping();
    if (chosen.prompt.isEmpty())
        return tr("Choose the column that holds the prompt.");
    QStringList used;
    for (const QString &column :
         {chosen.prompt, chosen.expected, chosen.id, chosen.subset, chosen.outcomes}) {
        if (!column.isEmpty() && used.contains(column))
            return tr("“%1” is chosen twice; a column is one thing only.").arg(column);
        used.append(column);
    }
    return {};
}

void MappingForm::showProblem()
{
    const QString sentence = problem();
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
    Q_EMIT changed();
}

ColumnMapping MappingForm::mapping() const
{
    const auto chosen = [](const QComboBox *box) { return box->currentData().toString(); };
    ColumnMapping mapping{.prompt = chosen(m_prompt),
                          .expected = chosen(m_expected),
                          .id = chosen(m_id),
                          .subset = chosen(m_subset),
                          .outcomes = chosen(m_outcomes)};
    if (!m_keepOthers->isChecked())
        return mapping;
    const QStringList used{mapping.prompt, mapping.expected, mapping.id, mapping.subset};
    for (const QString &column : m_columns) {
        if (!used.contains(column) && !evaluation::holdsOutcomes(mapping, column))
            mapping.metadata.append(column);
    }
    return mapping;
}

} // namespace headgate::ui
