#include "core/learning/neighbour_graph.h"

#include <hnswlib/hnswlib.h>

#include <new>
#include <stdexcept>

namespace headgate::learning {

namespace {

constexpr size_t kLinks = 16;       // of a row on each level, twice as many on the lowest
constexpr size_t kBuildWidth = 100; // candidates that are held while a row is linked
constexpr size_t kSearchWidth = 128;
constexpr size_t kSeed = 1; // of the levels that rows reach up to
constexpr qsizetype kReportEvery = 256;

} // namespace

struct NeighbourGraph::Index
{
    explicit Index(const DenseMatrix &rows)
        : space(size_t(rows.columns))
        , graph(&space, size_t(rows.rows()), kLinks, kBuildWidth, kSeed)
    {
        graph.setEf(kSearchWidth);
    }

    hnswlib::InnerProductSpace space;
    hnswlib::HierarchicalNSW<float> graph;
};

std::unique_ptr<NeighbourGraph> NeighbourGraph::build(const DenseMatrix &rows,
                                                      const std::stop_token &stop,
                                                      const std::function<void(double)> &onProgress)
try {
    auto index = std::make_unique<Index>(rows);
    for (qsizetype row = 0; row < rows.rows(); ++row) {
        if (stop.stop_requested())
            return nullptr;
        index->graph.addPoint(rows.row(row).data(), hnswlib::labeltype(row));
        if (onProgress && row % kReportEvery == 0)
            onProgress(double(row) / double(rows.rows()));
    }
    return std::unique_ptr<NeighbourGraph>(new NeighbourGraph(std::move(index)));
} catch (const std::runtime_error &) { // how hnswlib says that there is no memory
    return nullptr;
} catch (const std::bad_alloc &) {
    return nullptr;
}

NeighbourGraph::NeighbourGraph(std::unique_ptr<Index> index)
    : m_index(std::move(index))
{
}

NeighbourGraph::~NeighbourGraph() = default;

std::vector<qsizetype> NeighbourGraph::near(std::span<const float> query, qsizetype count) const
{
    auto found = m_index->graph.searchKnn(query.data(), size_t(count));
    std::vector<qsizetype> rows;
    rows.reserve(found.size());
    for (; !found.empty(); found.pop())
        rows.push_back(qsizetype(found.top().second));
    return rows;
}

} // namespace headgate::learning
