#include "core/common/json.h"

#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;

class TestJson final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesThePlaceOfAnError()
    {
        const auto parsed = parseJson("{\n  \"a\": 1,\n  \"b\" 2\n}");
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, ErrorCode::InvalidInput);
        QVERIFY2(parsed.error().message.contains(u"line 3"_s), qPrintable(parsed.error().message));
    }

    void refusesDeepNestingWithoutRecursion()
    {
        const auto parsed = parseJson(QByteArray(10'000, '['));
        QVERIFY(!parsed);
        QVERIFY2(parsed.error().message.contains(u"64"_s), qPrintable(parsed.error().message));
        QVERIFY(parseJson(QByteArray(64, '[') + QByteArray(64, ']')));
        QVERIFY(!parseJson(QByteArray(65, '[') + QByteArray(65, ']')));
    }

    void refusesInvalidUtf8AndTrailingText()
    {
        QVERIFY(!parseJson("\"\xff\""));
        QVERIFY(!parseJson("{} x"));
        QVERIFY(!parseJson(""));
        QVERIFY(!parseJson("{}", {.maxBytes = 1}));
    }

    void refusesARepeatedKeyWhereAsked()
    {
        const QByteArray text = R"({"a": {"b": 1}, "c": [{"b": 2}, {"b": 3, "b": 4}]})";
        QVERIFY(parseJson(text));
        const auto parsed = parseJson(text, {.uniqueKeys = true});
        QVERIFY(!parsed);
        QVERIFY2(parsed.error().message.contains(u"“b”"_s), qPrintable(parsed.error().message));
        QVERIFY(parseJson(R"({"a": {"b": 1}, "c": [{"b": 2}, {"b": 3}]})", {.uniqueKeys = true}));
    }

    void formatsOneMemberALineAndFlatListsInline()
    {
        const Json value = {{"at", {1, 2}}, {"nodes", {{{"a", {{"b", {{"c", 1}}}}}}}}, {"s", "x"}};
        const QByteArray text = formatJson(value);
        QVERIFY2(text.contains("\"at\": [1,2]"), text.constData());
        QVERIFY(text.endsWith("}\n"));
        QCOMPARE(parseJson(text).value(), value);
    }

    void readsMembersWithFallbacks()
    {
        const Json value = {{"name", "heron"}, {"count", 3}};
        QCOMPARE(jsonString(value, "name"), u"heron"_s);
        QCOMPARE(jsonString(value, "count", u"none"_s), u"none"_s);
        QCOMPARE(jsonNumber(value, "count", 0), 3.0);
        QCOMPARE(jsonNumber(value, "absent", 7), 7.0);
        QCOMPARE(jsonString(Json(5), "name", u"none"_s), u"none"_s);
    }
};

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
