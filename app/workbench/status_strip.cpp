#include "app/workbench/status_strip.h"

#include "ui/common/announcer.h"
#include "ui/common/number_format.h"
#include "ui/common/status_tag.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"

#include <QLabel>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

namespace {

// What rests on an estimate says so.
QString figure(Money amount, bool estimated)
{
    const QString text = ui::formatMoney(amount);
    return estimated ? StatusStrip::tr("≈ %1", "an estimate").arg(text) : text;
}

QString totalsText(const QString &what, const ui::SessionTotals &totals)
{
    const QString queries = totals.runs == 1
                                ? StatusStrip::tr("1 query")
                                : StatusStrip::tr("%1 queries").arg(ui::formatCount(totals.runs));
    QString text = StatusStrip::tr("%1: %2 · %3", "origin or session, queries, cost")
                       .arg(what, queries, figure(totals.cost, totals.estimatedTokens > 0));
    if (totals.compared > 0)
        text = StatusStrip::tr("%1 · saved %2")
                   .arg(text, figure(totals.saved,
                                     totals.estimatedBaselines > 0 || totals.estimatedTokens > 0));
    if (totals.unknownPrices > 0)
        text = StatusStrip::tr("%1 · %2 calls without a known price")
                   .arg(text, ui::formatCount(totals.unknownPrices));
    return text;
}

} // namespace

QString sessionText(const ui::SessionTotals &simulated, const ui::SessionTotals &live)
{
    if (simulated.runs > 0 && live.runs > 0)
        return totalsText(StatusStrip::tr("simulated"), simulated) + u"    "_s +
               totalsText(StatusStrip::tr("live"), live);
    const ui::SessionTotals &one = live.runs > 0 ? live : simulated;
    return one.runs > 0 ? totalsText(StatusStrip::tr("session"), one) : QString();
}

StatusStrip::StatusStrip(const ui::Theme &theme, QWidget *parent)
    : QStatusBar(parent)
    , m_tag(new ui::StatusTag(theme, this))
    , m_policy(new QLabel(this))
    , m_coverage(new QLabel(this))
    , m_session(new QLabel(this))
    , m_running(new QLabel(this))
    , m_jobs(new QLabel(this))
    , m_announcer(new ui::Announcer(this))
    , m_fleet(new QLabel(this))
    , m_zoom(new QLabel(this))
{
    setSizeGripEnabled(false);
    setFixedHeight(ui::Theme::kStatusBarHeight);
    setContentsMargins(10, 0, 10, 0);
    setAccessibleName(tr("Status"));
    m_policy->setObjectName(u"policyStatus"_s);
    m_coverage->setObjectName(u"coverageStatus"_s);
    m_session->setObjectName(u"sessionStatus"_s);
    m_jobs->setObjectName(u"jobsStatus"_s);
    m_zoom->setObjectName(u"zoomStatus"_s);
    addWidget(m_tag);
    for (QLabel *label : {m_policy, m_coverage, m_session, m_running, m_jobs}) {
        label->setContentsMargins(8, 0, 0, 0);
        label->setTextFormat(Qt::PlainText);
        addWidget(label);
    }
    addPermanentWidget(m_announcer);
    m_fleet->setObjectName(u"fleetStatus"_s);
    ui::setRole(m_fleet, ui::Role::WarnTag);
    m_fleet->setTextFormat(Qt::PlainText);
    m_fleet->hide();
    addWidget(m_fleet);
    addPermanentWidget(m_zoom);
}

void StatusStrip::setOrigin(ui::Origin origin)
{
    m_tag->setOrigin(origin);
}

void StatusStrip::setPolicy(const QString &name, bool edited, bool readOnly)
{
    QString text = name;
    if (edited)
        text = tr("%1 · edited").arg(text);
    if (readOnly)
        text = tr("%1 · read only: written by a newer version").arg(text);
    m_policy->setText(text);
}

void StatusStrip::setSession(const ui::SessionTotals &simulated, const ui::SessionTotals &live)
{
    m_session->setText(sessionText(simulated, live));
    const int estimated = simulated.estimatedBaselines + live.estimatedBaselines;
    m_session->setToolTip(
        estimated > 0 ? tr("≈: an estimate. The baseline was not asked; its cost is taken from the "
                           "tokens of the model that answered, in %1 of %2 queries.")
                            .arg(estimated)
                            .arg(simulated.compared + live.compared)
                      : QString());
}

void StatusStrip::setCoverage(std::optional<double> share, const QString &explanation)
{
    m_coverage->setText(share ? tr("coverage %1").arg(ui::formatPercent(*share, 0)) : QString());
    m_coverage->setToolTip(explanation);
}

void StatusStrip::setRunning(bool running)
{
    m_running->setText(running ? tr("1 running") : QString());
}

void StatusStrip::setJobs(int active)
{
    m_jobs->setText(active > 0 ? tr("%n jobs", nullptr, active) : QString());
}

void StatusStrip::say(const QString &sentence)
{
    m_announcer->say(sentence);
}

void StatusStrip::setFleet(const QString &faults)
{
    m_fleet->setText(faults);
    m_fleet->setToolTip(tr("Switched in the menu Run, Simulated fleet"));
    m_fleet->setVisible(!faults.isEmpty());
}

void StatusStrip::setZoom(std::optional<double> factor)
{
    m_zoom->setText(factor ? ui::formatPercent(*factor, 0) : QString());
    m_zoom->setAccessibleName(tr("Zoom"));
}

} // namespace headgate::workbench
