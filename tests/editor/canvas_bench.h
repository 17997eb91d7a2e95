#pragma once

#include "tests/editor/editor_fixture.h"

#include "ui/common/theme.h"
#include "ui/editor/canvas_action_list.h"
#include "ui/editor/node_item.h"
#include "ui/editor/palette_model.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"
#include "ui/editor/port_item.h"
#include "ui/editor/wire_item.h"

#include <QApplication>
#include <QLabel>
#include <QMimeData>
#include <QPointingDevice>
#include <QTest>

namespace headgate::test {

using namespace Qt::StringLiterals;
using ui::PolicyScene;
using ui::PolicyView;
using ui::Theme;

// The real canvas over a real document, at 100 % with the drawing in view.
struct Bench
{
    explicit Bench(const policy::PolicyDocument &document = test::cascade())
        : editor(document)
        , scene(editor, theme)
        , view(scene, editor, undo)
    {
        view.resize(1300, 700);
        view.show();
        activate();
        view.centerOn(500, 150);
    }

    void activate()
    {
        QApplication::setActiveWindow(&view);
        view.setFocus();
    }
    QPoint at(QPointF scenePlace) const { return view.mapFromScene(scenePlace); }
    QPoint onCard(const char *node) const
    {
        return at(scene.nodeItem(id(node))->scenePos() + QPointF(90, 20));
    }
    QPoint outPort(const char *node, const QString &port) const
    {
        return at(scene.nodeItem(id(node))->outPort(port)->scenePos());
    }
    QPoint inPort(const char *node) const
    {
        return at(scene.nodeItem(id(node))->inPort()->scenePos());
    }
    void press(QPoint place, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mousePress(view.viewport(), Qt::LeftButton, modifiers, place);
    }
    void move(QPoint place, Qt::KeyboardModifiers modifiers = {})
    {
        QMouseEvent event(QEvent::MouseMove, place, view.viewport()->mapToGlobal(place),
                          Qt::NoButton, Qt::LeftButton, modifiers);
        QApplication::sendEvent(view.viewport(), &event);
    }
    void release(QPoint place, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, modifiers, place);
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {})
    {
        press(from, modifiers);
        move((from + to) / 2, modifiers);
        move(to, modifiers);
        release(to, modifiers);
    }
    // What a drag from the palette ends with.
    void dropKind(const QString &kind, QPoint place, bool dropped = true)
    {
        QMimeData data;
        data.setData(ui::kindMimeType(), kind.toUtf8());
        QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(view.viewport(), &enter);
        QDragMoveEvent over(place, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(view.viewport(), &over);
        if (!dropped)
            return;
        QDropEvent drop(place, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(view.viewport(), &drop);
    }
    void turnWheel(QPoint place, int angle, Qt::KeyboardModifiers modifiers = {},
                   const QPointingDevice *device = QPointingDevice::primaryPointingDevice())
    {
        QWheelEvent event(place, view.viewport()->mapToGlobal(place), {}, {0, angle}, Qt::NoButton,
                          modifiers, Qt::NoScrollPhase, false, Qt::MouseEventNotSynthesized,
                          device);
        QApplication::sendEvent(view.viewport(), &event);
    }
    std::optional<policy::NodeId> target(const char *node, const QString &port) const
    {
        return editor.document().target(id(node), port);
    }
    QString hint() const
    {
        const auto *label = view.findChild<QLabel *>(u"canvasHint"_s);
        return label->isVisible() ? label->text() : QString();
    }

    Theme theme;
    policy::PolicyEditor editor;
    QUndoStack undo;
    PolicyScene scene;
    PolicyView view;
};

} // namespace headgate::test
