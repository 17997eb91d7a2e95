#include "core/common/json.h"
#include "core/simulation/practice_prompts.h"
#include "core/simulation/simulated_fleet.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::simulation;

namespace {

const QString kAviary = u"sim-aviary"_s;
const QString kRookery = u"sim-rookery"_s;
const QString kKnownQuestion = u"What is the capital of France?"_s;

std::unique_ptr<SimulatedFleet> makeFleet(quint64 seed = 1, double timeScale = 0)
{
    return SimulatedFleet::start({.seed = seed, .timeScale = timeScale}).value();
}

Json chat(const QString &model, const QString &question)
{
    return {{"model", toStdString(model)},
            {"messages", Json::array({{{"role", "user"}, {"content", toStdString(question)}}})}};
}

struct Answer
{
    int status = 0;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QByteArray body;
    QByteArray contentType;
    QByteArray retryAfter;
    QByteArray simulated;

    Json json() const { return Json::parse(body.toStdString()); }
    QByteArray text() const
    {
        return QByteArray::fromStdString(json()["choices"][0]["message"]["content"]);
    }
    // The parsed chunks of a stream; the end mark is a null.
    QList<Json> events() const
    {
        QList<Json> events;
        for (const QByteArray &event : body.split('\n')) {
            if (event.startsWith("data: "))
                events.append(event == "data: [DONE]" ? Json()
                                                      : Json::parse(event.sliced(6).toStdString()));
        }
        return events;
    }
    QByteArray streamedText() const
    {
        std::string text;
        for (const Json &event : events()) {
            if (event.is_object() && !event["choices"].empty())
                text += event["choices"][0]["delta"].value("content", "");
        }
        return QByteArray::fromStdString(text);
    }
};

Answer take(QNetworkReply *reply)
{
    Answer answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.error = reply->error();
    answer.body = reply->readAll();
    answer.contentType = reply->rawHeader("content-type");
    answer.retryAfter = reply->rawHeader("retry-after");
    answer.simulated = reply->rawHeader("x-headgate-simulated");
    delete reply;
    return answer;
}

} // namespace

class TestSimulatedFleet final : public QObject
{
    Q_OBJECT

    QNetworkAccessManager m_network;

    QNetworkReply *post(const SimulatedFleet &fleet, const QString &provider,
                        const QByteArray &body)
    {
        QNetworkRequest request(QUrl(fleet.baseUrl(provider).toString() + u"/chat/completions"_s));
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        return m_network.post(request, body);
    }
    Answer finish(QNetworkReply *reply)
    {
        if (!QTest::qWaitFor([reply] { return reply->isFinished(); }, 20'000))
            reply->abort();
        return take(reply);
    }
    Answer ask(const SimulatedFleet &fleet, const Json &request, const QString &provider = kAviary)
    {
        return finish(post(fleet, provider, QByteArray::fromStdString(request.dump())));
    }
    Answer get(const SimulatedFleet &fleet, const QString &provider, const QString &path)
    {
        return finish(
            m_network.get(QNetworkRequest(QUrl(fleet.baseUrl(provider).toString() + path))));
    }

private Q_SLOTS:
    void listsTheModelsOfEachProvider()
    {
        const auto fleet = makeFleet();
        QCOMPARE(fleet->providers(), QStringList({kAviary, kRookery}));
        const Answer aviary = get(*fleet, kAviary, u"/models"_s);
        QCOMPARE(aviary.status, 200);
        QCOMPARE(aviary.simulated, QByteArray("1"));
        QCOMPARE(aviary.json()["object"], "list");
        QStringList names;
        const Json data = aviary.json()["data"];
        for (const Json &model : data)
            names.append(toQString(model["id"].get<std::string>()));
        QCOMPARE(names,
                 QStringList({u"wren"_s, u"finch-mini"_s, u"heron"_s, u"albatross"_s, u"plume"_s}));
        QCOMPARE(get(*fleet, kRookery, u"/models"_s).json()["data"].size(), 2u);
    }

    void answersWhole()
    {
        const auto fleet = makeFleet();
        const Answer answer = ask(*fleet, chat(u"albatross"_s, kKnownQuestion));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.contentType, QByteArray("application/json"));
        QCOMPARE(answer.simulated, QByteArray("1"));
        QCOMPARE(answer.text(), QByteArray("[simulated] Paris"));
        const Json json = answer.json();
        QCOMPARE(json["object"], "chat.completion");
        QCOMPARE(json["model"], "albatross-2026-10");
        QCOMPARE(json["system_fingerprint"], "simulated");
        QCOMPARE(json["choices"][0]["finish_reason"], "stop");
        QVERIFY(json["choices"][0]["logprobs"].is_null());
        QCOMPARE(json["usage"]["completion_tokens"], 5); // 17 bytes
        QCOMPARE(json["usage"]["total_tokens"], json["usage"]["prompt_tokens"].get<int>() + 5);
        QVERIFY(json["usage"]["prompt_tokens"].get<int>() >= 8); // 30 bytes
    }

    void knowsThePromptBehindASystemMessageAndInParts()
    {
        const auto fleet = makeFleet();
        Json request = chat(u"albatross-2026-10"_s, {});
        request["messages"] = Json::parse(R"([{"role": "system", "content": "Be brief."},
                            {"role": "user", "content": [{"type": "text",
                             "text": "what is the capital of  FRANCE?"}]}])");
        QCOMPARE(ask(*fleet, request).text(), QByteArray("[simulated] Paris"));
    }

