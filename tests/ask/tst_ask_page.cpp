#include "core/policy/policy_editor.h"
#include "core/policy/policy_format.h"
#include "core/simulation/practice_prompts.h"
#include "ui/ask/answer_card.h"
#include "ui/ask/ask_page.h"
#include "ui/ask/path_strip.h"
#include "ui/ask/trace_model.h"
#include "ui/common/query_service.h"
#include "ui/common/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace headgate;
using namespace headgate::ui;
using namespace Qt::StringLiterals;

namespace {

policy::PolicyDocument examplePolicy()
{
    return policy::readPolicyFile(u":/headgate/policies/frugal-cascade.headgate"_s)
        .value()
        .document;
}

QueryService::Options withoutDelays()
{
    QueryService::Options options;
    options.fleet = {.seed = 7, .timeScale = 0};
    return options;
}

// A page over the real engine and the real fleet, without delays.
struct Fixture
{
    Fixture()
        : queries(withoutDelays())
        , editor(examplePolicy())
        , page(theme, editor, queries)
    {
        page.resize(1280, 800);
        page.show();
    }

    template<typename T>
    T *child(const QString &name) const
    {
        return page.findChild<T *>(name);
    }

    // Types the prompt, presses Enter and waits for the end.
    engine::RunTrace ask(const QString &prompt)
    {
        QSignalSpy finished(&queries, &QueryService::finished);
        auto *field = child<QPlainTextEdit>(u"prompt"_s);
        field->setFocus();
        field->insertPlainText(prompt);
        QTest::keyClick(field, Qt::Key_Return);
        if (finished.isEmpty() && !finished.wait(20'000))
            return {};
        return finished.first().first().value<engine::RunTrace>();
    }

    Theme theme;
    QueryService queries;
    policy::PolicyEditor editor;
    AskPage page;
};

} // namespace

class TestAskPage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void enterSendsAndTheAnswerSaysWhoGaveItAtWhatCost()
    {
        Fixture fixture;
        const QString prompt = simulation::practicePrompts().first().prompt;
        const engine::RunTrace trace = fixture.ask(prompt);

        QCOMPARE(trace.status, engine::RunStatus::Answered);
        const auto *card = fixture.page.findChild<AnswerCard *>();
        QVERIFY(card);
        QCOMPARE(card->findChild<QLabel *>(u"question"_s)->text(), prompt);
        QCOMPARE(card->findChild<QPlainTextEdit *>(u"answer"_s)->toPlainText(), trace.answer);
        QCOMPARE(card->findChild<QLabel *>(u"answeringModel"_s)->text(),
                 trace.hops[trace.answeringHop].title);
        const auto *figures = card->findChild<QLabel *>(u"figures"_s);
        QVERIFY2(figures->text().startsWith(u'$'), qPrintable(figures->text()));
        QVERIFY(figures->text().contains(u"first token"_s));
        QVERIFY(card->findChild<QLabel *>(u"simulatedTag"_s)->isVisibleTo(card));
        QVERIFY(card->findChild<QLabel *>(u"saving"_s)->text().contains(u"Albatross"_s));
        QVERIFY(fixture.child<QPlainTextEdit>(u"prompt"_s)->toPlainText().isEmpty());
    }

    void pathAndTraceShowEveryStep()
    {
        Fixture fixture;
        const engine::RunTrace trace = fixture.ask(simulation::practicePrompts().first().prompt);

        const auto *strip = fixture.page.findChild<PathStrip *>();
        QVERIFY2(strip->text().startsWith(engine::pathText(trace)), qPrintable(strip->text()));
        QVERIFY(strip->text().endsWith(trace.hops.last().title));
        const auto *tree = fixture.child<QTreeView>(u"traceTree"_s);
        const auto *model = qobject_cast<TraceModel *>(tree->model());
        QCOMPARE(model->hops(), trace.hops);
        // The answering hop is selected, and its details stand below.
        QCOMPARE(tree->currentIndex().data(TraceModel::HopRole).toInt(), int(trace.answeringHop));
        QCOMPARE(fixture.child<QLabel>(u"hopTitle"_s)->text(),
                 trace.hops[trace.answeringHop].title);
    }

    void selectingAStepActivatesItsNode()
    {
        Fixture fixture;
        const engine::RunTrace trace = fixture.ask(simulation::practicePrompts().first().prompt);
        QSignalSpy activated(&fixture.page, &AskPage::nodeActivated);
        auto *tree = fixture.child<QTreeView>(u"traceTree"_s);
        tree->setCurrentIndex(tree->model()->index(tree->model()->rowCount() - 1, 0));
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated.first().first().value<policy::NodeId>(), trace.hops.last().node);
    }

