#pragma once

#include "core/policy/node_kind.h"

#include <QPointF>
#include <QRectF>

class QPainter;

namespace headgate::ui {

class NodeItem;
class Theme;

// Where wires begin and end: a place on the edge of a card, which owns and draws it. The target
// for the mouse is larger than the dot.
class PortItem final
{
public:
    enum class Direction { In, Out };
    enum class Emphasis { None, Compatible, Faded, Target }; // while a wire is drawn

    static constexpr double kTarget = 24; // side of the square that takes the mouse, on the screen
    static constexpr double kRadius = 4;

    PortItem(NodeItem &node, Direction direction, policy::Port port);

    NodeItem &node() const { return m_node; }
    Direction direction() const { return m_direction; }
    const policy::Port &port() const { return m_port; }
    void setPort(const policy::Port &port);

    QPointF pos() const { return m_place; } // in coordinates of the node
    void setPos(QPointF place) { m_place = place; }
    QPointF scenePos() const;
    bool isVisible() const { return m_visible; }
    void setVisible(bool visible) { m_visible = visible; }

    // What is written beside the dot: the condition, and its share of what flows where one is set.
    QString label() const;
    void setShare(const QString &share) { m_share = share; } // "71 %"; empty: none
    // Whether the condition is written beside the dot; an error says so under the mouse only, its
    // wire is dotted anyway.
    void setLabelShown(bool shown) { m_labelShown = shown; }
    bool showsLabel() const;
    QRectF labelRect() const; // in coordinates of the node; as wide as a label can be

    void setWired(bool wired);
    void setEmphasis(Emphasis emphasis);
    Emphasis emphasis() const { return m_emphasis; }
    void setHovered(bool hovered);
    bool isHovered() const { return m_hovered; }
    // Looks as it always does: a part of its card's picture.
    bool isPlain() const { return m_emphasis == Emphasis::None && !m_hovered; }

    // The dot with what surrounds it, the painter in coordinates of the node.
    void paint(QPainter &painter, const Theme &theme) const;

private:
    NodeItem &m_node;
    Direction m_direction;
    policy::Port m_port;
    QString m_share;
    QPointF m_place;
    Emphasis m_emphasis = Emphasis::None;
    bool m_visible = true;
    bool m_labelShown = false;
    bool m_wired = false;
    bool m_hovered = false;
};

// A port's condition in the painter's font and colour, legible over wires.
void paintPortLabel(QPainter &painter, const QRectF &room, const QString &label,
                    const Theme &theme);

} // namespace headgate::ui
