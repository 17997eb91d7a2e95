#include "core/evaluation/optimizer/cascade.h"

namespace headgate::evaluation {

CascadeSums evaluateCascade(const CascadeColumns &columns, const Cascade &cascade,
                            std::optional<qint64> latency)
{
    CascadeSums sums;
    for (size_t row = 0; row < columns.rows.size(); ++row) {
        qint64 elapsed = 0;
        for (int stage = 0; stage < cascade.stages; ++stage) {
            const CascadeColumn &model = columns.models[size_t(cascade.model[size_t(stage)])];
            const bool last = stage + 1 == cascade.stages;
            sums.cost += model.cost[row] + (last ? 0 : model.checkCost[row]);
            if (latency)
                elapsed += model.latency[row];
            if (last || model.score[row] >= cascade.threshold[size_t(stage)]) {
                sums.quality += model.quality[row];
                ++sums.answered[size_t(stage)];
                break;
            }
        }
        sums.late += latency && elapsed > *latency;
    }
    return sums;
}

double meanQuality(const CascadeSums &sums, qsizetype rows)
{
    return double(sums.quality) / kQualityUnits / double(rows);
}

double costPer1k(const CascadeSums &sums, qsizetype rows)
{
    return double(sums.cost) / 1e9 / double(rows) * 1'000;
}

} // namespace headgate::evaluation
