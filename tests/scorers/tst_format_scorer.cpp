#include "core/scorers/scorer.h"

#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;

namespace {

Json parsed(const char *text)
{
    return Json::parse(text);
}

} // namespace

class TestFormatScorer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data();
    void judges();
    void refusesWrongOptions_data();
    void refusesWrongOptions();
    void endsOnACostlyPattern();
    void refusesTextsTooLongForASchemasPattern();
    void namesThePlaceOfAViolation();
};

void TestFormatScorer::judges_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QString>("answer");
    QTest::addColumn<double>("score");
    const auto row = [](const char *name, const char *options, const QString &answer,
                        double score) {
        QTest::newRow(name) << QByteArray(options) << answer << score;
    };
    const char *json = R"({"format": "json"})";
    row("object", json, u"{\"a\": [1, 2]}"_s, 1);
    row("scalar", json, u" 12 "_s, 1);
    row("prose", json, u"Here is the JSON: {}"_s, 0);
    row("cut", json, u"{\"a\": [1, 2"_s, 0);
    row("empty", json, QString(), 0);
    row("fenced", json, u"```json\n{\"a\": 1}\n```"_s, 1);
    row("fenced without a name", json, u"```\n[]\n```\n"_s, 1);
    row("fence not closed", json, u"```json\n{}"_s, 0);
    row("fence in prose", json, u"Sure:\n```json\n{}\n```"_s, 0);
    row("only fences", json, u"```\n```"_s, 0);
    row("nested too deep", json, u"["_s.repeated(100'000), 0);
    row("JSON by default", "{}", u"[]"_s, 1);

    const char *regex = R"({"format": "regex", "pattern": "^#### -?\\d+$"})";
    row("pattern on a line of its own", regex, u"Reasoning.\n#### 12"_s, 1);
    row("pattern missing", regex, u"The answer is 12."_s, 0);
    row("simulated label is not stripped", R"({"format": "regex", "pattern": "\\A\\d+\\z"})",
        u"[simulated] 12"_s, 0);
    row("Unicode classes", R"({"format": "regex", "pattern": "^\\w+$"})", u"größer"_s, 1);

    const char *schema = R"({"format": "json_schema", "schema": {"type": "object",
        "required": ["name", "age"], "additionalProperties": false,
        "properties": {"name": {"type": "string", "pattern": "^[A-Z]"},
                       "age": {"type": "integer", "minimum": 0}}}})";
    row("fits", schema, u"{\"name\": \"Ada\", \"age\": 36}"_s, 1);
    row("fits, fenced", schema, u"```json\n{\"name\": \"Ada\", \"age\": 36}\n```"_s, 1);
    row("member missing", schema, u"{\"name\": \"Ada\"}"_s, 0);
    row("wrong type", schema, u"{\"name\": \"Ada\", \"age\": \"36\"}"_s, 0);
    row("below minimum", schema, u"{\"name\": \"Ada\", \"age\": -1}"_s, 0);
    row("pattern broken", schema, u"{\"name\": \"ada\", \"age\": 1}"_s, 0);
    row("extra member", schema, u"{\"name\": \"Ada\", \"age\": 1, \"x\": 0}"_s, 0);
    row("no JSON", schema, u"Ada is 36."_s, 0);
    const char *recursive = R"({"format": "json_schema", "schema": {"type": "object",
        "properties": {"child": {"$ref": "#"}}, "additionalProperties": false}})";
    row("recursive schema, fits", recursive, u"{\"child\": {\"child\": {}}}"_s, 1);
    row("recursive schema, broken", recursive, u"{\"child\": {\"child\": 1}}"_s, 0);
    row("a default that looks like a pattern",
        R"({"format": "json_schema", "schema": {"default": {"pattern": "("}}})", u"{}"_s, 1);
}

