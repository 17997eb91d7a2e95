#include "ui/evaluate/dataset_name_dialog.h"

#include "ui/common/style_sheet.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kNameDialogWidth = 380;

} // namespace

DatasetNameDialog::DatasetNameDialog(const QString &name, const QStringList &taken, QWidget *parent)
    : QDialog(parent)
    , m_taken(taken)
    , m_name(new QLineEdit(name, this))
    , m_problem(new QLabel(this))
{
    setObjectName(u"datasetNameDialog"_s);
    setWindowTitle(tr("Rename the data set"));
    setAccessibleName(tr("Rename the data set"));
    setMinimumWidth(kNameDialogWidth);
    m_name->setObjectName(u"newName"_s);
    m_name->setAccessibleName(tr("Name"));
    m_name->selectAll();
    auto *label = new QLabel(tr("Name"), this);
    setRole(label, Role::Secondary);
    label->setBuddy(m_name);
    m_problem->setObjectName(u"newNameProblem"_s);
    m_problem->setWordWrap(true);
    setRole(m_problem, Role::ErrorText);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_rename = buttons->addButton(tr("Rename"), QDialogButtonBox::AcceptRole);
    m_rename->setObjectName(u"rename"_s);
    setRole(m_rename, Role::Primary);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(8);
    layout->addWidget(label);
    layout->addWidget(m_name);
    layout->addWidget(m_problem);
    layout->addSpacing(8);
    layout->addWidget(buttons);
    connect(m_name, &QLineEdit::textChanged, this, &DatasetNameDialog::check);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this,
            [this] { Q_EMIT named(m_name->text().trimmed()); });
    check();
}

void DatasetNameDialog::check()
{
    const QString name = m_name->text().trimmed();
    showProblem(name.isEmpty() ? tr("Give the data set a name.")
                : m_taken.contains(name)
                    ? tr("There is a data set “%1” already. Choose another name.").arg(name)
                    : QString());
}

void DatasetNameDialog::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
    m_rename->setEnabled(sentence.isEmpty());
}

} // namespace headgate::ui
