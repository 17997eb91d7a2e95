#pragma once

#include "ui/editor/layout/layered_layout.h"

#include <vector>

namespace headgate::ui {

// One connected part of a drawing on its way through the layout: nodes in layers, and edges that
// pass layers cut into links from each layer to the next by vertices without a node.
struct LayerGraph
{
    struct Vertex
    {
        qsizetype node = -1; // -1: an edge passes here
        int layer = 0;
        QSizeF size;
    };
    struct Link
    {
        int from = 0; // vertices, of adjacent layers
        int to = 0;
        double fromY = 0;
        double toY = 0;
        double weight = 1;
    };

    std::vector<Vertex> vertices;
    std::vector<Link> links;
    std::vector<std::vector<int>> layers; // vertices, from the top
    std::vector<std::vector<int>> in;     // links, by vertex
    std::vector<std::vector<int>> out;

    bool isPassing(int vertex) const { return vertices[size_t(vertex)].node < 0; }
};

struct LayoutPart
{
    std::vector<qsizetype> nodes;  // ascending
    std::vector<LayoutEdge> edges; // among them
};

LayerGraph makeLayerGraph(const LayoutPart &part, const QList<QSizeF> &sizes);

// Orders the vertices of each layer so that few links cross.
void orderLayers(LayerGraph &graph, const std::stop_token &stop);
// Pairs of links that cross, in the present order.
qint64 crossings(const LayerGraph &graph);

// The upper edge of each vertex, in the order of graph.vertices.
std::vector<double> placeVertices(const LayerGraph &graph, const LayoutGaps &gaps,
                                  const std::stop_token &stop);

} // namespace headgate::ui
