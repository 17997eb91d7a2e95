#include "ui/common/chart.h"
#include "ui/common/chart_table_model.h"
#include "ui/common/decimation.h"

#include <QAbstractItemModelTester>
#include <QGraphicsView>
#include <QMenu>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate::ui;
using namespace Qt::StringLiterals;

namespace {

QList<QPointF> noise(int count)
{
    QRandomGenerator random(7);
    QList<QPointF> points;
    for (int i = 0; i < count; ++i)
        points.append(QPointF(i, random.generateDouble()));
    return points;
}

ChartData growing(int count)
{
    ChartData data;
    const double start = 1'795'000'000'000.0;
    ChartLine baseline{
        .label = u"always Albatross"_s, .color = Token::TextSecondary, .dashed = true};
    ChartLine actual{.label = u"actual"_s, .color = Token::Accent};
    for (int i = 0; i < count; ++i) {
        baseline.points.append(QPointF(start + i * 60'000.0, i * 0.003));
        actual.points.append(QPointF(start + i * 60'000.0, i * 0.001));
    }
    data.lines = {baseline, actual};
    data.gapLabel = u"saved $0.20"_s;
    data.context = u"this session, all policies"_s;
    data.origin = Origin::Simulated;
    return data;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestChart final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decimationKeepsEndsAndExtremesOfEachColumn()
    {
        const QList<QPointF> all = noise(100'000);
        const int columns = 800;
        const QList<QPointF> kept = decimate(all, columns);
        QVERIFY(kept.size() <= 4 * columns);
        QCOMPARE(kept.first(), all.first());
        QCOMPARE(kept.last(), all.last());
        QVERIFY(std::is_sorted(kept.cbegin(), kept.cend(),
                               [](const QPointF &a, const QPointF &b) { return a.x() < b.x(); }));
        const auto extremes = [&](const QList<QPointF> &points) {
            QMap<int, std::pair<double, double>> found;
            for (const QPointF &point : points) {
                const int column = std::min(columns - 1, int(point.x() * columns / 99'999));
                auto [it, fresh] = std::pair(found.find(column), !found.contains(column));
                if (fresh)
                    it = found.insert(column, {point.y(), point.y()});
                it->first = std::min(it->first, point.y());
                it->second = std::max(it->second, point.y());
            }
            return found;
        };
        QCOMPARE(extremes(kept), extremes(all));
    }

    void fewPointsStayAsTheyAre()
    {
        const QList<QPointF> all = noise(30);
        QCOMPARE(decimate(all, 10), all);
        QCOMPARE(decimate({}, 10), QList<QPointF>());
    }

    void roundStepsAreOneTwoOrFive()
    {
        QCOMPARE(roundStep(600, 4), 200.0);
        QCOMPARE(roundStep(0.0031, 4), 0.001);
        QCOMPARE(roundStep(4, 4), 1.0);
        QCOMPARE(roundStep(0, 4), 1.0);
    }

    void manyPointsAreDecimatedBeforeTheyAreDrawn()
    {
        Theme theme;
        Chart chart(theme);
        chart.resize(800, 300);
        chart.show();
        chart.setData(growing(50'000));
        QVERIFY(chart.drawnPoints() > 200);
        QVERIFY(chart.drawnPoints() < 8 * 800);
    }

    void theTableHasTheSameFigures()
    {
        Theme theme;
        Chart chart(theme);
        chart.setData(growing(3));
        const auto *table = chart.findChild<QTableView *>();
        QAbstractItemModelTester tester(table->model(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        chart.setData(growing(5));
        QCOMPARE(table->model()->rowCount(), 5);
        QCOMPARE(table->model()->headerData(1, Qt::Horizontal).toString(), u"always Albatross"_s);
        QCOMPARE(table->model()->index(4, 1).data().toString(), u"$0.012"_s);
        QCOMPARE(table->model()->index(4, 2).data().toString(), u"$0.004"_s);
        QVERIFY(!chart.isTable());
        chart.menu()->actions().first()->trigger();
        QVERIFY(chart.isTable());
    }

    void exportsNameContextAndOrigin()
    {
        QTemporaryDir folder;
        Theme theme;
        Chart chart(theme);
        chart.resize(640, 240);
        chart.show();
        chart.setData(growing(4));
        QVERIFY(chart.saveCsv(folder.filePath(u"c.csv"_s)));
        const QByteArrayList rows = contents(folder.filePath(u"c.csv"_s)).split('\n');
        QCOMPARE(rows[0], QByteArray("time,always Albatross,actual,origin"));
        QVERIFY(rows[2].endsWith(",0.003000000,0.001000000,simulated"));
        QCOMPARE(rows.size(), 6);
        QVERIFY(chart.saveSvg(folder.filePath(u"c.svg"_s)));
        const QByteArray svg = contents(folder.filePath(u"c.svg"_s));
        QVERIFY(svg.contains("this session, all policies · simulated"));
        QVERIFY(svg.contains("SIMULATED"));
        QVERIFY(chart.savePng(folder.filePath(u"c.png"_s)));
        const QImage image(folder.filePath(u"c.png"_s));
        QVERIFY(image.width() >= 2 * 600);
    }

    void aFileThatCannotBeWrittenIsNamed()
    {
        Theme theme;
        Chart chart(theme);
        chart.setData(growing(2));
        const auto saved = chart.saveCsv(u"/nowhere/at/all.csv"_s);
        QVERIFY(!saved);
        QVERIFY(saved.error().message.contains(u"/nowhere/at/all.csv"_s));
    }

    void aClickTellsTheNearestMoment()
    {
        Theme theme;
        Chart chart(theme);
        chart.resize(800, 300);
        chart.show();
        chart.setData(growing(11));
        auto *view = chart.findChild<QGraphicsView *>();
        QSignalSpy activated(&chart, &Chart::pointActivated);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, QPoint(view->width() / 2, 100));
        QCOMPARE(activated.size(), 1);
        const qint64 at = activated.first().first().toDateTime().toMSecsSinceEpoch();
        QCOMPARE(at % 60'000, qint64(1'795'000'000'000) % 60'000);
    }

    void emptyAndSingleValuesDraw()
    {
        Theme theme;
        Chart chart(theme);
        chart.resize(400, 200);
        chart.show();
        chart.setData({});
        QVERIFY(chart.data().isEmpty());
        QCOMPARE(chart.drawnPoints(), 0);
        chart.setData(growing(1));
        QCOMPARE(chart.drawnPoints(), 2);
        QVERIFY(!chart.grab().isNull());
    }
};

QTEST_MAIN(TestChart)
#include "tst_chart.moc"
