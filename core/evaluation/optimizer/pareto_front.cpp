#include "core/evaluation/optimizer/pareto_front.h"

#include <algorithm>
#include <tuple>

namespace headgate::evaluation {

namespace {

constexpr int kBuckets = 4096;
constexpr size_t kReduceAt = 65'536;

} // namespace

ParetoFront::ParetoFront(qint64 mostCost)
    : m_reduceAt(kReduceAt)
{
    while ((mostCost >> m_shift) >= kBuckets)
        ++m_shift;
    m_best.assign(kBuckets + 1, -1);
}

void ParetoFront::add(const CascadePoint &point)
{
    if (!mayAdd(point.sums.quality, point.sums.cost))
        return;
    m_points.push_back(point);
    for (size_t bucket = size_t(point.sums.cost >> m_shift) + 1;
         bucket < m_best.size() && m_best[bucket] < point.sums.quality; ++bucket)
        m_best[bucket] = point.sums.quality;
    if (m_points.size() >= m_reduceAt)
        reduce();
}

void ParetoFront::reduce()
{
    std::sort(m_points.begin(), m_points.end(), [](const CascadePoint &a, const CascadePoint &b) {
        if (a.sums.cost != b.sums.cost)
            return a.sums.cost < b.sums.cost;
        if (a.sums.quality != b.sums.quality)
            return a.sums.quality > b.sums.quality;
        return isBefore(a.cascade, b.cascade);
    });
    qint64 best = -1;
    const auto beaten = [&best](const CascadePoint &point) {
        if (point.sums.quality <= best)
            return true;
        best = point.sums.quality;
        return false;
    };
    // In order, and each point once: what remove_if() does not promise.
    size_t kept = 0;
    for (const CascadePoint &point : m_points) {
        if (!beaten(point))
            m_points[kept++] = point;
    }
    m_points.resize(kept);
    m_reduceAt = std::max(kReduceAt, 2 * kept);
}

std::vector<CascadePoint> ParetoFront::take()
{
    reduce();
    return std::move(m_points);
}

bool isBefore(const Cascade &a, const Cascade &b)
{
    return std::tie(a.stages, a.model, a.threshold) < std::tie(b.stages, b.model, b.threshold);
}

} // namespace headgate::evaluation
