#include "core/scorers/scorer.h"

#include <QTest>

#include <cmath>

using namespace headgate;
using namespace Qt::StringLiterals;
using scorers::ScoredAnswer;

namespace {

const double kNotANumber = std::numeric_limits<double>::quiet_NaN();

Result<scorers::ScoreOutcome> score(const QString &kind, const char *options,
                                    const ScoredAnswer &answer)
{
    const auto scorer = scorers::builtinScorers().create(kind, Json::parse(options));
    if (!scorer)
        return tl::unexpected(scorer.error());
    return (*scorer)->score({}, answer);
}

ScoredAnswer answered(const QString &text, const QString &finishReason = u"stop"_s,
                      const QList<double> &logProbabilities = {})
{
    return {.text = text, .finishReason = finishReason, .tokenLogProbabilities = logProbabilities};
}

} // namespace

class TestScorers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsItsKinds();
    void namesTheKnownKinds();
    void logProbabilityIsTheMeanTokenProbability_data();
    void logProbabilityIsTheMeanTokenProbability();
    void missingLogProbabilitiesAreNoCertainty();
    void truncationReadsTheFinishReason_data();
    void truncationReadsTheFinishReason();
    void lengthRamps_data();
    void lengthRamps();
    void refusesWrongOptions_data();
    void refusesWrongOptions();
    void combinesByWeight();
    void aLonePartSpeaksForItself();
    void oneFailureFailsTheWhole();
    void aPartWithoutWeightHasNoSay();
    void refusesWrongLists_data();
    void refusesWrongLists();
};

void TestScorers::listsItsKinds()
{
    const QStringList expected{u"agreement"_s,        u"format"_s,          u"judge"_s,
                               u"length"_s,           u"log_probability"_s, u"refusal"_s,
                               u"self_consistency"_s, u"trained"_s,         u"truncation"_s};
    QCOMPARE(scorers::builtinScorers().kinds(), expected);
}

void TestScorers::namesTheKnownKinds()
{
    const auto scorer = scorers::builtinScorers().create(u"oracle"_s, Json::object());
    QVERIFY(!scorer);
    QCOMPARE(scorer.error().code, ErrorCode::UnknownKind);
    QCOMPARE(scorer.error().message,
             u"There is no scorer “oracle”; known: agreement, format, judge, length, "
             "log_probability, refusal, self_consistency, trained, truncation."_s);
}

void TestScorers::logProbabilityIsTheMeanTokenProbability_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QList<double>>("values");
    QTest::addColumn<double>("expected");
    QTest::addColumn<QString>("why");
    const double half = std::log(0.5);
    const double eighth = std::log(0.125);
    QTest::newRow("geometric mean")
        << QByteArray("{}") << QList{half, eighth} << 0.25 << u"mean log-probability −1.39"_s;
    QTest::newRow("least") << QByteArray(R"({"aggregate": "min"})") << QList{half, eighth} << 0.125
                           << u"least log-probability −2.08"_s;
    QTest::newRow("certain") << QByteArray("{}") << QList{0.0} << 1.0
                             << u"mean log-probability 0.00"_s;
    QTest::newRow("a little above zero")
        << QByteArray("{}") << QList{1e-7, 1e-6} << 1.0 << u"mean log-probability 0.00"_s;
    QTest::newRow("impossible token")
        << QByteArray("{}") << QList{0.0, -9999.0} << 0.0 << u"mean log-probability −4999.50"_s;
}

void TestScorers::logProbabilityIsTheMeanTokenProbability()
{
    QFETCH(const QByteArray, options);
    QFETCH(const QList<double>, values);
    QFETCH(const double, expected);
    QFETCH(const QString, why);
    const auto outcome =
        score(u"log_probability"_s, options.constData(), answered(u"x"_s, u"stop"_s, values));
    QVERIFY(outcome);
    QVERIFY(std::abs(outcome->score - expected) < 1e-12);
    QCOMPARE(outcome->why, why);
}

void TestScorers::missingLogProbabilitiesAreNoCertainty()
{
    const auto missing = score(u"log_probability"_s, "{}", answered(u"x"_s));
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, ErrorCode::Unavailable);
    const auto broken =
        score(u"log_probability"_s, "{}", answered(u"x"_s, u"stop"_s, {-0.1, kNotANumber}));
    QVERIFY(!broken);
    QCOMPARE(broken.error().code, ErrorCode::Protocol);
}

void TestScorers::truncationReadsTheFinishReason_data()
{
    QTest::addColumn<QString>("finishReason");
    QTest::addColumn<double>("expected");
    QTest::newRow("stop") << u"stop"_s << 1.0;
    QTest::newRow("eos") << u"eos"_s << 1.0;
    QTest::newRow("none") << QString() << 1.0;
    QTest::newRow("length") << u"length"_s << 0.0;
    QTest::newRow("content filter") << u"content_filter"_s << 0.0;
}

void TestScorers::truncationReadsTheFinishReason()
{
    QFETCH(const QString, finishReason);
    QFETCH(const double, expected);
    const auto outcome = score(u"truncation"_s, "{}", answered(u"x"_s, finishReason));
    QVERIFY(outcome);
    QCOMPARE(outcome->score, expected);
}

