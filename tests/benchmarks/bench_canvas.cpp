// What a frame of the canvas costs at 1600 x 1000 on the raster engine, what a move of a dragged
// node costs until it is on the screen, and how long a large policy takes to open. Each beside two
// references of the same run: a blit of the whole viewport, and a stock graphics view with as many
// bare rectangles and lines as there are nodes and wires in the drawing.

#include "core/policy/policy_format.h"
#include "tests/editor/large_policy.h"
#include "ui/common/theme.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"

#include <QApplication>
#include <QGraphicsRectItem>
#include <QMouseEvent>
#include <QPainter>
#include <QUndoStack>

#include <algorithm>
#include <chrono>
#include <cstdio>

using namespace headgate;
using namespace headgate::ui;

namespace {

constexpr QSize kViewport(1600, 1000);
constexpr int kFrames = 60;

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

struct Times
{
    QList<double> values;

    double at(double part) const
    {
        QList<double> sorted = values;
        std::sort(sorted.begin(), sorted.end());
        return sorted[qBound(qsizetype(0), qsizetype(part * double(sorted.size())),
                             sorted.size() - 1)];
    }
    double median() const { return at(0.5); }
};

template<typename Work>
Times measure(int count, Work work)
{
    Times times;
    for (int i = 0; i < count; ++i) {
        const auto start = Clock::now();
        work(i);
        times.values.append(millisecondsSince(start));
    }
    return times;
}

double g_blit = 1;  // reference
double g_stock = 1; // reference

void print(const char *what, const Times &times)
{
    std::printf("  %-46s median %7.2f  95%% %7.2f  worst %7.2f ms   x blit %6.1f   x stock %5.2f\n",
                what, times.median(), times.at(0.95), times.at(1), times.median() / g_blit,
                times.median() / g_stock);
}

class Blit final : public QWidget
{
public:
    Blit()
    {
        setAttribute(Qt::WA_OpaquePaintEvent);
        m_pixmap.fill(Qt::white);
    }

protected:
    void paintEvent(QPaintEvent *) override { QPainter(this).drawPixmap(0, 0, m_pixmap); }

private:
    QPixmap m_pixmap{kViewport};
};

void settle()
{
    for (int i = 0; i < 40; ++i) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        QCoreApplication::sendPostedEvents();
    }
}

double blitReference()
{
    Blit widget;
    widget.resize(kViewport);
    widget.show();
    settle();
    return measure(kFrames, [&](int) { widget.repaint(); }).median();
}

double stockReference(const policy::PolicyDocument &document)
{
    QGraphicsScene scene;
    QHash<policy::NodeId, QPointF> places;
    for (const policy::Node &node : document.nodes) {
        scene.addRect(QRectF(node.at, QSizeF(180, 80)));
        places.insert(node.id, node.at);
    }
    for (const policy::Wire &wire : document.wires)
        scene.addLine(
            QLineF(places[wire.from] + QPointF(180, 30), places[wire.to] + QPointF(0, 30)));
    QGraphicsView view(&scene);
    view.resize(kViewport);
    view.show();
    view.fitInView(scene.itemsBoundingRect(), Qt::KeepAspectRatio);
    settle();
    return measure(kFrames, [&](int) { view.viewport()->repaint(); }).median();
}

struct Desk
{
    explicit Desk(const policy::PolicyDocument &document)
        : editor(document)
        , scene(editor, theme)
        , view(scene, editor, undo)
    {
        view.resize(kViewport);
        view.show();
        settle();
    }

    void pan(const char *what)
    {
        const auto way = [](int i) { return i / 10 % 2 ? QPoint(-13, -7) : QPoint(13, 7); };
        QByteArray name = QByteArray(what) + ": pan, whole frame anew";
        print(name.constData(), measure(kFrames, [&](int i) {
                  view.scrollBy(way(i));
                  view.viewport()->repaint();
              }));
        name = QByteArray(what) + ": pan, as the window does";
        print(name.constData(), measure(kFrames, [&](int i) {
                  view.scrollBy(way(i));
                  QCoreApplication::sendPostedEvents();
                  QCoreApplication::processEvents();
              }));
    }

