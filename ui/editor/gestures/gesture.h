#pragma once

#include "core/policy/policy_document.h"

#include <QPoint>
#include <QPointF>
#include <Qt>

class QUndoStack;

namespace headgate::policy {
class PolicyEditor;
}

namespace headgate::ui {

class PolicyScene;
class PolicyView;
class PortItem;

// What gestures work on. All of it outlives them.
struct Canvas
{
    PolicyView &view;
    PolicyScene &scene;
    policy::PolicyEditor &editor;
    QUndoStack &undo;
};

struct Pointer
{
    QPointF scene;   // canvas units
    QPoint viewport; // pixels of the view
    Qt::MouseButton button = Qt::NoButton;
    Qt::KeyboardModifiers modifiers;
};

// One way to use the mouse on the canvas. The view offers a press to each gesture in turn; the
// first that takes it gets everything until release or cancel.
class Gesture
{
public:
    explicit Gesture(const Canvas &canvas)
        : m_canvas(canvas)
    {
    }
    virtual ~Gesture() = default;
    Gesture(const Gesture &) = delete;
    Gesture &operator=(const Gesture &) = delete;

    virtual bool press(const Pointer &pointer) = 0;
    virtual void move(const Pointer &pointer) = 0;
    virtual void release(const Pointer &pointer) = 0;
    virtual void cancel() = 0; // everything as before the press
    // Whether the view scrolls on while the mouse is held at its edge.
    virtual bool pansAtEdge() const { return true; }

protected:
    PortItem *portUnder(const Pointer &pointer) const; // nullptr where there is none
    QList<policy::Wire> wiresAt(const PortItem &port) const;

    Canvas m_canvas;
};

} // namespace headgate::ui
