#include "ui/editor/layout/layered_layout.h"

#include "ui/editor/layout/layer_graph.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headgate::ui {

namespace {

// Nodes and edges by the parts that edges join, in the order of their first nodes.
std::vector<LayoutPart> connectedParts(qsizetype count, const QList<LayoutEdge> &edges)
{
    std::vector<qsizetype> leader(size_t(count), 0);
    std::iota(leader.begin(), leader.end(), 0);
    const auto find = [&leader](qsizetype node) {
        while (leader[size_t(node)] != node)
            node = leader[size_t(node)] = leader[size_t(leader[size_t(node)])];
        return node;
    };
    for (const LayoutEdge &edge : edges)
        leader[size_t(find(edge.to))] = find(edge.from);
    std::vector<LayoutPart> parts;
    std::vector<qsizetype> partOf(size_t(count), -1);
    for (qsizetype node = 0; node < count; ++node) {
        qsizetype &part = partOf[size_t(find(node))];
        if (part < 0) {
            part = qsizetype(parts.size());
            parts.emplace_back();
        }
        parts[size_t(part)].nodes.push_back(node);
        partOf[size_t(node)] = part;
    }
    for (const LayoutEdge &edge : edges)
        parts[size_t(partOf[size_t(edge.from)])].edges.push_back(edge);
    return parts;
}

double snapped(double value, double grid)
{
    return grid > 0 ? std::round(value / grid) * grid : value;
}

// Writes the part's places below `top`; returns where it ends.
double placePart(const LayerGraph &graph, const std::vector<double> &tops, double top,
                 const LayoutGaps &gaps, QList<QPointF> &places)
{
    double highest = std::numeric_limits<double>::infinity();
    for (size_t vertex = 0; vertex < tops.size(); ++vertex) {
        if (!graph.isPassing(int(vertex)))
            highest = std::min(highest, tops[vertex]);
    }
    double x = 0;
    double bottom = top;
    for (const auto &layer : graph.layers) {
        double width = 0;
        for (const int vertex : layer) {
            const LayerGraph::Vertex &each = graph.vertices[size_t(vertex)];
            width = std::max(width, each.size.width());
            if (each.node < 0)
                continue;
            const double y = snapped(top + tops[size_t(vertex)] - highest, gaps.grid);
            places[each.node] = {snapped(x, gaps.grid), y};
            bottom = std::max(bottom, y + each.size.height());
        }
        x += width + gaps.column;
    }
    return bottom;
}

} // namespace

QList<QPointF> layeredLayout(const QList<QSizeF> &sizes, const QList<LayoutEdge> &edges,
                             const LayoutGaps &gaps, std::stop_token stop)
{
    QList<QPointF> places(sizes.size());
    double top = 0;
    for (const LayoutPart &part : connectedParts(sizes.size(), edges)) {
        LayerGraph graph = makeLayerGraph(part, sizes);
        orderLayers(graph, stop);
        const std::vector<double> tops = placeVertices(graph, gaps, stop);
        if (stop.stop_requested())
            return {};
        top = placePart(graph, tops, top, gaps, places) + 2 * gaps.row;
    }
    return places;
}

} // namespace headgate::ui
