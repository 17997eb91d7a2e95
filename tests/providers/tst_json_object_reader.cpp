#include "core/providers/json_object_reader.h"

#include <QRandomGenerator>
#include <QStringList>
#include <QTest>

using namespace Qt::StringLiterals;
using headgate::providers::JsonObjectReader;

namespace {

struct Seen
{
    QByteArrayList objects;
    bool broken = false;
    bool closed = false;

    bool operator==(const Seen &) const = default;
};

Seen readIn(const QByteArray &bytes, const QList<qsizetype> &cuts = {})
{
    Seen seen;
    JsonObjectReader reader([&seen](QByteArrayView text) { seen.objects += text.toByteArray(); },
                            1024);
    qsizetype from = 0;
    for (const qsizetype cut : cuts) {
        reader.feed(QByteArrayView(bytes).sliced(from, cut - from));
        from = cut;
    }
    reader.feed(QByteArrayView(bytes).sliced(from));
    seen.broken = reader.broken();
    seen.closed = reader.closed();
    return seen;
}

} // namespace

class TestJsonObjectReader final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsObjects_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("objects"); // joined by " | "
        QTest::addColumn<bool>("broken");
        QTest::addColumn<bool>("closed");
        const auto row = [](const char *name, const char *bytes, const QString &objects,
                            bool broken = false, bool closed = true) {
            QTest::newRow(name) << QByteArray(bytes) << objects << broken << closed;
        };
        row("one", "{\"a\":1}", u"{\"a\":1}"_s);
        row("one over several lines", "{\n\"a\": [1,\n2]\n}\n", u"{\n\"a\": [1,\n2]\n}"_s);
        row("one a line", "{\"a\":1}\n{\"b\":2}\r\n", u"{\"a\":1} | {\"b\":2}"_s);
        row("without a line between", "{}{}", u"{} | {}"_s);
        row("a list", "[{\"a\":1}\n,\r\n{\"b\":[{}]}]\n", u"{\"a\":1} | {\"b\":[{}]}"_s);
        row("an open list", "[{},", u"{}"_s, false, false);
        row("an empty list", "[]", {});
        row("braces in strings", "{\"a\":\"}{\\\"}\"}{}", u"{\"a\":\"}{\\\"}\"} | {}"_s);
        row("an escaped backslash", "{\"a\":\"\\\\\"}{}", u"{\"a\":\"\\\\\"} | {}"_s);
        row("an open object", "{\"a\":{}", {}, false, false);
        row("an open string", "{\"a\":\"}}}", {}, false, false);
        row("text behind", "{} nonsense", u"{}"_s, true, false);
        row("a list behind", "{}[{}]", u"{}"_s, true, false);
        row("a list behind a list", "[{}][{}]", u"{}"_s, true, false);
        row("an object behind a list", "[{}]{}", u"{}"_s, true, false);
        row("a comma without a list", "{},{}", u"{}"_s, true, false);
        row("a list of texts", "[\"a\"]", {}, true, false);
        row("a list in a list", "[[{}]]", {}, true, false);
        row("nothing", " \n", {});
    }

    void findsObjects()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QString, objects);
        QFETCH(const bool, broken);
        QFETCH(const bool, closed);
        const Seen seen = readIn(bytes);
        QCOMPARE(QString::fromUtf8(seen.objects.join(" | ")), objects);
        QCOMPARE(seen.broken, broken);
        QCOMPARE(seen.closed, closed);
    }

    void cutsChangeNothing_data() { findsObjects_data(); }

    void cutsChangeNothing()
    {
        QFETCH(const QByteArray, bytes);
        const Seen whole = readIn(bytes);
        for (qsizetype first = 0; first <= bytes.size(); ++first) {
            for (qsizetype second = first; second <= bytes.size(); ++second)
                QVERIFY(readIn(bytes, {first, second}) == whole);
        }
    }

    void stopsAtTheLimit()
    {
        qsizetype count = 0;
        JsonObjectReader reader([&count](QByteArrayView) { ++count; }, 100);
        const QByteArray fits = "{\"a\":\"" + QByteArray(92, 'x') + "\"}";
        QCOMPARE(fits.size(), 100);
        QVERIFY(reader.feed(fits));
        QVERIFY(reader.feed(fits.first(60)));
        QVERIFY(reader.feed(fits.sliced(60)));
        QCOMPARE(count, 2);
        const QByteArray open = "{\"a\":\"" + QByteArray(93, 'x') + "\"}";
        QVERIFY(!JsonObjectReader([](QByteArrayView) {}, 100).feed(open));
        QVERIFY(reader.feed(open.first(70)));
        QVERIFY(!reader.feed(open.sliced(70)));
        QCOMPARE(count, 2);
    }
};

QTEST_GUILESS_MAIN(TestJsonObjectReader)
#include "tst_json_object_reader.moc"
