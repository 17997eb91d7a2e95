#pragma once

#include "core/policy/policy_document.h"
#include "ui/editor/gestures/gesture.h"

#include <QHash>
#include <QList>
#include <QPolygonF>

class QGraphicsLineItem;

namespace headgate::ui {

class WireItem;

// Alt+drag on empty space draws a line; the wires that it crosses stand back, and are gone at
// release.
class SliceGesture final : public Gesture
{
public:
    using Gesture::Gesture;
    ~SliceGesture() override;
    bool press(const Pointer &pointer) override;
    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;
    void cancel() override;

private:
    QList<policy::Wire> crossed(const QLineF &cut);
    void mark(const QList<policy::Wire> &wires);
    void dropLine();

    QPointF m_from;
    QPoint m_start;
    QGraphicsLineItem *m_line = nullptr; // in the scene while it is drawn
    QList<policy::Wire> m_cut;
};

} // namespace headgate::ui
