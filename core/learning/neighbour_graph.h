#pragma once

#include "core/learning/matrix.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace headgate::learning {

// A graph of references in which a search walks from neighbour to neighbour towards the query
// (HNSW: Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using
// Hierarchical Navigable Small World graphs", 2018; by hnswlib). It holds a copy of the rows.
class NeighbourGraph
{
public:
    // One row after the other, so that the same rows give the same graph. nullptr where it was
    // stopped or the memory did not suffice.
    static std::unique_ptr<NeighbourGraph> build(const DenseMatrix &rows,
                                                 const std::stop_token &stop,
                                                 const std::function<void(double)> &onProgress);
    ~NeighbourGraph();

    // Rows near the query, in no order, at most `count`.
    std::vector<qsizetype> near(std::span<const float> query, qsizetype count) const;

private:
    struct Index;
    explicit NeighbourGraph(std::unique_ptr<Index> index);

    std::unique_ptr<Index> m_index;
};

} // namespace headgate::learning
