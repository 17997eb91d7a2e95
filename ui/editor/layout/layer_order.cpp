#include "ui/editor/layout/layer_graph.h"

#include <algorithm>
#include <numeric>

namespace headgate::ui {

namespace {

constexpr int kMostSweeps = 24;
constexpr int kPatience = 4; // sweeps without a gain
// Exchanges of neighbours look at all links of both; beyond this they cost more than they gain.
constexpr size_t kMostExchanged = 4000; // vertices

class Ordering
{
public:
    explicit Ordering(LayerGraph &graph)
        : m_graph(graph)
        , m_place(graph.vertices.size())
    {
        for (const auto &layer : graph.layers)
            number(layer);
    }

    // In the order of a walk in depth from the sources, by ports from the top.
    void start()
    {
        std::vector<bool> seen(m_graph.vertices.size(), false);
        for (auto &layer : m_graph.layers)
            layer.clear();
        for (size_t root = 0; root < m_graph.vertices.size(); ++root) {
            if (m_graph.in[root].empty())
                walkFrom(int(root), seen);
        }
        for (const auto &layer : m_graph.layers)
            number(layer);
    }

    void sweep(bool forwards)
    {
        const int count = int(m_graph.layers.size());
        for (int step = 1; step < count; ++step)
            sortByNeighbours(size_t(forwards ? step : count - 1 - step), forwards);
    }

    void exchangeNeighbours()
    {
        for (auto &layer : m_graph.layers) {
            for (size_t i = 0; i + 1 < layer.size(); ++i) {
                const int upper = layer[i];
                const int lower = layer[i + 1];
                if (crossingsOf(lower, upper) < crossingsOf(upper, lower)) {
                    std::swap(layer[i], layer[i + 1]);
                    std::swap(m_place[size_t(upper)], m_place[size_t(lower)]);
                }
            }
        }
    }

    // By layer: links from the top left of the one to the top right of the other, and how many
    // earlier ones they pass (a Fenwick tree counts them).
    qint64 count() const
    {
        qint64 sum = 0;
        for (size_t layer = 0; layer + 1 < m_graph.layers.size(); ++layer)
            sum += countBelow(layer);
        return sum;
    }

private:
    void number(const std::vector<int> &layer)
    {
        for (size_t i = 0; i < layer.size(); ++i)
            m_place[size_t(layer[i])] = int(i);
    }

    void walkFrom(int root, std::vector<bool> &seen)
    {
        std::vector<int> open{root};
        while (!open.empty()) {
            const int vertex = open.back();
            open.pop_back();
            if (seen[size_t(vertex)])
                continue;
            seen[size_t(vertex)] = true;
            m_graph.layers[size_t(m_graph.vertices[size_t(vertex)].layer)].push_back(vertex);
            std::vector<int> links = m_graph.out[size_t(vertex)];
            std::stable_sort(links.begin(), links.end(), [this](int a, int b) {
                return m_graph.links[size_t(a)].fromY > m_graph.links[size_t(b)].fromY;
            });
            for (const int link : links)
                open.push_back(m_graph.links[size_t(link)].to);
        }
    }

    // A port's place in its layer: that of its vertex, and a part of one for its height.
    double fromPlace(const LayerGraph::Link &link) const
    {
        return portPlace(link.from, link.fromY);
    }
    double toPlace(const LayerGraph::Link &link) const { return portPlace(link.to, link.toY); }
    double portPlace(int vertex, double y) const
    {
        const double height = m_graph.vertices[size_t(vertex)].size.height();
        return m_place[size_t(vertex)] + (height > 0 ? std::clamp(y / height, 0.0, 1.0) * 0.9 : 0);
    }

    void sortByNeighbours(size_t layer, bool forwards)
    {
        auto &order = m_graph.layers[layer];
        std::vector<std::pair<double, int>> keys;
        for (const int vertex : order) {
            const auto &links = (forwards ? m_graph.in : m_graph.out)[size_t(vertex)];
            double sum = 0;
            for (const int link : links) {
                const LayerGraph::Link &each = m_graph.links[size_t(link)];
                sum += forwards ? fromPlace(each) : toPlace(each);
            }
            // Without a neighbour on that side it stays where it is.
            const double key = links.empty() ? m_place[size_t(vertex)] : sum / double(links.size());
            keys.emplace_back(key, vertex);
        }
        std::stable_sort(keys.begin(), keys.end(),
                         [](const auto &a, const auto &b) { return a.first < b.first; });
        for (size_t i = 0; i < keys.size(); ++i)
            order[i] = keys[i].second;
        number(order);
    }

    // Between the links of two vertices of one layer, the one above the other.
    int crossingsOf(int upper, int lower) const
    {
        int sum = 0;
        for (const int a : m_graph.in[size_t(upper)]) {
            for (const int b : m_graph.in[size_t(lower)])
                sum += fromPlace(m_graph.links[size_t(a)]) > fromPlace(m_graph.links[size_t(b)]);
        }
        for (const int a : m_graph.out[size_t(upper)]) {
            for (const int b : m_graph.out[size_t(lower)])
                sum += toPlace(m_graph.links[size_t(a)]) > toPlace(m_graph.links[size_t(b)]);
        }
        return sum;
    }

    qint64 countBelow(size_t layer) const
    {
        std::vector<std::pair<double, double>> ends;
        for (const int vertex : m_graph.layers[layer]) {
            for (const int link : m_graph.out[size_t(vertex)])
                ends.emplace_back(fromPlace(m_graph.links[size_t(link)]),
                                  toPlace(m_graph.links[size_t(link)]));
        }
        std::sort(ends.begin(), ends.end());
        std::vector<double> rights;
        for (const auto &[left, right] : ends)
            rights.push_back(right);
        std::sort(rights.begin(), rights.end());
        std::vector<qint64> tree(rights.size() + 1, 0);
        qint64 sum = 0;
        qint64 before = 0;
        for (const auto &[left, right] : ends) {
            const auto rank =
                size_t(std::upper_bound(rights.begin(), rights.end(), right) - rights.begin());
            qint64 notAbove = 0;
            for (size_t i = rank; i > 0; i -= i & (~i + 1))
                notAbove += tree[i];
            sum += before - notAbove;
            for (size_t i = rank; i < tree.size(); i += i & (~i + 1))
                ++tree[i];
            ++before;
        }
        return sum;
    }

    LayerGraph &m_graph;
    std::vector<int> m_place; // in its layer, by vertex
};

} // namespace

qint64 crossings(const LayerGraph &graph)
{
    LayerGraph copy = graph;
    return Ordering(copy).count();
}

void orderLayers(LayerGraph &graph, const std::stop_token &stop)
{
    Ordering ordering(graph);
    ordering.start();
    auto best = graph.layers;
    qint64 fewest = ordering.count();
    int idle = 0;
    for (int sweep = 0; sweep < kMostSweeps && idle < kPatience && fewest > 0; ++sweep) {
        if (stop.stop_requested())
            return;
        ordering.sweep(sweep % 2 == 0);
        if (graph.vertices.size() <= kMostExchanged)
            ordering.exchangeNeighbours();
        const qint64 now = ordering.count();
        ++idle;
        if (now < fewest) {
            fewest = now;
            best = graph.layers;
            idle = 0;
        }
    }
    graph.layers = std::move(best);
}

} // namespace headgate::ui
