#include "core/evaluation/routed_rows.h"

#include <algorithm>

namespace headgate::evaluation {

qint64 RoutedRows::count(ReplayEnd wanted) const
{
    return std::count(end.begin(), end.end(), wanted);
}

RoutedRows routedRows(const ReplayResult &result, const ReplayInputs &inputs)
{
    const ModelColumns *first = inputs.table->models.data();
    RoutedRows routed{.rows = result.rows,
                      .end = result.end,
                      .model = {},
                      .quality = result.quality,
                      .cost = result.cost};
    routed.model.reserve(result.model.size());
    for (const policy::ModelIndex model : result.model)
        routed.model.push_back(
            model < 0 ? -1 : qint32(std::distance(first, inputs.models[size_t(model)])));
    return routed;
}

RoutedRows routedRows(const CascadeColumns &columns, const Cascade &cascade)
{
    CascadeRows walked = walkCascade(columns, cascade);
    const size_t count = columns.rows.size();
    RoutedRows routed{.rows = columns.rows,
                      .end = std::vector<ReplayEnd>(count, ReplayEnd::Answered),
                      .model = {},
                      .quality = {},
                      .cost = std::move(walked.cost)};
    routed.model.reserve(count);
    routed.quality.reserve(count);
    for (size_t place = 0; place < count; ++place) {
        const qint32 model = cascade.model[size_t(walked.stage[place])];
        routed.model.push_back(columns.models[size_t(model)].place);
        routed.quality.push_back(float(double(walked.quality[place]) / kQualityUnits));
    }
    return routed;
}

RoutedRows routedRows(const CascadeColumns &columns, std::span<const qint32> portOf,
                      const BranchedCascade &cascade)
{
    std::vector<RoutedRows> branches;
    for (const Cascade &branch : cascade.branches)
        branches.push_back(routedRows(columns, branch));
    RoutedRows routed;
    routed.rows = columns.rows;
    for (size_t place = 0; place < columns.rows.size(); ++place) {
        const qint32 port = portOf[size_t(columns.rows[place])];
        const RoutedRows *branch = port < 0 ? nullptr : &branches[size_t(port)];
        routed.end.push_back(branch ? branch->end[place] : ReplayEnd::Failed);
        routed.model.push_back(branch ? branch->model[place] : -1);
        routed.quality.push_back(branch ? branch->quality[place] : 0);
        routed.cost.push_back(branch ? branch->cost[place] : 0);
    }
    return routed;
}

RoutedRows routedRows(const OutcomeTable &table, std::span<const qint32> rows, qsizetype model)
{
    const ModelColumns &columns = table.models[size_t(model)];
    RoutedRows routed;
    routed.rows.assign(rows.begin(), rows.end());
    for (const qint32 row : rows) {
        const bool known = columns.answered(row);
        routed.end.push_back(known ? ReplayEnd::Answered : ReplayEnd::Missing);
        routed.model.push_back(known ? qint32(model) : -1);
        routed.quality.push_back(columns.quality[size_t(row)]);
        routed.cost.push_back(known ? columns.costAt(row) : kNoCost);
    }
    return routed;
}

} // namespace headgate::evaluation
