#pragma once

#include "core/policy/policy_editor.h"
#include "ui/common/theme.h"
#include "ui/editor/badge_text.h"
#include "ui/editor/drawing_coverage.h"
#include "ui/editor/drawing_painter.h"
#include "ui/editor/group_frame.h"
#include "ui/editor/run_overlay.h"

#include <QGraphicsScene>

#include <optional>

class QTimer;

namespace headgate::ui {

class DrawingLayer;
class NodeItem;
class PortItem;
class WireItem;

// What recorded runs carried over one wire.
struct WireFlow
{
    double width = 0; // canvas units; 0: nothing is drawn
    QString share;    // "71 %"
    QString sentence; // "412 of 1,003 queries · 41.1 % of traffic"
};

// The drawing of one policy. It only listens: to the editor for what is drawn, to its owner for
// runs and scores. Nothing here changes the document. Editor and theme outlive the scene.
class PolicyScene final : public QGraphicsScene
{
    Q_OBJECT
public:
    PolicyScene(policy::PolicyEditor &editor, const Theme &theme, QObject *parent = nullptr);
    ~PolicyScene() override;

    const Theme &theme() const { return m_theme; }
    NodeItem *nodeItem(const policy::NodeId &id) const; // nullptr where there is none
    WireItem *wireItem(const policy::Wire &wire) const;
    const QHash<policy::NodeId, NodeItem *> &nodeItems() const { return m_nodes; }
    const QList<NodeItem *> &nodesInOrder() const { return m_nodeOrder; } // the last on top
    const QList<WireItem *> &wiresInOrder() const { return m_wireOrder; }
    QRectF drawingRect() const; // around all nodes and groups; empty without any

    // In the order of the document.
    QList<policy::NodeId> selectedNodes() const;
    QList<policy::Wire> selectedWires() const;
    void select(const QList<policy::NodeId> &nodes);

    // policy_scene_finding.cpp: what lies at a place of the canvas, topmost first; nullptr for
    // nothing. Ports are found within `reach` canvas units, the nearest wins.
    PortItem *portAt(QPointF place, double reach) const;
    NodeItem *nodeAt(QPointF place) const;
    WireItem *wireAt(QPointF place, double reach) const;
    // The group whose title lies there, or that is drawn as a card there. Valid until the drawing
    // changes.
    const GroupFrame *groupAt(QPointF place) const;
    const GroupFrame *group(const QString &id) const;
    const QList<GroupFrame> &groups() const { return m_groups; }
    // The note whose corner lies there, by which it is made larger.
    NodeItem *noteHandleAt(QPointF place) const;

    void setOverlay(const RunOverlay &overlay);
    const RunOverlay &overlay() const { return m_overlay; }
    void setScores(const policy::NodeId &gate, const QList<double> &scores);
    // policy_scene_runs.cpp: what recorded runs say. A few words on the card of a node, its share
    // of the runs, what wires carried; what is not named has none.
    void setRemark(const policy::NodeId &node, const QString &remark);
    void setFlow(const QHash<std::pair<policy::NodeId, QString>, WireFlow> &wires,
                 const QHash<policy::NodeId, double> &traffic);
    // What replayed cases say: the share of each wire beside its port, in parentheses, unless
    // recorded runs say one; nodes and wires that no case takes are hatched.
    void setCoverage(const DrawingCoverage &coverage);
    const DrawingCoverage &coverage() const { return m_coverage; }
    // A threshold that is being dragged; none: as the document has it.
    void previewThreshold(const policy::NodeId &gate, std::optional<double> threshold);
    void setBadges(BadgeMode badges);
    BadgeMode badges() const { return m_badges; }
    void setHovered(const policy::NodeId &node); // empty: none
    void showProblems(const QList<policy::Problem> &problems);

    // A card has moved on the canvas; its wires and its group follow before the document knows.
    void nodeHasMoved(NodeItem &item);
    void updateWiresOf(const policy::NodeId &node);
    // Where a wire leaves: of a node within a collapsed group, at the group's card.
    QPointF portPlace(const policy::NodeId &node, const QString &port) const;

    void repaint(const NodeItem &item);
    void repaint(const WireItem &item);
    // The drawing on a paint device of any kind, with what can be read at a scale; see
    // drawing_picture.h. And what of the canvas it covers.
    void paintPicture(QPainter &painter, double scale) const
    {
        m_painter.paintPicture(painter, scale);
    }
    QRectF pictureRect() const;

Q_SIGNALS:
    void thresholdPreviewed(const headgate::policy::NodeId &gate, std::optional<double> threshold);
    void drawingChanged(); // places or looks; often, so that who listens waits for a pause

protected:
    void helpEvent(QGraphicsSceneHelpEvent *event) override;

private:
    friend class DrawingLayer;

    void rebuild();
    void addNode(const policy::NodeId &id);
    NodeItem *addNodeItem(const policy::Node &node);
    void removeNode(const policy::NodeId &id);
    void refreshNode(const policy::NodeId &id);
    void addWire(const policy::Wire &wire);
    void addWireItem(const policy::Wire &wire);
    void removeWire(const policy::Wire &wire);
    enum class Route { Straight, AroundCards };
    void updateWire(WireItem &item, Route route = Route::AroundCards);
    void updateFaintness(WireItem &item) const;
    void rerouteSoon(const QRectF &around);
    void rerouteSome();
    bool isRoutedAtOnce() const;
    QList<QRectF> cardsInTheWay(const WireItem &wire, const QRectF &between) const;
    void updateAllNodes();
    void updateGroups();
    void followSoon();
    void updateTraffic();
    void applyOverlay();
    void applyRecords(NodeItem &item) const;
    void applyFlow(WireItem &item) const;
    QString coverageSentence(qint64 cases) const;
    void forgetPictures();
    void drawOn(QPainter &painter, const QRectF &exposed);
    const GroupFrame *foldedInto(const policy::NodeId &node) const;

    policy::PolicyEditor &m_editor;
    const Theme &m_theme;
    QHash<policy::NodeId, NodeItem *> m_nodes; // owned by the scene
    QList<NodeItem *> m_nodeOrder;
    QHash<std::pair<policy::NodeId, QString>, WireItem *> m_wires; // by the port they leave
    QList<WireItem *> m_wireOrder;
    QMultiHash<policy::NodeId, WireItem *> m_wiresOf; // by either end
    QSet<WireItem *> m_toRoute;                       // a few at a time, once the loop is idle
    QList<GroupFrame> m_groups;
    QHash<policy::NodeId, QString> m_groupOf; // only of nodes in a collapsed group
    QHash<policy::NodeId, QList<double>> m_scores;
    RunOverlay m_overlay;
    QHash<policy::NodeId, QString> m_remarks;
    QHash<policy::NodeId, double> m_traffic;
    QHash<std::pair<policy::NodeId, QString>, WireFlow> m_flow; // by the port that a wire leaves
    DrawingCoverage m_coverage;
    BadgeMode m_badges = BadgeMode::All;
    policy::NodeId m_hoveredNode;
    DrawingPainter m_painter;
    DrawingLayer *m_layer = nullptr; // owned by the scene
    QTimer *m_routing = nullptr;     // children
    QTimer *m_following = nullptr;
    QTimer *m_sharpening = nullptr;
    bool m_building = false;
    bool m_hasInactive = false; // muted or bypassed nodes
};

} // namespace headgate::ui
