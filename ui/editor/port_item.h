#pragma once

#include "core/policy/node_kind.h"
#include "ui/common/theme.h"

#include <QGraphicsItem>

namespace headgate::ui {

class NodeItem;

// Where wires begin and end. A child of its node, centred on its own origin; the target for the
// mouse is larger than the dot that is drawn.
class PortItem final : public QGraphicsItem
{
public:
    enum { Type = UserType + 2 };
    enum class Direction { In, Out };
    enum class Emphasis { None, Compatible, Faded, Target }; // while a wire is drawn

    static constexpr double kTarget = 24; // side of the square that takes the mouse
    static constexpr double kRadius = 4;

    PortItem(NodeItem &node, Direction direction, policy::Port port, const Theme &theme);

    int type() const override { return Type; }
    NodeItem &node() const { return m_node; }
    Direction direction() const { return m_direction; }
    const policy::Port &port() const { return m_port; }
    void setPort(const policy::Port &port);
    // Whether the condition is written beside the dot; an error says so under the mouse only, its
    // wire is dotted anyway.
    void setLabelShown(bool shown);
    void setWired(bool wired);
    void setEmphasis(Emphasis emphasis);
    Emphasis emphasis() const { return m_emphasis; }
    void setHovered(bool hovered);

    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *) override;

private:
    QRectF labelRect() const;
    bool showsLabel() const;

    NodeItem &m_node;
    Direction m_direction;
    policy::Port m_port;
    const Theme &m_theme;
    Emphasis m_emphasis = Emphasis::None;
    bool m_labelShown = false;
    bool m_wired = false;
    bool m_hovered = false;
};

} // namespace headgate::ui
