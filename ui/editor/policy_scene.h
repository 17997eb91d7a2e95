#pragma once

#include "core/policy/policy_editor.h"
#include "ui/common/theme.h"
#include "ui/editor/run_overlay.h"

#include <QGraphicsScene>

namespace headgate::ui {

class NodeItem;
class PortItem;
class WireItem;

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
    QRectF drawingRect() const; // around all nodes; empty without any

    // In the order of the document.
    QList<policy::NodeId> selectedNodes() const;
    QList<policy::Wire> selectedWires() const;
    void select(const QList<policy::NodeId> &nodes);

    // What lies at a place of the canvas, topmost first; nullptr for nothing. Ports are found
    // within `reach` canvas units, the nearest wins.
    PortItem *portAt(QPointF place, double reach) const;
    NodeItem *nodeAt(QPointF place) const;
    WireItem *wireAt(QPointF place, double reach) const;

    void setOverlay(const RunOverlay &overlay);
    const RunOverlay &overlay() const { return m_overlay; }
    void setScores(const policy::NodeId &gate, const QList<double> &scores);
    void showProblems(const QList<policy::Problem> &problems);

    // A card has moved on the canvas; its wires follow before the document knows.
    void updateWiresOf(const policy::NodeId &node);
    QPointF portPlace(const policy::NodeId &node, const QString &port) const;

private:
    void rebuild();
    void addNode(const policy::NodeId &id);
    void removeNode(const policy::NodeId &id);
    void refreshNode(const policy::NodeId &id);
    void addWire(const policy::Wire &wire);
    void removeWire(const policy::Wire &wire);
    void updateWire(WireItem &item);
    void rerouteSoon();
    QList<QRectF> cardsInTheWay(const WireItem &wire) const;
    void updateAllNodes();
    void applyOverlay();

    policy::PolicyEditor &m_editor;
    const Theme &m_theme;
    QHash<policy::NodeId, NodeItem *> m_nodes;                     // owned by the scene
    QHash<std::pair<policy::NodeId, QString>, WireItem *> m_wires; // by the port they leave
    QMultiHash<policy::NodeId, WireItem *> m_wiresOf;              // by either end
    QHash<policy::NodeId, QList<double>> m_scores;
    RunOverlay m_overlay;
    bool m_rerouting = false; // all wires are looked at again once control is back in the loop
};

} // namespace headgate::ui
