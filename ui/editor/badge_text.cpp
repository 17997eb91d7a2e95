#include "ui/editor/badge_text.h"

#include "ui/common/number_format.h"
#include "ui/common/texts.h"

#include <QLocale>

namespace headgate::ui {

namespace {

// What rests on an estimate says so.
QString marked(const NodeRun &run, const QString &figure)
{
    return run.estimated ? Texts::tr("≈ %1", "an estimate").arg(figure) : figure;
}

Badges allBadges(const NodeRun &run)
{
    if (!run.hasFigures)
        return {};
    Badges badges;
    if (run.tokens > 0 || run.duration >= std::chrono::milliseconds(1))
        badges.time = formatDuration(run.duration);
    if (!run.costKnown)
        badges.cost = Texts::tr("cost unknown");
    else if (run.tokens > 0 || run.cost != Money())
        badges.cost = marked(run, formatMoney(run.cost));
    if (run.score)
        badges.rest = Texts::tr("score %1").arg(QLocale().toString(*run.score, 'f', 2));
    else if (run.tokens > 0)
        badges.rest = marked(run, formatTokens(run.tokens));
    else if (badges.time.isEmpty())
        badges.rest = Texts::tr("decided");
    return badges;
}

constexpr std::array<std::pair<BadgeMode, const char *>, 5> kBadgeModes{
    {{BadgeMode::All, "all"},
     {BadgeMode::Cost, "cost"},
     {BadgeMode::Time, "time"},
     {BadgeMode::OnHover, "hover"},
     {BadgeMode::None, "none"}}};

} // namespace

QString nameOf(BadgeMode mode)
{
    const auto it = std::find_if(kBadgeModes.begin(), kBadgeModes.end(),
                                 [mode](const auto &each) { return each.first == mode; });
    return QLatin1StringView(it->second);
}

BadgeMode badgeModeFrom(const QString &name)
{
    const auto it = std::find_if(kBadgeModes.begin(), kBadgeModes.end(), [&name](const auto &each) {
        return name == QLatin1StringView(each.second);
    });
    return it == kBadgeModes.end() ? BadgeMode::All : it->first;
}

Badges badgesOf(const NodeRun &run, BadgeMode mode)
{
    Badges badges = allBadges(run);
    if (mode == BadgeMode::All)
        return badges;
    badges.rest.clear();
    if (mode != BadgeMode::Cost)
        badges.cost.clear();
    if (mode != BadgeMode::Time)
        badges.time.clear();
    return badges;
}

} // namespace headgate::ui
