#include "core/evaluation/regret.h"

#include <algorithm>

namespace headgate::evaluation {

Regret regretAt(const OutcomeTable &table, qint32 row, float quality, qint64 cost)
{
    Regret regret;
    float best = 0;
    qint64 cheapest = cost;
    for (qint32 place = 0; place < qint32(table.models.size()); ++place) {
        const ModelColumns &model = table.models[size_t(place)];
        if (!model.answered(row))
            continue;
        const float theirs = model.quality[size_t(row)];
        const qint64 theirCost = model.costAt(row);
        best = std::max(best, theirs);
        if (theirs > quality && theirs - quality > regret.underserved) {
            regret.underserved = theirs - quality;
            regret.better = place;
        }
        if (quality > 0 && theirs >= quality && theirCost >= 0 && theirCost < cheapest) {
            cheapest = theirCost;
            regret.cheaper = place;
        }
    }
    regret.overpaid = regret.cheaper >= 0 ? cost - cheapest : 0;
    regret.beyond = best <= 0 && quality <= 0;
    return regret;
}

RegretLens regretOf(const OutcomeTable &table, const RoutedRows &routed)
{
    RegretLens lens;
    qint64 overpaid = 0;
    qint64 nanos = 0;
    bool isMeasured = true;
    for (size_t place = 0; place < routed.size(); ++place) {
        if (!routed.isKnown(place))
            continue;
        ++lens.n;
        isMeasured = isMeasured && routed.cost[place] >= 0;
        const Regret regret =
            regretAt(table, routed.rows[place], routed.quality[place], routed.cost[place]);
        overpaid += regret.overpaid > 0;
        nanos += regret.overpaid;
        lens.underserved += regret.underserved > 0;
        lens.underservedQuality += double(regret.underserved);
        lens.beyond += regret.beyond;
    }
    if (isMeasured) {
        lens.overpaid = overpaid;
        lens.overpaidCost = Money::fromNanos(nanos);
    }
    return lens;
}

double RegretLens::overpaidUsdPer1k() const
{
    return n > 0 ? double(overpaidCost.nanos()) / 1e9 / double(n) * 1'000 : 0;
}

double RegretLens::qualityLost() const
{
    return n > 0 ? underservedQuality / double(n) : 0;
}

} // namespace headgate::evaluation