void TestScorers::lengthRamps_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("expected");
    QTest::newRow("empty") << QByteArray("{}") << QString() << 0.0;
    QTest::newRow("white space") << QByteArray("{}") << u" \n\t "_s << 0.0;
    QTest::newRow("empty is never good")
        << QByteArray(R"({"min_characters": 0})") << QString() << 0.0;
    QTest::newRow("one") << QByteArray("{}") << u"4"_s << 1.0;
    QTest::newRow("half of the minimum")
        << QByteArray(R"({"min_characters": 8})") << u"abcd"_s << 0.5;
    QTest::newRow("at the maximum") << QByteArray(R"({"max_characters": 4})") << u" abcd "_s << 1.0;
    QTest::newRow("twice the maximum")
        << QByteArray(R"({"max_characters": 4})") << u"abcdabcd"_s << 0.5;
    QTest::newRow("null is open") << QByteArray(R"({"max_characters": null})")
                                  << u"a"_s.repeated(100'000) << 1.0;
}

void TestScorers::lengthRamps()
{
    QFETCH(const QByteArray, options);
    QFETCH(const QString, text);
    QFETCH(const double, expected);
    const auto outcome = score(u"length"_s, options.constData(), answered(text));
    QVERIFY(outcome);
    QCOMPARE(outcome->score, expected);
}

void TestScorers::refusesWrongOptions_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("options");
    QTest::newRow("aggregate") << u"log_probability"_s << QByteArray(R"({"aggregate": "median"})");
    QTest::newRow("negative") << u"length"_s << QByteArray(R"({"min_characters": -1})");
    QTest::newRow("fraction") << u"length"_s << QByteArray(R"({"max_characters": 1.5})");
    QTest::newRow("text") << u"length"_s << QByteArray(R"({"max_characters": "many"})");
    QTest::newRow("crossed") << u"length"_s
                             << QByteArray(R"({"min_characters": 5, "max_characters": 4})");
}

void TestScorers::refusesWrongOptions()
{
    QFETCH(const QString, kind);
    QFETCH(const QByteArray, options);
    const auto outcome = score(kind, options.constData(), answered(u"x"_s));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, ErrorCode::InvalidInput);
    QVERIFY(outcome.error().message.contains(u"scorer"_s));
}

void TestScorers::combinesByWeight()
{
    const Json list = Json::parse(R"([{"kind": "truncation", "weight": 3},
                                      {"kind": "length", "min_characters": 8}])");
    const auto scorer = scorers::combinedScorer(scorers::builtinScorers(), list);
    QVERIFY(scorer);
    const auto outcome = (*scorer)->score({}, answered(u"abcd"_s));
    QVERIFY(outcome);
    QCOMPARE(outcome->score, (3 * 1.0 + 1 * 0.5) / 4);
    QCOMPARE(outcome->why,
             u"truncation 1.00 (not cut), length 0.50 (4 characters, fewer than 8)"_s);
}

void TestScorers::aLonePartSpeaksForItself()
{
    const auto scorer = scorers::combinedScorer(
        scorers::builtinScorers(), Json::parse(R"([{"kind": "truncation", "weight": 0.2}])"));
    QVERIFY(scorer);
    const auto outcome = (*scorer)->score({}, answered(u"x"_s, u"length"_s));
    QCOMPARE(outcome->score, 0.0);
    QCOMPARE(outcome->why, u"cut at the token limit"_s);
}

void TestScorers::oneFailureFailsTheWhole()
{
    const Json list = Json::parse(R"([{"kind": "truncation"}, {"kind": "log_probability"}])");
    const auto scorer = scorers::combinedScorer(scorers::builtinScorers(), list);
    QVERIFY(scorer);
    const auto outcome = (*scorer)->score({}, answered(u"x"_s));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().message, u"The model sent no log-probabilities for this answer."_s);
}

void TestScorers::aPartWithoutWeightHasNoSay()
{
    const Json list = Json::parse(R"([{"kind": "truncation"},
                                      {"kind": "log_probability", "weight": 0}])");
    const auto scorer = scorers::combinedScorer(scorers::builtinScorers(), list);
    QVERIFY(scorer);
    const auto outcome = (*scorer)->score({}, answered(u"x"_s));
    QVERIFY(outcome);
    QCOMPARE(outcome->score, 1.0);
}

void TestScorers::refusesWrongLists_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("empty") << QByteArray("[]") << u"has no scorer"_s;
    QTest::newRow("no list") << QByteArray("{}") << u"has no scorer"_s;
    QTest::newRow("no object") << QByteArray(R"(["refusal"])") << u"Scorer 1 is no object"_s;
    QTest::newRow("unknown kind") << QByteArray(R"([{"kind": "x"}])") << u"no scorer “x”"_s;
    QTest::newRow("negative weight")
        << QByteArray(R"([{"kind": "refusal", "weight": -1}])") << u"from 0 up"_s;
    QTest::newRow("weight is text")
        << QByteArray(R"([{"kind": "refusal", "weight": "1"}])") << u"from 0 up"_s;
    QTest::newRow("no weight at all")
        << QByteArray(R"([{"kind": "refusal", "weight": 0}])") << u"sum to nothing"_s;
    QTest::newRow("infinite sum") << QByteArray(R"([{"kind": "refusal", "weight": 1e308},
        {"kind": "truncation", "weight": 1e308}])")
                                  << u"sum to nothing"_s;
}

void TestScorers::refusesWrongLists()
{
    QFETCH(const QByteArray, list);
    QFETCH(const QString, sentence);
    const auto scorer =
        scorers::combinedScorer(scorers::builtinScorers(), Json::parse(list.constData()));
    QVERIFY(!scorer);
    QVERIFY2(scorer.error().message.contains(sentence), qPrintable(scorer.error().message));
}

QTEST_GUILESS_MAIN(TestScorers)
#include "tst_scorers.moc"
