#pragma once

#include "core/evaluation/optimizer/cascade.h"

namespace headgate::evaluation {

// Keeps of many points those that no other beats: none is at most as dear and at least as good. Of
// equals the one that comes first in the order of isBefore() stays, so that the front is the same
// in whatever order the points come.
class ParetoFront
{
public:
    // `mostCost`: no point will cost more.
    explicit ParetoFront(qint64 mostCost);

    // Whether a point of these sums may be on the front. Cheap, and almost always no.
    bool mayAdd(qint64 quality, qint64 cost) const
    {
        return quality > m_best[size_t(cost >> m_shift)];
    }
    void add(const CascadePoint &point);
    // By rising cost and rising quality.
    std::vector<CascadePoint> take();

private:
    void reduce();

    int m_shift = 0;
    std::vector<qint64> m_best; // by bucket of cost: the best quality in all cheaper buckets
    std::vector<CascadePoint> m_points;
    size_t m_reduceAt = 0;
};

// Fewer stages first, then the smaller models and thresholds.
bool isBefore(const Cascade &a, const Cascade &b);

} // namespace headgate::evaluation