    void zoomFrom(double start, double factor, int steps, const char *what)
    {
        view.setZoom(start);
        settle();
        const QPoint middle = view.viewport()->rect().center();
        print(what, measure(steps, [&](int) {
                  view.zoomAt(middle, factor);
                  view.viewport()->repaint();
              }));
        const QByteArray after = QByteArray(what) + ", frames after";
        print(after.constData(), measure(12, [&](int) { view.viewport()->repaint(); }));
    }

    void drag(const char *what)
    {
        const policy::NodeId id{QStringLiteral("n10_10")};
        view.reveal(id);
        settle();
        QPoint at = view.mapFromScene(scene.nodeItem(id)->place().center());
        const auto send = [&](QEvent::Type type, Qt::MouseButton button, Qt::MouseButtons held) {
            QMouseEvent event(type, at, view.viewport()->mapToGlobal(at), button, held,
                              Qt::ShiftModifier); // no snapping: every move is one
            QCoreApplication::sendEvent(view.viewport(), &event);
        };
        send(QEvent::MouseButtonPress, Qt::LeftButton, Qt::LeftButton);
        at += QPoint(40, 30);
        send(QEvent::MouseMove, Qt::NoButton, Qt::LeftButton);
        settle();
        print(what, measure(kFrames, [&](int i) {
                  at += i / 10 % 2 ? QPoint(-6, -4) : QPoint(6, 4);
                  send(QEvent::MouseMove, Qt::NoButton, Qt::LeftButton);
                  QCoreApplication::sendPostedEvents();
                  QCoreApplication::processEvents();
              }));
        send(QEvent::MouseButtonRelease, Qt::LeftButton, Qt::NoButton);
        settle();
    }

    // The steps of gestures and edits that look at the whole document.
    void edit()
    {
        const policy::NodeId id{QStringLiteral("n10_10")};
        view.reveal(id);
        settle();
        const NodeItem *item = scene.nodeItem(id);
        const QPoint port = view.mapFromScene(item->outPorts().first()->scenePos());
        const auto send = [&](QEvent::Type type, QPoint at, Qt::MouseButton button,
                              Qt::KeyboardModifiers modifiers = {}) {
            QMouseEvent event(type, at, view.viewport()->mapToGlobal(at), button, Qt::LeftButton,
                              modifiers);
            QCoreApplication::sendEvent(view.viewport(), &event);
        };
        print("begin a wire, move it, let it go", measure(10, [&](int) {
                  send(QEvent::MouseButtonPress, port, Qt::LeftButton);
                  send(QEvent::MouseMove, port + QPoint(20, 20), Qt::NoButton);
                  view.cancelOrClear();
              }));
        const QPoint open = view.mapFromScene(item->place().bottomLeft() + QPointF(-30, 20));
        send(QEvent::MouseButtonPress, open, Qt::LeftButton, Qt::AltModifier);
        print("move a cutting line", measure(kFrames, [&](int i) {
                  send(QEvent::MouseMove, open + QPoint(300 + i, 200), Qt::NoButton,
                       Qt::AltModifier);
              }));
        view.cancelOrClear();
        print("select all, then nothing", measure(10, [&](int) {
                  view.actions().selectAll();
                  scene.clearSelection();
              }));
        scene.select({id});
        print("duplicate a node",
              measure(10, [&](int) { (void)view.actions().duplicateSelection(); }));
        print("undo it", measure(10, [&](int) { undo.undo(); }));
        scene.select({id});
        print("delete a node and reconnect, undo", measure(10, [&](int) {
                  view.actions().removeAndReconnect();
                  undo.undo();
              }));
        settle();
    }

