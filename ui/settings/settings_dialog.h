#pragma once

#include "ui/settings/setting_choice.h"

#include <QDialog>

class QFormLayout;

namespace headgate::ui {

// The settings as a form; a choice holds at once.
class SettingsDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit SettingsDialog(const QList<SettingChoice> &choices, QWidget *parent = nullptr);

Q_SIGNALS:
    void keysRequested(); // to change the keys
    void providersRequested();

private:
    void addRow(QFormLayout *form, const SettingChoice &choice);
};

} // namespace headgate::ui
