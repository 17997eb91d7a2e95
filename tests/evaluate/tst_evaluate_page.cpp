#include "tests/support/telling_outcomes.h"
#include "ui/evaluate/evaluate_page.h"

#include <QAbstractItemModelTester>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::ui;
using namespace Qt::StringLiterals;
using evaluation::Cascade;

class TestEvaluatePage final : public QObject
{
    Q_OBJECT

private:
    struct Shown
    {
        QTemporaryDir folder;
        Theme theme;
        policy::PolicyDocument document;
        std::unique_ptr<EvaluatePage> page;

        explicit Shown(int prompts = 1'500)
        {
            page = std::make_unique<EvaluatePage>(
                theme, [this]() -> const policy::PolicyDocument & { return document; },
                [](const QString &name) {
                    policy::Model model;
                    model.provider = u"local"_s;
                    model.model = name;
                    return model;
                });
            page->resize(1360, 840);
            page->show();
            if (prompts > 0)
                open(write(test::tellingOutcomes(prompts)));
        }
        QString write(const QByteArray &text) const
        {
            const QString path = folder.filePath(u"outcomes.jsonl"_s);
            QFile file(path);
            if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
                qFatal("the outcomes cannot be written");
            return path;
        }
        void open(const QString &path)
        {
            QSignalSpy shown(page.get(), &EvaluatePage::searchShown);
            page->openOutcomes(path);
            QTRY_COMPARE_WITH_TIMEOUT(shown.size(), 1, 20'000);
        }
        template<typename T>
        T *child(const char *name) const
        {
            T *found = page->findChild<T *>(QString::fromLatin1(name));
            if (!found)
                qFatal("no %s", name);
            return found;
        }
        FrontPlot *plot() const { return child<FrontPlot>("frontPlot"); }
        QString text(const char *name) const { return child<QLabel>(name)->text(); }
        // The last point of the front with two stages or more.
        int stagedPoint() const
        {
            for (int index = int(plot()->data().front.size()) - 1; index >= 0; --index) {
                if (plot()->data().front[index].name.contains(u"→"))
                    return index;
            }
            qFatal("the front has no cascade");
        }
    };

private Q_SLOTS:
    void withoutOutcomesItSaysWhatItIsForAndOffersToOpen()
    {
        const Shown shown(0);
        QSignalSpy asked(shown.page.get(), &EvaluatePage::openRequested);
        QTest::mouseClick(shown.child<QPushButton>("openOutcomes"), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QVERIFY(!shown.page->here());
    }

    void outcomesAreSearchedAndTheCheapestThatMatchesIsShown()
    {
        const Shown shown;
        QVERIFY(shown.page->here());
        QVERIFY(shown.page->here()->stages >= 2);
        QVERIFY2(shown.text("parts").startsWith(u"1,500 prompts"), qPrintable(shown.text("parts")));
        const FrontPlot::Data &data = shown.plot()->data();
        QCOMPARE(data.singles.size(), 3);
        QVERIFY(data.front.size() > 5);
        for (qsizetype i = 1; i < data.front.size(); ++i) {
            QVERIFY(data.front[i].costPer1k > data.front[i - 1].costPer1k);
            QVERIFY(data.front[i].quality > data.front[i - 1].quality);
        }
        QVERIFY(shown.text("saving").endsWith(u"%"));
        QVERIFY(shown.text("difference").contains(u" pt"));
        QVERIFY(!shown.text("honest").isEmpty());
        QVERIFY(!shown.plot()->data().drawn);
    }

    void draggingThePointMovesTheThresholds()
    {
        const Shown shown;
        FrontPlot *plot = shown.plot();
        const int target = shown.stagedPoint();
        const QPoint from = plot->placeOf(*plot->data().here).toPoint();
        const QPoint to = plot->placeOf(plot->data().front[target]).toPoint();
        QTest::mousePress(plot, Qt::LeftButton, {}, from);
        QTest::mouseMove(plot, (from + to) / 2);
        QTest::mouseMove(plot, to);
        QTest::mouseRelease(plot, Qt::LeftButton, {}, to);
        const Cascade here = *shown.page->here();
        QCOMPARE(plot->data().here->costPer1k, plot->data().front[target].costPer1k);
        QVERIFY(here.stages >= 2);
        QVERIFY(qAbs(shown.child<QDoubleSpinBox>("thresholdNumber0")->value() - here.threshold[0]) <
                1e-4);
        // Moves of the mouse alone drag nothing.
        QTest::mouseMove(plot, from);
        QVERIFY(shown.page->here() == here);
    }

    void movingAThresholdMovesThePoint()
    {
        const Shown shown;
        shown.page->choosePoint(shown.stagedPoint());
        const Cascade before = *shown.page->here();
        const double cost = shown.plot()->data().here->costPer1k;
        auto *slider = shown.child<QSlider>("threshold0");
        slider->setFocus();
        while (slider->value() > 100)
            QTest::keyClick(slider, Qt::Key_PageDown);
        const Cascade after = *shown.page->here();
        QVERIFY(after.threshold[0] < 0.11);
        QVERIFY(after.model == before.model);
        // Nearly everything is accepted at the first stage: cheaper.
        QVERIFY(shown.plot()->data().here->costPer1k < cost);
        QTest::mouseClick(shown.child<QPushButton>("revert"), Qt::LeftButton);
        QVERIFY(!(shown.page->here() == after));
    }

    void keysGoAlongTheFront()
    {
        const Shown shown;
        FrontPlot *plot = shown.plot();
        QTest::keyClick(plot, Qt::Key_Home);
        QCOMPARE(plot->data().here->costPer1k, plot->data().front.first().costPer1k);
        QTest::keyClick(plot, Qt::Key_Right);
        QCOMPARE(plot->data().here->costPer1k, plot->data().front[1].costPer1k);
        QTest::keyClick(plot, Qt::Key_End);
        QCOMPARE(plot->data().here->costPer1k, plot->data().front.last().costPer1k);
        QTest::keyClick(plot, Qt::Key_Left);
        QCOMPARE(plot->data().here->costPer1k,
                 plot->data().front[plot->data().front.size() - 2].costPer1k);
        QVERIFY(plot->accessibleDescription().contains(u"validation part"));
    }

    void casesAreFilteredAndOrderedByMoney()
    {
        const Shown shown;
        auto *table = shown.child<QTableView>("cases");
        auto *cases = qobject_cast<CasesModel *>(table->model());
        QVERIFY(cases);
        const QAbstractItemModelTester tester(cases);
        const int all = cases->rowCount();
        QCOMPARE(all, int(cases->count(CasesModel::Filter::All)));
        QTest::mouseClick(shown.child<QPushButton>("filterFlipped"), Qt::LeftButton);
        const int flipped = cases->rowCount();
        QVERIFY(flipped > 0 && flipped < all);
        double former = 1e300;
        for (int row = 0; row < flipped; ++row) {
            const QString before = cases->index(row, CasesModel::BeforeColumn).data().toString();
            QVERIFY(before != cases->index(row, CasesModel::NewColumn).data().toString());
            const double money =
                cases->index(row, CasesModel::CostColumn).data(CasesModel::SortRole).toDouble();
            QVERIFY(money <= former);
            former = money;
        }
        QTest::mouseClick(shown.child<QPushButton>("filterFailed"), Qt::LeftButton);
        for (int row = 0; row < cases->rowCount(); ++row)
            QCOMPARE(cases->index(row, CasesModel::NewColumn).data().toString(), u"✕"_s);
        QTest::mouseClick(shown.child<QPushButton>("filterAll"), Qt::LeftButton);
        QCOMPARE(cases->rowCount(), all);
    }

    void applyAsksForTheDrawingAndOnlyThenReadsTheTestPart()
    {
        Shown shown;
        QSignalSpy asked(shown.page.get(), &EvaluatePage::applyRequested);
        connect(shown.page.get(), &EvaluatePage::applyRequested, shown.page.get(),
                [&](const policy::PolicyDocument &document) { shown.document = document; });
        shown.page->choosePoint(shown.stagedPoint());
        QVERIFY(shown.text("onTest").isEmpty());
        const Cascade here = *shown.page->here();
        QTest::mouseClick(shown.child<QPushButton>("apply"), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QVERIFY2(shown.text("onTest").contains(u"test part"), qPrintable(shown.text("onTest")));
        QVERIFY(!shown.child<QPushButton>("apply")->isEnabled());
        QVERIFY(shown.plot()->data().drawn); // the ghost is where one stands now

        // The drawing is the same cascade: only its thresholds follow, whatever else was edited.
        shown.document.nodes[0].title = u"My prompt"_s;
        auto *number = shown.child<QDoubleSpinBox>("thresholdNumber0");
        number->setValue(here.threshold[0] > 0.5 ? 0.25 : 0.75);
        QVERIFY(shown.text("onTest").isEmpty());
        QTest::mouseClick(shown.child<QPushButton>("apply"), Qt::LeftButton);
        QCOMPARE(asked.size(), 2);
        QCOMPARE(shown.document.nodes[0].title, u"My prompt"_s);
        QVERIFY(shown.page->here()->threshold[0] != here.threshold[0]);
    }

    void aFileThatCannotBeReadIsSaidAndTheOldOneStays()
    {
        Shown shown;
        const auto here = shown.page->here();
        shown.page->openOutcomes(
            shown.write("{\"prompt\":\"x\",\"models\":{\"m\":{\"quality\":7}}}"));
        QTRY_VERIFY(!shown.page->isBusy());
        bool said = false;
        for (const QLabel *label : shown.page->findChildren<QLabel *>())
            said = said || label->text().contains(u"not between 0 and 1");
        QVERIFY(said);
        QVERIFY(shown.page->here() == here);
    }

    void aDroppedFileIsOpened()
    {
        const Shown shown(0);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(shown.write(test::tellingOutcomes(400)))});
        QSignalSpy searched(shown.page.get(), &EvaluatePage::searchShown);
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(shown.page.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(shown.page.get(), &drop);
        QTRY_COMPARE_WITH_TIMEOUT(searched.size(), 1, 20'000);
    }
};

QTEST_MAIN(TestEvaluatePage)
#include "tst_evaluate_page.moc"