    void streamsTokensUsageAndAnEnd()
    {
        const auto fleet = makeFleet();
        Json request = chat(u"heron"_s, kKnownQuestion);
        const QByteArray whole = ask(*fleet, request).text();
        request["stream"] = true;
        request["stream_options"] = {{"include_usage", true}};
        const Answer answer = ask(*fleet, request);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.contentType, QByteArray("text/event-stream"));
        const QList<Json> events = answer.events();
        QVERIFY(events.size() >= 5);
        QCOMPARE(events.first()["choices"][0]["delta"]["role"], "assistant");
        QCOMPARE(events.first()["object"], "chat.completion.chunk");
        QVERIFY(events.first()["usage"].is_null());
        QVERIFY(events.last().is_null()); // [DONE]
        const Json &usage = events[events.size() - 2];
        QVERIFY(usage["choices"].empty());
        QCOMPARE(usage["usage"]["completion_tokens"].get<qsizetype>(), events.size() - 4);
        QCOMPARE(events[events.size() - 3]["choices"][0]["finish_reason"], "stop");
        QCOMPARE(answer.streamedText(), whole);
    }

    void streamsNoUsageUnasked()
    {
        const auto fleet = makeFleet();
        Json request = chat(u"heron"_s, kKnownQuestion);
        request["stream"] = true;
        const Answer answer = ask(*fleet, request);
        QVERIFY(answer.events().last().is_null());
        QVERIFY(!answer.body.contains("usage"));
    }

    void sendsLogProbabilitiesWhenAsked()
    {
        const auto fleet = makeFleet();
        Json request = chat(u"heron"_s, kKnownQuestion);
        request["logprobs"] = true;
        request["top_logprobs"] = 2;
        const Json whole = ask(*fleet, request).json();
        const Json &content = whole["choices"][0]["logprobs"]["content"];
        QCOMPARE(content.size(), whole["usage"]["completion_tokens"].get<std::size_t>());
        request["stream"] = true;
        std::size_t streamed = 0;
        for (const Json &event : ask(*fleet, request).events()) {
            if (!event.is_object() || event["choices"][0]["logprobs"].is_null())
                continue;
            const Json &entry = event["choices"][0]["logprobs"]["content"][0];
            QCOMPARE(entry["token"], event["choices"][0]["delta"]["content"]);
            QCOMPARE(entry, content[streamed++]);
            QVERIFY(entry["logprob"].get<double>() <= 0);
        }
        QCOMPARE(streamed, content.size());
    }

    void honoursLimitsStopsAndFormat()
    {
        const auto fleet = makeFleet();
        Json request = chat(u"heron"_s, u"Tell me a story."_s);
        request["max_tokens"] = 4;
        Json json = ask(*fleet, request).json();
        QCOMPARE(json["choices"][0]["finish_reason"], "length");
        QCOMPARE(json["usage"]["completion_tokens"], 4);
        request.erase("max_tokens");
        request["stop"] = "simulated model";
        QVERIFY(ask(*fleet, request).text().endsWith("Heron, a "));
        request.erase("stop");
        request["response_format"] = {{"type", "json_object"}};
        QCOMPARE(Json::parse(ask(*fleet, request).text().toStdString())["simulated"], true);
    }

    void sameSeedGivesTheSameAnswersInAnyOrderAndAtOnce()
    {
        const auto prompts = practicePrompts().first(60);
        const auto one = makeFleet(7);
        const auto other = makeFleet(7);
        QList<QByteArray> expected;
        for (const PracticePrompt &prompt : prompts)
            expected.append(ask(*one, chat(u"wren"_s, prompt.prompt)).text());
        QList<QNetworkReply *> replies;
        for (qsizetype i = prompts.size() - 1; i >= 0; --i)
            replies.prepend(
                post(*other, kAviary,
                     QByteArray::fromStdString(chat(u"wren"_s, prompts[i].prompt).dump())));
        for (qsizetype i = 0; i < prompts.size(); ++i)
            QCOMPARE(finish(replies[i]).text(), expected[i]);
        QCOMPARE(other->requestCount(kAviary), quint64(prompts.size()));
        QCOMPARE(other->requestCount(kRookery), 0u);
    }

    void isRateLimitedBySwitch()
    {
        const auto fleet = makeFleet();
        fleet->setFault(kAviary, Fault::RateLimited);
        const Answer answer = ask(*fleet, chat(u"heron"_s, kKnownQuestion));
        QCOMPARE(answer.status, 429);
        QCOMPARE(answer.retryAfter, QByteArray("1"));
        QCOMPARE(answer.json()["error"]["code"], "rate_limit_exceeded");
        QCOMPARE(answer.simulated, QByteArray("1"));
        // The other provider is another switch, and the switch goes back.
        QCOMPARE(ask(*fleet, chat(u"egret"_s, kKnownQuestion), kRookery).status, 200);
        fleet->setFault(kAviary, Fault::None);
        QCOMPARE(ask(*fleet, chat(u"heron"_s, kKnownQuestion)).status, 200);
    }

    void isDownBySwitch()
    {
        const auto fleet = makeFleet();
        fleet->setFault(kRookery, Fault::Down);
        QCOMPARE(fleet->fault(kRookery), Fault::Down);
        const Answer answer = ask(*fleet, chat(u"egret"_s, kKnownQuestion), kRookery);
        QCOMPARE(answer.status, 503);
        QVERIFY(answer.json()["error"].is_object());
        QCOMPARE(get(*fleet, kRookery, u"/models"_s).status, 503);
    }

    void cutsAnswersBySwitch()
    {
        const auto fleet = makeFleet();
        fleet->setFault(kAviary, Fault::CutMidStream);
        Json request = chat(u"heron"_s, u"Tell me a story."_s);
        const Answer whole = ask(*fleet, request);
        QVERIFY(!whole.body.isEmpty());
        QVERIFY(!Json::accept(whole.body.toStdString()));
        request["stream"] = true;
        const Answer streamed = ask(*fleet, request);
        QVERIFY(streamed.streamedText().startsWith("[simulated]"));
        QVERIFY(!streamed.body.contains("[DONE]"));
        for (const Json &event : streamed.events())
            QVERIFY(event["choices"][0]["finish_reason"].is_null());
    }

    void sendsGarbageBySwitch()
    {
        const auto fleet = makeFleet();
        fleet->setFault(kAviary, Fault::Garbage);
        for (int i = 0; i < 2; ++i) {
            const Answer answer = ask(*fleet, chat(u"heron"_s, kKnownQuestion));
            QCOMPARE(answer.status, 200);
            QVERIFY(!answer.body.isEmpty());
            QVERIFY(!Json::accept(answer.body.toStdString()));
        }
    }

    void isSlowBySwitchByAtLeastTwoSecondsScaled()
    {
        const auto fleet = makeFleet(1, 0.05);
        fleet->setFault(kAviary, Fault::Slow);
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(ask(*fleet, chat(u"wren"_s, kKnownQuestion)).status, 200);
        QVERIFY(clock.nsecsElapsed() >= 100'000'000); // a lower bound: 2 s x 0.05
    }

    void aClientThatLeavesFreesItsStream()
    {
        const auto fleet = makeFleet(1, 1000);
        Json request = chat(u"wren"_s, kKnownQuestion);
        request["stream"] = true;
        const QByteArray body = QByteArray::fromStdString(request.dump());
        QTcpSocket client;
        client.connectToHost(u"127.0.0.1"_s, quint16(fleet->baseUrl(kAviary).port()));
        client.write("POST /aviary/v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: " +
                     QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QVERIFY(QTest::qWaitFor([&] { return fleet->requestCount(kAviary) == 1; }));
        QCOMPARE(fleet->connectionCount(), 1);
        client.abort();
        QVERIFY(QTest::qWaitFor([&] { return fleet->connectionCount() == 0; }));
    }

    void stopsWhileStreamsAreUnderWay()
    {
        auto fleet = makeFleet(1, 1000);
        QList<QNetworkReply *> replies;
        for (int i = 0; i < 4; ++i) {
            Json request = chat(u"wren"_s, kKnownQuestion);
            request["stream"] = true;
            replies.append(post(*fleet, kAviary, QByteArray::fromStdString(request.dump())));
        }
        QVERIFY(QTest::qWaitFor([&] { return fleet->requestCount(kAviary) == 4; }));
        fleet.reset();
        for (QNetworkReply *reply : replies)
            QVERIFY(finish(reply).error != QNetworkReply::NoError);
    }

    void refusesBadRequestsInItsOwnWords_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("word");
        const auto row = [](const char *name, const char *body, const char *word,
                            int status = 400) {
            QTest::newRow(name) << QByteArray(body) << status << QString::fromUtf8(word);
        };
        row("not JSON", "{\"model\":", "JSON");
        row("empty", "", "JSON");
        row("not an object", "[]", "object");
        row("no model", R"({"messages": [{"role": "user", "content": "x"}]})", "model");
        row("no messages", R"({"model": "heron"})", "messages");
        row("empty messages", R"({"model": "heron", "messages": []})", "messages");
        row("unknown role", R"({"model": "heron", "messages": [{"role": "bird", "content": "x"}]})",
            "role");
        row("message is no object", R"({"model": "heron", "messages": [5]})", "messages[0]");
        row("image", R"({"model": "heron", "messages": [{"role": "user", "content":
            [{"type": "image_url", "image_url": {"url": "x"}}]}]})",
            "text");
        row("stream is text", R"({"model": "heron", "stream": "yes",
            "messages": [{"role": "user", "content": "x"}]})",
            "stream");
        row("options without stream",
            R"({"model": "heron", "stream_options": {"include_usage": true},
            "messages": [{"role": "user", "content": "x"}]})",
            "stream_options");
        row("no tokens", R"({"model": "heron", "max_tokens": 0,
            "messages": [{"role": "user", "content": "x"}]})",
            "max_tokens");
        row("two answers", R"({"model": "heron", "n": 2,
            "messages": [{"role": "user", "content": "x"}]})",
            "n");
        row("top without logprobs", R"({"model": "heron", "top_logprobs": 1,
            "messages": [{"role": "user", "content": "x"}]})",
            "top_logprobs");
        row("unknown format", R"({"model": "heron", "response_format": {"type": "xml"},
            "messages": [{"role": "user", "content": "x"}]})",
            "response_format");
        row("unknown model", R"({"model": "dodo", "messages": [{"role": "user", "content": "x"}]})",
            "dodo", 404);
        row("model of the other provider",
            R"({"model": "egret", "messages": [{"role": "user", "content": "x"}]})", "egret", 404);
    }

    void refusesBadRequestsInItsOwnWords()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const int, status);
        QFETCH(const QString, word);
        const auto fleet = makeFleet();
        const Answer answer = finish(post(*fleet, kAviary, body));
        QCOMPARE(answer.status, status);
        const QString message = toQString(answer.json()["error"]["message"].get<std::string>());
        QVERIFY2(message.contains(word), qPrintable(message));
    }

    void refusesDeepNestingAndLongPrompts()
    {
        const auto fleet = makeFleet();
        QCOMPARE(finish(post(*fleet, kAviary, QByteArray(100'000, '['))).status, 400);
        const Answer answer = ask(*fleet, chat(u"heron"_s, QString(200'000, u'x')));
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.json()["error"]["code"], "context_length_exceeded");
    }

    void otherAddressesAndMethodsAreRefused()
    {
        const auto fleet = makeFleet();
        for (const auto *path :
             {"/", "/models/", "/modelsx", "//models", "/chat", "/../etc/passwd"})
            QCOMPARE(get(*fleet, kAviary, QString::fromLatin1(path)).status, 404);
        const Answer wrongMethod = get(*fleet, kAviary, u"/chat/completions"_s);
        QCOMPARE(wrongMethod.status, 405);
        QVERIFY(wrongMethod.json()["error"].is_object());
        QCOMPARE(get(*fleet, kAviary, u"/models?limit=5"_s).status, 200);
        QVERIFY(fleet->baseUrl(u"nobody"_s).isEmpty());
    }

    void catalogEntriesNameEveryModelWithItsPrice()
    {
        const auto entries = SimulatedFleet::catalogEntries();
        QCOMPARE(entries.size(), 5);
        for (const catalog::CatalogEntry &entry : entries) {
            QCOMPARE(entry.source, catalog::PriceSource::Simulated);
            QVERIFY(entry.price && entry.asOf.isValid());
        }
        QCOMPARE(entries.last().id, u"sim-rookery/egret"_s);
        QCOMPARE(entries.last().price->output.toDecimal(), u"1.5"_s);
    }
};

QTEST_GUILESS_MAIN(TestSimulatedFleet)
#include "tst_simulated_fleet.moc"
