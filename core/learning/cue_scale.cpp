#include "core/learning/cue_scale.h"

#include <algorithm>
#include <cmath>

namespace headgate::learning {

namespace {

// A cue that next to no row has may not outweigh all else in the one that has it.
constexpr double kLeastDeviation = 0.01;

} // namespace

CueScale::CueScale(const SparseMatrix &matrix, const std::vector<qint32> &rows,
                   std::vector<Cue> cues)
    : m_cues(std::move(cues))
    , m_mean(m_cues.size())
    , m_factor(m_cues.size())
{
    std::vector<double> sum(m_cues.size());
    std::vector<double> square(m_cues.size());
    for (const qint32 row : rows) {
        const SparseRow features = matrix.row(row);
        auto place = m_cues.begin();
        for (size_t i = 0; i < features.size(); ++i) {
            place = std::lower_bound(
                place, m_cues.end(), features.column[i],
                [](const Cue &cue, quint32 column) { return cue.column < column; });
            if (place == m_cues.end())
                break;
            if (place->column != features.column[i])
                continue;
            const auto at = size_t(place - m_cues.begin());
            sum[at] += double(features.value[i]);
            square[at] += double(features.value[i]) * double(features.value[i]);
        }
    }
    const double count = std::max(1.0, double(rows.size()));
    for (size_t at = 0; at < m_cues.size(); ++at) {
        const double mean = sum[at] / count;
        const double deviation = std::sqrt(std::max(0.0, square[at] / count - mean * mean));
        m_mean[at] = float(mean);
        m_factor[at] = deviation > 1e-4
                           ? float(double(m_cues[at].share) / std::max(deviation, kLeastDeviation))
                           : 0;
    }
}

SparseMatrix CueScale::scaled(const SparseMatrix &matrix) const
{
    SparseMatrix result;
    result.columns = matrix.columns;
    result.ends.reserve(matrix.ends.size());
    for (qsizetype row = 0; row < matrix.rows(); ++row) {
        const SparseRow features = matrix.row(row);
        size_t cue = 0;
        const auto appendCues = [&](quint32 before) { // those that the row leaves out are 0
            for (; cue < m_cues.size() && m_cues[cue].column < before; ++cue) {
                result.column.push_back(m_cues[cue].column);
                result.value.push_back(-m_mean[cue] * m_factor[cue]);
            }
        };
        for (size_t i = 0; i < features.size(); ++i) {
            appendCues(features.column[i]);
            const bool isCue = cue < m_cues.size() && m_cues[cue].column == features.column[i];
            result.column.push_back(features.column[i]);
            result.value.push_back(isCue ? (features.value[i] - m_mean[cue]) * m_factor[cue]
                                         : features.value[i]);
            cue += isCue ? 1 : 0;
        }
        appendCues(matrix.columns);
        result.ends.push_back(result.column.size());
    }
    return result;
}

LinearWeights CueScale::unscaled(LinearWeights weights) const
{
    double bias = double(weights.bias);
    for (size_t at = 0; at < m_cues.size(); ++at) {
        float &weight = weights.weight[m_cues[at].column];
        weight *= m_factor[at];
        bias -= double(weight) * double(m_mean[at]);
    }
    weights.bias = float(bias);
    return weights;
}

} // namespace headgate::learning
