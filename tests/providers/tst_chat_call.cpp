#include "core/providers/anthropic_protocol.h"
#include "core/providers/gemini_protocol.h"
#include "core/providers/ollama_protocol.h"
#include "core/providers/openai_protocol.h"
#include "tests/providers/protocol_fixture.h"
#include "tests/support/wire_protocol.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;

namespace {

std::unique_ptr<providers::Protocol> protocolNamed(const QString &name)
{
    if (name == "anthropic"_L1)
        return std::make_unique<providers::AnthropicProtocol>();
    if (name == "gemini"_L1)
        return std::make_unique<providers::GeminiProtocol>();
    if (name == "ollama"_L1)
        return std::make_unique<providers::OllamaProtocol>();
    if (name == "azure"_L1)
        return std::make_unique<providers::AzureProtocol>();
    return std::make_unique<providers::OpenAiProtocol>();
}

QList<qsizetype> randomCuts(QRandomGenerator &random, qsizetype size)
{
    QList<qsizetype> cuts;
    for (int count = random.bounded(1, 40); count > 0; --count)
        cuts.append(random.bounded(int(size + 1)));
    std::sort(cuts.begin(), cuts.end());
    return cuts;
}

bool sameAnswer(const providers::CallResult &a, const providers::CallResult &b)
{
    return a.ok() == b.ok() && a.completion.text == b.completion.text &&
           a.completion.usage == b.completion.usage &&
           a.completion.finishReason == b.completion.finishReason &&
           (a.ok() || a.failure->message == b.failure->message);
}

} // namespace

class TestChatCall final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tenThousandCutsChangeNothing_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("whole");
        for (const WireProtocol &p : wireProtocols()) {
            const QByteArray name = p.name.toUtf8();
            const QByteArray stream =
                p.start + p.piece("na\xC3\xAFve \xF0\x9F\x98\x80 \xE2\x82\xAC") + p.finish;
            QTest::newRow(name + ", stream") << p.name << stream << true;
            QTest::newRow(name + ", lines end with CR LF")
                << p.name << QByteArray(stream).replace("\n", "\r\n") << true;
            QTest::newRow(name + ", body") << p.name << p.body << true;
            QTest::newRow(name + ", cut stream") << p.name << p.begun() << false;
            QTest::newRow(name + ", error") << p.name << p.begun() + p.errorPiece << false;
        }
    }

    void tenThousandCutsChangeNothing()
    {
        QFETCH(const QString, protocol);
        QFETCH(const QByteArray, bytes);
        QFETCH(const bool, whole);
        const auto spoken = protocolNamed(protocol);
        providers::Endpoint endpoint;
        endpoint.name = u"probe"_s;
        endpoint.protocol = protocol;
        const providers::CallResult uncut = callOver(*spoken, endpoint, bytes);
        QCOMPARE(uncut.ok(), whole);
        QVERIFY(!uncut.completion.text.isEmpty());
        QRandomGenerator random(20260401);
        for (int i = 0; i < 400; ++i) {
            const QList<qsizetype> cuts = randomCuts(random, bytes.size());
            QVERIFY2(sameAnswer(callOver(*spoken, endpoint, bytes, cuts), uncut),
                     qPrintable(QString::number(i)));
        }
        QList<qsizetype> everywhere;
        for (qsizetype at = 1; at < bytes.size(); ++at)
            everywhere.append(at);
        QVERIFY(sameAnswer(callOver(*spoken, endpoint, bytes, everywhere), uncut));
    }

    // Tokens that were sent are shown as they come, and not again at the end.
    void textIsHandedOnAsItComes()
    {
        for (const WireProtocol &p : wireProtocols()) {
            const auto spoken = protocolNamed(p.name);
            providers::Endpoint endpoint;
            endpoint.protocol = p.name;
            providers::CompletionRequest request;
            QStringList pieces;
            request.onText = [&pieces](const QString &text) { pieces.append(text); };
            SystemClock clock;
            providers::ChatCall call(request, spoken->reader(endpoint), clock);
            providers::HttpOutcome outcome;
            outcome.head.status = 200;
            call.head(outcome.head);
            call.bytes(p.start + p.piece("Hello"));
            QCOMPARE(pieces, QStringList({u"Hello"_s}));
            call.bytes(p.piece(", world"));
            QCOMPARE(pieces, QStringList({u"Hello"_s, u", world"_s}));
            call.bytes(p.finish);
            const SecretKey key;
            const providers::CallResult result =
                call.result(outcome, providers::FailureClassifier(endpoint, key, clock));
            QVERIFY(result.ok());
            QVERIFY(result.completion.firstToken);
            QCOMPARE(pieces.size(), 2);
        }
    }

    // Gemini without alt=sse, and what a proxy makes of a stream.
    void aListOfPiecesIsAStream()
    {
        const QByteArray first = q("{'candidates':[{'content':{'parts':[{'text':'Hello'}]}}]}");
        const QByteArray last = q("{'candidates':[{'content':{'parts':[{'text':'!'}]},"
                                  "'finishReason':'STOP'}],'usageMetadata':{'promptTokenCount':3,"
                                  "'candidatesTokenCount':2,'totalTokenCount':5}}");
        const providers::GeminiProtocol gemini;
        const auto result = callOver(gemini, {}, "[" + first + "\n,\r\n" + last + "\n]\n");
        QVERIFY(result.ok());
        QCOMPARE(result.completion.text, u"Hello!"_s);
        QCOMPARE(shown(result.completion.usage), u"3/0/0/0/2/0"_s);
        const auto cut = callOver(gemini, {}, "[" + first + "\n,\r\n" + last.chopped(1));
        QCOMPARE(providers::failureClassName(cut.failure->failureClass), u"truncated"_s);
        QCOMPARE(cut.completion.text, u"Hello"_s);
    }

    void whatFollowsAWholeBodySpoilsIt()
    {
        const WireProtocol &p = wireProtocols().first();
        const auto result =
            callOver(providers::OpenAiProtocol(), {}, p.body + " trailing", {}, false);
        QVERIFY(!result.ok());
        QCOMPARE(providers::failureClassName(result.failure->failureClass), u"protocol"_s);
    }
};

QTEST_GUILESS_MAIN(TestChatCall)
#include "tst_chat_call.moc"
