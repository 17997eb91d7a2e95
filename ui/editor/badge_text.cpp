#include "ui/editor/badge_text.h"

#include "ui/common/number_format.h"

#include <QCoreApplication>
#include <QLocale>

namespace headgate::ui {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::ui)
};

} // namespace

Badges badgesOf(const NodeRun &run)
{
    if (!run.hasFigures)
        return {};
    Badges badges;
    if (run.tokens > 0 || run.duration >= std::chrono::milliseconds(1))
        badges.time = formatDuration(run.duration);
    if (!run.costKnown)
        badges.cost = Texts::tr("cost unknown");
    else if (run.tokens > 0 || run.cost != Money())
        badges.cost = formatMoney(run.cost);
    if (run.score)
        badges.rest = Texts::tr("score %1").arg(QLocale().toString(*run.score, 'f', 2));
    else if (run.tokens > 0)
        badges.rest = formatTokens(run.tokens);
    else if (badges.time.isEmpty())
        badges.rest = Texts::tr("decided");
    return badges;
}

} // namespace headgate::ui
