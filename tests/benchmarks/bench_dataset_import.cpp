#include "core/evaluation/datasets/dataset_import.h"
#include "core/evaluation/line_source.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::evaluation;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPrompts = 100'000;
constexpr int kModels = 10;
constexpr qint64 kLargeFile = 200'000'000; // bytes

QByteArray promptText(int i)
{
    return "Question " + QByteArray::number(i) + ": " +
           QByteArray("which of these rivers is the longest one, and why? ").repeated(4);
}

// Reads nothing but the lines: what no import can be quicker than.
qint64 readLines(const QString &path)
{
    auto source = LineSource::open(path).value();
    qint64 bytes = 0;
    for (;;) {
        const auto line = source.next();
        if (!line || !*line)
            return bytes;
        bytes += (*line)->size() + 1;
    }
}

} // namespace

// What an import costs beyond the bare reading of the file's lines, in the same run.
class BenchDatasetImport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void import_data()
    {
        QTest::addColumn<QString>("file");
        QByteArray lines;
        QByteArray table("id,prompt,answer\n");
        for (int i = 0; i < kPrompts; ++i) {
            const QByteArray id = QByteArray::number(i);
            lines +=
                "{\"id\":\"" + id + "\",\"prompt\":\"" + promptText(i) + "\",\"answer\":\"B\"}\n";
            table += id + ",\"" + promptText(i) + "\",B\n";
        }
        QByteArray outcomes;
        for (int i = 0; i < kPrompts; ++i) {
            outcomes += "{\"id\":\"" + QByteArray::number(i) + "\",\"prompt\":\"" + promptText(i) +
                        "\",\"models\":{";
            for (int model = 0; model < kModels; ++model)
                outcomes += QByteArray(model > 0 ? "," : "") + "\"model-" +
                            QByteArray::number(model) +
                            "\":{\"quality\":" + QByteArray::number((i + model) % 2) +
                            ",\"cost_usd\":1.57e-05,\"confidence\":-0.25,\"latency_ms\":412.5,"
                            "\"in_tokens\":212,\"out_tokens\":9}";
            outcomes += "}}\n";
        }
        QTest::newRow("a million outcomes") << write(u"outcomes.jsonl"_s, outcomes);
        QTest::newRow("JSON lines") << write(u"prompts.jsonl"_s, lines);
        QTest::newRow("CSV") << write(u"prompts.csv"_s, table);
    }

    void import()
    {
        QFETCH(const QString, file);
        const auto store =
            DatasetStore::open(m_folder.filePath(QFileInfo(file).fileName() + u".sqlite"_s))
                .value();
        QElapsedTimer timer;
        timer.start();
        const qint64 bytes = readLines(file);
        const qint64 bare = timer.nsecsElapsed();
        timer.start();
        const auto report = importDataset(
            {.path = file,
             .mapping = {.prompt = u"prompt"_s,
                         .expected = u"answer"_s,
                         .id = u"id"_s,
                         .outcomes = file.contains("outcomes"_L1) ? u"models"_s : QString()},
             .name = file},
            *store);
        const qint64 whole = timer.nsecsElapsed();
        QVERIFY(report && report->dataset);
        QCOMPARE(report->dataset->prompts(), kPrompts);
        timer.start();
        const auto table = store->outcomes(report->dataset->id, {.prompts = false});
        const qint64 reading = timer.nsecsElapsed();
        QCOMPARE(table->rows, kPrompts);
        const auto rate = [bytes](qint64 nanos) { return double(bytes) * 1e3 / double(nanos); };
        qInfo().noquote()
            << u"%1 MB: import %2 MB/s, bare lines %3 MB/s, %4 times; ids read back in %5 ms"_s
                   .arg(double(bytes) / 1e6, 0, 'f', 1)
                   .arg(rate(whole), 0, 'f', 1)
                   .arg(rate(bare), 0, 'f', 0)
                   .arg(double(whole) / double(bare), 0, 'f', 1)
                   .arg(reading / 1'000'000);
    }

    // What the process grows by while it imports a file far larger than that.
    void memory()
    {
        QFile file(m_folder.filePath(u"large.jsonl"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int i = 0; file.size() < kLargeFile; ++i) {
            QByteArray lines;
            for (int line = 0; line < 1'000; ++line)
                lines += "{\"prompt\":\"" + promptText(1'000 * i + line) + "\"}\n";
            file.write(lines);
            file.flush();
        }
        file.close();
        const auto store = DatasetStore::open(m_folder.filePath(u"memory.sqlite"_s)).value();
        const qint64 before = residentBytes();
        qint64 most = before;
        const auto report = importDataset(
            {.path = file.fileName(), .mapping = {.prompt = u"prompt"_s}, .name = u"large"_s},
            *store, [&most](qint64, qint64) { most = qMax(most, residentBytes()); });
        QVERIFY(report && report->dataset);
        qInfo().noquote() << u"%1 MB of %2 prompts: the process grew by %3 MB"_s
                                 .arg(file.size() / 1'000'000)
                                 .arg(report->dataset->prompts())
                                 .arg(double(most - before) / 1e6, 0, 'f', 1);
    }

private:
    static qint64 residentBytes()
    {
        QFile statm(u"/proc/self/statm"_s);
        if (!statm.open(QIODevice::ReadOnly))
            return 0;
        return statm.readAll().split(' ').value(1).toLongLong() * 4096;
    }

    QString write(const QString &name, const QByteArray &bytes)
    {
        QFile file(m_folder.filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
        return file.fileName();
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(BenchDatasetImport)
#include "bench_dataset_import.moc"
