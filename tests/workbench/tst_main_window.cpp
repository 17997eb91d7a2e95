#include "tests/workbench/shown_window.h"
#include "ui/common/card.h"
#include "ui/common/mode_bar.h"
#include "ui/common/status_tag.h"
#include "ui/editor/canvas_action_list.h"
#include "ui/editor/policy_view.h"
#include "ui/home/home_page.h"
#include "ui/savings/savings_page.h"

#include <QPushButton>
#include <QSignalSpy>

using namespace headgate;
using namespace headgate::test;
using namespace headgate::workbench;
using namespace Qt::StringLiterals;

class TestMainWindow final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensTheWorkedExampleSimulated()
    {
        ShownWindow shown;
        QVERIFY(shown.window->session().editor().document().nodes.size() > 4);
        QCOMPARE(shown.window->mode(), Mode::Build);
        QCOMPARE(shown.window->findChild<ui::StatusTag *>()->text(), u"SIMULATED"_s);
        QVERIFY(!shown.window->isWindowModified());
    }

    void howTheWheelTurnsIsKeptForEveryCanvas()
    {
        ShownWindow shown;
        auto *first = shown.window->findChild<ui::PolicyView *>();
        QVERIFY(!first->wheelScrolls());
        first->actionList().action("canvas.wheel_scrolls")->trigger();
        QVERIFY(shown.settings.get(ui::settings::kWheelScrolls));
        QTest::keyClick(shown.window.get(), Qt::Key_N, Qt::ControlModifier);
        const auto canvases = shown.window->findChildren<ui::PolicyView *>();
        QCOMPARE(canvases.size(), 2);
        for (ui::PolicyView *canvas : canvases)
            QVERIFY(canvas->wheelScrolls());
        canvases.last()->actionList().action("canvas.wheel_scrolls")->trigger();
        QVERIFY(!first->wheelScrolls());
        QVERIFY(!shown.settings.get(ui::settings::kWheelScrolls));
    }

    void modesFollowTheirKeys()
    {
        ShownWindow shown;
        QTest::keyClick(shown.window.get(), Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(shown.window->mode(), Mode::Home);
        QVERIFY(shown.window->findChild<ui::HomePage *>()->isVisible());
        QTest::keyClick(shown.window.get(), Qt::Key_6, Qt::ControlModifier);
        QCOMPARE(shown.window->mode(), Mode::Savings);
        QVERIFY(shown.window->findChild<ui::SavingsPage *>()->isVisible());
        QTest::keyClick(shown.window.get(), Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(shown.window->mode(), Mode::Build);
    }

    void aQueryIsRunCountedAndSaved()
    {
        ShownWindow shown;
        QSignalSpy recorded(&shown.window->queries(), &ui::QueryService::recorded);
        QTest::keyClick(shown.window.get(), Qt::Key_F5);
        QVERIFY(shown.window->queries().isRunning());
        QTRY_COMPARE_WITH_TIMEOUT(recorded.size(), 1, 30'000);
        QVERIFY(shown.child<QLabel>(u"sessionStatus"_s)->text().contains(u"1 query"_s));
        shown.window->setMode(Mode::Savings);
        auto *actual = [&] { return shown.window->findChild<ui::FigureCard *>(u"actualCard"_s); }();
        QTRY_VERIFY(actual->figure().startsWith(u'$'));
        QVERIFY(shown.settings.get(ui::settings::kLearned).contains(u"ask"_s));
    }

    void editsShowUndoAndAskBeforeTheyAreLost()
    {
        ShownWindow shown;
        DocumentSession &session = shown.window->session();
        edit(session, u"mine"_s);
        QVERIFY(shown.window->isWindowModified());
        QVERIFY(shown.child<QLabel>(u"policyStatus"_s)->text().contains(u"edited"_s));
        QTest::keyClick(shown.window.get(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!shown.window->isWindowModified());
        edit(session, u"mine"_s);
        shown.window->close();
        QVERIFY(shown.window->isVisible());
        QTRY_VERIFY(openBox());
        QTest::mouseClick(openBox()->button(QMessageBox::Cancel), Qt::LeftButton);
        QVERIFY(shown.window->isVisible());
        QVERIFY(shown.window->isWindowModified());
        shown.window->close();
        QTRY_VERIFY(openBox());
        QTest::mouseClick(openBox()->findChild<QPushButton *>(u"goOn"_s), Qt::LeftButton);
        QTRY_VERIFY(!shown.window->isVisible());
    }

    void quittingWithAQueryThatRunsAsksOnceAndStopsIt()
    {
        ShownWindow shown;
        QSignalSpy finished(&shown.window->queries(), &ui::QueryService::finished);
        QTest::keyClick(shown.window.get(), Qt::Key_F5);
        QVERIFY(shown.window->queries().isRunning());
        shown.window->close();
        QTRY_VERIFY(openBox());
        QCOMPARE(openBox()->defaultButton(), openBox()->button(QMessageBox::Cancel));
        QTest::mouseClick(openBox()->findChild<QPushButton *>(u"goOn"_s), Qt::LeftButton);
        QTRY_VERIFY(!shown.window->isVisible());
        QCOMPARE(finished.size(), 1);
    }

    void savedFilesBecomeRecent()
    {
        ShownWindow shown;
        const QString path = shown.folder.filePath(u"mine.headgate"_s);
        QVERIFY(shown.window->session().saveAs(path));
        QCOMPARE(shown.settings.get(ui::settings::kRecentFiles).first(), path);
        QVERIFY(shown.window->windowTitle().startsWith(u"mine.headgate"_s));
    }

    void aFileThatCannotBeReadIsSaidAndTheExampleStays()
    {
        ShownWindow shown(u"/nowhere.headgate"_s);
        QVERIFY(shown.isSaid(u"/nowhere.headgate"_s));
    }

    void sizeAndModeReturn()
    {
        QTemporaryDir folder;
        ui::Settings settings(folder.filePath(u"settings.ini"_s));
        ui::Theme theme;
        Options options;
        {
            MainWindow window(theme, settings, options);
            window.show();
            window.start();
            window.resize(1111, 700);
            window.setMode(Mode::Home);
            window.close();
            QVERIFY(!window.isVisible());
        }
        MainWindow again(theme, settings, options);
        again.show();
        again.start();
        QCOMPARE(again.size(), QSize(1111, 700));
        QCOMPARE(again.mode(), Mode::Home);
    }

    void usableAtItsLeastSize()
    {
        ShownWindow shown;
        for (const Mode mode : {Mode::Home, Mode::Build, Mode::Savings}) {
            shown.window->setMode(mode);
            shown.window->resize(1024, 640);
            QCOMPARE(shown.window->size(), QSize(1024, 640));
        }
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