    void shiftEnterStartsANewLine()
    {
        Fixture fixture;
        auto *field = fixture.child<QPlainTextEdit>(u"prompt"_s);
        field->setFocus();
        QTest::keyClicks(field, u"two"_s);
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClicks(field, u"lines"_s);
        QCOMPARE(field->toPlainText(), u"two\nlines"_s);
        QVERIFY(!fixture.queries.isRunning());
    }

    void anEmptyPromptCannotBeSent()
    {
        Fixture fixture;
        QVERIFY(!fixture.child<QPushButton>(u"send"_s)->isEnabled());
        QTest::keyClick(fixture.child<QPlainTextEdit>(u"prompt"_s), Qt::Key_Return);
        QVERIFY(!fixture.queries.isRunning());
        QVERIFY(!fixture.page.findChild<AnswerCard *>());
    }

    void aBrokenPolicyIsRefusedWithTheReasonAndThePromptStays()
    {
        Fixture fixture;
        policy::PolicyDocument broken = examplePolicy();
        broken.wires.clear();
        fixture.editor.setDocument(broken);
        auto *field = fixture.child<QPlainTextEdit>(u"prompt"_s);
        field->setPlainText(u"Why is the sky blue?"_s);
        QTest::mouseClick(fixture.child<QPushButton>(u"send"_s), Qt::LeftButton);
        QVERIFY(!fixture.page.findChild<AnswerCard *>());
        QCOMPARE(field->toPlainText(), u"Why is the sky blue?"_s);
        QVERIFY(!fixture.page.findChild<PathStrip *>()->findChildren<QLabel *>().isEmpty());
    }

    void aFailedRunTellsWhoWasTried()
    {
        Fixture fixture;
        fixture.queries.open();
        for (const QString &provider : fixture.queries.fleet()->providers())
            fixture.queries.fleet()->setFault(provider, simulation::Fault::Garbage);
        const engine::RunTrace trace = fixture.ask(simulation::practicePrompts().first().prompt);
        QCOMPARE(trace.status, engine::RunStatus::Failed);
        const auto *card = fixture.page.findChild<AnswerCard *>();
        QCOMPARE(card->findChild<QLabel *>(u"answeringModel"_s)->text(), u"No answer"_s);
        QCOMPARE(card->findChild<QPlainTextEdit *>(u"answer"_s)->toPlainText(), trace.error);
        QVERIFY(!trace.error.isEmpty());
    }

    void stopEndsARunAndKeepsWhatWasSaid()
    {
        Fixture fixture;
        fixture.queries.open();
        for (const QString &provider : fixture.queries.fleet()->providers())
            fixture.queries.fleet()->setFault(provider, simulation::Fault::Slow);
        QSignalSpy started(&fixture.queries, &QueryService::started);
        QSignalSpy finished(&fixture.queries, &QueryService::finished);
        auto *field = fixture.child<QPlainTextEdit>(u"prompt"_s);
        field->setPlainText(simulation::practicePrompts().first().prompt);
        QTest::mouseClick(fixture.child<QPushButton>(u"send"_s), Qt::LeftButton);
        QCOMPARE(started.count(), 1);
        auto *stop = fixture.child<QPushButton>(u"stop"_s);
        QVERIFY(stop->isVisible());
        QTest::mouseClick(stop, Qt::LeftButton);
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(!stop->isVisible());
        QVERIFY(fixture.child<QPushButton>(u"send"_s)->isVisible());
    }

    void theTraceIsCopiedAsJson()
    {
        Fixture fixture;
        const engine::RunTrace trace = fixture.ask(simulation::practicePrompts().first().prompt);
        QTest::mouseClick(fixture.child<QPushButton>(u"copyTrace"_s), Qt::LeftButton);
        const auto parsed = parseJson(QGuiApplication::clipboard()->text().toUtf8());
        QVERIFY(parsed);
        QCOMPARE(*parsed, engine::toJson(trace));
    }

    void everyControlHasAnAccessibleName()
    {
        const Fixture fixture;
        for (const auto *button : fixture.page.findChildren<QAbstractButton *>())
            QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty(),
                     qPrintable(button->objectName()));
        for (const QString &name : {u"prompt"_s, u"traceTree"_s})
            QVERIFY(!fixture.child<QWidget>(name)->accessibleName().isEmpty());
    }
};

QTEST_MAIN(TestAskPage)
#include "tst_ask_page.moc"
