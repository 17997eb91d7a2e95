#include "core/evaluation/metrics/reference_routers.h"

#include "core/common/seeded_random.h"

#include <algorithm>
#include <numeric>

namespace headgate::evaluation {

std::vector<double> randomScores(qsizetype rows, quint64 seed)
{
    SeededRandom random(seed);
    std::vector<double> scores(size_t(rows), 0.0);
    for (double &score : scores)
        score = random.uniform();
    return scores;
}

std::vector<double> oracleScores(std::span<const double> strong, std::span<const double> weak)
{
    Q_ASSERT(strong.size() == weak.size());
    std::vector<size_t> order(strong.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::stable_sort(order.begin(), order.end(),
                     [&](size_t a, size_t b) { return strong[a] - weak[a] < strong[b] - weak[b]; });
    std::vector<double> scores(order.size());
    for (size_t rank = 0; rank < order.size(); ++rank)
        scores[order[rank]] = double(rank) / double(order.size());
    return scores;
}

std::vector<double> shuffledScores(std::span<const double> scores, quint64 seed)
{
    SeededRandom random(seed);
    std::vector<double> shuffled(scores.begin(), scores.end());
    for (size_t left = shuffled.size(); left > 1; --left)
        std::swap(shuffled[left - 1], shuffled[random.below(quint32(left))]);
    return shuffled;
}

} // namespace headgate::evaluation
