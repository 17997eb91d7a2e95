#pragma once

#include "ui/editor/gestures/gesture.h"
#include "ui/editor/gestures/wire_glow.h"

class QGraphicsRectItem;
class QMimeData;

namespace headgate::ui {

// A kind that is dragged from the palette over the canvas: shows where its node would stand and the
// wire that it would go into, and adds it when it is dropped.
class KindDrop
{
public:
    explicit KindDrop(const Canvas &canvas);
    ~KindDrop();
    KindDrop(const KindDrop &) = delete;
    KindDrop &operator=(const KindDrop &) = delete;

    static bool accepts(const QMimeData &data);

    void follow(const QMimeData &data, QPointF place); // canvas units
    Result<policy::NodeId> drop(const QMimeData &data, QPointF place);
    void stop();

private:
    Canvas m_canvas;
    WireGlow m_glow;
    QGraphicsRectItem *m_ghost = nullptr; // in the scene while a kind is over it
};

} // namespace headgate::ui
