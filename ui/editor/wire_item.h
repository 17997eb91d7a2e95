#pragma once

#include "core/policy/node_kind.h"
#include "core/policy/policy_document.h"
#include "ui/common/theme.h"

#include <QGraphicsItem>

namespace headgate::ui {

// One wire. The scene tells it where it runs and whether the last run took it.
class WireItem final : public QGraphicsItem
{
public:
    enum { Type = UserType + 3 };

    WireItem(policy::Wire wire, const Theme &theme);

    int type() const override { return Type; }
    const policy::Wire &wire() const { return m_wire; }
    void setPath(const QPainterPath &path);
    void setRole(policy::PortRole role);
    void setLit(bool lit);
    bool isLit() const { return m_lit; }
    // Stands back while its end is being dragged elsewhere.
    void setLifted(bool lifted);

    QRectF boundingRect() const override { return m_bounds; }
    QPainterPath shape() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *) override;

private:
    QPen pen() const;

    policy::Wire m_wire;
    const Theme &m_theme;
    QPainterPath m_path;
    QRectF m_bounds;
    policy::PortRole m_role = policy::PortRole::Normal;
    bool m_lit = false;
};

} // namespace headgate::ui
