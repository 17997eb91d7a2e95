#include "app/workbench/document_tabs.h"
#include "app/workbench/open_documents.h"
#include "shown_window.h"
#include "ui/ask/ask_page.h"
#include "ui/editor/build_page.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"

#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QToolButton>

using namespace headgate;
using namespace headgate::test;
using namespace headgate::workbench;

class TestDocumentTabs final : public QObject
{
    Q_OBJECT

private:
    struct Tabs : ShownWindow
    {
        DocumentTabs *bar = child<DocumentTabs>(u"documentTabs"_s);
        OpenDocuments &documents = window->documents();

        // Two policies from files beside the worked example.
        QString first = makePolicy(u"first"_s);
        QString second = makePolicy(u"second"_s);

        void openBoth()
        {
            window->openPath(first);
            window->openPath(second);
        }
        QStringList names() const
        {
            QStringList found;
            for (int tab = 0; tab < bar->count(); ++tab)
                found.append(bar->tabText(tab));
            return found;
        }
        // The page of the current document; the others are hidden.
        template<typename Page>
        Page *visiblePage() const
        {
            for (Page *page : window->findChildren<Page *>()) {
                if (page->isVisible())
                    return page;
            }
            return nullptr;
        }
    };

private Q_SLOTS:
    void oneDocumentNeedsNoTabs()
    {
        Tabs tabs;
        QVERIFY(!tabs.bar->isVisible());
        tabs.window->openPath(tabs.first);
        QVERIFY(tabs.bar->isVisible());
        QCOMPARE(tabs.bar->count(), 2);
        QCOMPARE(tabs.bar->currentIndex(), 1);
        QCOMPARE(tabs.bar->tabToolTip(1), tabs.first);
        tabs.press(Qt::Key_1, Qt::ControlModifier);
        QVERIFY(!tabs.bar->isVisible()); // Home is not of one document
        tabs.press(Qt::Key_3, Qt::ControlModifier);
        QVERIFY(tabs.bar->isVisible());
    }

    void openingAFileThatIsOpenGoesToItsTab()
    {
        Tabs tabs;
        tabs.openBoth();
        tabs.window->openPath(tabs.first);
        QCOMPARE(tabs.bar->count(), 3);
        QCOMPARE(tabs.bar->currentIndex(), 1);
        QCOMPARE(tabs.window->session().path(), tabs.first);
        // By another spelling of its path, too.
        tabs.window->openPath(tabs.second);
        tabs.window->openPath(tabs.folder.filePath(
            u"../%1/first.headgate"_s.arg(QFileInfo(tabs.folder.path()).fileName())));
        QCOMPARE(tabs.bar->count(), 3);
        QCOMPARE(tabs.bar->currentIndex(), 1);
    }

    void aBlankPolicyGivesWayAndAnEditedOneDoesNot()
    {
        Tabs tabs;
        tabs.press(Qt::Key_N, Qt::ControlModifier);
        QCOMPARE(tabs.bar->count(), 2);
        tabs.press(Qt::Key_N, Qt::ControlModifier);
        QCOMPARE(tabs.bar->count(), 2); // it is blank already
        tabs.window->openPath(tabs.first);
        QCOMPARE(tabs.bar->count(), 2);
        QCOMPARE(tabs.bar->tabText(1), u"first.headgate"_s);
        tabs.press(Qt::Key_N, Qt::ControlModifier);
        edit(tabs.window->session(), u"mine"_s);
        tabs.window->openPath(tabs.second);
        QCOMPARE(tabs.names().mid(1),
                 QStringList({u"first.headgate"_s, u"● mine"_s, u"second.headgate"_s}));
    }

