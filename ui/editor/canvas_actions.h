#pragma once

#include "core/policy/policy_editor.h"

#include <QUndoStack>

#include <optional>

namespace headgate::ui {

class PolicyScene;

struct PortPlace
{
    policy::NodeId node;
    QString port;
};

// What keys, menus, palette and outline do to the selection. Everything goes through the undo
// stack. All three outlive the object.
class CanvasActions
{
public:
    CanvasActions(policy::PolicyEditor &editor, QUndoStack &undo, PolicyScene &scene);

    void removeSelection();
    void duplicateSelection();
    void nudgeSelection(QPointF by); // canvas units; bursts of keys are one step
    // Selects the nearest node in a direction, given as a unit vector along an axis.
    void stepSelection(QPointF direction);
    // Adds a node with its top left corner at the place, moved on until it covers no other, and
    // selects it; wires it to the port where one is given. The reason where that cannot be.
    Result<policy::NodeId> addNode(const QString &kind, QPointF at,
                                   const std::optional<PortPlace> &from = std::nullopt);
    // A place for a new node beside the selected one; none without a selection.
    std::optional<QPointF> placeBesideSelection() const;

private:
    QPointF freePlace(QPointF wanted) const;

    policy::PolicyEditor &m_editor;
    QUndoStack &m_undo;
    PolicyScene &m_scene;
};

} // namespace headgate::ui