    // As replayed cases show it: every other wire and node is taken, the others are hatched.
    void cover()
    {
        DrawingCoverage coverage;
        coverage.cases = 1000;
        coverage.origin = QStringLiteral("a benchmark");
        qint64 place = 0;
        for (const policy::Wire &wire : editor.document().wires)
            coverage.wires.insert({wire.from, wire.port}, ++place % 2 * 500);
        for (const policy::Node &node : editor.document().nodes)
            coverage.nodes.insert(node.id, ++place % 2 * 500);
        print("show the coverage of all", measure(1, [&](int) {
                  scene.setCoverage(coverage);
                  view.viewport()->repaint();
              }));
        print("show another coverage", measure(10, [&](int i) {
                  for (qint64 &cases : coverage.wires)
                      cases = cases > 0 ? 0 : 400 + i;
                  scene.setCoverage(coverage);
                  view.viewport()->repaint();
              }));
    }

    Theme theme;
    policy::PolicyEditor editor;
    QUndoStack undo;
    PolicyScene scene;
    PolicyView view;
};

void measureOpening(const policy::PolicyDocument &document)
{
    const QByteArray text = policy::formatPolicy(document);
    const double parsing =
        measure(5, [&](int) { Json::parse(text.begin(), text.end()).size(); }).median();
    Times parts[3];
    const Times opening = measure(5, [&](int) {
        auto start = Clock::now();
        const auto step = [&start](Times &times) {
            times.values.append(millisecondsSince(start));
            start = Clock::now();
        };
        auto parsed = policy::parsePolicy(text);
        step(parts[0]);
        Theme theme;
        policy::PolicyEditor editor(std::move(parsed->document));
        QUndoStack undo;
        PolicyScene scene(editor, theme);
        PolicyView view(scene, editor, undo);
        view.resize(kViewport);
        step(parts[1]);
        view.show();
        view.fitAll();
        view.viewport()->repaint();
        step(parts[2]);
    });
    std::printf("  opening: read %.1f, build %.1f, show and paint %.1f, with tear-down %.1f ms   "
                "x bare JSON parsing (%.1f ms) %.1f\n",
                parts[0].median(), parts[1].median(), parts[2].median(), opening.median(), parsing,
                opening.median() / parsing);
}

void measureAll(int columns, int rows)
{
    const policy::PolicyDocument document = test::largePolicy(columns, rows);
    g_stock = stockReference(document);
    std::printf("%lld nodes, %lld wires; stock view with bare rectangles and lines %.2f ms\n",
                qlonglong(document.nodes.size()), qlonglong(document.wires.size()), g_stock);
    measureOpening(document);
    Desk canvas(document);
    canvas.view.fitAll();
    settle();
    canvas.pan("all in view");
    canvas.drag("all in view: move of a dragged node");
    for (const int percent : {25, 40, 65, 100, 200}) {
        canvas.view.setZoom(percent / 100.0);
        canvas.view.reveal({QStringLiteral("n5_5")});
        settle();
        canvas.pan(qPrintable(QStringLiteral("%1 %").arg(percent)));
    }
    canvas.view.setZoom(1);
    canvas.drag("100 %: move of a dragged node");
    canvas.edit();
    canvas.zoomFrom(0.12, 1.08, 20, "zoom in from 12 % to 56 %");
    canvas.zoomFrom(0.5, 1.08, 20, "zoom in from 50 % to 233 %");
    canvas.zoomFrom(1.2, 1 / 1.08, 20, "zoom out from 120 % to 26 %");
    canvas.view.setZoom(1);
    settle();
    canvas.cover();
    canvas.pan("100 % with coverage");
    canvas.view.fitAll();
    settle();
    canvas.pan("all in view with coverage");
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    g_blit = blitReference();
    std::printf("reference: a pixmap of the whole viewport is drawn in %.2f ms\n", g_blit);
    measureAll(25, 20);
    measureAll(50, 40);
    return 0;
}
