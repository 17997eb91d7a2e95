#include "ui/settings/settings_dialog.h"

#include "ui/common/style_sheet.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

SettingsDialog::SettingsDialog(const QList<SettingChoice> &choices, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"settingsDialog"_s);
    setWindowTitle(tr("Settings"));
    setAccessibleName(tr("Settings"));
    setMinimumWidth(440);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(24);
    form->setVerticalSpacing(4);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const SettingChoice &choice : choices)
        addRow(form, choice);
    auto *providers = new QPushButton(tr("Set up providers…"));
    providers->setObjectName(u"setUpProviders"_s);
    auto *providersLabel = new QLabel(tr("Who answers"));
    providersLabel->setBuddy(providers);
    form->addRow(providersLabel, providers);
    auto *keys = new QPushButton(tr("Change the keys…"));
    keys->setObjectName(u"changeKeys"_s);
    auto *keysLabel = new QLabel(tr("Shortcuts"));
    keysLabel->setBuddy(keys);
    form->addRow(keysLabel, keys);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setAccessibleName(tr("Close the settings"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(16);
    layout->addLayout(form);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(keys, &QPushButton::clicked, this, &SettingsDialog::keysRequested);
    connect(providers, &QPushButton::clicked, this, &SettingsDialog::providersRequested);
}

void SettingsDialog::addRow(QFormLayout *form, const SettingChoice &choice)
{
    auto *box = new QComboBox;
    box->setObjectName(u"setting_"_s + choice.id);
    box->setAccessibleName(choice.label);
    box->setAccessibleDescription(choice.help);
    for (const SettingChoice::Value &value : choice.values)
        box->addItem(value.label, value.value);
    box->setCurrentIndex(box->findData(choice.current()));
    auto *label = new QLabel(choice.label);
    label->setBuddy(box);
    auto *help = new QLabel(choice.help);
    setRole(help, Role::Faint);
    help->setWordWrap(true);
    help->setContentsMargins(0, 0, 0, 8);
    form->addRow(label, box);
    form->addRow(QString(), help);
    connect(box, &QComboBox::activated, this,
            [choice, box] { choice.choose(box->currentData().toString()); });
}

} // namespace headgate::ui
