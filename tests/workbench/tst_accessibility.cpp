#include "tests/workbench/opened_outcomes.h"
#include "tests/workbench/shown_window.h"

#include "ui/common/announcer.h"
#include "ui/common/panes.h"
#include "ui/common/query_service.h"
#include "ui/editor/build_page.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QFormLayout>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>

using namespace headgate;
using namespace headgate::workbench;
using namespace Qt::StringLiterals;
using test::ShownWindow;

namespace {

// Parts that Qt puts into its own widgets are named by them.
bool isInside(const QWidget *widget)
{
    return widget->objectName().startsWith(u"qt_"_s) || widget->inherits("QTableCornerButton") ||
           widget->inherits("QLineEditIconButton") || widget->inherits("QHeaderView") ||
           widget->inherits("QScrollBar") || widget->inherits("QComboBoxPrivateContainer") ||
           widget->inherits("QComboBoxListView") ||
           (widget->parentWidget() && widget->parentWidget()->inherits("QTabBar"));
}

bool isControl(const QWidget *widget)
{
    return qobject_cast<const QAbstractButton *>(widget) ||
           qobject_cast<const QComboBox *>(widget) ||
           qobject_cast<const QAbstractSpinBox *>(widget) ||
           qobject_cast<const QAbstractSlider *>(widget) ||
           qobject_cast<const QLineEdit *>(widget) ||
           qobject_cast<const QPlainTextEdit *>(widget) ||
           qobject_cast<const QAbstractItemView *>(widget) ||
           qobject_cast<const QDialog *>(widget) || qobject_cast<const QTabBar *>(widget) ||
           (widget->focusPolicy() & Qt::TabFocus && !widget->focusProxy());
}

QString nameOf(const QWidget *widget)
{
    QAccessibleInterface *face =
        QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
    return face ? face->text(QAccessible::Name) : QString();
}

QString described(const QWidget *widget)
{
    QStringList path;
    for (const QWidget *each = widget; each && path.size() < 4; each = each->parentWidget())
        path.prepend(QLatin1StringView(each->metaObject()->className()) + u' ' +
                     each->objectName());
    return path.join(u" > "_s);
}

// What a screen reader needs of each widget below the root, shown or not.
QStringList faultsBelow(const QWidget *root)
{
    QStringList faults;
    QList<const QWidget *> widgets{root};
    for (const QWidget *widget : root->findChildren<QWidget *>())
        widgets.append(widget);
    for (const QWidget *widget : std::as_const(widgets)) {
        if (isInside(widget) || !isControl(widget))
            continue;
        if (nameOf(widget).isEmpty())
            faults.append(u"no name: "_s + described(widget));
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        if (button && button->text().isEmpty() && button->toolTip().isEmpty())
            faults.append(u"no tooltip: "_s + described(widget));
    }
    return faults;
}

bool isField(const QWidget *widget)
{
    if (!widget)
        return false;
    const QWidget *input = widget->focusProxy() ? widget->focusProxy() : widget;
    return qobject_cast<const QLineEdit *>(input) || qobject_cast<const QComboBox *>(input) ||
           qobject_cast<const QPlainTextEdit *>(input) ||
           qobject_cast<const QAbstractSpinBox *>(input);
}

// Labels that stand before a field in a form, a grid's row or a box, and do not belong to it.
QStringList labelsWithoutBuddy(const QWidget *root)
{
    QStringList faults;
    const auto check = [&faults](const QLayoutItem *before, const QLayoutItem *item) {
        const auto *label = before ? qobject_cast<const QLabel *>(before->widget()) : nullptr;
        if (label && !label->text().isEmpty() && item && isField(item->widget()) && !label->buddy())
            faults.append(u"“%1” has no buddy"_s.arg(label->text()));
    };
    for (const QLayout *layout : root->findChildren<QLayout *>()) {
        if (const auto *form = qobject_cast<const QFormLayout *>(layout)) {
            for (int row = 0; row < form->rowCount(); ++row)
                check(form->itemAt(row, QFormLayout::LabelRole),
                      form->itemAt(row, QFormLayout::FieldRole));
        } else if (const auto *grid = qobject_cast<const QGridLayout *>(layout)) {
            for (int row = 0; row < grid->rowCount(); ++row) {
                for (int column = 1; column < grid->columnCount(); ++column)
                    check(grid->itemAtPosition(row, column - 1), grid->itemAtPosition(row, column));
            }
        } else if (qobject_cast<const QHBoxLayout *>(layout)) {
            for (int i = 1; i < layout->count(); ++i)
                check(layout->itemAt(i - 1), layout->itemAt(i));
        }
    }
    return faults;
}

// Those that Tab reaches below a widget, in its order.
QList<QWidget *> tabOrder(QWidget *root)
{
    QList<QWidget *> order;
    QWidget *widget = root;
    do {
        if (root->isAncestorOf(widget) && widget->isVisible() && widget->isEnabled() &&
            widget->focusPolicy() & Qt::TabFocus && !widget->focusProxy() && !isInside(widget))
            order.append(widget);
        widget = widget->nextInFocusChain();
    } while (widget != root);
    return order;
}

QRect placeOf(const QWidget *widget)
{
    return {widget->mapToGlobal(QPoint()), widget->size()};
}

const QList<Mode> kModes{Mode::Home, Mode::Build, Mode::Ask, Mode::Evaluate, Mode::Savings};

} // namespace

