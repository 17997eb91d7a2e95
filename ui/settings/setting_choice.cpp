#include "ui/settings/setting_choice.h"

#include "ui/common/texts.h"

using namespace Qt::StringLiterals;

namespace headgate::ui {

CommandSource settingsSource(const QString &section, const QList<SettingChoice> &choices,
                             const QIcon &icon)
{
    const auto commands = [choices, icon] {
        QList<Command> all;
        for (const SettingChoice &choice : choices) {
            const QString now = choice.current();
            for (const SettingChoice::Value &value : choice.values) {
                all.append(
                    {.id = u"setting.%1.%2"_s.arg(choice.id, value.value),
                     .title = Texts::tr("%1: %2", "setting: value").arg(choice.label, value.label),
                     .detail = value.value == now ? Texts::tr("now") : QString(),
                     .keywords = choice.help,
                     .icon = icon,
                     .run = [choice, kept = value.value] { choice.choose(kept); }});
            }
        }
        return all;
    };
    return {section, CommandSource::Kind::Place, commands};
}

} // namespace headgate::ui
