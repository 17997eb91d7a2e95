#include "ui/editor/layout/layer_graph.h"

namespace headgate::ui {

namespace {

constexpr int kSweeps = 12;
constexpr double kFree = 1e-3; // weight of a vertex that no link pulls

class Placement
{
public:
    Placement(const LayerGraph &graph, const LayoutGaps &gaps)
        : m_graph(graph)
        , m_gaps(gaps)
        , m_top(graph.vertices.size(), 0)
    {
        for (const auto &layer : graph.layers) {
            double y = 0;
            for (size_t i = 0; i < layer.size(); ++i) {
                m_top[size_t(layer[i])] = y;
                if (i + 1 < layer.size())
                    y += distance(layer[i], layer[i + 1]);
            }
        }
    }

    enum class Towards { Left, Right, Both };

    void settle(size_t layer, Towards side)
    {
        const auto &order = m_graph.layers[layer];
        std::vector<double> wanted;
        std::vector<double> weights;
        for (const int vertex : order) {
            double sum = 0;
            double weight = 0;
            if (side != Towards::Right)
                pull(m_graph.in[size_t(vertex)], true, sum, weight);
            if (side != Towards::Left)
                pull(m_graph.out[size_t(vertex)], false, sum, weight);
            wanted.push_back(weight > 0 ? sum / weight : m_top[size_t(vertex)]);
            weights.push_back(std::max(weight, kFree));
        }
        spread(order, wanted, weights);
    }

    std::vector<double> take() { return std::move(m_top); }

private:
    double distance(int upper, int lower) const
    {
        const bool passing = m_graph.isPassing(upper) || m_graph.isPassing(lower);
        return m_graph.vertices[size_t(upper)].size.height() +
               (passing ? m_gaps.row / 2 : m_gaps.row);
    }

    void pull(const std::vector<int> &links, bool fromLeft, double &sum, double &weight) const
    {
        for (const int number : links) {
            const LayerGraph::Link &link = m_graph.links[size_t(number)];
            const double straight = fromLeft ? m_top[size_t(link.from)] + link.fromY - link.toY
                                             : m_top[size_t(link.to)] + link.toY - link.fromY;
            sum += link.weight * straight;
            weight += link.weight;
        }
    }

    // The places nearest to those wanted, in weighted squares, that keep order and distances: with
    // the distances taken off it is an isotonic regression, solved by pooling adjacent violators.
    void spread(const std::vector<int> &order, const std::vector<double> &wanted,
                const std::vector<double> &weights)
    {
        struct Block
        {
            double mean;
            double weight;
            size_t size;
        };
        std::vector<Block> blocks;
        std::vector<double> offsets;
        double offset = 0;
        for (size_t i = 0; i < order.size(); ++i) {
            offsets.push_back(offset);
            blocks.push_back({wanted[i] - offset, weights[i], 1});
            while (blocks.size() > 1 && blocks[blocks.size() - 2].mean > blocks.back().mean) {
                const Block last = blocks.back();
                blocks.pop_back();
                Block &into = blocks.back();
                const double weight = into.weight + last.weight;
                into.mean = (into.mean * into.weight + last.mean * last.weight) / weight;
                into.weight = weight;
                into.size += last.size;
            }
            if (i + 1 < order.size())
                offset += distance(order[i], order[i + 1]);
        }
        size_t next = 0;
        for (const Block &block : blocks) {
            for (size_t i = 0; i < block.size; ++i, ++next)
                m_top[size_t(order[next])] = block.mean + offsets[next];
        }
    }

    const LayerGraph &m_graph;
    const LayoutGaps &m_gaps;
    std::vector<double> m_top; // by vertex
};

} // namespace

std::vector<double> placeVertices(const LayerGraph &graph, const LayoutGaps &gaps,
                                  const std::stop_token &stop)
{
    Placement placement(graph, gaps);
    const size_t layers = graph.layers.size();
    for (int sweep = 0; sweep < kSweeps && !stop.stop_requested(); ++sweep) {
        const auto towards =
            sweep < kSweeps / 2 ? Placement::Towards::Left : Placement::Towards::Both;
        for (size_t layer = 1; layer < layers; ++layer)
            placement.settle(layer, towards);
        for (size_t layer = layers; layer-- > 0;)
            placement.settle(layer, sweep < kSweeps / 2 ? Placement::Towards::Right
                                                        : Placement::Towards::Both);
    }
    // Last from left to right: the first row is what the eye starts from.
    for (size_t layer = 1; layer < layers; ++layer)
        placement.settle(layer, Placement::Towards::Left);
    return placement.take();
}

} // namespace headgate::ui
