#include "core/evaluation/metrics/paired_outcomes.h"
#include "core/evaluation/metrics/router_scores.h"
#include "core/evaluation/outcome_builder.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace headgate;
using namespace headgate::evaluation;
using namespace Qt::StringLiterals;

namespace {

// Rows "a", "7" and "c"; "weak" has no outcome on the second, "strong" none on the third; the
// second has no cost.
OutcomeTable smallTable()
{
    OutcomeBuilder builder;
    const auto add = [&builder](const char *id, std::optional<double> strong,
                                std::optional<double> weak, std::optional<Money> cost) {
        Outcome outcome;
        outcome.cost = cost;
        bool good = builder.addRow(id, id, {}).has_value();
        for (const auto &[name, quality] : {std::pair("strong", strong), std::pair("weak", weak)}) {
            outcome.quality = quality;
            good = good && builder.add(name, outcome);
        }
        if (!good)
            qFatal("refused");
    };
    add("a", 1.0, 0.25, Money::fromNanos(3'000));
    add("7", 1.0, std::nullopt, std::nullopt);
    add("c", std::nullopt, 0.5, Money::fromNanos(5'000));
    add("d", 0.5, 0.75, std::nullopt);
    return builder.take();
}

} // namespace

class TestRouterScores final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scoresComeToTheRowsOfTheirIds()
    {
        const auto scores = readRouterScores(
            write("{\"id\":\"c\",\"score\":-2}\n\n{\"id\":7,\"score\":0.5,\"more\":[]}\n"
                  "{\"id\":\"elsewhere\",\"score\":1}\n"),
            smallTable());
        QVERIFY2(scores, scores ? "" : qPrintable(scores.error().message));
        QVERIFY(std::isnan(scores->score[0]));
        QCOMPARE(scores->score[1], 0.5);
        QCOMPARE(scores->score[2], -2.0);
        QCOMPARE(scores->unknownIds, 1);
    }

    void whatIsNoScoreIsRefusedWithItsLine_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("complaint");
        QTest::newRow("cut") << QByteArray("{\"id\":\"a\",") << u"no JSON object"_s;
        QTest::newRow("a list") << QByteArray("[]") << u"no JSON object"_s;
        QTest::newRow("no id") << QByteArray("{\"score\":1}") << u"“id” must be"_s;
        QTest::newRow("half an id") << QByteArray("{\"id\":1.5,\"score\":1}") << u"“id” must be"_s;
        QTest::newRow("no score") << QByteArray("{\"id\":\"a\"}") << u"“score” must be"_s;
        QTest::newRow("a word") << QByteArray("{\"id\":\"a\",\"score\":\"1\"}")
                                << u"“score” must be"_s;
        QTest::newRow("twice") << QByteArray("{\"id\":\"c\",\"score\":3}")
                               << u"“c” has a score already"_s;
    }

    void whatIsNoScoreIsRefusedWithItsLine()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, complaint);
        const auto scores =
            readRouterScores(write("{\"id\":\"c\",\"score\":1}\n" + line), smallTable());
        QVERIFY(!scores);
        QVERIFY2(scores.error().message.contains(u"Line 2 "), qPrintable(scores.error().message));
        QVERIFY2(scores.error().message.contains(complaint), qPrintable(scores.error().message));
    }

    void aFileOfOtherPromptsSaysSo()
    {
        for (const QByteArray &text : {QByteArray("{\"id\":\"x\",\"score\":1}\n"), QByteArray()}) {
            const auto scores = readRouterScores(write(text), smallTable());
            QVERIFY(!scores);
            QVERIFY(scores.error().message.contains(u"no score of any of these prompts"));
        }
        QVERIFY(!readRouterScores(u"/nowhere.jsonl"_s, smallTable()));
    }

    void rowsThatCannotBeComparedAreCountedByWhatTheyLack()
    {
        const OutcomeTable table = smallTable();
        const std::vector<double> scores{0.1, 0.2, std::nan(""), 0.4};
        const auto rows = table.allRows();
        const PairedOutcomes paired = pairOutcomes(table, rows, table.modelIndex(u"strong"_s),
                                                   table.modelIndex(u"weak"_s), scores);
        QCOMPARE(paired.rows, (std::vector<qint32>{0, 3}));
        QCOMPARE(paired.strong, (std::vector<double>{1, 0.5}));
        QCOMPARE(paired.weak, (std::vector<double>{0.25, 0.75}));
        QCOMPARE(paired.score, (std::vector<double>{0.1, 0.4}));
        QCOMPARE(paired.withoutStrong, 1);
        QCOMPARE(paired.withoutWeak, 1);
        QCOMPARE(paired.withoutScore, 1);
        const PairedCosts costs =
            pairCosts(table, paired, table.modelIndex(u"strong"_s), table.modelIndex(u"weak"_s));
        QCOMPARE(costs.at, (std::vector<size_t>{0}));
        QVERIFY(std::abs(costs.strong[0] - 0.003) < 1e-12);
    }

private:
    QString write(const QByteArray &text)
    {
        QFile file(m_folder.filePath(u"scores.jsonl"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("not written");
        return file.fileName();
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestRouterScores)

#include "tst_router_scores.moc"