    void eachTabKeepsItsZoomPlaceAndSelection()
    {
        Tabs tabs;
        tabs.openBoth();
        auto *second = tabs.visiblePage<ui::BuildPage>();
        QTest::qWait(20); // it is shown whole once its layout has sizes
        second->view().setZoom(2.5);
        second->selectNode({u"query"_s});
        const QPointF place = second->view().mapToScene(QPoint(0, 0));
        tabs.press(Qt::Key_Tab, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(tabs.bar->currentIndex(), 1);
        auto *first = tabs.visiblePage<ui::BuildPage>();
        QVERIFY(first != second);
        QVERIFY(first->scene().selectedNodes().isEmpty());
        tabs.press(Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(tabs.visiblePage<ui::BuildPage>(), second);
        QCOMPARE(second->view().zoom(), 2.5);
        QCOMPARE(second->view().mapToScene(QPoint(0, 0)), place);
        QCOMPARE(second->scene().selectedNodes(), QList<policy::NodeId>{{u"query"_s}});
        QCOMPARE(tabs.child<QLabel>(u"zoomStatus"_s)->text(), u"250 %"_s);
    }

    void controlTabGoesAroundTheEnds()
    {
        Tabs tabs;
        tabs.openBoth();
        tabs.press(Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(tabs.bar->currentIndex(), 0);
        tabs.press(Qt::Key_Tab, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(tabs.bar->currentIndex(), 2);
    }

    void undoBelongsToTheDocumentThatIsSeen()
    {
        Tabs tabs;
        tabs.openBoth();
        edit(tabs.window->session(), u"changed"_s);
        DocumentSession &second = tabs.window->session();
        QVERIFY(tabs.bar->tabText(2).startsWith(u"●"_s));
        tabs.bar->setCurrentIndex(1);
        tabs.press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(second.editor().document().name, u"changed"_s);
        QVERIFY(!tabs.action(u"Undo"_s) || !tabs.action(u"Undo"_s)->isEnabled());
        tabs.bar->setCurrentIndex(2);
        tabs.press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(second.editor().document().name, u"second"_s);
        QCOMPARE(tabs.bar->tabText(2), u"second.headgate"_s);
    }

    void closesByKeyMiddleClickAndButton()
    {
        Tabs tabs;
        tabs.openBoth();
        tabs.press(Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(tabs.bar->count(), 2);
        QCOMPARE(tabs.bar->currentIndex(), 1);
        QTest::mouseClick(tabs.bar, Qt::MiddleButton, {}, tabs.bar->tabRect(0).center());
        QCOMPARE(tabs.names(), QStringList{u"first.headgate"_s});
        QVERIFY(!tabs.bar->isVisible());
        tabs.window->openPath(tabs.second);
        auto *button = tabs.bar->tabButton(1, QTabBar::RightSide);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(tabs.window->session().path(), tabs.first);
        // The last one leaves a blank policy.
        tabs.press(Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(tabs.documents.all().size(), 1);
        QVERIFY(tabs.window->session().isBlank());
        QTRY_COMPARE(tabs.window->findChildren<DocumentSession *>().size(), 1);
        QTRY_COMPARE(tabs.window->findChildren<ui::BuildPage *>().size(), 1);
    }

    void closingAnEditedTabAsks()
    {
        Tabs tabs;
        tabs.openBoth();
        edit(tabs.window->session(), u"changed"_s);
        tabs.bar->setCurrentIndex(0);
        QTest::mouseClick(tabs.bar, Qt::MiddleButton, {}, tabs.bar->tabRect(2).center());
        QTRY_VERIFY(openBox());
        QCOMPARE(tabs.bar->currentIndex(), 2); // what is asked about is seen
        QTest::mouseClick(openBox()->button(QMessageBox::Cancel), Qt::LeftButton);
        QCOMPARE(tabs.bar->count(), 3);
        tabs.press(Qt::Key_W, Qt::ControlModifier);
        QTRY_VERIFY(openBox());
        QTest::mouseClick(openBox()->button(QMessageBox::Save), Qt::LeftButton);
        QTRY_COMPARE(tabs.bar->count(), 2);
        QCOMPARE(policy::readPolicyFile(tabs.second)->document.name, u"changed"_s);
    }

    void quittingWithSeveralEditedOnesAsksOnceAndSavesAll()
    {
        Tabs tabs;
        tabs.openBoth();
        for (DocumentSession *document : tabs.documents.all().mid(1))
            edit(*document, u"changed"_s);
        tabs.window->close();
        QTRY_VERIFY(openBox());
        QVERIFY(openBox()->informativeText().contains(u"first.headgate"_s));
        QVERIFY(openBox()->informativeText().contains(u"second.headgate"_s));
        QTest::keyClick(openBox(), Qt::Key_Escape);
        QVERIFY(tabs.window->isVisible());
        QCOMPARE(tabs.documents.edited().size(), 2);
        tabs.window->close();
        QTRY_VERIFY(openBox());
        QCOMPARE(openBox()->defaultButton()->objectName(), u"saveAll"_s);
        QTest::keyClick(openBox(), Qt::Key_Return);
        QTRY_VERIFY(!tabs.window->isVisible());
        QCOMPARE(policy::readPolicyFile(tabs.first)->document.name, u"changed"_s);
        QCOMPARE(policy::readPolicyFile(tabs.second)->document.name, u"changed"_s);
    }

    void discardingAtQuitLeavesTheFilesAlone()
    {
        Tabs tabs;
        tabs.openBoth();
        const QByteArray before = contents(tabs.second);
        edit(tabs.window->session(), u"changed"_s);
        tabs.window->close();
        QTRY_VERIFY(openBox());
        QTest::mouseClick(openBox()->findChild<QPushButton *>(u"goOn"_s), Qt::LeftButton);
        QTRY_VERIFY(!tabs.window->isVisible());
        QCOMPARE(contents(tabs.second), before);
    }

    void aQueryBelongsToTheDocumentItWasAskedFrom()
    {
        Tabs tabs;
        QSignalSpy finished(&tabs.window->queries(), &ui::QueryService::finished);
        tabs.press(Qt::Key_3, Qt::ControlModifier);
        auto *asked = tabs.visiblePage<ui::AskPage>();
        QTest::keyClicks(asked->findChild<QPlainTextEdit *>(u"prompt"_s), u"hello"_s);
        QTest::keyClick(asked->findChild<QPlainTextEdit *>(u"prompt"_s), Qt::Key_Return);
        QVERIFY(tabs.window->queries().isRunning());
        tabs.window->openPath(tabs.first);
        tabs.press(Qt::Key_3, Qt::ControlModifier);
        auto *other = tabs.visiblePage<ui::AskPage>();
        QVERIFY(other != asked);
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
        QVERIFY(other->findChild<QWidget *>(u"askEmpty"_s)->isVisible());
        QVERIFY(tabs.visiblePage<ui::AskPage>() == other);
        tabs.bar->setCurrentIndex(0);
        QCOMPARE(tabs.visiblePage<ui::AskPage>(), asked);
        QVERIFY(!asked->findChild<QWidget *>(u"askEmpty"_s)->isVisible());
    }

    void aRunIsRefusedByTheProblemsOfTheDocumentThatIsSeen()
    {
        Tabs tabs;
        tabs.press(Qt::Key_N, Qt::ControlModifier); // blank: it has no model to call
        tabs.press(Qt::Key_3, Qt::ControlModifier);
        tabs.press(Qt::Key_F5);
        QVERIFY(!tabs.window->queries().isRunning());
        QCOMPARE(tabs.window->mode(), Mode::Build); // where the problem is
        QVERIFY(
            tabs.visiblePage<ui::BuildPage>()->findChild<QWidget *>(u"problemsList"_s)->hasFocus());
        tabs.bar->setCurrentIndex(0);
        tabs.press(Qt::Key_F5);
        QVERIFY(tabs.window->queries().isRunning());
    }

    void closingADocumentStopsItsQuery()
    {
        Tabs tabs;
        QSignalSpy finished(&tabs.window->queries(), &ui::QueryService::finished);
        tabs.press(Qt::Key_F5);
        QVERIFY(tabs.window->queries().isRunning());
        tabs.press(Qt::Key_W, Qt::ControlModifier);
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(!tabs.window->queries().isRunning());
    }

    void tabsCanBeMoved()
    {
        Tabs tabs;
        tabs.openBoth();
        tabs.bar->moveTab(2, 0);
        QCOMPARE(tabs.documents.all().first()->path(), tabs.second);
        QCOMPARE(&tabs.documents.current(), tabs.documents.all().first());
        tabs.press(Qt::Key_Tab, Qt::ControlModifier);
        QVERIFY(tabs.window->session().path().isEmpty());
    }
};

QTEST_MAIN(TestDocumentTabs)
#include "tst_document_tabs.moc"
