#include "tests/workbench/shown_window.h"

#include "ui/common/query_service.h"
#include "ui/editor/build_page.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"

#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTreeView>

using namespace headgate;
using namespace headgate::workbench;
using namespace Qt::StringLiterals;
using test::ShownWindow;

// Walk-throughs of the workbench by keyboard alone: nothing here touches a mouse.
class TestKeyboardWalkthroughs final : public QObject
{
    Q_OBJECT

private:
    static QString focusName()
    {
        return QApplication::focusWidget() ? QApplication::focusWidget()->objectName() : QString();
    }

    static bool tabTo(ShownWindow &shown, const QString &name)
    {
        for (int i = 0; i < 60 && focusName() != name; ++i)
            shown.press(Qt::Key_Tab);
        return focusName() == name;
    }

    static bool goTo(ShownWindow &shown, const QString &what)
    {
        shown.press(Qt::Key_K, Qt::ControlModifier);
        if (!QApplication::activePopupWidget())
            return false;
        shown.type(what);
        shown.press(Qt::Key_Return);
        shown.wake();
        return !QApplication::activePopupWidget();
    }

    static const policy::Node *nodeCalled(const ShownWindow &shown, const QString &title)
    {
        for (const policy::Node &node : shown.document().nodes) {
            if (node.title == title)
                return &node;
        }
        return nullptr;
    }

