#include "ui/editor/gestures/slice_gesture.h"

#include "core/policy/policy_editor.h"
#include "ui/editor/editor_commands/compound_commands.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"
#include "ui/editor/wire_item.h"

#include <QApplication>
#include <QGraphicsLineItem>
#include <QPen>
#include <QUndoStack>

namespace headgate::ui {

using policy::Wire;

namespace {

bool isCutBy(const QPolygonF &points, const QLineF &cut)
{
    for (qsizetype i = 1; i < points.size(); ++i) {
        if (cut.intersects(QLineF(points[i - 1], points[i]), nullptr) ==
            QLineF::BoundedIntersection)
            return true;
    }
    return false;
}

} // namespace

SliceGesture::~SliceGesture()
{
    delete m_line;
}

bool SliceGesture::press(const Pointer &pointer)
{
    if (pointer.button != Qt::LeftButton || !(pointer.modifiers & Qt::AltModifier))
        return false;
    m_from = pointer.scene;
    m_start = pointer.viewport;
    return true;
}

void SliceGesture::move(const Pointer &pointer)
{
    if (!m_line) {
        if ((pointer.viewport - m_start).manhattanLength() < QApplication::startDragDistance())
            return;
        QPen pen(m_canvas.scene.theme().color(Token::Bad), 2, Qt::DashLine, Qt::RoundCap);
        pen.setCosmetic(true);
        m_line = m_canvas.scene.addLine({}, pen);
        m_line->setZValue(10);
    }
    const QLineF cut(m_from, pointer.scene);
    m_line->setLine(cut);
    mark(crossed(cut));
}

QList<Wire> SliceGesture::crossed(const QLineF &cut)
{
    QList<Wire> wires;
    const QRectF around = QRectF(cut.p1(), cut.p2()).normalized().adjusted(-1, -1, 1, 1);
    for (const WireItem *wire : m_canvas.scene.wiresInOrder()) {
        if (!wire->isFolded() && wire->boundingRect().intersects(around) &&
            isCutBy(wire->points(), cut))
            wires.append(wire->wire());
    }
    return wires;
}

void SliceGesture::mark(const QList<Wire> &wires)
{
    for (const Wire &wire : std::as_const(m_cut)) {
        WireItem *item = m_canvas.scene.wireItem(wire);
        if (item && !wires.contains(wire))
            item->setLifted(false);
    }
    for (const Wire &wire : wires) {
        if (WireItem *item = m_canvas.scene.wireItem(wire))
            item->setLifted(true);
    }
    m_cut = wires;
}

void SliceGesture::release(const Pointer &)
{
    const QList<Wire> cut = m_cut;
    dropLine();
    if (auto command = removeCommand(m_canvas.editor, {}, cut))
        m_canvas.undo.push(command.release());
}

void SliceGesture::cancel()
{
    dropLine();
}

void SliceGesture::dropLine()
{
    mark({});
    delete m_line;
    m_line = nullptr;
}

} // namespace headgate::ui
