// The walk-throughs that a newcomer makes in Home, Build and Ask, in the real window with mouse and
// keys, against the simulated fleet over real HTTP.
#include "shown_window.h"
#include "ui/ask/ask_page.h"
#include "ui/common/status_tag.h"
#include "ui/editor/build_page.h"
#include "ui/editor/node_item.h"
#include "ui/editor/node_search_popup.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"
#include "ui/editor/port_item.h"

#include <QAbstractItemView>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTreeView>

using namespace headgate;
using namespace headgate::test;
using namespace headgate::workbench;

namespace {

// An unlikely long wait for what takes well under a second.
constexpr int kPatienceMs = 20'000;

policy::NodeId id(const char *value)
{
    return {QString::fromLatin1(value)};
}

} // namespace

class TestWalkthroughs final : public QObject
{
    Q_OBJECT

private:
    struct Walk : ShownWindow
    {
        ui::PolicyView &view() const { return *child<ui::PolicyView>(u"policyView"_s); }
        ui::PolicyScene &scene() const { return *static_cast<ui::PolicyScene *>(view().scene()); }
        QPoint centreOf(const char *node) const
        {
            const ui::NodeItem *item = scene().nodeItem(id(node));
            return view().mapFromScene(item->mapToScene(item->card().center()));
        }
        QPoint outPort(const char *node, const QString &port) const
        {
            return view().mapFromScene(scene().portPlace(id(node), port));
        }
        void click(QPoint place) const
        {
            QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, place);
        }
        void drag(QPoint from, QPoint to) const
        {
            QWidget *canvas = view().viewport();
            QTest::mousePress(canvas, Qt::LeftButton, {}, from);
            for (const QPoint place : {from + (to - from) / 2, to}) {
                QMouseEvent move(QEvent::MouseMove, place, canvas->mapToGlobal(place), Qt::NoButton,
                                 Qt::LeftButton, {});
                QApplication::sendEvent(canvas, &move);
            }
            QTest::mouseRelease(canvas, Qt::LeftButton, {}, to);
        }

        // Sends it by keys and waits for the answer.
        engine::RunTrace ask(const QString &prompt) const
        {
            QSignalSpy finished(&window->queries(), &ui::QueryService::finished);
            press(Qt::Key_3, Qt::ControlModifier);
            auto *field = child<QPlainTextEdit>(u"prompt"_s);
            QTest::keyClicks(field, prompt);
            QTest::keyClick(field, Qt::Key_Return);
            if (finished.isEmpty() && !finished.wait(kPatienceMs))
                qFatal("the query does not end");
            return finished.first().first().value<engine::RunTrace>();
        }
        QString textOf(const QString &name) const
        {
            const auto labels = window->findChildren<QLabel *>(name);
            return labels.isEmpty() ? QString() : labels.last()->text();
        }
    };

    static const engine::Hop *hopAt(const engine::RunTrace &trace, const char *node, int attempt)
    {
        for (const engine::Hop &hop : trace.hops) {
            if (hop.node == id(node) && hop.attempt == attempt)
                return &hop;
        }
        return nullptr;
    }