void TestFormatScorer::judges()
{
    QFETCH(const QByteArray, options);
    QFETCH(const QString, answer);
    QFETCH(const double, score);
    const auto scorer = scorers::builtinScorers().create(u"format"_s, parsed(options.constData()));
    QVERIFY2(scorer, scorer ? "" : qPrintable(scorer.error().message));
    scorers::ScoredAnswer scored;
    scored.text = answer;
    const auto outcome = (*scorer)->score({}, scored);
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().message));
    QCOMPARE(outcome->score, score);
    QVERIFY(!outcome->why.isEmpty());
}

void TestFormatScorer::refusesWrongOptions_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *name, const char *options, const QString &sentence) {
        QTest::newRow(name) << QByteArray(options) << sentence;
    };
    row("unknown format", R"({"format": "xml"})", u"not “xml”"_s);
    row("no pattern", R"({"format": "regex"})", u"has no \"pattern\""_s);
    row("wrong pattern", R"({"format": "regex", "pattern": "a(b"})", u"wrong at character 4"_s);
    row("no schema", R"({"format": "json_schema"})", u"has no \"schema\""_s);
    row("schema is no object", R"({"format": "json_schema", "schema": 3})", u"no object"_s);
    row("wrong type keyword", R"({"format": "json_schema", "schema": {"type": 7}})",
        u"cannot be used"_s);
    row("wrong pattern inside", R"({"format": "json_schema", "schema":
        {"properties": {"a": {"pattern": "("}}}})",
        u"cannot be used"_s);
    row("fetches nothing", R"({"format": "json_schema", "schema":
        {"$ref": "http://example.com/s.json"}})",
        u"cannot be used"_s);
}

void TestFormatScorer::refusesWrongOptions()
{
    QFETCH(const QByteArray, options);
    QFETCH(const QString, sentence);
    const auto scorer = scorers::builtinScorers().create(u"format"_s, parsed(options.constData()));
    QVERIFY(!scorer);
    QCOMPARE(scorer.error().code, ErrorCode::InvalidInput);
    QVERIFY2(scorer.error().message.contains(sentence), qPrintable(scorer.error().message));
}

void TestFormatScorer::endsOnACostlyPattern()
{
    const auto scorer = scorers::builtinScorers().create(
        u"format"_s, parsed(R"({"format": "regex", "pattern": "^(a|aa)+(b|a)+(a|aa)+$"})"));
    QVERIFY(scorer);
    scorers::ScoredAnswer scored;
    scored.text = u"a"_s.repeated(2000) + u'c';
    const auto outcome = (*scorer)->score({}, scored);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, ErrorCode::LimitReached);
}

void TestFormatScorer::refusesTextsTooLongForASchemasPattern()
{
    const auto scorer =
        scorers::builtinScorers().create(u"format"_s, parsed(R"({"format": "json_schema", "schema":
            {"additionalProperties": {"pattern": "^(a|b)*$"}}})"));
    QVERIFY(scorer);
    scorers::ScoredAnswer scored;
    scored.text = u"{\"n\": 1, \"a\": \"%1\"}"_s.arg(u"ab"_s.repeated(500'000));
    const auto outcome = (*scorer)->score({}, scored);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, ErrorCode::LimitReached);
}

void TestFormatScorer::namesThePlaceOfAViolation()
{
    const auto scorer =
        scorers::builtinScorers().create(u"format"_s, parsed(R"({"format": "json_schema", "schema":
            {"properties": {"items": {"items": {"type": "integer"}}}}})"));
    QVERIFY(scorer);
    scorers::ScoredAnswer scored;
    scored.text = u"{\"items\": [1, \"two\"]}"_s;
    const auto outcome = (*scorer)->score({}, scored);
    QVERIFY(outcome);
    QCOMPARE(outcome->score, 0.0);
    QVERIFY2(outcome->why.contains(u"items"_s), qPrintable(outcome->why));
}

QTEST_GUILESS_MAIN(TestFormatScorer)
#include "tst_format_scorer.moc"
