#pragma once

#include "ui/common/command.h"

#include <QList>

namespace headgate::ui {

// One setting that is chosen from a few values: a row of the settings, and for each value an entry
// of "go to anything".
struct SettingChoice
{
    struct Value
    {
        QString value; // as it is kept
        QString label;
    };

    QString id{};
    QString label{};
    QString help{}; // one sentence
    QList<Value> values{};
    std::function<QString()> current{};
    std::function<void(const QString &)> choose{};
};

CommandSource settingsSource(const QString &section, const QList<SettingChoice> &choices,
                             const QIcon &icon);

} // namespace headgate::ui