private Q_SLOTS:
    void aStartShowsTheExampleAndAsksForNoKey()
    {
        const Walk walk;
        QCOMPARE(walk.window->mode(), Mode::Build);
        QVERIFY(walk.view().isVisible());
        QCOMPARE(walk.document().name, u"Frugal cascade"_s);
        QVERIFY(walk.scene().nodeItem(id("gate1")));
        QCOMPARE(walk.window->findChild<ui::StatusTag *>()->text(), u"SIMULATED"_s);
        QVERIFY(!openBox());
        QVERIFY(!walk.isSaid(u"API key"_s));
    }

    void anAskStreamsAndEveryFigureIsThere()
    {
        const Walk walk;
        QStringList texts;
        QObject::connect(&walk.window->queries(), &ui::QueryService::event, walk.window.get(),
                         [&texts](const engine::RunEvent &event) {
                             if (event.kind == engine::RunEvent::Kind::Text)
                                 texts.append(event.text);
                         });
        const engine::RunTrace trace = walk.ask(u"What is 36 times 6?"_s);
        QVERIFY(!texts.isEmpty());
        QVERIFY(trace.simulated);
        QVERIFY(trace.answer.startsWith(u"[simulated]"_s));
        QVERIFY(!walk.textOf(u"answeringModel"_s).isEmpty());
        const QString figures = walk.textOf(u"figures"_s);
        QVERIFY2(figures.contains(u'$') && figures.contains(u" s"_s) &&
                     figures.contains(u"first token"_s),
                 qPrintable(figures));
        // The same path is lit on the drawing.
        QVERIFY(walk.scene().overlay().isLit(id("query"), u"query"_s));
        QCOMPARE(walk.scene().overlay().node(id("finch")).state, ui::NodeState::Done);
        QCOMPARE(walk.scene().overlay().node(id("answer")).state, ui::NodeState::Done);
    }

    void whyNamesScoreThresholdMarginAndTheOtherWayAndShowsTheGate()
    {
        const Walk walk;
        const engine::RunTrace trace = walk.ask(u"What is 36 times 6?"_s);
        const engine::Hop *gate = hopAt(trace, "gate1", 0);
        QVERIFY(gate && gate->score);
        const QString reason = walk.textOf(u"reason"_s);
        QVERIFY2(reason.contains(QLocale().toString(*gate->score, 'f', 2)), qPrintable(reason));
        QVERIFY2(reason.contains(u"0.94"_s), qPrintable(reason));
        QVERIFY2(reason.contains(*gate->score >= *gate->threshold ? u"(+"_s : u"(−"_s),
                 qPrintable(reason));
        QVERIFY2(reason.contains(u"would have answered for"_s) && reason.contains(u'$'),
                 qPrintable(reason));
        QTest::mouseClick(walk.child<QPushButton>(u"showGate"_s), Qt::LeftButton);
        QCOMPARE(walk.window->mode(), Mode::Build);
        QCOMPARE(walk.scene().selectedNodes(), QList<policy::NodeId>{id("gate1")});
    }

    void aWireIntoTheOpenOffersWhatFitsAndOneUndoTakesBoth()
    {
        const Walk walk;
        const policy::PolicyDocument before = walk.document();
        const QPoint port = walk.outPort("albatross", u"error"_s);
        walk.drag(port, QPoint(port.x(), walk.view().viewport()->height() - 20));
        auto *search = walk.view().findChild<ui::NodeSearchPopup *>();
        QTRY_VERIFY(search && search->isVisible());
        auto *found = search->findChild<QAbstractItemView *>();
        for (int row = 0; row < found->model()->rowCount(); ++row)
            QVERIFY(found->model()->index(row, 0).data().toString() != u"Query"_s);
        auto *field = search->findChild<QLineEdit *>();
        QTest::keyClicks(field, u"model"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(walk.document().nodes.size(), before.nodes.size() + 1);
        const policy::NodeId added = walk.document().nodes.last().id;
        QCOMPARE(walk.document().target(id("albatross"), u"error"_s), added);
        walk.press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(walk.document(), before);
    }

    void aBrokenPolicySendsNothingAndItsFixWorks()
    {
        const Walk walk;
        walk.click(walk.centreOf("answer"));
        QTest::keyClick(&walk.view(), Qt::Key_Delete);
        QVERIFY(!walk.document().node(id("answer")));
        QSignalSpy started(&walk.window->queries(), &ui::QueryService::started);
        walk.press(Qt::Key_F5);
        QVERIFY(started.isEmpty());
        const auto isBroken = [&walk] {
            return policy::hasErrors(walk.window->session().editor().problems());
        };
        QVERIFY(isBroken());
        // Every fix that is offered is taken by its button until none is left.
        for (int fixes = 0; isBroken() && fixes < 12; ++fixes) {
            QPushButton *fix = nullptr;
            QTRY_VERIFY((fix = fixButton(walk)));
            QTest::mouseClick(fix, Qt::LeftButton);
        }
        QVERIFY(!isBroken());
        QVERIFY(std::any_of(walk.document().nodes.cbegin(), walk.document().nodes.cend(),
                            [](const policy::Node &node) { return node.kind == u"answer"; }));
        walk.press(Qt::Key_F5);
        QCOMPARE(started.size(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(!walk.window->queries().isRunning(), kPatienceMs);
    }

    void aProviderThatIsDownIsTriedAgainAndAnotherAnswers()
    {
        const Walk walk;
        walk.child<QAction>(u"fault_sim-aviary_3"_s)->trigger();
        QVERIFY(walk.textOf(u"fleetStatus"_s).contains(u"sim-aviary is down"_s));
        const engine::RunTrace trace = walk.ask(u"What is 36 times 6?"_s);
        QCOMPARE(trace.status, engine::RunStatus::Answered);
        QCOMPARE(trace.answeringModel, u"Egret"_s);
        QVERIFY(trace.hops[trace.answeringHop].servedModel.startsWith(u"egret"_s));
        const engine::Hop *first = hopAt(trace, "finch", 1);
        QVERIFY(first && first->httpStatus == 503 && !first->failureClass.isEmpty());
        QVERIFY2(hopAt(trace, "finch", 2), "a passing failure is tried again");
        QVERIFY(walk.textOf(u"route"_s).contains(u"failed"_s));
        QCOMPARE(walk.scene().overlay().node(id("finch")).state, ui::NodeState::Failed);
        QCOMPARE(walk.scene().overlay().node(id("egret")).state, ui::NodeState::Done);
        walk.child<QAction>(u"fault_sim-aviary_0"_s)->trigger();
        QVERIFY(walk.textOf(u"fleetStatus"_s).isEmpty());
        QCOMPARE(walk.ask(u"What is 12 times 4?"_s).hops.first().failureClass, QString());
    }

    void theDarkSchemeComesWhileRunningAndNothingIsCutAtTheLeastSize()
    {
        const Walk walk;
        walk.window->resize(1024, 640);
        const QColor light = walk.window->palette().color(QPalette::Window);
        walk.action(u"Dark"_s)->trigger();
        QVERIFY(walk.window->palette().color(QPalette::Window).lightness() < light.lightness());
        for (const Mode mode : {Mode::Home, Mode::Build, Mode::Ask, Mode::Savings}) {
            walk.window->setMode(mode);
            QCoreApplication::processEvents();
            QCOMPARE(walk.window->size(), QSize(1024, 640));
            for (const auto *button : walk.window->findChildren<QPushButton *>()) {
                if (!button->isVisible())
                    continue;
                QVERIFY2(button->width() >= button->minimumSizeHint().width(),
                         qPrintable(button->text()));
                const QRect inWindow(button->mapTo(walk.window.get(), QPoint()), button->size());
                QVERIFY2(button->visibleRegion().isEmpty() ||
                             walk.window->rect().contains(inWindow),
                         qPrintable(button->text()));
            }
        }
    }

private:
    static QPushButton *fixButton(const Walk &walk)
    {
        const auto *list = walk.child<QWidget>(u"problemsList"_s);
        for (auto *button : (list ? list : walk.window.get())->findChildren<QPushButton *>()) {
            if (button->isVisible() && button->objectName().startsWith(u"fix"_s))
                return button;
        }
        return nullptr;
    }
};

QTEST_MAIN(TestWalkthroughs)
#include "tst_walkthroughs.moc"
