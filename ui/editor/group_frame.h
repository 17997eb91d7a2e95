#pragma once

#include "core/policy/node_kind.h"
#include "ui/editor/run_overlay.h"

#include <QList>
#include <QRectF>

class QPainter;

namespace headgate::ui {

class PolicyScene;
class Theme;

// A group as it is drawn: a titled frame behind its members, or one card in their place.
struct GroupFrame
{
    // Of a collapsed group: where the wires that leave it begin, from top to bottom.
    struct OutPort
    {
        policy::NodeId node;
        policy::Port port;
        QPointF place; // on the canvas

        bool operator==(const OutPort &) const = default;
    };

    QString id{};
    QString title{};
    QList<policy::NodeId> nodes{};
    bool collapsed = false;
    bool selected = false; // all members are
    QRectF rect{};         // on the canvas, the frame or the card
    NodeRun run{};         // of all members together: the time is what passed, not their sum
    QList<OutPort> outPorts{};
    bool hasInput = false; // wires lead in from outside

    QPointF inPlace() const; // on the canvas, where they end
    // What takes the mouse: the title's line, of a card all of it.
    QRectF header() const;
    QRectF chevron() const; // of it, what collapses and expands
    const OutPort *outPort(const policy::NodeId &node, const QString &port) const;

    bool operator==(const GroupFrame &) const = default;
};

// From the document, and from where the scene shows its nodes.
QList<GroupFrame> groupFrames(const policy::PolicyDocument &document, const PolicyScene &scene);

// The worst state of several nodes, and the time from the first start to the last end.
NodeRun togetherOf(const QList<NodeRun> &runs);

// The painter stands on the canvas; `scale` says what can be read.
void paintGroupFrame(QPainter &painter, const GroupFrame &group, const Theme &theme, double scale);
void paintGroupCard(QPainter &painter, const GroupFrame &group, const Theme &theme, double scale);

} // namespace headgate::ui
