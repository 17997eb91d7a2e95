#include "core/evaluation/datasets/dataset_import.h"
#include "tests/support/written_file.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace headgate;
using namespace headgate::evaluation;
using namespace Qt::StringLiterals;

namespace {

QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

const ColumnMapping kMapping{
    .prompt = u"prompt"_s, .expected = u"answer"_s, .id = u"id"_s, .subset = u"subset"_s};

} // namespace

class TestDatasetImport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = DatasetStore::open(m_folder->filePath(u"workspace.sqlite"_s)).value();
    }
    void cleanup() { m_store.reset(); }

    void everyFormatGivesTheSamePrompts_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("gzip");
        const QByteArray lines =
            json("{'id':'q1','prompt':'2, or\\n\\'3\\'?','answer':2,'subset':'sums'}\n\n"
                 "{'prompt':'Grüße','answer':null,'id':7}\n");
        const QByteArray comma(
            "id,prompt,answer,subset\r\nq1,\"2, or\n'3'?\",2,sums\r\n7,Grüße,,\r\n");
        const QByteArray semicolon(
            "\xEF\xBB\xBFid;prompt;answer;subset\nq1;\"2, or\n'3'?\";2;sums\n7;Grüße;;\n");
        QTest::newRow("JSON lines") << QByteArray(lines).replace("\\\"3\\\"", "'3'") << false;
        QTest::newRow("JSON lines, gzip") << QByteArray(lines).replace("\\\"3\\\"", "'3'") << true;
        QTest::newRow("CSV") << comma << false;
        QTest::newRow("CSV, gzip") << comma << true;
        QTest::newRow("semicolons") << semicolon << false;
        QTest::newRow("tabs") << QByteArray(semicolon).replace(';', '\t') << false;
    }

    void everyFormatGivesTheSamePrompts()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const bool, gzip);
        const auto report = import(gzip ? m_files.writeGzip(text) : m_files.write(text), kMapping);
        QVERIFY2(report, report ? "" : qPrintable(report.error().message));
        QVERIFY2(report->dataset, qPrintable(report->problems.value(0).message));
        const QList<DatasetPrompt> found = promptsOf(report->dataset->id);
        QCOMPARE(found.size(), 2);
        const DatasetPrompt first{.id = u"q1"_s,
                                  .prompt = u"2, or\n'3'?"_s,
                                  .messages = {},
                                  .expected = u"2"_s,
                                  .subset = u"sums"_s};
        QVERIFY(found[0] == first);
        const DatasetPrompt second{.id = u"7"_s, .prompt = u"Grüße"_s};
        QVERIFY(found[1] == second);
    }

    void messagesAreKeptAsAConversation()
    {
        const QByteArray list = json("[{'role':'system','content':'Short.'},"
                                     "{'role':'user','content':[{'type':'text','text':'Why?'}]},"
                                     "{'role':'assistant','content':'So.'},"
                                     "{'role':'user','content':'And then?','name':'eve'}]");
        const QByteArray inCsv = "prompt\n\"" + QByteArray(list).replace("\"", "\"\"") + "\"\n";
        for (const QByteArray &text : {"{\"prompt\":" + list + "}", inCsv}) {
            const auto report = import(m_files.write(text), {.prompt = u"prompt"_s});
            QVERIFY(report && report->dataset);
            const DatasetPrompt found = promptsOf(report->dataset->id).first();
            QCOMPARE(found.prompt, u"And then?"_s);
            QCOMPARE(found.messages.size(), 4);
            QCOMPARE(found.messages[0].role, Message::Role::System);
            QCOMPARE(found.messages[1].text, u"Why?"_s);
            QCOMPARE(found.messages[3].extra, (Json{{"name", "eve"}}));
        }
    }

    void otherColumnsAreKeptWhereTheyAreAskedFor()
    {
        ColumnMapping mapping = kMapping;
        mapping.metadata = {u"tenant"_s, u"tags"_s};
        const auto report =
            import(m_files.write(
                       json("{'prompt':'a','tenant':'x','tags':['b'],'other':1}\n{'prompt':'b'}")),
                   mapping);
        const QList<DatasetPrompt> found = promptsOf(report->dataset->id);
        QCOMPARE(found[0].metadata, (Json{{"tenant", "x"}, {"tags", Json::array({"b"})}}));
        QCOMPARE(found[1].metadata, Json::object());
        QCOMPARE(found[1].id, u"2"_s); // the row, since it has none
    }

    void aRowThatCannotBeKeepsAllOut_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("row");
        QTest::addColumn<QString>("complaint");
        const QByteArray good = json("{'id':'a','prompt':'x'}\n");
        const auto row = [](const char *name, const QByteArray &text, qint64 at,
                            const QString &complaint) {
            QTest::newRow(name) << text << at << complaint;
        };
        row("cut", good + "{\"prompt\":", 2, u"no valid JSON"_s);
        row("a list", good + "[1]", 2, u"must be a JSON object"_s);
        row("no prompt", good + json("{'id':'b'}"), 2, u"prompt is empty"_s);
        row("white prompt", good + json("{'id':'b','prompt':' '}"), 2, u"prompt is empty"_s);
        row("the same id", good + "\n" + good, 3, u"“a” was already given in row 1"_s);
        row("no messages", good + json("{'prompt':[{'role':'king','content':'x'}]}"), 2,
            u"Message 1 needs"_s);
        row("nobody asks", good + json("{'prompt':[{'role':'system','content':'x'}]}"), 2,
            u"prompt is empty"_s);
        row("an object", good + json("{'prompt':{'x':1}}"), 2, u"must be a list"_s);
        row("CSV: a field too many", "id,prompt,answer,subset\na,x,1,s\nb,\"y\nz\",2,s,t\n", 3,
            u"5 fields where the header has 4"_s);
        row("CSV: a field too few", "id,prompt,answer,subset\na,x,1\n", 2, u"3 fields"_s);
        row("CSV: no UTF-8", "id,prompt,answer,subset\na,\xFF,1,s\n", 2, u"no UTF-8"_s);
    }

    void aRowThatCannotBeKeepsAllOut()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const qint64, row);
        QFETCH(const QString, complaint);
        const auto report = import(m_files.write(text), kMapping);
        QVERIFY2(report, report ? "" : qPrintable(report.error().message));
        QVERIFY(!report->dataset);
        QCOMPARE(report->problems.size(), 1);
        QCOMPARE(report->problems[0].row, row);
        QVERIFY2(report->problems[0].message.contains(complaint),
                 qPrintable(report->problems[0].message));
        QVERIFY(m_store->datasets()->isEmpty());
    }

    void whatModelsDidComesAlong()
    {
        ColumnMapping mapping = kMapping;
        mapping.outcomes = u"models"_s;
        const auto report = import(
            m_files.write(json(
                "{'prompt':'a','models':{'small':{'quality':0.5,'cost_usd':0.001,'answer':'x'}}}\n"
                "{'prompt':'b'}\n")),
            mapping);
        QVERIFY2(report && report->dataset, report ? "" : qPrintable(report.error().message));
        const auto kept = m_store->outcome(report->dataset->id, 1, {u"small"_s}).value();
        QCOMPARE(kept.figures.quality, std::optional(0.5));
        QCOMPARE(kept.figures.cost->nanos(), 1'000'000);
        QCOMPARE(kept.answer, u"x"_s);
        QVERIFY(!m_store->outcome(report->dataset->id, 2, {u"small"_s}));
    }

    void whatModelsDidComesAlongInColumnsOfCsv()
    {
        const QString file = m_files.write("prompt,models.small.quality,models.small.answer\n"
                                           "a,0.5,x\nb,,\n");
        const auto preview = previewImport(file).value();
        QCOMPARE(preview.guess.outcomes, u"models"_s);
        QVERIFY(holdsOutcomes(preview.guess, u"models.small.quality"_s));
        const auto report = import(file, preview.guess);
        QVERIFY2(report && report->dataset, report ? "" : qPrintable(report.error().message));
        const auto kept = m_store->outcome(report->dataset->id, 2, {u"small"_s}).value();
        QCOMPARE(kept.figures.quality, std::optional(0.5));
        QCOMPARE(kept.answer, u"x"_s);
        QVERIFY(!m_store->outcome(report->dataset->id, 3, {u"small"_s}));
        const auto bad = import(m_files.write("prompt,models.small.quality\na,7\n"), preview.guess);
        QCOMPARE(bad->problems.value(0).row, 2);
        QVERIFY(bad->problems[0].message.contains(u"quality is 7"));
    }

    void promptsThatRepeatAreCounted()
    {
        const auto report =
            import(m_files.write(json("{'id':'a','prompt':'x'}\n{'id':'b','prompt':'y'}\n"
                                      "{'id':'c','prompt':'x'}\n{'id':'d','prompt':'x'}\n")),
                   kMapping);
        QVERIFY(report && report->dataset);
        QCOMPARE(report->dataset->prompts(), 4);
        QCOMPARE(report->repeated, 2);
    }

    // In a program of its own, for only that can be killed.
    void aKilledImportLeavesNothingAndTheNameIsFree()
    {
        QByteArray text;
        for (int i = 0; i < 400'000; ++i)
            text += "{\"prompt\":\"number " + QByteArray::number(i) + "\"}\n";
        const QString file = m_files.write(text);
        const QString other =
            import(m_files.write("{\"prompt\":\"kept\"}\n"), {.prompt = u"prompt"_s})
                ->dataset->name;
        m_store.reset();
        const QString path = m_folder->filePath(u"workspace.sqlite"_s);
        for (const int reports : {1, 100, 700}) {
            QProcess child;
            child.start(QStringLiteral(IMPORT_CHILD), {path, file, u"half"_s});
            QVERIFY(child.waitForStarted());
            for (int read = 0; read < reports;) {
                QVERIFY2(child.waitForReadyRead(20'000), "the import was over too soon");
                read += int(child.readAllStandardOutput().count('\n'));
            }
            child.kill();
            QVERIFY(child.waitForFinished());
            QCOMPARE(child.exitStatus(), QProcess::CrashExit);
            m_store = DatasetStore::open(path).value();
            QCOMPARE(m_store->datasets()->size(), 1);
            QCOMPARE(m_store->datasets()->first().name, other);
            m_store.reset();
        }
        m_store = DatasetStore::open(path).value();
        const auto again = importDataset(
            {.path = file, .mapping = {.prompt = u"prompt"_s}, .name = u"half"_s}, *m_store);
        QCOMPARE(again->dataset->prompts(), 400'000);
    }

    // Opening a file twice must not drop the locks that keep another process from taking itself for
    // the last one, and the log away.
    void whatIsWrittenIsSeenByOtherProcessesThoughTheFileIsOpenTwice()
    {
        const QString file = m_files.write("{\"prompt\":\"a\"}\n");
        const QString path = m_folder->filePath(u"workspace.sqlite"_s);
        const auto second = DatasetStore::open(path).value();
        const auto importElsewhere = [&](const QString &name) {
            QProcess child;
            child.start(QStringLiteral(IMPORT_CHILD), {path, file, name});
            if (!child.waitForFinished(60'000))
                qFatal("the import does not end");
            return std::pair(child.exitCode(), QString::fromUtf8(child.readAllStandardError()));
        };
        QCOMPARE(importElsewhere(u"theirs"_s).first, 0);
        QCOMPARE(m_store->datasets()->size(), 1);
        QVERIFY(importDataset({.path = file, .mapping = {.prompt = u"prompt"_s}, .name = u"ours"_s},
                              *m_store));
        const auto [code, said] = importElsewhere(u"ours"_s);
        QCOMPARE(code, 1);
        QVERIFY2(said.contains(u"There is a data set “ours” already"), qPrintable(said));
        QCOMPARE(second->datasets()->size(), 2);
    }

    // A limit on the size of files stands for the disk: a write beyond it fails.
    void aFullDiskIsSaidAndLeavesNothing()
    {
        QByteArray text;
        for (int i = 0; i < 60'000; ++i)
            text += "{\"prompt\":\"" + QByteArray::number(i) + QByteArray(100, 'x') + "\"}\n";
        const QString file = m_files.write(text);
        m_store.reset();
        const QString path = m_folder->filePath(u"workspace.sqlite"_s);
        QProcess child;
        child.start(QStringLiteral(IMPORT_CHILD), {path, file, u"full"_s, u"2000000"_s});
        QVERIFY(child.waitForFinished(60'000));
        QCOMPARE(child.exitCode(), 1);
        const QString said = QString::fromUtf8(child.readAllStandardError());
        QVERIFY2(said.contains(u"workspace.sqlite"), qPrintable(said));
        QVERIFY2(said.contains(u"The disk is full") || said.contains(u"Check its disk"),
                 qPrintable(said));
        m_store = DatasetStore::open(path).value();
        QVERIFY(m_store->datasets()->isEmpty());
        QCOMPARE(import(file, {.prompt = u"prompt"_s})->dataset->prompts(), 60'000);
    }

    void anOutcomeThatCannotBeKeepsAllOut_data()
    {
        QTest::addColumn<QByteArray>("models");
        QTest::addColumn<QString>("complaint");
        QTest::newRow("quality") << json("{'m':{'quality':2}}") << u"quality is 2"_s;
        QTest::newRow("cost") << json("{'m':{'cost_usd':-1}}") << u"cost is negative"_s;
        QTest::newRow("no number")
            << json("{'m':{'quality':'x'}}") << u"“quality” must be a number"_s;
        QTest::newRow("twice") << json("{'m':{},'m':{}}") << u"“m” is given twice"_s;
        QTest::newRow("a list") << QByteArray("[]") << u"one entry a model"_s;
    }

    void anOutcomeThatCannotBeKeepsAllOut()
    {
        QFETCH(const QByteArray, models);
        QFETCH(const QString, complaint);
        ColumnMapping mapping = kMapping;
        mapping.outcomes = u"models"_s;
        const auto report =
            import(m_files.write("{\"prompt\":\"a\",\"models\":" + models + "}\n"), mapping);
        QVERIFY(report);
        QCOMPARE(report->problems.size(), 1);
        QVERIFY2(report->problems[0].message.contains(complaint),
                 qPrintable(report->problems[0].message));
        QVERIFY(m_store->datasets()->isEmpty());
    }

    void twentyProblemsAreListedAndNoMore()
    {
        QByteArray bad;
        for (int i = 0; i < int(kMostProblems); ++i)
            bad += "{}\n";
        auto report = import(m_files.write(bad), kMapping);
        QCOMPARE(report->problems.size(), kMostProblems);
        QVERIFY(!report->gaveUp); // that was all
        report = import(m_files.write(bad + "{\"prompt\":\"good\"}\n"), kMapping);
        QCOMPARE(report->problems.size(), kMostProblems);
        QCOMPARE(report->problems.last().row, kMostProblems);
        QVERIFY(report->gaveUp);
    }

    void whatIsNoTableIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("complaint");
        QTest::newRow("empty") << QByteArray() << u"is empty"_s;
        QTest::newRow("white") << QByteArray("\n \n") << u"is empty"_s;
        QTest::newRow("one JSON list") << QByteArray("[\n{}]") << u"one JSON list"_s;
        QTest::newRow("UTF-16") << QByteArray("\xFF\xFE"
                                              "p\0r\0",
                                              6)
                                << u"no UTF-8 text"_s;
        QTest::newRow("a column twice") << QByteArray("id,prompt,id\n") << u"called “id”"_s;
        QTest::newRow("no name") << QByteArray("id,,prompt\n") << u"Column 2 has no name"_s;
        QTest::newRow("other columns") << QByteArray("a,b\n1,2\n") << u"no column “prompt”"_s;
        QTest::newRow("header only")
            << QByteArray("id,prompt,answer,subset\n") << u"holds no prompts"_s;
        QTest::newRow("never closed")
            << QByteArray("id,prompt,answer,subset\na,\"x,1,s\n") << u"Line 2: a quotation"_s;
    }

    void whatIsNoTableIsRefused()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, complaint);
        const auto report = import(m_files.write(text), kMapping);
        QVERIFY(!report);
        QVERIFY2(report.error().message.contains(complaint), qPrintable(report.error().message));
        QVERIFY(m_store->datasets()->isEmpty());
    }

    void aWrongGraderIsRefusedBeforeTheFileIsRead()
    {
        const auto report = importDataset({.path = u"/none"_s,
                                           .mapping = kMapping,
                                           .name = u"d"_s,
                                           .grader = Json{{"kind", "regex"}, {"pattern", "("}}},
                                          *m_store);
        QVERIFY(!report);
        QVERIFY2(report.error().message.contains(u"pattern"), qPrintable(report.error().message));
    }

    void anImportOnAnotherThreadCanBeStoppedAndLeavesNothing()
    {
        QByteArray text;
        for (int i = 0; i < 50'000; ++i)
            text += "{\"prompt\":\"number " + QByteArray::number(i) + "\"}\n";
        const QString file = m_files.write(text);
        std::stop_source stop;
        Result<ImportReport> report;
        qint64 reports = 0;
        std::thread worker([&] {
            const auto store = DatasetStore::open(m_store->path()).value();
            report = importDataset(
                {.path = file, .mapping = kMapping, .name = u"d"_s}, *store,
                [&](qint64 bytes, qint64 size) {
                    if (bytes > 0 && bytes <= size && ++reports == 3)
                        stop.request_stop();
                },
                stop.get_token());
        });
        worker.join();
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::Cancelled);
        QCOMPARE(reports, 3);
        QVERIFY(m_store->datasets()->isEmpty());
        const auto again = import(file, kMapping); // with the same name, all of it
        QCOMPARE(again->dataset->prompts(), 50'000);
    }

    void theMeasuredFilesAreReadWhole()
    {
        const QString path = QStringLiteral(HEADGATE_SHARED_DATA "/routellm_mmlu.jsonl.gz");
        if (!QFileInfo::exists(path))
            QSKIP("the measured outcomes are not on this machine");
        const auto preview = previewImport(path).value();
        QCOMPARE(preview.guess.prompt, u"prompt"_s);
        QCOMPARE(preview.guess.id, u"id"_s);
        QCOMPARE(preview.guess.subset, u"subset"_s);
        const auto report = import(path, preview.guess);
        QVERIFY2(report, report ? "" : qPrintable(report.error().message));
        QCOMPARE(report->dataset->prompts(), 9'759);
        const auto read = readOutcomes(path).value();
        const auto kept = m_store->outcomes(report->dataset->id).value();
        QCOMPARE(kept.rows, read.rows);
        for (const ModelColumns &each : read.models) {
            const qsizetype model = kept.modelIndex(each.name);
            QVERIFY(model >= 0);
            QVERIFY(kept.models[size_t(model)].quality == each.quality);
        }
    }

    void thePreviewShowsTheFirstRowsAndGuesses()
    {
        const auto preview = previewImport(
            m_files.write("Question,Expected Answer,note\nWhy?,\"a\nb\",x\nHow?,c,y\n"), 1);
        QVERIFY(preview);
        QCOMPARE(preview->format, RowSource::Format::Csv);
        QCOMPARE(preview->columns, (QStringList{u"Question"_s, u"Expected Answer"_s, u"note"_s}));
        QCOMPARE(preview->rows, (QList<QStringList>{{u"Why?"_s, u"a\nb"_s, u"x"_s}}));
        const ColumnMapping wanted{.prompt = u"Question"_s, .expected = u"Expected Answer"_s};
        QVERIFY(preview->guess == wanted);
        QVERIFY(preview->notes.isEmpty());
    }

    void thePreviewOfJsonLinesHasTheColumnsOfAllItsRows()
    {
        const auto preview = previewImport(
            m_files.write(json("{'prompt':'a'}\n{'id':1,'prompt':'b'}\n{'prompt'\n")));
        QVERIFY(preview);
        QCOMPARE(preview->columns, (QStringList{u"prompt"_s, u"id"_s}));
        QCOMPARE(preview->rows[0], (QStringList{u"a"_s, QString()}));
        QCOMPARE(preview->rows[1], (QStringList{u"b"_s, u"1"_s}));
        QCOMPARE(preview->notes.size(), 1);
        QVERIFY2(preview->notes[0].contains(u"Row 3"), qPrintable(preview->notes[0]));
    }

    void anAmbiguousGuessSaysSo()
    {
        QStringList notes;
        const auto both = guessMapping({u"question"_s, u"prompt"_s, u"answer"_s}, notes);
        QCOMPARE(both.prompt, u"prompt"_s);
        QCOMPARE(notes.size(), 1);
        QVERIFY2(notes[0].contains(u"“prompt” was taken; it could also be “question”"),
                 qPrintable(notes[0]));
        notes.clear();
        QCOMPARE(guessMapping({u"foo"_s, u"bar"_s}, notes).prompt, QString());
        QVERIFY(notes.value(0).contains(u"No column"));
        notes.clear();
        QCOMPARE(guessMapping({u"foo"_s}, notes).prompt, u"foo"_s); // the only one
        QVERIFY(notes.isEmpty());
    }

private:
    Result<ImportReport> import(const QString &path, const ColumnMapping &mapping)
    {
        return importDataset(
            {.path = path, .mapping = mapping, .name = u"set %1"_s.arg(++m_imports)}, *m_store);
    }

    QList<DatasetPrompt> promptsOf(DatasetId id) const
    {
        QList<DatasetPrompt> list;
        (void)m_store->readPrompts(id, [&list](const StoredPrompt &each) {
            list.append(each.prompt);
            return true;
        });
        return list;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DatasetStore> m_store;
    test::WrittenFiles m_files;
    int m_imports = 0;
};

QTEST_GUILESS_MAIN(TestDatasetImport)
#include "tst_dataset_import.moc"