class TestAccessibility final : public QObject
{
    Q_OBJECT

private:
    // Each look that a mode can have: with nothing, one, several nodes and a wire selected.
    static void visitLooks(ShownWindow &shown, const std::function<void(const QString &)> &visit)
    {
        for (const Mode mode : kModes) {
            shown.window->setMode(mode);
            shown.settle();
            visit(u"mode %1"_s.arg(int(mode)));
        }
        test::openTellingOutcomes(*shown.window, shown.folder.path());
        shown.settle();
        visit(u"outcomes"_s);
        auto &scene = shown.build().scene();
        QList<policy::NodeId> all;
        for (const policy::Node &node : shown.document().nodes) {
            scene.select({node.id});
            shown.settle();
            visit(u"node "_s + node.title);
            all.append(node.id);
        }
        scene.select(all);
        shown.settle();
        visit(u"all nodes"_s);
        scene.select({});
        shown.settle();
    }

    static void visitDialogs(ShownWindow &shown, const std::function<void(QWidget *)> &visit)
    {
        // So that there is a form among the providers.
        test::put(
            shown.options().providersPath,
            "{\"local\": {\"base_url\": \"http://127.0.0.1:1/v1\", \"key_in_keyring\": true}}");
        shown.show();
        for (const QString &id : {u"edit-settings"_s, u"edit-providers"_s,
                                  u"help-change-the-shortcuts"_s, u"help-keys-for-this-view"_s}) {
            shown.wake();
            shown.child<QAction>(id)->trigger();
            QDialog *dialog = nullptr;
            for (QDialog *each : shown.window->findChildren<QDialog *>()) {
                if (each->isVisible())
                    dialog = each;
            }
            QVERIFY2(dialog, qPrintable(id));
            visit(dialog);
            dialog->close();
            shown.settle();
        }
    }

private Q_SLOTS:
    void everyControlOfEveryModeHasANameAndIconButtonsATooltip()
    {
        ShownWindow shown;
        visitLooks(shown, [&](const QString &look) {
            const QStringList faults = faultsBelow(shown.window.get());
            QVERIFY2(faults.isEmpty(), qPrintable(look + u'\n' + faults.join(u'\n')));
        });
    }

    void everyFieldBelongsToItsLabel()
    {
        ShownWindow shown;
        visitLooks(shown, [&](const QString &look) {
            const QStringList faults = labelsWithoutBuddy(shown.window.get());
            QVERIFY2(faults.isEmpty(), qPrintable(look + u'\n' + faults.join(u'\n')));
        });
    }

    void dialogsAreNamedToo()
    {
        ShownWindow shown;
        visitDialogs(shown, [](QWidget *dialog) {
            const QStringList faults = faultsBelow(dialog) + labelsWithoutBuddy(dialog);
            QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
        });
    }

