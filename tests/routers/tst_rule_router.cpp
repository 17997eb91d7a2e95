#include "core/routers/rule_router.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace headgate;
using namespace headgate::routers;
using namespace Qt::StringLiterals;

namespace {

// JSON with single quotes, which reads better in a table.
Json fromQuoted(QByteArray text)
{
    return parseJson(text.replace('\'', '"')).value();
}

Result<std::unique_ptr<Router>> ruleOf(const Json &cases)
{
    QStringList ports;
    for (const Json &ruleCase : cases)
        ports.append(jsonString(ruleCase, "name"));
    ports.append(u"otherwise"_s);
    return makeRuleRouter({{"cases", cases}}, ports);
}

policy::Query asked(const QString &prompt)
{
    policy::Query query;
    query.messages = {{.role = Message::Role::User, .text = prompt}};
    return query;
}

Decision decided(const Json &cases, const policy::Query &query)
{
    const auto router = ruleOf(cases);
    Q_ASSERT(router);
    const auto decision = (*router)->decide(query);
    Q_ASSERT(decision);
    return *decision;
}

bool holds(const Json &conditions, const policy::Query &query)
{
    return decided(Json::array({conditions}), query).port == 0;
}

} // namespace

class TestRuleRouter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsKeywordsAsWords_data()
    {
        QTest::addColumn<QString>("keyword");
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<bool>("found");
        const auto row = [](const QString &keyword, const QString &prompt, bool found) {
            QTest::addRow("%s in %s", qPrintable(keyword), qPrintable(prompt))
                << keyword << prompt << found;
        };
        row(u"refund"_s, u"I want a REFUND!"_s, true);
        row(u"Refund"_s, u"refund"_s, true);
        row(u"refund"_s, u"Is it refundable?"_s, false);
        row(u"refund"_s, u"prefund"_s, false);
        row(u"refund"_s, u"refundable refund"_s, true);
        row(u"refund"_s, u"my_refund"_s, false);
        row(u"money back"_s, u"My Money Back, please"_s, true);
        row(u"Übung"_s, u"die übung"_s, true);
        row(u"Übung"_s, u"Vorübung"_s, false);
        row(u"straße"_s, u"STRASSE"_s, true);
        row(u"café"_s, u"Cafe\u0301 noir"_s, true);
        row(u"caf"_s, u"cafe\u0301"_s, false);
        row(u"cafe"_s, u"cafe\u0301"_s, false);
        row(u"возврат"_s, u"Где мой ВОЗВРАТ?"_s, true);
        row(u"возврат"_s, u"безвозвратно"_s, false);
        row(u"c++"_s, u"Modern C++17 please"_s, true);
        row(u"c++"_s, u"abc++"_s, false);
        row(u"#help"_s, u"now #help"_s, true);
        row(u"退款"_s, u"我要退款吗"_s, true);
        row(u"𝐱"_s, u"a𝐱"_s, false);
        row(u"aa"_s, u"aaa aa"_s, true);
    }
    void findsKeywordsAsWords()
    {
        QFETCH(const QString, keyword);
        QFETCH(const QString, prompt);
        QFETCH(const bool, found);
        QCOMPARE(holds({{"any_keyword", {keyword.toStdString()}}}, asked(prompt)), found);
    }

    void anyOfTheKeywordsSufficesAndIsNamed()
    {
        const Json cases = {
            {{"name", "a"}, {"any_keyword", {"invoice", "refund"}}, {"max_length", 50}}};
        QCOMPARE(decided(cases, asked(u"a refund"_s)).why,
                 u"contains “refund”, at most 50 characters"_s);
        QCOMPARE(decided(cases, asked(u"a gift"_s)).why, u"no case holds"_s);
    }

    void firstCaseThatHoldsWins()
    {
        const Json cases = {{{"name", "long"}, {"min_length", 10}},
                            {{"name", "sum"}, {"regex", "\\d+ \\+ \\d+"}},
                            {{"name", "digits"}, {"regex", "\\d"}}};
        QCOMPARE(decided(cases, asked(u"1 + 1 and more"_s)).port, 0);
        QCOMPARE(decided(cases, asked(u"1 + 1"_s)).port, 1);
        QCOMPARE(decided(cases, asked(u"1"_s)).port, 2);
        QCOMPARE(decided(cases, asked(u"one"_s)).port, 3);
    }

    void everyConditionOfACaseMustHold()
    {
        const Json conditions = {{"any_keyword", {"Hallo"}}, {"min_length", 5},
                                 {"language", "de"},         {"has_code", false},
                                 {"regex", "\\?$"},          {"metadata", {{"tier", "free"}}}};
        policy::Query query = asked(u"Hallo, wie geht es dir?"_s);
        query.metadata = {{"tier", "free"}, {"other", 1}};
        QVERIFY(holds(conditions, query));
        for (const auto &[key, value] : std::initializer_list<std::pair<const char *, Json>>{
                 {"any_keyword", {"hello"}},
                 {"min_length", 500},
                 {"max_length", 3},
                 {"min_tokens", 900},
                 {"max_tokens", 1},
                 {"language", "en"},
                 {"has_code", true},
                 {"regex", "^\\d"},
                 {"metadata", {{"tier", "paid"}}},
                 {"metadata", {{"absent", "free"}}}}) {
            Json changed = conditions;
            changed[key] = value;
            QVERIFY2(!holds(changed, query), key);
        }
    }

    void boundsCountTheirEnds()
    {
        const policy::Query query = asked(u"😀😀😀"_s); // characters, not UTF-16 units
        QVERIFY(holds({{"min_length", 3}, {"max_length", 3}}, query));
        QVERIFY(!holds({{"min_length", 4}}, query));
        QVERIFY(!holds({{"max_length", 2}}, query));
        policy::Query counted = query;
        counted.estimatedTokens = 100;
        QVERIFY(holds({{"min_tokens", 100}, {"max_tokens", 100}}, counted));
        QVERIFY(!holds({{"min_tokens", 101}}, counted));
        QVERIFY(holds({{"min_tokens", 1}, {"max_tokens", 50}},
                      query)); // not counted yet: estimated here
    }

    void readsTheLastUserMessage()
    {
        policy::Query query = asked(u"refund"_s);
        query.messages.append({.role = Message::Role::Assistant, .text = u"Why?"_s});
        query.messages.append({.role = Message::Role::User, .text = u"It broke."_s});
        QVERIFY(!holds({{"any_keyword", {"refund"}}}, query));
        QVERIFY(holds({{"any_keyword", {"broke"}}}, query));
        QVERIFY(!holds({{"regex", "."}}, policy::Query{}));
    }

    void seesCode()
    {
        const policy::Query query = asked(u"Why?\n```\nmake all\n```"_s);
        QVERIFY(holds({{"has_code", true}}, query));
        QVERIFY(!holds({{"has_code", false}}, query));
    }

    void comparesMetadataByValue()
    {
        policy::Query query = asked(u"x"_s);
        query.metadata = {{"level", 2}, {"beta", true}};
        QVERIFY(holds({{"metadata", {{"level", 2.0}, {"beta", true}}}}, query));
        QVERIFY(!holds({{"metadata", {{"level", "2"}}}}, query));
    }

    void whatIsEmptyIsNotAsked()
    {
        QVERIFY(holds({{"any_keyword", Json::array()},
                       {"regex", ""},
                       {"language", ""},
                       {"min_length", nullptr},
                       {"metadata", Json::object()}},
                      asked(u"x"_s)));
    }

    void aRegexThatRunsAwayGivesUpAndTheDecisionSaysSo()
    {
        const Json cases = {{{"name", "runaway"}, {"regex", "^(a+)+$"}},
                            {{"name", "next"}, {"regex", "!$"}}};
        const Decision decision = decided(cases, asked(QString(5000, u'a') + u'!'));
        QCOMPARE(decision.port, 1);
        QVERIFY2(decision.why.contains(u"runaway"_s) && decision.why.contains(u"gave up"_s),
                 qPrintable(decision.why));
    }

    void aRegexSearchesTheStartOfAHugePrompt()
    {
        const QString huge = u"😀"_s.repeated(1 << 19);
        QVERIFY(holds({{"regex", "^😀"}}, asked(huge)));
        QVERIFY(holds({{"regex", "^😀"}}, asked(u'x' + huge)) == false);
        QVERIFY(!holds({{"regex", "end$"}}, asked(huge + u"end"_s)));
        QVERIFY(holds({{"any_keyword", {"end"}}}, asked(huge + u" end"_s)));
    }

    void refusesAWrongCaseWithItsName_data()
    {
        QTest::addColumn<QByteArray>("conditions");
        QTest::addColumn<QString>("words");
        QTest::newRow("regex") << QByteArray("{'name':'bad','regex':'ab(c'}")
                               << u"bad|character 5"_s;
        QTest::newRow("regex type") << QByteArray("{'name':'bad','regex':5}") << u"bad|text"_s;
        QTest::newRow("keywords") << QByteArray("{'name':'bad','any_keyword':'x'}")
                                  << u"bad|list"_s;
        QTest::newRow("blank keyword")
            << QByteArray("{'name':'bad','any_keyword':['x',' ']}") << u"bad|keyword 2"_s;
        QTest::newRow("bound") << QByteArray("{'name':'bad','min_length':-1}")
                               << u"bad|min_length"_s;
        QTest::newRow("fraction") << QByteArray("{'name':'bad','max_tokens':1.5}")
                                  << u"bad|max_tokens"_s;
        QTest::newRow("language") << QByteArray("{'name':'bad','language':1}") << u"bad|language"_s;
        QTest::newRow("code") << QByteArray("{'name':'bad','has_code':'yes'}") << u"bad|code"_s;
        QTest::newRow("metadata") << QByteArray("{'name':'bad','metadata':['x']}")
                                  << u"bad|metadata"_s;
        QTest::newRow("no object") << QByteArray("[1]") << u"1"_s;
    }
    void refusesAWrongCaseWithItsName()
    {
        QFETCH(const QByteArray, conditions);
        QFETCH(const QString, words);
        const auto router = ruleOf(Json::array({fromQuoted(conditions)}));
        QVERIFY(!router);
        QCOMPARE(router.error().code, ErrorCode::InvalidInput);
        for (const QString &word : words.split(u'|'))
            QVERIFY2(router.error().message.contains(word), qPrintable(router.error().message));
    }

    void refusesPortsThatDoNotFitTheCases()
    {
        const auto router = makeRuleRouter({{"cases", {{{"name", "a"}}}}}, {u"a"_s});
        QVERIFY(!router);
        QVERIFY(!makeRuleRouter(Json::object(), {u"otherwise"_s}));
    }

    void severalThreadsMayDecideAtOnce()
    {
        const auto router = ruleOf({{{"name", "a"}, {"any_keyword", {"refund"}}},
                                    {{"name", "b"}, {"regex", "^\\w+ \\d+$"}}});
        std::atomic<int> right = 0;
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&router, &right] {
                for (int round = 0; round < 500; ++round) {
                    right += (*router)->decide(asked(u"a refund"_s))->port == 0;
                    right += (*router)->decide(asked(u"Order %1"_s.arg(round)))->port == 1;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(right.load(), 4000);
    }
};

QTEST_GUILESS_MAIN(TestRuleRouter)
#include "tst_rule_router.moc"
