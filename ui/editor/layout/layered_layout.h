#pragma once

#include <QList>
#include <QPointF>
#include <QSizeF>

#include <stop_token>

namespace headgate::ui {

struct LayoutEdge
{
    qsizetype from = 0; // numbers of nodes
    qsizetype to = 0;
    double fromY = 0; // where it leaves and enters, from the node's top edge
    double toY = 0;
    double weight = 1; // how much it is to run straight; 0: it follows the others
};

struct LayoutGaps
{
    double column = 80; // between the widest nodes of two columns
    double row = 40;    // between two nodes of one column, at least
    double grid = 20;   // corners lie on multiples of it
};

// Top left corners for nodes of these sizes, in columns from left to right in the direction of the
// edges, with few crossings and the heavy edges straight; parts without an edge between them stand
// below each other. The same input gives the same output. Stands cycles, double edges and edges
// from a node to itself. Empty where it was stopped. Any thread.
//
// The steps are those of K. Sugiyama, S. Tagawa, M. Toda, "Methods for Visual Understanding of
// Hierarchical System Structures" (1981): layers by longest path, order by barycentres with
// adjacent exchanges; heights by repeated isotonic regression towards the neighbours' ports.
QList<QPointF> layeredLayout(const QList<QSizeF> &sizes, const QList<LayoutEdge> &edges,
                             const LayoutGaps &gaps = {}, std::stop_token stop = {});

} // namespace headgate::ui
