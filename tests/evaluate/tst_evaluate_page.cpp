#include "core/policy/policy_format.h"
#include "tests/support/telling_outcomes.h"
#include "ui/common/card.h"
#include "ui/evaluate/evaluate_page.h"
#include "ui/evaluate/front_card.h"
#include "ui/evaluate/routed_card.h"
#include "ui/evaluate/saving_card.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
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

namespace {

// Sends so many of ten prompts to "small" and the others to "large".
policy::PolicyDocument splitPolicy(int small = 5)
{
    const QByteArray text = R"({
      "format": "headgate.policy", "version": 1, "name": "Split", "baseline": "",
      "models": {"large": {"provider": "p", "model": "large"},
                 "small": {"provider": "p", "model": "small"}},
      "nodes": [
        {"id": "q", "kind": "query", "at": [0, 0]},
        {"id": "r", "kind": "split", "at": [0, 0],
         "config": {"branches": [{"name": "a", "weight": @}, {"name": "b", "weight": #}], "seed": 1}},
        {"id": "l", "kind": "model", "at": [0, 0], "config": {"model": "large"}},
        {"id": "s", "kind": "model", "at": [0, 0], "config": {"model": "small"}},
        {"id": "a", "kind": "answer", "at": [0, 0]}],
      "wires": [["q", "query", "r"], ["r", "a", "s"], ["r", "b", "l"], ["s", "answer", "a"],
                ["l", "answer", "a"]]})";
    QByteArray filled = text;
    filled.replace("@", QByteArray::number(small)).replace("#", QByteArray::number(10 - small));
    const auto loaded = policy::parsePolicy(filled);
    if (!loaded)
        qFatal("%s", qPrintable(loaded.error().message));
    return loaded->document;
}

// By keys, as one does.
void choose(QComboBox *choice, const QString &name)
{
    choice->setFocus();
    QTest::keyClick(choice, Qt::Key_Home);
    for (int step = 0; choice->currentText() != name; ++step) {
        if (step > choice->count())
            qFatal("no %s", qPrintable(name));
        QTest::keyClick(choice, Qt::Key_Down);
    }
}

} // namespace

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
        const CasesModel &cases() const
        {
            return *qobject_cast<CasesModel *>(child<QTableView>("cases")->model());
        }
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
                cases->index(row, CasesModel::ValueColumn).data(CasesModel::SortRole).toDouble();
            QVERIFY(money <= former);
            former = money;
        }
        auto *order = shown.child<QComboBox>("casesOrder");
        order->setFocus();
        QTest::keyClick(order, Qt::Key_Down);
        QCOMPARE(cases->order(), CasesModel::Order::Quality);
        QCOMPARE(cases->rowCount(), flipped);
        former = 1e300;
        for (int row = 0; row < flipped; ++row) {
            const QModelIndex value = cases->index(row, CasesModel::ValueColumn);
            QVERIFY(value.data(CasesModel::SortRole).toDouble() <= former);
            former = value.data(CasesModel::SortRole).toDouble();
            QCOMPARE(former, 1.0); // flips of whole qualities
        }
        QTest::keyClick(order, Qt::Key_Up);
        QTest::mouseClick(shown.child<QPushButton>("filterFailed"), Qt::LeftButton);
        for (int row = 0; row < cases->rowCount(); ++row)
            QCOMPARE(cases->index(row, CasesModel::NewColumn).data().toString(), u"✕"_s);
        QTest::mouseClick(shown.child<QPushButton>("filterAll"), Qt::LeftButton);
        QCOMPARE(cases->rowCount(), all);
    }

    void whatIsMissingIsAnErrorAndNeverWrong()
    {
        Shown shown(0);
        // "large" has no outcome on the last 300 of 1,500 prompts.
        QByteArray without;
        int row = 0;
        for (const QByteArray &line : test::tellingOutcomes(1'500).trimmed().split('\n')) {
            Json json = Json::parse(line.constData());
            if (row++ >= 1'200)
                json["models"]["large"].erase("quality");
            without += compactJson(json) + '\n';
        }
        shown.open(shown.write(without));
        const CasesModel &cases = shown.cases();
        const qsizetype errors = cases.count(CasesModel::Filter::Error);
        QVERIFY(errors > 30);
        QTest::mouseClick(shown.child<QPushButton>("filterError"), Qt::LeftButton);
        QCOMPARE(cases.rowCount(), int(errors));
        for (int place = 0; place < cases.rowCount(); ++place) {
            QCOMPARE(cases.index(place, CasesModel::NewColumn).data().toString(), u"–"_s);
            QCOMPARE(cases.index(place, CasesModel::RouteColumn).data().toString(),
                     u"no outcome of large"_s);
            QCOMPARE(cases.index(place, CasesModel::ValueColumn).data().toString(), u"unknown"_s);
        }
        // Failed and right ones, and no more, are the rest.
        QTest::mouseClick(shown.child<QPushButton>("filterFailed"), Qt::LeftButton);
        QVERIFY(cases.rowCount() > 0);
        for (int place = 0; place < cases.rowCount(); ++place)
            QCOMPARE(cases.index(place, CasesModel::NewColumn).data().toString(), u"✕"_s);
    }

    void hindsightIsTwoFiguresThatLeadToTheirCases()
    {
        const Shown shown;
        shown.page->choosePoint(shown.stagedPoint());
        const CasesModel &cases = shown.cases();
        auto *overpaid = shown.child<FigureCard>("overpaidFigure");
        auto *underserved = shown.child<FigureCard>("underservedFigure");
        const qsizetype tooDear = cases.count(CasesModel::Filter::Overpaid);
        QVERIFY(tooDear > 0);
        QVERIFY2(overpaid->method().startsWith(QString::number(tooDear) + u" of "_s),
                 qPrintable(overpaid->method()));
        QVERIFY(overpaid->figure().startsWith(u"$"));
        QTest::mouseClick(overpaid, Qt::LeftButton);
        QCOMPARE(cases.filter(), CasesModel::Filter::Overpaid);
        QVERIFY(shown.child<QPushButton>("filterOverpaid")->isChecked());
        QCOMPARE(cases.rowCount(), int(tooDear));
        for (int row = 0; row < cases.rowCount(); ++row) {
            const QModelIndex value = cases.index(row, CasesModel::ValueColumn);
            QVERIFY(value.data().toString().startsWith(u"+$"));
            QVERIFY(
                cases.index(row, CasesModel::RouteColumn).data().toString().endsWith(u" would do"));
        }
        underserved->setFocus();
        QTest::keyClick(underserved, Qt::Key_Return);
        QCOMPARE(cases.filter(), CasesModel::Filter::Underserved);
        QVERIFY(underserved->figure().endsWith(u" pt"));
        for (int row = 0; row < cases.rowCount(); ++row)
            QVERIFY(cases.index(row, CasesModel::RouteColumn)
                        .data()
                        .toString()
                        .endsWith(u" was better"));
    }

    void aDrawingOfAnyShapeIsMeasured()
    {
        Shown shown(0);
        shown.document = splitPolicy();
        shown.open(shown.write(test::tellingOutcomes(1'500)));
        QTRY_VERIFY(shown.plot()->data().drawn.has_value());
        const FrontPlot::Point drawn = *shown.plot()->data().drawn;
        // Half of the prompts go to "small" and half to "large".
        QVERIFY2(drawn.costPer1k > 0.005 && drawn.costPer1k < 0.016,
                 qPrintable(QString::number(drawn.costPer1k)));
        QVERIFY(drawn.quality > 0.6 && drawn.quality < 0.8);
        auto *before = shown.child<QComboBox>("casesBefore");
        QCOMPARE(before->currentText(), u"the drawn policy"_s);
        QVERIFY(shown.child<QLabel>("drawnNote")->isHidden());
        // A drawing that cannot be replayed says why.
        shown.document.models[0].name = shown.document.models[0].model = u"nobody"_s;
        shown.document.nodes[2].config["model"] = "nobody";
        shown.page->refresh();
        QTRY_VERIFY(!shown.child<QLabel>("drawnNote")->isHidden());
        QVERIFY2(shown.text("drawnNote").contains(u"no model “nobody”"),
                 qPrintable(shown.text("drawnNote")));
        QVERIFY(!shown.plot()->data().drawn);
    }

    void otherPoliciesAreGhostsThatCanBeComparedAndTakenAway()
    {
        Shown shown;
        shown.page->setOpenPolicies({{u"1"_s, u"split.headgate"_s, splitPolicy()}});
        QTRY_COMPARE(shown.plot()->data().ghosts.size(), 1);
        QCOMPARE(shown.plot()->data().ghosts[0].name, u"split.headgate"_s);
        shown.page->addComparison(u"other.headgate"_s, splitPolicy(9));
        QTRY_COMPARE(shown.plot()->data().ghosts.size(), 2);
        QVERIFY(shown.plot()->data().ghosts[1].costPer1k <
                shown.plot()->data().ghosts[0].costPer1k);
        // Two that are both others.
        auto *before = shown.child<QComboBox>("casesBefore");
        auto *now = shown.child<QComboBox>("casesNew");
        choose(before, u"split.headgate"_s);
        choose(now, u"other.headgate"_s);
        QTest::mouseClick(shown.child<QPushButton>("filterFlipped"), Qt::LeftButton);
        const CasesModel &cases = shown.cases();
        QVERIFY(cases.rowCount() > 0);
        for (int row = 0; row < cases.rowCount(); ++row) {
            const QString route = cases.index(row, CasesModel::RouteColumn).data().toString();
            QVERIFY2(route == u"large → small"_s || route == u"small → large"_s, qPrintable(route));
        }
        // The choice stays while the point is moved.
        const int flipped = cases.rowCount();
        QTest::keyClick(shown.plot(), Qt::Key_Home);
        QCOMPARE(now->currentText(), u"other.headgate"_s);
        QCOMPARE(cases.rowCount(), flipped);
        // Taken away by the menu.
        QMenu *menu = shown.child<QPushButton>("compare")->menu();
        Q_EMIT menu->aboutToShow();
        const auto act = [menu](const QString &text) {
            for (QAction *action : menu->actions()) {
                if (action->text() == text)
                    return action->trigger();
            }
            qFatal("no %s", qPrintable(text));
        };
        act(u"Remove other.headgate"_s);
        QCOMPARE(shown.plot()->data().ghosts.size(), 1);
        QCOMPARE(now->currentText(), u"where you are"_s);
        Q_EMIT menu->aboutToShow();
        act(u"split.headgate"_s); // no longer shown
        QVERIFY(shown.plot()->data().ghosts.isEmpty());
    }

    void aWishForABudgetIsValidatedAtItsField()
    {
        const Shown shown;
        auto *wish = shown.child<QComboBox>("wish");
        auto *amount = shown.child<QLineEdit>("wishAmount");
        auto *problem = shown.child<QLabel>("wishProblem");
        QVERIFY(amount->isHidden());
        choose(wish, u"the best within a budget"_s);
        QVERIFY(!amount->isHidden() && problem->isHidden());
        const auto before = shown.page->here();
        amount->setFocus();
        for (const QString &wrong : {u"cheap"_s, u"-1"_s, u"0"_s}) {
            amount->clear();
            QTest::keyClicks(amount, wrong);
            QTest::keyClick(amount, Qt::Key_Return);
            QVERIFY2(!problem->isHidden(), qPrintable(wrong));
            QVERIFY(problem->text().contains(u"amount in USD"));
            QVERIFY(amount->property("invalid").toBool());
            QVERIFY(shown.page->here() == before); // nothing changed
        }
        // Halfway between the cheapest and the dearest: the best that it pays for, at once.
        const auto front = shown.plot()->data().front;
        const double budget = (front.first().costPer1k + front.last().costPer1k) / 2;
        amount->clear();
        QTest::keyClicks(amount, QString::number(budget, 'f', 6));
        QTest::keyClick(amount, Qt::Key_Return);
        QVERIFY(problem->isHidden());
        QVERIFY(!shown.page->isBusy());
        const double quality = shown.plot()->data().here->quality;
        QVERIFY(shown.plot()->data().here->costPer1k <= budget);
        for (const FrontPlot::Point &point : front)
            QVERIFY(point.costPer1k > budget || point.quality <= quality);
        // What nothing grants is said there, too.
        amount->clear();
        QTest::keyClicks(amount, u"0.0000001"_s);
        QTest::keyClick(amount, Qt::Key_Return);
        QVERIFY(!problem->isHidden());
        QVERIFY2(problem->text().contains(u"the cheapest costs"), qPrintable(problem->text()));
    }

    void aWishForLatencyIsKept()
    {
        const Shown shown;
        choose(shown.child<QComboBox>("wish"), u"the best in time"_s);
        auto *amount = shown.child<QLineEdit>("wishAmount");
        QSignalSpy searched(shown.page.get(), &EvaluatePage::searchShown);
        QTest::keyClicks(amount, u"90"_s);
        QTest::keyClick(amount, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(searched.size(), 1, 20'000);
        // "large" alone takes 200 ms: hardly anything may go there.
        QVERIFY(shown.plot()->data().here->costPer1k < 0.01);
        for (const FrontPlot::Point &point : shown.plot()->data().front)
            QVERIFY(point.name != u"large"_s);
    }

    void latencyIsNotOfferedWhereItWasNotMeasured()
    {
        Shown shown(0);
        QByteArray lines;
        for (const QByteArray &line : test::tellingOutcomes(400).trimmed().split('\n')) {
            Json json = Json::parse(line.constData());
            for (auto &model : json["models"])
                model.erase("latency_ms");
            lines += compactJson(json) + '\n';
        }
        shown.open(shown.write(lines));
        auto *wish = shown.child<QComboBox>("wish");
        wish->setFocus();
        QTest::keyClick(wish, Qt::Key_End);
        QCOMPARE(wish->currentText(), u"the best within a budget"_s);
    }

    void aModelCanBeLeftOut()
    {
        const Shown shown;
        QTest::mouseClick(shown.child<QPushButton>("searchOptionsButton"), Qt::LeftButton);
        auto *popup = shown.child<QFrame>("searchOptions");
        QVERIFY(popup->isVisible());
        auto *medium = shown.child<QCheckBox>("use:medium");
        QTest::mouseClick(medium, Qt::LeftButton, {}, {8, medium->height() / 2});
        QVERIFY(!medium->isChecked());
        QSignalSpy searched(shown.page.get(), &EvaluatePage::searchShown);
        QTest::mouseClick(shown.child<QPushButton>("searchOptionsDone"), Qt::LeftButton);
        QVERIFY(!popup->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(searched.size(), 1, 20'000);
        QCOMPARE(shown.plot()->data().singles.size(), 2);
        for (const FrontPlot::Point &point : shown.plot()->data().front)
            QVERIFY(!point.name.contains(u"medium"));
        QVERIFY(shown.child<QPushButton>("searchOptionsButton")->text().startsWith(u"1 left out"));
    }

    void outcomesWithoutCostsAreSearchedOnceTheyAreSaid()
    {
        Shown shown(0);
        QByteArray lines;
        for (const QByteArray &line : test::tellingOutcomes(800).trimmed().split('\n')) {
            Json json = Json::parse(line.constData());
            json["models"]["large"].erase("cost_usd");
            lines += compactJson(json) + '\n';
        }
        QSignalSpy searched(shown.page.get(), &EvaluatePage::searchShown);
        shown.page->openOutcomes(shown.write(lines));
        QTRY_VERIFY(!shown.page->isBusy());
        QCOMPARE(searched.size(), 0);
        auto *action = shown.child<QPushButton>("messageAction");
        QTest::mouseClick(action, Qt::LeftButton);
        auto *cost = shown.child<QLineEdit>("cost:large");
        QVERIFY(cost->isVisible());
        QVERIFY(shown.text("searchOptionsProblem").contains(u"a call of large"));
        cost->setFocus();
        QTest::keyClicks(cost, u"0.00002"_s);
        QVERIFY(shown.text("searchOptionsProblem").isEmpty());
        QTest::mouseClick(shown.child<QPushButton>("searchOptionsDone"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(searched.size(), 1, 20'000);
        QCOMPARE(shown.plot()->data().singles.size(), 3);
        for (const FrontPlot::Point &single : shown.plot()->data().singles)
            QVERIFY(single.name != u"large"_s || qAbs(single.costPer1k - 0.02) < 1e-9);
        QVERIFY(shown.page->here());
    }

    void theFrontIsATableAndIsSavedWithItsOrigin()
    {
        const Shown shown;
        auto *card = shown.page->findChild<FrontCard *>();
        QVERIFY(card);
        card->menu()->actions().first()->trigger();
        auto *table = shown.child<QTableView>("frontTable");
        QVERIFY(table->isVisible());
        QAbstractItemModel *model = table->model();
        const QAbstractItemModelTester tester(model);
        const auto front = shown.plot()->data().front;
        QVERIFY(model->rowCount() >= front.size());
        // A row leads there as a point does.
        table->setFocus();
        table->setCurrentIndex(model->index(model->rowCount() - 1, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(shown.plot()->data().here->name + u" alone"_s,
                 model->index(model->rowCount() - 1, 0).data().toString());
        const QString csv = shown.folder.filePath(u"front.csv"_s);
        const QString json = shown.folder.filePath(u"front.json"_s);
        QVERIFY(card->save(csv) && card->save(json));
        QFile file(csv);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
        QCOMPARE(lines.size(), model->rowCount() + 1);
        QVERIFY(lines[0].contains("validation_cost_usd_per_1k"));
        for (const QByteArray &line : lines.sliced(1)) {
            QCOMPARE(line.split(',').size(), lines[0].split(',').size());
            QVERIFY(line.endsWith("outcomes.jsonl,recorded outcomes"));
        }
        QFile text(json);
        QVERIFY(text.open(QIODevice::ReadOnly));
        const Json saved = Json::parse(text.readAll().constData());
        QCOMPARE(saved.at("origin"), Json("recorded outcomes"));
        QCOMPARE(saved.at("points").size(), size_t(model->rowCount()));
        qsizetype place = 0;
        for (const Json &point : saved.at("points")) {
            if (!point.at("on_front").get<bool>())
                continue;
            QCOMPARE(point.at("validation").at("quality").get<double>(), front[place].quality);
            QCOMPARE(point.at("validation").at("cost_usd_per_1k").get<double>(),
                     front[place].costPer1k);
            QVERIFY(point.at("validation").at("n").get<int>() > 200);
            ++place;
        }
        QCOMPARE(place, front.size());
        const auto refused = card->save(shown.folder.filePath(u"no/such/folder.csv"_s));
        QVERIFY(!refused);
        QVERIFY(refused.error().message.contains(u"folder.csv"));
    }

    void aCascadeIsSearchedBehindEachBranchOfTheDrawnRouter()
    {
        Shown shown;
        shown.document = splitPolicy();
        shown.page->refresh();
        auto *card = shown.page->findChild<RoutedCard *>();
        QVERIFY(card && card->isHidden());
        const auto ask = [&shown] {
            QTest::mouseClick(shown.child<QPushButton>("searchOptionsButton"), Qt::LeftButton);
            auto *perBranch = shown.child<QCheckBox>("perBranch");
            QTest::mouseClick(perBranch, Qt::LeftButton, {}, {8, perBranch->height() / 2});
            QTest::mouseClick(shown.child<QPushButton>("searchOptionsDone"), Qt::LeftButton);
        };
        ask();
        QTRY_VERIFY_WITH_TIMEOUT(!card->isHidden(), 20'000);
        QVERIFY2(shown.text("routedBranches").startsWith(u"a (n "),
                 qPrintable(shown.text("routedBranches")));
        QCOMPARE(shown.plot()->data().ghosts.size(), 1);
        const FrontPlot::Point point = shown.plot()->data().ghosts[0];
        QSignalSpy asked(shown.page.get(), &EvaluatePage::applyRequested);
        connect(shown.page.get(), &EvaluatePage::applyRequested, shown.page.get(),
                [&](const policy::PolicyDocument &document) { shown.document = document; });
        QVERIFY(shown.text("routedNote").contains(u"none to drag"));
        QVERIFY(shown.text("onTest").isEmpty());
        QTest::mouseClick(shown.child<QPushButton>("routedApply"), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QVERIFY2(shown.text("onTest").startsWith(u"Applied. On the test part, n "),
                 qPrintable(shown.text("onTest")));
        QVERIFY(shown.document.node({u"r"_s})); // the router is kept
        QVERIFY(shown.document.target({u"r"_s}, u"a"_s) != shown.document.target({u"r"_s}, u"b"_s));
        // What is drawn is replayed to where the search said.
        QTRY_VERIFY(shown.plot()->data().drawn &&
                    qAbs(shown.plot()->data().drawn->costPer1k - point.costPer1k) < 1e-9);
        QVERIFY(qAbs(shown.plot()->data().drawn->quality - point.quality) < 1e-6);
        // A drawing without a router says so in the card.
        shown.document = {};
        shown.page->refresh();
        QTest::mouseClick(shown.child<QPushButton>("optimise"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(
            shown.text("routedFigures").contains(u"does not begin with a router"), 20'000);
        QVERIFY(shown.child<QPushButton>("routedApply")->isHidden());
    }

    void moreCasesAreAskedForWhereADifferenceNeedsThem()
    {
        const Shown shown(400);
        auto *record = shown.child<QPushButton>("recordMore");
        for (int index = int(shown.plot()->data().front.size()) - 1; record->isHidden(); --index)
            shown.page->choosePoint(index);
        QVERIFY(!record->isEnabled()); // a file has no prompts to record
        QVERIFY(record->toolTip().contains(u"data set"));
        shown.page->findChild<SavingCard *>()->setCanRecord(true); // as of a data set
        QVERIFY(record->isEnabled());
        QSignalSpy asked(shown.page.get(), &EvaluatePage::recordMoreRequested);
        QTest::mouseClick(record, Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        const qint64 cases = asked[0][0].toLongLong();
        QVERIFY(cases > 0);
        QVERIFY2(shown.text("honest").contains(QLocale().toString(cases)),
                 qPrintable(shown.text("honest")));
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

    // Recordings call a model by the provider's id, whatever it is called in the policy.
    void whatIsDrawnKeepsTheDeploymentThatThePolicyHas()
    {
        Shown shown;
        for (const auto &[name, id] :
             {std::pair(u"Small one"_s, u"small"_s), std::pair(u"Middle"_s, u"medium"_s),
              std::pair(u"Best"_s, u"large"_s)}) {
            policy::Model model;
            model.name = name;
            model.provider = u"house"_s;
            model.model = id;
            shown.document.models.append(model);
        }
        connect(shown.page.get(), &EvaluatePage::applyRequested, shown.page.get(),
                [&](const policy::PolicyDocument &document) { shown.document = document; });
        shown.page->choosePoint(shown.stagedPoint());
        QTest::mouseClick(shown.child<QPushButton>("apply"), Qt::LeftButton);
        QVERIFY(shown.document.models.size() >= 2);
        for (const policy::Model &model : shown.document.models) {
            QCOMPARE(model.provider, u"house"_s);
            QCOMPARE(model.model, model.name);
        }
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
