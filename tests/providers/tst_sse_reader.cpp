#include "core/providers/sse_reader.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace headgate::providers;

namespace {

using Events = QList<QByteArray>; // "name|data"

struct Reading
{
    Events events;
    bool fits = true;
};

// Reads the pieces that the cuts (ascending places in `bytes`) make.
Reading read(const QByteArray &bytes, const QList<qsizetype> &cuts = {},
             qsizetype limit = 1024 * 1024)
{
    Reading result;
    SseReader reader(
        [&result](const SseEvent &event) {
            result.events.append(event.name.toByteArray() + '|' + event.data.toByteArray());
        },
        limit);
    qsizetype from = 0;
    for (const qsizetype cut : cuts) {
        result.fits = reader.feed(QByteArrayView(bytes).sliced(from, cut - from)) && result.fits;
        from = cut;
    }
    result.fits = reader.feed(QByteArrayView(bytes).sliced(from)) && result.fits;
    reader.finish();
    return result;
}

} // namespace

class TestSseReader final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEvents_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Events>("events");
        const auto row = [](const char *name, const QByteArray &bytes, const Events &events) {
            QTest::newRow(name) << bytes << events;
        };
        row("nothing", "", {});
        row("one", "data: a\n\n", {"|a"});
        row("no space", "data:a\n\n", {"|a"});
        row("one space only is taken", "data:  a\n\n", {"| a"});
        row("crlf", "data: a\r\n\r\ndata: b\r\n\r\n", {"|a", "|b"});
        row("lone cr", "data: a\r\rdata: b\r\r", {"|a", "|b"});
        row("mixed ends", "data: a\r\n\ndata: b\n\rdata: c\r\r\n", {"|a", "|b", "|c"});
        row("mark at the start",
            "\xEF\xBB\xBF"
            "data: a\n\n",
            {"|a"});
        row("mark elsewhere",
            "data: a\n\n\xEF\xBB\xBF"
            "data: b\n\n",
            {"|a"});
        row("comments", ": hello\n\n:\ndata: a\n: inside\n\n", {"|a"});
        row("several lines", "data: a\ndata:\ndata: b\n\n", {"|a\n\nb"});
        row("no data", "event: ping\n\ndata: a\n\n", {"|a"});
        row("empty data", "data:\n\ndata\n\n", {});
        row("named", "event: error\ndata: a\n\ndata: b\n\n", {"error|a", "|b"});
        row("error as a field", "error: a\n\n", {"error|a"});
        row("others are ignored", "id: 7\nretry: 1\nx: y\nz\ndata: a\n\n", {"|a"});
        row("no last blank line", "data: a\n", {"|a"});
        row("no last line end", "data: a\n\ndata: b", {"|a", "|b"});
        row("colons in data", "data: {\"a\":1}\n\n", {"|{\"a\":1}"});
        row("a zero byte", QByteArray("data: a\0b\n\n", 11), {QByteArray("|a\0b", 4)});
    }

    void readsEvents()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const Events, events);
        QCOMPARE(read(bytes).events, events);
        // Every single cut, and all of them at once.
        QList<qsizetype> all;
        for (qsizetype cut = 1; cut < bytes.size(); ++cut) {
            QCOMPARE(read(bytes, {cut}).events, events);
            all.append(cut);
        }
        QCOMPARE(read(bytes, all).events, events);
    }

    void anyCutsGiveTheSameEvents()
    {
        QRandomGenerator random(7);
        const QByteArrayList parts = {
            "data: ", "data:", "event: x",     ": c", "error: ",      "\r",           "\n",
            "\r\n",   "\n\n",  "\r\r",         "a",   "\xE2\x82\xAC", "\xEF\xBB\xBF", ":",
            " ",      "id: 1", "{\"k\":\"v\"}"};
        qsizetype events = 0;
        for (int round = 0; round < 10'000; ++round) {
            QByteArray bytes;
            for (int i = random.bounded(40); i >= 0; --i)
                bytes += parts[random.bounded(int(parts.size()))];
            QList<qsizetype> cuts;
            for (int i = random.bounded(12); i > 0; --i)
                cuts.append(random.bounded(int(bytes.size() + 1)));
            std::sort(cuts.begin(), cuts.end());
            const Events whole = read(bytes).events;
            QCOMPARE(read(bytes, cuts).events, whole);
            events += whole.size();
        }
        QVERIFY2(events > 5'000, qPrintable(QString::number(events)));
    }

    void refusesWhatIsOverTheLimit_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("fits");
        QTest::newRow("line within") << "data: " + QByteArray(90, 'a') + "\n\n" << true;
        QTest::newRow("line without end") << "data: " + QByteArray(200, 'a') << false;
        QTest::newRow("line") << "data: " + QByteArray(200, 'a') + "\n\n" << false;
        QTest::newRow("many lines") << QByteArray("data: 1234567890\n").repeated(12) << false;
        QTest::newRow("comment") << ": " + QByteArray(200, 'a') << false;
    }

    void refusesWhatIsOverTheLimit()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const bool, fits);
        const Reading whole = read(bytes, {}, 100);
        QCOMPARE(whole.fits, fits);
        QCOMPARE(whole.events.isEmpty(), !fits);
        QCOMPARE(read(bytes, {bytes.size() / 3, bytes.size() / 2}, 100).fits, fits);
    }
};

QTEST_GUILESS_MAIN(TestSseReader)
#include "tst_sse_reader.moc"
