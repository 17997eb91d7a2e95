#include "core/evaluation/metrics/ranking_area.h"

#include <algorithm>
#include <numeric>

namespace headgate::evaluation {

RankingArea::RankingArea(std::span<const double> score, std::span<const double> quality)
    : m_rows(score.size())
    , m_quality(quality.begin(), quality.end())
{
    Q_ASSERT(score.size() == quality.size());
    std::iota(m_rows.begin(), m_rows.end(), 0);
    std::stable_sort(m_rows.begin(), m_rows.end(),
                     [&](qint32 a, qint32 b) { return score[size_t(a)] < score[size_t(b)]; });
    for (size_t at = 1; at <= m_rows.size(); ++at) {
        if (at == m_rows.size() || score[size_t(m_rows[at])] != score[size_t(m_rows[at - 1])])
            m_ends.push_back(qint32(at));
    }
}

double RankingArea::read(RowWeights weights) const
{
    double right = 0;
    double wrong = 0; // that score below the run
    double above = 0; // pairs in which the right one scores higher
    size_t at = 0;
    for (const qint32 end : m_ends) {
        double rightHere = 0;
        double wrongHere = 0;
        for (; at < size_t(end); ++at) {
            const auto row = size_t(m_rows[at]);
            rightHere += weights[row] * m_quality[row];
            wrongHere += weights[row] * (1 - m_quality[row]);
        }
        above += rightHere * (wrong + wrongHere / 2);
        right += rightHere;
        wrong += wrongHere;
    }
    return right > 0 && wrong > 0 ? above / (right * wrong) : kUndefined;
}

Estimate rankingArea(std::span<const double> score, std::span<const double> quality,
                     const BootstrapOptions &options)
{
    const RankingArea area(score, quality);
    const auto read = [&area](RowWeights weights, std::span<double> figures) {
        figures[0] = area.read(weights);
    };
    return bootstrap(qsizetype(score.size()), 1, read, options).front();
}

} // namespace headgate::evaluation
