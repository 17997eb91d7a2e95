#pragma once

#include "core/policy/node_kind.h"
#include "core/policy/policy_document.h"
#include "ui/common/theme.h"

#include <QGraphicsItem>
#include <QLineF>
#include <QPen>

namespace headgate::ui {

// One wire. The scene tells it where it runs and whether the last run took it, and draws it: the
// item itself is there for its selection.
class WireItem final : public QGraphicsItem
{
public:
    enum { Type = UserType + 3 };

    WireItem(policy::Wire wire, const Theme &theme);

    int type() const override { return Type; }
    const policy::Wire &wire() const { return m_wire; }
    void setPath(const QPainterPath &path);
    const QPainterPath &path() const { return m_path; }
    void setRole(policy::PortRole role);
    // Leads on what a check accepted: drawn in the colour of that.
    void setAccepting(bool accepting);
    void setLit(bool lit);
    bool isLit() const { return m_lit; }
    // What recorded runs carried over it: a width in canvas units (0: nothing is drawn) and the
    // same in words.
    void setFlow(double width, const QString &sentence);
    double flowWidth() const { return m_flowWidth; }
    const QString &flowSentence() const { return m_flowSentence; }
    // What replayed cases carried over it: none at all, and how many in words.
    void setCoverage(bool untaken, const QString &sentence);
    bool isUntaken() const { return m_untaken; }                 // drawn hatched
    const QList<QLineF> &hatching() const { return m_hatching; } // short lines across it
    QString sentence() const;                                    // what is said of it, a line each
    // An end of it takes no part: it is muted, or nothing gets there.
    void setFaint(bool faint);
    // Stands back while its end is being dragged elsewhere.
    void setLifted(bool lifted);
    // Within a collapsed group: not drawn, and not found by the mouse.
    void setFolded(bool folded);
    bool isFolded() const { return m_folded; }

    // How it is drawn; the width in canvas units.
    QPen pen() const;
    bool isEmphasised() const { return m_lit || isSelected(); } // drawn over the others
    double strength() const;                                    // opacity
    const QPolygonF &points() const { return m_points; } // the path as a line of short pieces
    double distanceTo(QPointF place) const;              // canvas units

    QRectF boundingRect() const override { return m_bounds; }
    QPainterPath shape() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *) override;

protected:
    QVariant itemChange(GraphicsItemChange change, const QVariant &value) override;

private:
    void refresh() const;
    void hatch();

    policy::Wire m_wire;
    const Theme &m_theme;
    QPainterPath m_path;
    QPolygonF m_points;
    QRectF m_bounds;
    policy::PortRole m_role = policy::PortRole::Normal;
    double m_flowWidth = 0;
    QString m_flowSentence;
    QString m_coverageSentence;
    QList<QLineF> m_hatching; // empty unless it is untaken
    bool m_untaken = false;
    bool m_accepting = false;
    bool m_lit = false;
    bool m_faint = false;
    bool m_lifted = false;
    bool m_folded = false;
};

} // namespace headgate::ui
