#pragma once

#include "core/policy/policy_editor.h"
#include "ui/editor/arrange.h"
#include "ui/editor/clipboard.h"
#include "ui/editor/editor_commands/copy_commands.h"

#include <QUndoStack>

#include <optional>

namespace headgate::ui {

class PolicyScene;
class TidyUp;

// One end for a wire: an out port by its name, or the in port of the node where the name is empty.
struct PortPlace
{
    policy::NodeId node;
    QString port;
};

// What keys, menus, palette and outline do to the selection. Everything goes through the undo
// stack, one step each; what cannot be done changes nothing and says why in a sentence. All three
// outlive the object.
class CanvasActions
{
public:
    CanvasActions(policy::PolicyEditor &editor, QUndoStack &undo, PolicyScene &scene);
    ~CanvasActions();

    void removeSelection();
    void removeAndReconnect();
    Result<> duplicateSelection();
    void nudgeSelection(QPointF by); // canvas units; bursts of keys are one step
    // Selects the nearest node in a direction, given as a unit vector along an axis.
    void stepSelection(QPointF direction);
    void selectAll();
    Result<> toggleMode(policy::NodeMode mode); // back to active where all selected have it
    Result<> groupSelection();
    Result<> ungroupSelection();
    void setCollapsed(const QString &group, bool collapsed);
    void toggleCollapsed(); // the group of the selection
    std::optional<QString> groupOfSelection() const;
    void align(Alignment alignment);
    void distribute(Qt::Orientation orientation);
    void tidyUp(); // the selection where it holds several nodes, else all

    // Adds a node with its top left corner at the place, moved on until it covers no other, and
    // selects it; wires it to the port where one is given.
    Result<policy::NodeId> addNode(const QString &kind, QPointF at,
                                   const std::optional<PortPlace> &end = std::nullopt);
    // Adds a node in the middle of a wire; neighbours make room.
    Result<policy::NodeId> addOnWire(const QString &kind, QPointF at, const policy::Wire &wire);
    // Puts a node without wires there.
    void insertOnWire(const policy::NodeId &node, const policy::Wire &wire, QPointF at);
    // A place for a new node beside the selected one; none without a selection.
    std::optional<QPointF> placeBesideSelection() const;

    Clip copySelection() const;
    void cutSelection(); // what copySelection() gave
    // With the middle of all at the place. Selects what came.
    Result<> paste(const Clip &clip, QPointF middle, OuterWires outer);

    static QString oneQuerySentence();

private:
    QList<policy::NodeId> allNodes() const;
    QPointF freePlace(QPointF wanted) const;
    Result<policy::Node> newNode(const QString &kind, QPointF at) const;
    QList<PlacedCard> cardsOf(const QList<policy::NodeId> &nodes) const;
    void pushMoves(const QList<NodeMove> &moves, const QString &text);

    policy::PolicyEditor &m_editor;
    QUndoStack &m_undo;
    PolicyScene &m_scene;
    std::unique_ptr<TidyUp> m_tidy;
};

} // namespace headgate::ui
