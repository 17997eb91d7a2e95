#include "core/common/redaction.h"
#include "core/common/secrets.h"

#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;

class TestRedaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void removesEveryKeyThatWasHeld();
    void findsKeysAtAnyPlaceAndSideBySide();
    void aKeyOfWhichAnotherIsAPartGoesWhole();
    void knowsTheKeyAfterItsHolderIsGone();
    void shortKeysAreNotHunted();
    void removesKnownKeysAloneWhereExamplesMayStand();
    void removesWhatLooksLikeAKey_data();
    void removesWhatLooksLikeAKey();
    void leavesOrdinaryTextAlone_data();
    void leavesOrdinaryTextAlone();
    void doneTwiceItIsTheSame();
    void cleansAllTextsOfADocument();
    void aLongTextIsSearchedOnce();
};

void TestRedaction::removesEveryKeyThatWasHeld()
{
    const SecretKey one{QByteArrayLiteral("plain-word-one")};
    const SecretKey two{QByteArrayLiteral("Zwölf Boxkämpfer")};
    const QString text = u"a plain-word-one b Zwölf Boxkämpfer c plain-word-on"_s;
    QVERIFY(holdsKey(text));
    QCOMPARE(redacted(text), u"a [key removed] b [key removed] c plain-word-on"_s);
    QVERIFY(!holdsKey(redacted(text)));
}

void TestRedaction::findsKeysAtAnyPlaceAndSideBySide()
{
    const SecretKey key{QByteArrayLiteral("Q0W9E8R7T6Z5U4I3")};
    const QString secret = u"Q0W9E8R7T6Z5U4I3"_s;
    QCOMPARE(redacted(secret), u"[key removed]"_s);
    QCOMPARE(redacted(secret + secret), u"[key removed][key removed]"_s);
    QCOMPARE(redacted(u"x"_s + secret), u"x[key removed]"_s);
    QCOMPARE(redacted(secret + u"🦉"_s), u"[key removed]🦉"_s);
    for (qsizetype length = 0; length < 200; ++length) {
        const QString text = QString(length, u'é') + secret + QString(length, u'0');
        QVERIFY(!redacted(text).contains(secret));
    }
}

void TestRedaction::aKeyOfWhichAnotherIsAPartGoesWhole()
{
    const SecretKey part{QByteArrayLiteral("inner-secret")};
    const SecretKey whole{QByteArrayLiteral("outer-inner-secret-outer")};
    QCOMPARE(redacted(u"(outer-inner-secret-outer)"_s), u"([key removed])"_s);
}

void TestRedaction::knowsTheKeyAfterItsHolderIsGone()
{
    {
        const SecretKey key{QByteArrayLiteral("gone-but-not-forgotten")};
    }
    QCOMPARE(redacted(u"gone-but-not-forgotten"_s), u"[key removed]"_s);
}

void TestRedaction::shortKeysAreNotHunted()
{
    const SecretKey key{QByteArrayLiteral("none")};
    QCOMPARE(redacted(u"there is none of it"_s), u"there is none of it"_s);
}

void TestRedaction::removesKnownKeysAloneWhereExamplesMayStand()
{
    const SecretKey key{QByteArray("Tr4velling.Kestrel~over+Moor")};
    QCOMPARE(withoutKnownKeys(
                 u"export API_KEY=sk-example-0123456789abcdef # Tr4velling.Kestrel~over+Moor"_s),
             u"export API_KEY=sk-example-0123456789abcdef # [key removed]"_s);
}

void TestRedaction::removesWhatLooksLikeAKey_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("clean");
    const auto row = [](const char *name, const QString &text, const QString &clean) {
        QTest::newRow(name) << text << clean;
    };
    row("OpenAI", u"Incorrect API key provided: sk-proj-abcDEF0123456789xyz."_s,
        u"Incorrect API key provided: [key removed]"_s);
    row("Groq", u"(gsk_0123456789abcdefghij)"_s, u"([key removed])"_s);
    row("Google", u"key AIzaSyA0123456789abcdefghij"_s, u"key [key removed]"_s);
    row("bearer", u"Authorization: Bearer abc.def-123"_s, u"Authorization: Bearer [key removed]"_s);
    row("query", u"https://x.example/v1?key=abcd1234&alt=sse"_s,
        u"https://x.example/v1?key=[key removed]&alt=sse"_s);
    row("access token", u"?a=1&access_token=abcd1234 and"_s,
        u"?a=1&access_token=[key removed] and"_s);
    row("header", u"x-api-key: 0123456789"_s, u"x-api-key: [key removed]"_s);
    row("JSON", u"{\"api_key\": \"0123456789\"}"_s, u"{\"api_key\": \"[key removed]\"}"_s);
    row("JSON in JSON", u"\"{\\\"api_key\\\":\\\"0123456789\\\"}\""_s,
        u"\"{\\\"api_key\\\":\\\"[key removed]\\\"}\""_s);
    row("proxy", u"http://ada:secret@proxy.example:3128/"_s,
        u"http://[key removed]@proxy.example:3128/"_s);
}

void TestRedaction::removesWhatLooksLikeAKey()
{
    QFETCH(const QString, text);
    QTEST(redacted(text), "clean");
    QVERIFY(showsKey(text));
    QVERIFY(!showsKey(redacted(text)));
}

void TestRedaction::leavesOrdinaryTextAlone_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"sk-learn-is-spelt-without-a-hyphen", "What is the capital of France?",
          "a bearer of news", "https://api.example.com:8080/v1/models?limit=100",
          "mail ada@example.com: hello", "The environment variable OPENAI_API_KEY holds no key.",
          "key=value", "x = api_key", "small", ""})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestRedaction::leavesOrdinaryTextAlone()
{
    QFETCH(const QString, text);
    QCOMPARE(redacted(text), text);
    QVERIFY(!showsKey(text));
}

void TestRedaction::doneTwiceItIsTheSame()
{
    const QString text =
        u"http://a:b@c/?key=12345678 x-api-key: 12345678 Bearer 12345678 sk-12345678901234567"_s;
    QCOMPARE(redacted(redacted(text)), redacted(text));
}

void TestRedaction::cleansAllTextsOfADocument()
{
    const SecretKey key{QByteArrayLiteral("document-secret")};
    const Json document{{"document-secret", 1},
                        {"list", Json::array({"a document-secret", 2, nullptr})},
                        {"deep", {{"er", {{"text", "document-secret"}}}}}};
    QVERIFY(showsKey(document));
    const Json clean = redacted(document);
    QVERIFY(!showsKey(clean));
    QVERIFY(clean.dump().find("document-secret") == std::string::npos);
    QCOMPARE(clean["list"][1], Json(2));
    QCOMPARE(clean["[key removed]"], Json(1));
}

void TestRedaction::aLongTextIsSearchedOnce()
{
    const SecretKey key{QByteArrayLiteral("needle-in-haystack")};
    QString text;
    while (text.size() < 2'000'000)
        text += u"hay needle-in-haystac "_s;
    text += u"needle-in-haystack"_s;
    QVERIFY(holdsKey(text));
    QVERIFY(redacted(text).endsWith(u"hay needle-in-haystac [key removed]"_s));
}

QTEST_GUILESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