    void tabGoesInReadingOrderWithinEachPane()
    {
        ShownWindow shown;
        QStringList faults;
        visitLooks(shown, [&](const QString &look) {
            for (QWidget *pane : ui::panesOf(shown.window.get())) {
                const QList<QWidget *> order = tabOrder(pane);
                for (qsizetype i = 1; i < order.size(); ++i) {
                    const QRect before = placeOf(order[i - 1]);
                    const QRect next = placeOf(order[i]);
                    const bool goesUp = next.bottom() < before.top();
                    if (goesUp && next.left() < before.right())
                        faults.append(look + u": "_s + described(order[i - 1]) + u" -> "_s +
                                      described(order[i]));
                }
            }
        });
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

    void focusIsSeenOnEveryWidgetThatTakesIt()
    {
        ShownWindow shown;
        QStringList faults;
        QSet<QString> seen;
        visitLooks(shown, [&](const QString &) {
            for (QWidget *widget : tabOrder(shown.window.get())) {
                const QString kind = QLatin1StringView(widget->metaObject()->className()) + u' ' +
                                     widget->objectName() + widget->property("role").toString();
                if (seen.contains(kind) || widget->size().isEmpty())
                    continue;
                seen.insert(kind);
                widget->clearFocus();
                shown.settle();
                const QImage without = widget->grab().toImage();
                widget->setFocus(Qt::TabFocusReason);
                shown.settle();
                if (widget->grab().toImage() == without)
                    faults.append(described(widget));
            }
        });
        QVERIFY(seen.size() > 20);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

    void menusHaveMnemonicsOfTheirOwn()
    {
        ShownWindow shown;
        QStringList faults;
        QList<QList<QAction *>> menus{shown.window->menuBar()->actions()};
        while (!menus.isEmpty()) {
            QSet<QString> taken;
            for (const QAction *action : menus.takeFirst()) {
                if (action->menu())
                    menus.append(action->menu()->actions());
                const QKeySequence key = QKeySequence::mnemonic(action->text());
                if (key.isEmpty())
                    continue;
                if (taken.contains(key.toString()))
                    faults.append(action->text());
                taken.insert(key.toString());
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u", "_s)));
    }

    void noTwoActionsShareAShortcut()
    {
        ShownWindow shown;
        QHash<QString, QString> owners;
        QStringList faults;
        for (const QAction *action : shown.window->findChildren<QAction *>()) {
            if (action->shortcutContext() == Qt::WidgetShortcut)
                continue;
            for (const QKeySequence &keys : action->shortcuts()) {
                const QString key = keys.toString();
                if (owners.contains(key))
                    faults.append(u"%1: %2, %3"_s.arg(key, owners[key], action->text()));
                owners.insert(key, action->text());
            }
        }
        QVERIFY(owners.size() > 15);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

    void changesAreAnnounced()
    {
        ShownWindow shown;
        const auto *said = shown.window->findChild<ui::Announcer *>();
        QVERIFY(said);
        ui::BuildPage &build = shown.build();
        build.selectNode(shown.document().nodes.at(1).id);
        build.view().setFocus();
        QCOMPARE(build.scene().selectedNodes().size(), 1);
        const qsizetype nodes = shown.document().nodes.size();
        shown.press(Qt::Key_Delete);
        QCOMPARE(shown.document().nodes.size(), nodes - 1);
        QVERIFY2(said->text().startsWith(u"Delete"_s), qPrintable(said->text()));
        QCOMPARE(nameOf(said), said->text());
        shown.press(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY2(said->text().startsWith(u"Undone: Delete"_s), qPrintable(said->text()));
        QSignalSpy finished(&shown.window->queries(), &ui::QueryService::finished);
        QSignalSpy recorded(&shown.window->queries(), &ui::QueryService::recorded);
        shown.press(Qt::Key_F5);
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(recorded.size(), 1, 30'000);
        QVERIFY2(said->text().contains(u"finished"_s), qPrintable(said->text()));
    }
};

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
