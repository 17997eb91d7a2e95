#include "core/evaluation/optimizer/cascade.h"

namespace headgate::evaluation {

namespace {

// Asks stage after stage on one row; the one that answers.
template<typename Asked>
int answeringStage(const CascadeColumns &columns, const Cascade &cascade, size_t row, Asked asked)
{
    for (int stage = 0;; ++stage) {
        const CascadeColumn &model = columns.models[size_t(cascade.model[size_t(stage)])];
        const bool last = stage + 1 == cascade.stages;
        asked(model, model.cost[row] + (last ? 0 : model.checkCost[row]));
        if (last || model.score[row] >= cascade.threshold[size_t(stage)])
            return stage;
    }
}

} // namespace

CascadeSums evaluateCascade(const CascadeColumns &columns, const Cascade &cascade,
                            std::optional<qint64> latency)
{
    CascadeSums sums;
    for (size_t row = 0; row < columns.rows.size(); ++row) {
        qint64 elapsed = 0;
        const int stage =
            answeringStage(columns, cascade, row, [&](const CascadeColumn &model, qint64 cost) {
                sums.cost += cost;
                if (latency)
                    elapsed += model.latency[row];
            });
        sums.quality += columns.models[size_t(cascade.model[size_t(stage)])].quality[row];
        ++sums.answered[size_t(stage)];
        sums.late += latency && elapsed > *latency;
    }
    return sums;
}

CascadeRows walkCascade(const CascadeColumns &columns, const Cascade &cascade)
{
    CascadeRows rows;
    rows.cost.resize(columns.rows.size());
    for (size_t row = 0; row < columns.rows.size(); ++row) {
        const int stage =
            answeringStage(columns, cascade, row,
                           [&](const CascadeColumn &, qint64 cost) { rows.cost[row] += cost; });
        rows.stage.push_back(qint8(stage));
        rows.quality.push_back(columns.models[size_t(cascade.model[size_t(stage)])].quality[row]);
    }
    return rows;
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
