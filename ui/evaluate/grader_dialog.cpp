#include "ui/evaluate/grader_dialog.h"

#include "ui/common/style_sheet.h"
#include "ui/evaluate/grader_form.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kGraderDialogWidth = 440;

} // namespace

GraderDialog::GraderDialog(const Theme &theme, const QString &dataset, const Json &grader,
                           bool hasOutcomes, QWidget *parent)
    : QDialog(parent)
    , m_former(grader)
    , m_form(new GraderForm(theme, this))
    , m_problem(new QLabel(this))
{
    setObjectName(u"graderDialog"_s);
    setWindowTitle(tr("Grading of %1").arg(dataset));
    setAccessibleName(windowTitle());
    setMinimumWidth(kGraderDialogWidth);
    auto *note = new QLabel(this);
    note->setObjectName(u"graderNote"_s);
    note->setText(tr("What the former grader said is forgotten. The answers are kept: recording "
                     "grades them anew and asks no model again."));
    note->setVisible(hasOutcomes);
    m_problem->setObjectName(u"graderProblem"_s);
    setRole(note, Role::Secondary);
    setRole(m_problem, Role::ErrorText);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_set = buttons->addButton(tr("Set"), QDialogButtonBox::AcceptRole);
    m_set->setObjectName(u"setGrader"_s);
    setRole(m_set, Role::Primary);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(m_form);
    for (QLabel *label : {note, m_problem}) {
        label->setWordWrap(true);
        layout->addWidget(label);
    }
    layout->addStretch();
    layout->addWidget(buttons);
    m_form->setConfig(grader);
    connect(m_form, &GraderForm::changed, this, &GraderDialog::check);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this,
            [this] { Q_EMIT chosen(m_form->config()); });
    check();
}

void GraderDialog::check()
{
    showProblem({});
    m_set->setEnabled(m_form->isGood() && m_form->config() != m_former);
}

void GraderDialog::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

} // namespace headgate::ui
