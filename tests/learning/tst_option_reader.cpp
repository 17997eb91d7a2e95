#include "core/learning/option_reader.h"

#include <QTest>

using namespace headgate;
using namespace headgate::learning;
using namespace Qt::StringLiterals;

namespace {

const Json &defaults()
{
    static const Json json{{"rows", 5}, {"strength", "auto"}, {"cues", true}, {"reads", "text"}};
    return json;
}

OptionReader reading(const char *options)
{
    return OptionReader(Json::parse(options), defaults());
}

} // namespace

class TestOptionReader final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsNotGivenHasItsDefault()
    {
        for (OptionReader reader :
             {OptionReader(Json(), defaults()), reading("{}"), reading("{\"rows\": null}")}) {
            QCOMPARE(reader.integer("rows", 1, 10), 5);
            QVERIFY(reader.flag("cues"));
            QVERIFY(reader.isText("strength"));
            QCOMPARE(reader.choice("reads", {u"text"_s, u"both"_s}), u"text"_s);
            QVERIFY(!reader.failed());
            QCOMPARE(reader.all(), defaults());
        }
    }

    void whatIsGivenIsUsedAndKept()
    {
        OptionReader reader = reading(R"({"rows": 7, "strength": 2.5, "cues": false})");
        QCOMPARE(reader.integer("rows", 1, 10), 7);
        QVERIFY(!reader.isText("strength"));
        QCOMPARE(reader.number("strength", 0, 10), 2.5);
        QVERIFY(!reader.flag("cues"));
        QVERIFY(!reader.failed());
        QCOMPARE(reader.all()["rows"], Json(7));
        QCOMPARE(reader.all()["reads"], Json("text"));
    }

    void whatCannotBeUsedIsRefusedWithItsName_data()
    {
        QTest::addColumn<QByteArray>("options");
        QTest::addColumn<QString>("named");
        QTest::newRow("unknown") << QByteArray(R"({"row": 5})") << u"row"_s;
        QTest::newRow("below") << QByteArray(R"({"rows": 0})") << u"rows"_s;
        QTest::newRow("above") << QByteArray(R"({"rows": 11})") << u"rows"_s;
        QTest::newRow("huge") << QByteArray(R"({"rows": 1e300})") << u"rows"_s;
        QTest::newRow("half") << QByteArray(R"({"rows": 1.5})") << u"rows"_s;
        QTest::newRow("text") << QByteArray(R"({"rows": "5"})") << u"rows"_s;
        QTest::newRow("no flag") << QByteArray(R"({"cues": 1})") << u"cues"_s;
        QTest::newRow("no choice") << QByteArray(R"({"reads": "image"})") << u"both"_s;
        QTest::newRow("a list") << QByteArray(R"([1, 2])") << u"options"_s;
    }
    void whatCannotBeUsedIsRefusedWithItsName()
    {
        QFETCH(QByteArray, options);
        QFETCH(QString, named);
        OptionReader reader = reading(options.constData());
        const int rows = reader.integer("rows", 1, 10);
        QVERIFY(rows >= 1 && rows <= 10);
        reader.flag("cues");
        reader.choice("reads", {u"text"_s, u"both"_s});
        QVERIFY(reader.failed());
        QCOMPARE(reader.error().value().code, ErrorCode::InvalidInput);
        QVERIFY2(reader.error().value().message.contains(named),
                 qPrintable(reader.error().value().message));
    }
};

QTEST_GUILESS_MAIN(TestOptionReader)
#include "tst_option_reader.moc"
