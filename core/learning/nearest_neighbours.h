#pragma once

#include "core/common/result.h"
#include "core/learning/artifact.h"
#include "core/learning/matrix.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace headgate::learning {

class NeighbourGraph;

struct Neighbour
{
    qsizetype row = 0;    // of the references
    float similarity = 0; // cosine, in [-1, 1]

    bool operator==(const Neighbour &) const = default;
};

// Finds the references that are most like a query, by the cosine of their rows. Up to kExactRows it
// looks at every row; above, it walks a graph (HNSW), which may miss some of the nearest. Immutable
// after construction, so one instance may be used from several threads at once; the same
// references give the same neighbours.
class NearestNeighbours
{
public:
    static constexpr qsizetype kExactRows = 20'000;
    using Progress = std::function<void(double done)>; // share of the graph, in [0, 1]

    // The rows have length 1, or 0 where a row is like nothing. Building the graph takes about a
    // millisecond a row; where it is stopped, every search looks at every row.
    explicit NearestNeighbours(DenseMatrix references, qsizetype exactRows = kExactRows,
                               const std::stop_token &stop = {}, const Progress &onProgress = {});
    NearestNeighbours(NearestNeighbours &&) noexcept;
    NearestNeighbours &operator=(NearestNeighbours &&) noexcept;
    ~NearestNeighbours();

    // Of a block of their numbers. A graph is not kept in a file but built again from the rows,
    // since one that a stranger wrote might lead anywhere. Damaged where it does not hold so many
    // rows of length 1 or 0.
    static Result<NearestNeighbours> from(const Artifact &artifact, const QString &block,
                                          qsizetype rows, qsizetype columns,
                                          qsizetype exactRows = kExactRows);

    const DenseMatrix &references() const { return m_references; }
    bool isExact() const { return !m_graph; }
    // Of a query of length 1 or 0: the nearest `count`, or all there are, nearest first; among
    // equals the lower row first. `left` is a row to leave out (-1: none).
    std::vector<Neighbour> nearest(std::span<const float> query, qsizetype count,
                                   qsizetype left = -1) const;

private:
    DenseMatrix m_references;
    std::unique_ptr<NeighbourGraph> m_graph; // nullptr: every search looks at every row
};

} // namespace headgate::learning