    static QString outlineText(const QAbstractItemModel &model, const QModelIndex &parent = {})
    {
        QString text;
        for (int row = 0; row < model.rowCount(parent); ++row) {
            const QModelIndex index = model.index(row, 0, parent);
            text +=
                index.data(Qt::AccessibleTextRole).toString() + u'\n' + outlineText(model, index);
        }
        return text;
    }

private Q_SLOTS:
    // 2. Ask: streams, path lights up, header complete, trace filled.
    void askAndFollowTheAnswer()
    {
        ShownWindow shown;
        shown.press(Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(shown.window->mode(), Mode::Ask);
        QCOMPARE(focusName(), u"prompt"_s);
        QSignalSpy finished(&shown.window->queries(), &ui::QueryService::finished);
        QSignalSpy recorded(&shown.window->queries(), &ui::QueryService::recorded);
        QSignalSpy events(&shown.window->queries(), &ui::QueryService::event);
        shown.type(u"What is the capital of France?"_s);
        shown.press(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(shown.window->queries().isRunning());
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(recorded.size(), 1, 30'000);
        QVERIFY(events.size() > 3);
        shown.settle();
        const auto *answer = shown.visibleChild<QWidget>(u"answer"_s);
        QVERIFY(answer);
        // The trace is reached by the key that steps through panes, and read with arrows.
        for (int i = 0; i < 6 && focusName() != u"traceTree"_s; ++i)
            shown.press(Qt::Key_F6);
        QCOMPARE(focusName(), u"traceTree"_s);
        auto *trace = shown.visibleChild<QTreeView>(u"traceTree"_s);
        QVERIFY(trace->model()->rowCount() >= 3);
        shown.press(Qt::Key_Home);
        const QModelIndex first = trace->currentIndex();
        shown.press(Qt::Key_Down);
        QVERIFY(trace->currentIndex().isValid() && trace->currentIndex() != first);
        QVERIFY(!shown.visibleChild<QLabel>(u"hopTitle"_s)->text().isEmpty());
        // The drawing shows the way that was taken.
        shown.press(Qt::Key_2, Qt::ControlModifier);
        const auto &overlay = shown.build().scene().overlay();
        QVERIFY(!overlay.isEmpty());
    }

    // 4. Move the threshold: shares and cost follow, no calls, one undo restores.
    void moveTheThreshold()
    {
        ShownWindow shown;
        QSignalSpy recorded(&shown.window->queries(), &ui::QueryService::recorded);
        shown.press(Qt::Key_F5);
        QTRY_COMPARE_WITH_TIMEOUT(recorded.size(), 1, 30'000);
        const policy::PolicyDocument before = shown.document();
        QSignalSpy started(&shown.window->queries(), &ui::QueryService::started);
        QVERIFY(goTo(shown, u"Gate 1"_s));
        QCOMPARE(focusName(), u"policyView"_s);
        shown.press(Qt::Key_Return);
        QCOMPARE(focusName(), u"edit_title"_s);
        QVERIFY(tabTo(shown, u"edit_threshold"_s));
        auto *edit = shown.visibleChild<QLineEdit>(u"edit_threshold"_s);
        const double old = edit->text().toDouble();
        shown.press(Qt::Key_Down);
        shown.press(Qt::Key_Down);
        QVERIFY(edit->text().toDouble() < old);
        const policy::Node *gate = nodeCalled(shown, u"Gate 1"_s);
        QCOMPARE(gate->config["threshold"].get<double>(), edit->text().toDouble());
        const auto *tree = shown.visibleChild<QTreeView>(u"outlineTree"_s);
        QVERIFY(outlineText(*tree->model()).contains(u"≥ "_s + edit->text()));
        // The one score on record lies between 0 and 1: the gate lets all through, then none.
        QTRY_VERIFY(shown.visibleChild<QLabel>(u"scoreCount"_s));
        QCOMPARE(shown.visibleChild<QLabel>(u"scoreCount"_s)->text(), u"1"_s);
        edit->selectAll();
        shown.type(u"0"_s);
        const auto *escalated = shown.visibleChild<QLabel>(u"escalatedShare"_s);
        const auto *cost = shown.visibleChild<QLabel>(u"costPerThousand"_s);
        QCOMPARE(escalated->text(), u"0 % escalate"_s);
        const QString cheap = cost->text();
        edit->selectAll();
        shown.type(u"1"_s);
        QCOMPARE(escalated->text(), u"100 % escalate"_s);
        QVERIFY(cost->text() != cheap);
        QCOMPARE(shown.window->session().undoStack().count(), 1);
        shown.press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(shown.document(), before);
        QCOMPARE(edit->text().toDouble(), old);
        QCOMPARE(started.size(), 0);
    }

    // 6. Add, connect, move, delete with healing; the outline agrees.
    void buildByKeys()
    {
        ShownWindow shown;
        const policy::PolicyDocument before = shown.document();
        const auto *tree = shown.visibleChild<QTreeView>(u"outlineTree"_s);
        QVERIFY(goTo(shown, u"Finch-mini"_s));
        const policy::NodeId finch = nodeCalled(shown, u"Finch-mini"_s)->id;
        const policy::NodeId gate = *shown.document().target(finch, u"answer"_s);
        shown.press(Qt::Key_A);
        shown.type(u"gate"_s);
        shown.press(Qt::Key_Return);
        shown.wake();
        const policy::Node added = shown.document().nodes.last();
        QCOMPARE(added.kind, u"gate"_s);
        QVERIFY(outlineText(*tree->model()).contains(added.title));
        // From the model to the new gate, and on from there, each by the list.
        QVERIFY(goTo(shown, u"Finch-mini"_s));
        shown.press(Qt::Key_C);
        QVERIFY(QApplication::activePopupWidget());
        // Its first port is wired already: that one is chosen, and its wire moves.
        auto *ports = shown.window->findChild<QComboBox *>(u"connectPort"_s);
        while (ports->currentIndex() > 0)
            shown.press(Qt::Key_Left);
        shown.type(added.title);
        shown.press(Qt::Key_Return);
        shown.wake();
        QCOMPARE(shown.document().target(finch, u"answer"_s), std::optional(added.id));
        const QString gateTitle = shown.document().node(gate)->title;
        QVERIFY(goTo(shown, added.title));
        shown.press(Qt::Key_C);
        shown.type(gateTitle);
        shown.press(Qt::Key_Return);
        shown.wake();
        QCOMPARE(shown.document().target(added.id, u"accept"_s), std::optional(gate));
        const QModelIndex row = tree->currentIndex();
        QCOMPARE(row.data().toString(), added.title);
        QCOMPARE(row.parent().data().toString(), u"Finch-mini"_s);
        // Move, then delete so that the wires close up again.
        const QPointF place = shown.document().node(added.id)->at;
        shown.press(Qt::Key_Down, Qt::ControlModifier);
        QVERIFY(shown.document().node(added.id)->at.y() > place.y());
        shown.press(Qt::Key_Delete, Qt::ControlModifier);
        shown.settle();
        QVERIFY(!shown.document().node(added.id));
        QCOMPARE(shown.document().target(finch, u"answer"_s), std::optional(gate));
        QVERIFY(!outlineText(*tree->model()).contains(added.title));
        while (shown.window->session().undoStack().canUndo())
            shown.press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(shown.document(), before);
    }

    // 17. Ctrl+K "sav": mode, files and actions listed; Enter goes there.
    void goToAnything()
    {
        ShownWindow shown;
        const QString path = shown.folder.filePath(u"saved-policy.headgate"_s);
        QVERIFY(QFile::copy(u":/headgate/policies/failover-pair.headgate"_s, path));
        shown.settings.addRecentFile(path);
        shown.press(Qt::Key_K, Qt::ControlModifier);
        shown.type(u"sav"_s);
        const auto *list = shown.window->findChild<QListView *>(u"commandList"_s);
        QString listed;
        for (int row = 0; row < list->model()->rowCount(); ++row)
            listed += list->model()->index(row, 0).data(Qt::AccessibleTextRole).toString() + u'\n';
        QVERIFY2(listed.contains(u"Savings, Mode, Ctrl+6"_s), qPrintable(listed));
        QVERIFY2(listed.contains(u"saved-policy.headgate"_s), qPrintable(listed));
        QVERIFY2(listed.contains(u"Save, File, Command, Ctrl+S"_s), qPrintable(listed));
        shown.press(Qt::Key_Return);
        QCOMPARE(shown.window->mode(), Mode::Savings);
        QVERIFY(goTo(shown, u"saved-pol"_s));
        QCOMPARE(shown.window->mode(), Mode::Build);
        QCOMPARE(shown.window->session().path(), path);
        // Esc goes nowhere.
        shown.press(Qt::Key_K, Qt::ControlModifier);
        shown.press(Qt::Key_Escape);
        QVERIFY(!QApplication::activePopupWidget());
        QCOMPARE(shown.window->mode(), Mode::Build);
        // A model of the policy, a setting, and commands only.
        const QString model = shown.document().models.first().name;
        shown.press(Qt::Key_K, Qt::ControlModifier);
        shown.type(model);
        const auto *search = shown.window->findChild<QLineEdit *>(u"commandSearch"_s);
        for (int i = 0; i < 9 && !search->accessibleDescription().endsWith(u", Model"_s); ++i)
            shown.press(Qt::Key_Down);
        shown.press(Qt::Key_Return);
        shown.wake();
        QCOMPARE(focusName(), u"edit_name"_s);
        QVERIFY(goTo(shown, u"colours dark"_s));
        QVERIFY(shown.theme.isDark());
        QCOMPARE(shown.settings.get(ui::settings::kScheme), u"dark"_s);
        shown.press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        shown.type(u"ask"_s);
        for (int row = 0; row < list->model()->rowCount(); ++row)
            QVERIFY(!list->model()
                         ->index(row, 0)
                         .data(Qt::AccessibleTextRole)
                         .toString()
                         .contains(u"Mode"_s));
        shown.press(Qt::Key_Escape);
    }

    void everyPaneOfTheDrawingIsReachedByOneKey()
    {
        ShownWindow shown;
        QStringList reached;
        for (int i = 0; i < 6; ++i) {
            shown.press(Qt::Key_F6);
            reached.append(focusName());
        }
        for (const QString &name : {u"paletteSearch"_s, u"outlineTree"_s, u"policyView"_s})
            QVERIFY2(reached.contains(name), qPrintable(reached.join(u", "_s)));
    }

    void theKeysCanBeReadAndChanged()
    {
        ShownWindow shown;
        shown.press(Qt::Key_F1);
        auto *sheet = shown.window->findChild<QDialog *>(u"keysSheet"_s);
        QVERIFY(sheet && sheet->isVisible());
        bool found = false;
        for (const QLabel *label : sheet->findChildren<QLabel *>())
            found |= label->text() == u"Ctrl+K"_s;
        QVERIFY(found);
        QTest::keyClick(sheet, Qt::Key_Escape);
        shown.press(Qt::Key_Slash, Qt::ControlModifier);
        auto *dialog = shown.window->findChild<QDialog *>(u"shortcutsDialog"_s);
        QVERIFY(dialog && dialog->isVisible());
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"shortcutSearch"_s), u"go to any"_s);
        QTest::keyClick(dialog->findChild<QWidget *>(u"shortcutKeys"_s), Qt::Key_J,
                        Qt::ControlModifier);
        QTest::keyClick(dialog, Qt::Key_Escape);
        shown.press(Qt::Key_J, Qt::ControlModifier);
        QVERIFY(QApplication::activePopupWidget());
        shown.press(Qt::Key_Escape);
    }
};

QTEST_MAIN(TestKeyboardWalkthroughs)
#include "tst_keyboard_walkthroughs.moc"
