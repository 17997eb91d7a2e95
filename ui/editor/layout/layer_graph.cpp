#include "ui/editor/layout/layer_graph.h"

#include <QHash>

#include <algorithm>

namespace headgate::ui {

namespace {

// An edge over more layers than this is left to the wire's own routing: cutting it would make the
// graph grow with the square of the drawing.
constexpr int kLongestCut = 24;
// How much straighter the middle of a long edge is to be than an edge between neighbours.
constexpr double kPassingWeight = 4;

struct Edge
{
    int from = 0;
    int to = 0;
    const LayoutEdge *drawn = nullptr;
    bool reversed = false;
};

// Turns edges that lead back round, found by a walk in depth without recursion.
void breakCycles(std::vector<Edge> &edges, int count)
{
    std::vector<std::vector<size_t>> out{size_t(count)};
    for (size_t i = 0; i < edges.size(); ++i)
        out[size_t(edges[i].from)].push_back(i);
    enum class Mark : char { New, Open, Done };
    std::vector<Mark> marks(size_t(count), Mark::New);
    std::vector<std::pair<int, size_t>> path; // vertex, next of its edges
    for (int start = 0; start < count; ++start) {
        if (marks[size_t(start)] != Mark::New)
            continue;
        path.emplace_back(start, 0);
        marks[size_t(start)] = Mark::Open;
        while (!path.empty()) {
            auto &[vertex, next] = path.back();
            if (next == out[size_t(vertex)].size()) {
                marks[size_t(vertex)] = Mark::Done;
                path.pop_back();
                continue;
            }
            Edge &edge = edges[out[size_t(vertex)][next++]];
            if (marks[size_t(edge.to)] == Mark::Open) {
                edge.reversed = true;
            } else if (marks[size_t(edge.to)] == Mark::New) {
                marks[size_t(edge.to)] = Mark::Open;
                path.emplace_back(edge.to, 0);
            }
        }
    }
    for (Edge &edge : edges) {
        if (edge.reversed)
            std::swap(edge.from, edge.to);
    }
}

// The longest way to each vertex; sources are then pulled up to what they lead to.
std::vector<int> longestPaths(const std::vector<Edge> &edges, int count)
{
    std::vector<int> layer(size_t(count), 0);
    std::vector<int> entering(size_t(count), 0);
    std::vector<std::vector<int>> out{size_t(count)};
    for (const Edge &edge : edges) {
        out[size_t(edge.from)].push_back(edge.to);
        ++entering[size_t(edge.to)];
    }
    std::vector<int> sources;
    for (int vertex = 0; vertex < count; ++vertex) {
        if (entering[size_t(vertex)] == 0)
            sources.push_back(vertex);
    }
    std::vector<int> ready = sources;
    while (!ready.empty()) {
        const int vertex = ready.back();
        ready.pop_back();
        for (const int next : out[size_t(vertex)]) {
            layer[size_t(next)] = std::max(layer[size_t(next)], layer[size_t(vertex)] + 1);
            if (--entering[size_t(next)] == 0)
                ready.push_back(next);
        }
    }
    for (const int source : sources) {
        int nearest = std::numeric_limits<int>::max();
        for (const int next : out[size_t(source)])
            nearest = std::min(nearest, layer[size_t(next)]);
        if (!out[size_t(source)].empty() && sources.size() > 1)
            layer[size_t(source)] = nearest - 1;
    }
    return layer;
}

class Builder
{
public:
    explicit Builder(LayerGraph &graph)
        : m_graph(graph)
    {
    }

    int addVertex(qsizetype node, int layer, QSizeF size)
    {
        const int vertex = int(m_graph.vertices.size());
        m_graph.vertices.push_back({node, layer, size});
        if (m_graph.layers.size() <= size_t(layer))
            m_graph.layers.resize(size_t(layer) + 1);
        m_graph.layers[size_t(layer)].push_back(vertex);
        return vertex;
    }

    void addEdge(const Edge &edge)
    {
        const int first = m_graph.vertices[size_t(edge.from)].layer;
        const int last = m_graph.vertices[size_t(edge.to)].layer;
        if (last - first < 1 || last - first > kLongestCut)
            return;
        const LayoutEdge &drawn = *edge.drawn;
        const double fromY = edge.reversed ? drawn.toY : drawn.fromY;
        const double toY = edge.reversed ? drawn.fromY : drawn.toY;
        int at = edge.from;
        for (int layer = first + 1; layer < last; ++layer) {
            const int passing = addVertex(-1, layer, {});
            addLink({at, passing, at == edge.from ? fromY : 0, 0,
                     drawn.weight * (at == edge.from ? 1 : kPassingWeight)});
            at = passing;
        }
        addLink({at, edge.to, at == edge.from ? fromY : 0, toY, drawn.weight});
    }

    void finish()
    {
        m_graph.in.resize(m_graph.vertices.size());
        m_graph.out.resize(m_graph.vertices.size());
        for (size_t link = 0; link < m_graph.links.size(); ++link) {
            m_graph.out[size_t(m_graph.links[link].from)].push_back(int(link));
            m_graph.in[size_t(m_graph.links[link].to)].push_back(int(link));
        }
    }

private:
    void addLink(const LayerGraph::Link &link) { m_graph.links.push_back(link); }

    LayerGraph &m_graph;
};

} // namespace

LayerGraph makeLayerGraph(const LayoutPart &part, const QList<QSizeF> &sizes)
{
    const std::vector<qsizetype> &nodes = part.nodes;
    QHash<qsizetype, int> number;
    for (size_t i = 0; i < nodes.size(); ++i)
        number.insert(nodes[i], int(i));
    std::vector<Edge> ours;
    for (const LayoutEdge &edge : part.edges) {
        if (edge.from != edge.to)
            ours.push_back({number[edge.from], number[edge.to], &edge});
    }
    const int count = int(nodes.size());
    breakCycles(ours, count);
    const std::vector<int> layers = longestPaths(ours, count);
    LayerGraph graph;
    Builder builder(graph);
    for (int vertex = 0; vertex < count; ++vertex)
        builder.addVertex(nodes[size_t(vertex)], layers[size_t(vertex)],
                          sizes[nodes[size_t(vertex)]]);
    for (const Edge &edge : ours)
        builder.addEdge(edge);
    builder.finish();
    return graph;
}

} // namespace headgate::ui
