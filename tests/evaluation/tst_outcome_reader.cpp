#include "core/evaluation/outcome_reader.h"
#include "tests/support/written_file.h"

#include <QTest>

#include <cmath>

using namespace headgate;
using namespace headgate::evaluation;
using namespace Qt::StringLiterals;

namespace {

// With apostrophes for quotation marks.
QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

const QByteArray kGood =
    json("{'id':'q1','prompt':'One?','subset':'sums','models':{"
         "'small':{'quality':0.5,'cost_usd':1.57e-05,'check_cost_usd':0.0,'confidence':-0.25,"
         "'latency_ms':20.5,'in_tokens':12,'out_tokens':3,'answer':'1'},"
         "'large':{'quality':1}}}");

} // namespace

class TestOutcomeReader final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFigureComesIntoItsColumn()
    {
        const auto table = readOutcomes(m_files.write(kGood), {.answers = true});
        QVERIFY2(table, table ? "" : qPrintable(table.error().message));
        QCOMPARE(table->rows, 1);
        QCOMPARE(table->ids.at(0).toByteArray(), "q1");
        QCOMPARE(table->prompts.at(0).toByteArray(), "One?");
        QCOMPARE(table->subsets, QStringList{u"sums"_s});
        QCOMPARE(table->subset[0], 0);
        QCOMPARE(table->models.size(), 2u);
        const ModelColumns &small = table->models[0];
        QCOMPARE(small.name, u"small"_s);
        QCOMPARE(small.quality[0], 0.5f);
        QCOMPARE(small.costAt(0), 15'700);
        QCOMPARE(small.checkCostAt(0), 0);
        QCOMPARE(small.confidence[0], -0.25f);
        QCOMPARE(small.latencyMs[0], 20.5f);
        QCOMPARE(small.inTokens[0], 12);
        QCOMPARE(small.outTokens[0], 3);
        QCOMPARE(small.answers.at(0).toByteArray(), "1");
        QCOMPARE(table->models[1].costAt(0), kNoCost);
        QVERIFY(table->models[1].confidence.empty());
    }

    void aModelThatIsAbsentSomewhereHasNoOutcomeThere()
    {
        const auto table = readOutcomes(
            m_files.write(json("{'prompt':'a','models':{'small':{'quality':1}}}\n\n"
                               "{'prompt':'b','models':{'late':{'quality':1,'cost_usd':0.5}}}\n"
                               "{'prompt':'c','models':{'small':{'quality':null,'cost_usd':1}}}")));
        QVERIFY2(table, table ? "" : qPrintable(table.error().message));
        QCOMPARE(table->rows, 3);
        const qsizetype small = table->modelIndex(u"small"_s);
        const qsizetype late = table->modelIndex(u"late"_s);
        QCOMPARE(table->missing(small, table->allRows()), 2);
        QCOMPARE(table->missing(late, table->allRows()), 2);
        QVERIFY(!table->models[size_t(late)].answered(0));
        QVERIFY(table->models[size_t(late)].answered(1));
        QCOMPARE(table->models[size_t(late)].costAt(0), kNoCost);
        QCOMPARE(table->models[size_t(late)].costAt(1), 500'000'000);
        QCOMPARE(table->models[size_t(late)].costAt(2), kNoCost);
        QCOMPARE(table->models[size_t(small)].costAt(2), 1'000'000'000);
        QCOMPARE(table->ids.at(1).toByteArray(), "3"); // the line, since it names none
    }

    void whatCannotBeIsRefusedWithItsLine_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("complaint");
        const auto model = [](const QByteArray &members) {
            return QByteArray(json("{'id':'x','prompt':'p','models':{'small':{") + members + "}}}");
        };
        QTest::newRow("cut") << kGood.first(40) << u"no valid JSON"_s;
        QTest::newRow("a list") << QByteArray("[1]") << u"must be an object"_s;
        QTest::newRow("NaN") << model(json("'quality':NaN")) << u"no valid JSON"_s;
        QTest::newRow("invalid UTF-8") << QByteArray("{\"prompt\":\"\xff\"}") << u"no valid JSON"_s;
        QTest::newRow("no prompt") << json("{'models':{}}") << u"“prompt” must be"_s;
        QTest::newRow("no models") << json("{'prompt':'p'}") << u"“models” must be"_s;
        QTest::newRow("quality above 1") << model(json("'quality':1.01")) << u"quality is 1.01"_s;
        QTest::newRow("quality below 0") << model(json("'quality':-0.1")) << u"quality is -0.1"_s;
        QTest::newRow("quality as text")
            << model(json("'quality':'1'")) << u"“quality” must be a number"_s;
        QTest::newRow("negative cost") << model(json("'cost_usd':-1")) << u"cost is negative"_s;
        QTest::newRow("endless cost") << model(json("'cost_usd':1e300")) << u"no amount"_s;
        QTest::newRow("confidence above 0") << model(json("'confidence':0.5")) << u"at most 0"_s;
        QTest::newRow("half a token") << model(json("'in_tokens':1.5")) << u"whole number"_s;
        QTest::newRow("negative latency") << model(json("'latency_ms':-3")) << u"latency is -3"_s;
        QTest::newRow("the same id") << kGood << u"already given in row 1"_s;
        QTest::newRow("the same model twice")
            << json("{'prompt':'p','models':{'m':{'quality':1},'m':{'quality':0}}}")
            << u"given twice"_s;
    }

    void whatCannotBeIsRefusedWithItsLine()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, complaint);
        const auto table = readOutcomes(m_files.write(kGood + "\n" + line + "\n"));
        QVERIFY(!table);
        const QString message = table.error().message;
        QVERIFY2(message.contains(u"Line 2"), qPrintable(message));
        QVERIFY2(message.contains(complaint), qPrintable(message));
    }

    void aFileWithoutOutcomesSaysSo()
    {
        for (const QByteArray &text : {QByteArray(), QByteArray("\n \n")}) {
            const auto table = readOutcomes(m_files.write(text));
            QVERIFY(!table);
            QVERIFY(table.error().message.contains(u"holds no outcomes"));
        }
        const auto table = readOutcomes(m_files.write(json("{'prompt':'p','models':{}}")));
        QVERIFY(!table);
        QVERIFY(table.error().message.contains(u"holds no model"));
    }

    void csvGivesTheSameAsJsonLines()
    {
        const auto table = readOutcomes(
            m_files.write(
                "id,prompt,subset,models.small.quality,models.small.cost_usd,"
                "models.gpt-4.1.quality,models.small.check_cost_usd,models.small.confidence,"
                "models.small.latency_ms,models.small.in_tokens,models.small.out_tokens,"
                "models.small.answer,models.small.note\n"
                "q1,One?,sums,0.5,1.57e-05,1,0.0,-0.25,20.5,12,3,\"1, or so\",x\n"
                ",\"Two\nlines?\",,,,0.25,,,,,,,\n"),
            {.answers = true});
        QVERIFY2(table, table ? "" : qPrintable(table.error().message));
        QCOMPARE(table->rows, 2);
        QCOMPARE(table->ids.at(0).toByteArray(), "q1");
        QCOMPARE(table->ids.at(1).toByteArray(), "3"); // the row, since it names none
        QCOMPARE(table->prompts.at(1).toByteArray(), "Two\nlines?");
        QCOMPARE(table->subsets, QStringList{u"sums"_s});
        QCOMPARE(table->models.size(), 2u);
        const ModelColumns &small = table->models[size_t(table->modelIndex(u"small"_s))];
        QCOMPARE(small.quality[0], 0.5f);
        QCOMPARE(small.costAt(0), 15'700);
        QCOMPARE(small.checkCostAt(0), 0);
        QCOMPARE(small.confidence[0], -0.25f);
        QCOMPARE(small.latencyMs[0], 20.5f);
        QCOMPARE(small.inTokens[0], 12);
        QCOMPARE(small.outTokens[0], 3);
        QCOMPARE(small.answers.at(0).toByteArray(), "1, or so");
        QVERIFY(!small.answered(1)); // what is empty was not measured
        const ModelColumns &large = table->models[size_t(table->modelIndex(u"gpt-4.1"_s))];
        QCOMPARE(large.quality[1], 0.25f);
        QCOMPARE(large.costAt(0), kNoCost);
    }

    void whatCannotBeInCsvIsRefusedWithItsRow_data()
    {
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<QString>("complaint");
        QTest::newRow("quality") << QByteArray("x,p,2,0") << u"quality is 2"_s;
        QTest::newRow("words") << QByteArray("x,p,good,0") << u"must be a number"_s;
        QTest::newRow("NaN") << QByteArray("x,p,nan,0") << u"quality is nan"_s;
        QTest::newRow("cost") << QByteArray("x,p,1,-1") << u"cost is negative"_s;
        QTest::newRow("no cost") << QByteArray("x,p,1,$1") << u"no amount of dollars"_s;
        QTest::newRow("a field too few") << QByteArray("x,p,1") << u"3 fields"_s;
        QTest::newRow("no prompt") << QByteArray("x,,1,0") << u"its prompt is empty"_s;
        QTest::newRow("the same id") << QByteArray("q1,p,1,0") << u"already given in row 1"_s;
    }

    void whatCannotBeInCsvIsRefusedWithItsRow()
    {
        QFETCH(QByteArray, row);
        QFETCH(QString, complaint);
        const auto table = readOutcomes(
            m_files.write("id,prompt,models.m.quality,models.m.cost_usd\nq1,p,1,0\n" + row + "\n"));
        QVERIFY(!table);
        const QString message = table.error().message;
        QVERIFY2(message.contains(u"Row 3"), qPrintable(message));
        QVERIFY2(message.contains(complaint), qPrintable(message));
    }

    void theReadingStopsWhenAsked()
    {
        QByteArray text;
        for (int i = 0; i < 5'000; ++i)
            text += json("{'prompt':'p','models':{'m':{'quality':1}}}\n");
        std::stop_source stop;
        qint64 reports = 0;
        const auto table = readOutcomes(
            m_files.write(text), {},
            [&](qint64 bytes, qint64 size) {
                QVERIFY(bytes > 0 && bytes <= size);
                ++reports;
                stop.request_stop();
            },
            stop.get_token());
        QVERIFY(!table);
        QCOMPARE(table.error().code, ErrorCode::Cancelled);
        QCOMPARE(reports, 1);
    }

    void samePromptsAreInTheSamePartEverywhere()
    {
        QByteArray text;
        for (int i = 0; i < 2'000; ++i)
            text += json("{'prompt':'p") + QByteArray::number(i) +
                    json("','models':{'m':{'quality':1}}}\n");
        const auto table = readOutcomes(m_files.write(text));
        QVERIFY(table);
        const double train = double(table->rowsOf(Part::Train).size()) / 2'000;
        const double validation = double(table->rowsOf(Part::Validation).size()) / 2'000;
        QVERIFY2(std::abs(train - 0.6) < 0.05, qPrintable(QString::number(train)));
        QVERIFY2(std::abs(validation - 0.2) < 0.04, qPrintable(QString::number(validation)));
        // Fixed for ever: a model trained yesterday must not be tested on its own prompts today.
        QCOMPARE(partOf("p0"), Part::Train); // the hash's first 8 bytes modulo 10 are 4, 7 and 8
        QCOMPARE(partOf("p1"), Part::Validation);
        QCOMPARE(partOf("p4"), Part::Test);
        QCOMPARE(table->part[4], Part::Test);
    }

    void theMeasuredFilesAreReadWhole_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("models");
        QTest::newRow("routellm_mmlu") << 9'759 << 2;
        QTest::newRow("routellm_gsm8k") << 914 << 2;
        QTest::newRow("llmrouter9") << 4'235 << 9;
        QTest::newRow("routerarena_sub10") << 586 << 2;
        QTest::newRow("cascade_mmlu") << 1'285 << 9;
        QTest::newRow("cascade_triviaqa") << 881 << 9;
        QTest::newRow("cascade_truthfulqa") << 553 << 9;
        QTest::newRow("cascade_gsm8k") << 205 << 9;
    }

    void theMeasuredFilesAreReadWhole()
    {
        QFETCH(int, rows);
        QFETCH(int, models);
        const QString path = QStringLiteral(HEADGATE_SHARED_DATA "/%1.jsonl.gz")
                                 .arg(QString::fromLatin1(QTest::currentDataTag()));
        if (!QFileInfo::exists(path))
            QSKIP("the measured outcomes are not on this machine");
        const auto table = readOutcomes(path);
        QVERIFY2(table, table ? "" : qPrintable(table.error().message));
        QCOMPARE(table->rows, rows);
        QCOMPARE(table->models.size(), size_t(models));
        for (const ModelColumns &each : table->models)
            QCOMPARE(each.quality.size(), size_t(rows));
    }

private:
    test::WrittenFiles m_files;
};

QTEST_GUILESS_MAIN(TestOutcomeReader)
#include "tst_outcome_reader.moc"
