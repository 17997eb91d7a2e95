#include "app/workbench/document_tabs.h"
#include "app/workbench/open_documents.h"
#include "app/workbench/window_session.h"
#include "shown_window.h"
#include "ui/editor/build_page.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"

#include <QDropEvent>
#include <QMimeData>
#include <QSplitter>

using namespace headgate;
using namespace headgate::test;
using namespace headgate::workbench;

class TestWindowSession final : public QObject
{
    Q_OBJECT

private:
    // Closes the window as a user does, and starts it again with the same profile.
    static void restart(ShownWindow &shown)
    {
        shown.window->close();
        QVERIFY(!shown.window->isVisible());
        shown.window.reset();
        shown.show();
        QTest::qWait(50); // a drawing takes its place once its layout has sizes
    }

    static ui::BuildPage *buildPage(const ShownWindow &shown)
    {
        for (ui::BuildPage *page : shown.window->findChildren<ui::BuildPage *>()) {
            if (page->isVisible())
                return page;
        }
        return nullptr;
    }

    // Where the drawing is, if it is in view: it takes kinds only and lets files through.
    static void drop(ShownWindow &shown, const QList<QUrl> &urls)
    {
        QMimeData data;
        data.setUrls(urls);
        QWidget *target = shown.window.get();
        if (shown.window->mode() == Mode::Build)
            target = buildPage(shown)->view().viewport();
        QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(target, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(QPointF(200, 200), Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(target, &event);
    }

private Q_SLOTS:
    void aSessionIsReadAsItWasWritten()
    {
        WindowSession session;
        session.entries = {
            {u"/tmp/ä.headgate"_s, ui::DrawingPlace{1.5, {10.5, -3}, {{u"a"_s}, {u"b"_s}}}},
            {u":/headgate/policies/rule-router.headgate"_s, std::nullopt}};
        session.current = 1;
        QCOMPARE(parseSession(formatSession(session)), session);
        for (const char *text : {"", "{", "[]", "{\"entries\": 3}", "{\"entries\": [3, {}]}",
                                 "{\"entries\": [{\"source\": \"\"}], \"current\": \"x\"}"})
            QVERIFY(parseSession(QLatin1StringView(text)).entries.isEmpty());
    }

    void openPoliciesReturnWithZoomPlaceAndSelection()
    {
        ShownWindow shown;
        shown.window->openPath(shown.makePolicy(u"first"_s));
        shown.window->openPath(shown.makePolicy(u"second"_s));
        QTest::qWait(50);
        ui::BuildPage *page = buildPage(shown);
        page->view().setZoom(1.75);
        page->view().centerOn(QPointF(300, 250));
        page->selectNode({u"answer"_s});
        const QPointF centre = page->place()->centre;
        shown.child<DocumentTabs>(u"documentTabs"_s)->setCurrentIndex(1);
        restart(shown);
        auto *tabs = shown.child<DocumentTabs>(u"documentTabs"_s);
        QCOMPARE(tabs->count(), 3);
        QCOMPARE(tabs->currentIndex(), 1);
        QCOMPARE(tabs->tabText(1), u"first.headgate"_s);
        tabs->setCurrentIndex(2);
        QTest::qWait(50);
        page = buildPage(shown);
        QCOMPARE(page->view().zoom(), 1.75);
        QVERIFY((page->place()->centre - centre).manhattanLength() < 4);
        QCOMPARE(page->scene().selectedNodes(), QList<policy::NodeId>{{u"answer"_s}});
    }

    void whatIsOpenReturnsAfterAKill()
    {
        ShownWindow shown;
        shown.window->openPath(shown.makePolicy(u"first"_s));
        shown.window.reset(); // without a word to close
        const QString named = shown.makePolicy(u"named"_s);
        shown.show(named);
        shown.window.reset();
        shown.show();
        QCOMPARE(shown.window->documents().all().size(), 3);
        QCOMPARE(shown.window->session().path(), named);
    }

    void aFileNamedAtTheStartJoinsWhatReturns()
    {
        ShownWindow shown;
        shown.window->openPath(shown.makePolicy(u"first"_s));
        const QString named = shown.makePolicy(u"named"_s);
        shown.window->close();
        shown.window.reset();
        shown.show(named);
        QCOMPARE(shown.window->session().path(), named);
        QCOMPARE(shown.window->documents().all().size(), 3);
    }

    void aFileThatIsGoneIsSaidAndTheOthersReturn()
    {
        ShownWindow shown;
        const QString gone = shown.makePolicy(u"gone"_s);
        shown.window->openPath(gone);
        shown.window->openPath(shown.makePolicy(u"there"_s));
        shown.window->close();
        shown.window.reset();
        QVERIFY(QFile::remove(gone));
        shown.show();
        QVERIFY(shown.isSaid(u"gone.headgate"_s));
        QCOMPARE(shown.window->session().name(), u"there.headgate"_s);
        QCOMPARE(shown.window->documents().all().size(), 2);
    }

    void panelsFoldAndTheLayoutReturns()
    {
        ShownWindow shown;
        auto *left = shown.child<QWidget>(u"buildLeft"_s);
        auto *columns = shown.child<QSplitter>(u"buildColumns"_s);
        QVERIFY(left->isVisible());
        const QList<int> before = columns->sizes();
        shown.action(u"Palette and outline"_s)->trigger();
        QVERIFY(!left->isVisible());
        shown.action(u"Problems"_s)->trigger();
        QVERIFY(!shown.child<QWidget>(u"problems"_s)->isVisible());
        columns->setSizes({0, 700, 420});
        Q_EMIT columns->splitterMoved(700, 2);
        const int inspector = columns->sizes()[2];
        // A second document has the same layout, and so has the next session.
        shown.window->openPath(shown.makePolicy(u"first"_s));
        QVERIFY(!buildPage(shown)->findChild<QWidget *>(u"buildLeft"_s)->isVisible());
        restart(shown);
        left = shown.child<QWidget>(u"buildLeft"_s);
        QVERIFY(!left->isVisible());
        QVERIFY(!shown.action(u"Palette and outline"_s)->isChecked());
        QTRY_COMPARE(buildPage(shown)->findChild<QSplitter *>(u"buildColumns"_s)->sizes()[2],
                     inspector);
        shown.action(u"Reset layout"_s)->trigger();
        for (const char *panel : {"buildLeft", "inspector", "problems"})
            QVERIFY(buildPage(shown)->findChild<QWidget *>(QLatin1StringView(panel))->isVisible());
        QVERIFY(shown.action(u"Palette and outline"_s)->isChecked());
        QTRY_COMPARE(buildPage(shown)->findChild<QSplitter *>(u"buildColumns"_s)->sizes()[2],
                     before[2]);
    }

    void panelEntriesAreOfTheModeThatIsSeen()
    {
        ShownWindow shown;
        QVERIFY(shown.action(u"Inspector"_s)->isEnabled());
        QVERIFY(!shown.action(u"Trace"_s)->isEnabled());
        shown.press(Qt::Key_3, Qt::ControlModifier);
        QVERIFY(!shown.action(u"Inspector"_s)->isEnabled());
        QVERIFY(shown.action(u"Trace"_s)->isChecked());
        shown.action(u"Trace"_s)->trigger();
        QVERIFY(!shown.child<QWidget>(u"tracePanel"_s)->isVisible());
    }

    void droppedPoliciesOpenInTabs()
    {
        ShownWindow shown;
        const QString first = shown.makePolicy(u"first"_s);
        const QString second = shown.makePolicy(u"second"_s);
        shown.window->setMode(Mode::Home);
        drop(shown, {QUrl::fromLocalFile(first), QUrl::fromLocalFile(second)});
        QCOMPARE(shown.window->documents().all().size(), 3);
        QCOMPARE(shown.window->session().path(), second);
        QCOMPARE(shown.window->mode(), Mode::Build);
        QVERIFY(shown.settings.get(ui::settings::kRecentFiles).contains(first));
    }

    void brokenAndForeignFilesAreSaidAndChangeNothing()
    {
        ShownWindow shown;
        const QString broken = shown.folder.filePath(u"broken.headgate"_s);
        const QString foreign = shown.folder.filePath(u"picture.png"_s);
        put(broken, "{ half a pol");
        put(foreign, "\x89PNG\r\n");
        const policy::PolicyDocument before = shown.window->session().editor().document();
        drop(shown, {QUrl::fromLocalFile(broken), QUrl::fromLocalFile(foreign),
                     QUrl::fromLocalFile(shown.folder.path())});
        QVERIFY(shown.isSaid(u"broken.headgate"_s));
        QVERIFY(shown.isSaid(u"picture.png"_s));
        QCOMPARE(shown.window->documents().all().size(), 1);
        QCOMPARE(shown.window->session().editor().document(), before);
        QVERIFY(shown.settings.get(ui::settings::kRecentFiles).isEmpty());
        // A good one among them opens.
        drop(shown,
             {QUrl::fromLocalFile(broken), QUrl::fromLocalFile(shown.makePolicy(u"good"_s))});
        QVERIFY(shown.isSaid(u"broken.headgate"_s));
        QCOMPARE(shown.window->session().name(), u"good.headgate"_s);
        drop(shown, {QUrl(u"https://example.org/a.headgate"_s)});
        QVERIFY(shown.isSaid(u"Only files of this machine"_s));
    }
};

QTEST_MAIN(TestWindowSession)
#include "tst_window_session.moc"
