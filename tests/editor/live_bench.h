#pragma once

#include "tests/editor/editor_fixture.h"
#include "tests/editor/fake_records.h"

#include "ui/common/theme.h"
#include "ui/editor/build_page.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"
#include "ui/editor/wire_item.h"

#include <QAbstractButton>
#include <QLabel>
#include <QMenu>
#include <QTabWidget>
#include <QTest>

namespace headgate::test {

using namespace Qt::StringLiterals;
using namespace headgate::ui;

// The real page over real records of made-up runs.
struct Bench
{
    explicit Bench(const policy::PolicyDocument &document = test::cascade())
        : editor(document)
        , page(theme, editor, undo)
    {
        page.useRecords(records);
        page.resize(1400, 900);
        page.show();
        page.activateWindow();
        QCoreApplication::processEvents();
    }

    template<typename Widget>
    Widget *find(const QString &name) const
    {
        return page.findChild<Widget *>(name);
    }
    QString text(const QString &label) const { return find<QLabel>(label)->text(); }
    void click(const QString &button) const
    {
        QTest::mouseClick(find<QAbstractButton>(button), Qt::LeftButton);
    }
    void showTab(const QString &name) const
    {
        auto *tabs = find<QTabWidget>(u"problems"_s);
        for (int tab = 0; tab < tabs->count(); ++tab) {
            if (tabs->tabText(tab).startsWith(name))
                tabs->setCurrentIndex(tab);
        }
    }
    NodeState state(const char *node) { return page.scene().overlay().node(id(node)).state; }
    bool isLit(const char *from, const QString &port)
    {
        return page.scene().overlay().isLit(id(from), port);
    }
    WireItem *wire(const char *from, const QString &port)
    {
        for (WireItem *item : page.scene().wiresInOrder()) {
            if (item->wire().from == id(from) && item->wire().port == port)
                return item;
        }
        return nullptr;
    }
    void chooseFlow(const QString &text) const
    {
        for (QAction *action : find<QMenu>(u"flowMenu"_s)->actions()) {
            if (action->text() == text)
                action->trigger();
        }
    }
    double threshold() const
    {
        return editor.document().node(id("g"))->config["threshold"].get<double>();
    }
    // Of the line in the card, on the view.
    QPoint lineAt(double threshold)
    {
        const NodeItem *gate = page.scene().nodeItem(id("g"));
        const QRectF area = gate->scoresArea().translated(gate->pos());
        return page.view().mapFromScene(
            QPointF(area.left() + area.width() * threshold, area.center().y()));
    }
    void mouse(QEvent::Type type, QPoint at)
    {
        const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
        const Qt::MouseButtons held =
            type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
        QMouseEvent event(type, at, page.view().viewport()->mapToGlobal(at), button, held, {});
        QCoreApplication::sendEvent(page.view().viewport(), &event);
    }

    Theme theme;
    policy::PolicyEditor editor;
    QUndoStack undo;
    test::FakeRecords records;
    BuildPage page;
};

} // namespace headgate::test
