#include "core/learning/nearest_neighbours.h"

#include "core/learning/artifact_file.h"
#include "core/learning/dot_product.h"
#include "core/learning/neighbour_graph.h"

#include <algorithm>
#include <array>

namespace headgate::learning {

using namespace Qt::StringLiterals;

namespace {

bool isNearer(const Neighbour &one, const Neighbour &other)
{
    return one.similarity != other.similarity ? one.similarity > other.similarity
                                              : one.row < other.row;
}

// The nearest of what is offered, at most `count`: a heap whose top is the farthest of them.
class NearestOf
{
public:
    explicit NearestOf(size_t count)
        : m_count(count)
    {
        m_kept.reserve(count);
    }

    void offer(Neighbour neighbour)
    {
        if (m_kept.size() < m_count) {
            m_kept.push_back(neighbour);
            std::push_heap(m_kept.begin(), m_kept.end(), isNearer);
        } else if (isNearer(neighbour, m_kept.front())) {
            std::pop_heap(m_kept.begin(), m_kept.end(), isNearer);
            m_kept.back() = neighbour;
            std::push_heap(m_kept.begin(), m_kept.end(), isNearer);
        }
    }

    std::vector<Neighbour> take()
    {
        std::sort(m_kept.begin(), m_kept.end(), isNearer);
        return std::move(m_kept);
    }

private:
    size_t m_count;
    std::vector<Neighbour> m_kept;
};

std::vector<Neighbour> nearestOfAll(const DenseMatrix &references, std::span<const float> query,
                                    qsizetype count, qsizetype left)
{
    constexpr qsizetype kBlock = 256; // its products stay in the cache until they are looked at
    std::array<float, kBlock> products{};
    NearestOf nearest{size_t(count)};
    for (qsizetype first = 0; first < references.rows(); first += kBlock) {
        const qsizetype rows = std::min(kBlock, references.rows() - first);
        dotProducts(references, first, query, std::span(products).first(size_t(rows)));
        for (qsizetype at = 0; at < rows; ++at) {
            if (first + at != left)
                nearest.offer({first + at, products[size_t(at)]});
        }
    }
    return nearest.take();
}

} // namespace

NearestNeighbours::NearestNeighbours(DenseMatrix references, qsizetype exactRows,
                                     const std::stop_token &stop, const Progress &onProgress)
    : m_references(std::move(references))
{
    Q_ASSERT(hasUnitRows(m_references));
    if (m_references.rows() > exactRows)
        m_graph = NeighbourGraph::build(m_references, stop, onProgress);
}

NearestNeighbours::NearestNeighbours(NearestNeighbours &&) noexcept = default;
NearestNeighbours &NearestNeighbours::operator=(NearestNeighbours &&) noexcept = default;
NearestNeighbours::~NearestNeighbours() = default;

Result<NearestNeighbours> NearestNeighbours::from(const Artifact &artifact, const QString &block,
                                                  qsizetype rows, qsizetype columns,
                                                  qsizetype exactRows)
{
    return numbersIn<float>(artifact, block, size_t(rows * columns))
        .and_then([&](std::vector<float> values) -> Result<NearestNeighbours> {
            DenseMatrix references{columns, std::move(values)};
            if (!hasUnitRows(references))
                return damagedArtifact(u"references that are not of length 1"_s);
            return NearestNeighbours(std::move(references), exactRows);
        });
}

std::vector<Neighbour> NearestNeighbours::nearest(std::span<const float> query, qsizetype count,
                                                  qsizetype left) const
{
    const qsizetype wanted = std::clamp<qsizetype>(count, 0, m_references.rows());
    if (wanted == 0)
        return {};
    if (!m_graph)
        return nearestOfAll(m_references, query, wanted, left);
    // The graph knows no order among equals, and adds up in another one.
    NearestOf nearest{size_t(wanted)};
    const qsizetype candidates = std::min(wanted + (left < 0 ? 0 : 1), m_references.rows());
    for (const qsizetype row : m_graph->near(query, candidates)) {
        if (row != left)
            nearest.offer({row, dotProduct(m_references.row(row), query)});
    }
    return nearest.take();
}

} // namespace headgate::learning
