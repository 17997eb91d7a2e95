#include "ui/editor/live/flow_view.h"

#include "ui/common/number_format.h"
#include "ui/common/texts.h"

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr double kThinnest = 1.5; // of any flow: thicker than an idle wire
constexpr double kThickest = 10;

double ratio(double part, double whole)
{
    return whole > 0 ? qBound(0.0, part / whole, 1.0) : 0;
}

} // namespace

QString measureText(FlowMeasure measure)
{
    switch (measure) {
    case FlowMeasure::Off:
        return Texts::tr("off");
    case FlowMeasure::Traffic:
        return Texts::tr("traffic");
    case FlowMeasure::Cost:
        return Texts::tr("cost");
    case FlowMeasure::Time:
        return Texts::tr("time");
    }
    Q_UNREACHABLE();
}

QString windowText(FlowWindow window)
{
    switch (window) {
    case FlowWindow::Session:
        return Texts::tr("this session");
    case FlowWindow::LastHour:
        return Texts::tr("last hour");
    case FlowWindow::Day:
        return Texts::tr("last 24 hours");
    case FlowWindow::Week:
        return Texts::tr("last 7 days");
    case FlowWindow::Month:
        return Texts::tr("last 30 days");
    case FlowWindow::All:
        return Texts::tr("all time");
    }
    Q_UNREACHABLE();
}

QDateTime windowStart(FlowWindow window, const QDateTime &now)
{
    switch (window) {
    case FlowWindow::LastHour:
        return now.addSecs(-3600);
    case FlowWindow::Day:
        return now.addDays(-1);
    case FlowWindow::Week:
        return now.addDays(-7);
    case FlowWindow::Month:
        return now.addDays(-30);
    case FlowWindow::Session:
    case FlowWindow::All:
        return {};
    }
    Q_UNREACHABLE();
}

double flowShare(const ledger::Flow &flow, FlowMeasure measure, const ledger::FlowAmount &amount)
{
    switch (measure) {
    case FlowMeasure::Off:
        return 0;
    case FlowMeasure::Traffic:
        return ratio(double(amount.runs), double(flow.total.runs));
    case FlowMeasure::Cost:
        return ratio(double(amount.cost.nanos()), double(flow.total.cost.nanos()));
    case FlowMeasure::Time:
        return ratio(double(amount.time.count()), double(flow.total.time.count()));
    }
    Q_UNREACHABLE();
}

double flowWidth(double share)
{
    return share > 0 ? kThinnest + (kThickest - kThinnest) * share : 0;
}

QString flowSentence(const ledger::Flow &flow, FlowMeasure measure,
                     const ledger::FlowAmount &amount)
{
    const QString percent = formatPercent(flowShare(flow, measure, amount), 1);
    switch (measure) {
    case FlowMeasure::Off:
        return {};
    case FlowMeasure::Traffic:
        return Texts::tr("%1 of %2 queries · %3 of traffic")
            .arg(formatCount(amount.runs), formatCount(flow.total.runs), percent);
    case FlowMeasure::Cost:
        return Texts::tr("queries that cost %1 of %2 · %3 of the cost")
            .arg(formatMoney(amount.cost), formatMoney(flow.total.cost), percent);
    case FlowMeasure::Time:
        return Texts::tr("queries that took %1 of %2 · %3 of the time")
            .arg(formatDuration(amount.time), formatDuration(flow.total.time), percent);
    }
    Q_UNREACHABLE();
}

} // namespace headgate::ui
