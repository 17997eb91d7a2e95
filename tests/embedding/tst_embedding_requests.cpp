#include "core/embedding/endpoint_embedder.h"

#include "core/simulation/simulated_fleet.h"
#include "tests/providers/provider_probe.h"
#include "tests/support/scripted_server.h"
#include "tests/support/wire_text.h"

#include <QDirIterator>
#include <QTemporaryDir>

#include <cmath>

using namespace headgate;
using namespace headgate::embedding;
using namespace headgate::test;
using namespace Qt::StringLiterals;
using simulation::SimulatedFleet;

namespace {

const QString kAviary = u"sim-aviary"_s;

std::unique_ptr<EndpointEmbedder>
embedderAt(const providers::Endpoint &endpoint, const QString &folder,
           qsizetype size = 0) {
  static SystemClock clock;
  auto made = EndpointEmbedder::make(endpoint, u"plume"_s, size,
                                     EmbeddingCache(folder), clock);
  if (!made)
    qFatal("%s", qPrintable(made.error().message));
  return std::move(*made);
}

Result<EmbeddedTexts> embedded(EndpointEmbedder &embedder,
                               const QStringList &texts,
                               std::stop_token stop = {},
                               const Embedder::Progress &progress = {}) {
  auto task = embedder.embed(texts, std::move(stop), progress);
  return QCoro::waitFor(task);
}

// One vector for each of `count` texts.
Script vectors(int count, const QByteArray &vector,
               const QByteArray &more = {}) {
  QByteArrayList all;
  for (int i = 0; i < count; ++i)
    all.append("{\"index\":" + QByteArray::number(i) +
               ",\"embedding\":" + vector + '}');
  return Script().send(
      httpResponse(200, "{\"data\":[" + all.join(',') + ']' + more + '}'));
}

QStringList numbered(int count) {
  QStringList texts;
  for (int i = 0; i < count; ++i)
    texts.append(u"text %1"_s.arg(i));
  return texts;
}

double cosine(std::span<const float> a, std::span<const float> b) {
  double sum = 0;
  for (size_t i = 0; i < a.size(); ++i)
    sum += double(a[i]) * double(b[i]);
  return sum;
}

} // namespace

class TestEmbeddingRequests final : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void similarTextsAreNearInEveryProtocol_data() {
    QTest::addColumn<QString>("protocol");
    for (const char *protocol : {"openai", "gemini", "ollama"})
      QTest::newRow(protocol) << QString::fromLatin1(protocol);
  }

  void similarTextsAreNearInEveryProtocol() {
    QFETCH(const QString, protocol);
    const auto fleet =
        SimulatedFleet::start({.seed = 1, .timeScale = 0}).value();
    providers::Endpoint endpoint =
        endpointAt(fleet->baseUrl(kAviary, protocol));
    endpoint.protocol = protocol;
    endpoint.simulated = true;
    const QTemporaryDir folder;
    const auto embedder = embedderAt(endpoint, folder.path());
    QCOMPARE(embedder->name(), u"endpoint:probe/plume"_s);
    QCOMPARE(embedder->size(), 0);
    const auto result =
        embedded(*embedder, {u"What is the capital of France?"_s,
                             u"What is the capital of Spain?"_s,
                             u"Sort a list in Python"_s});
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(embedder->size(), 64);
    QCOMPARE(result->vectors.rows(), 3);
    for (qsizetype row = 0; row < 3; ++row)
      QVERIFY(
          std::abs(cosine(result->vectors.row(row), result->vectors.row(row)) -
                   1) < 1e-5);
    QVERIFY(cosine(result->vectors.row(0), result->vectors.row(1)) >
            cosine(result->vectors.row(0), result->vectors.row(2)) + 0.3);
    QVERIFY(result->called && result->simulated);
    QCOMPARE(result->provider, u"probe"_s);
    QCOMPARE(result->model, u"plume"_s);
    QVERIFY(result->usage.freshInput > 0);
    QCOMPARE(result->usage.estimated,
             protocol == u"gemini"_s); // which tells none
  }

  void whatIsKeptNeedsNoRequest() {
    const auto fleet =
        SimulatedFleet::start({.seed = 1, .timeScale = 0}).value();
    const providers::Endpoint endpoint = endpointAt(fleet->baseUrl(kAviary));
    const QTemporaryDir folder;
    const QStringList texts = numbered(200);
    const auto first = embedded(*embedderAt(endpoint, folder.path()), texts);
    QVERIFY(first && first->called);
    const quint64 asked = fleet->requestCount(kAviary);
    QCOMPARE(asked, quint64(3)); // 96 + 96 + 8

    const auto again = embedded(*embedderAt(endpoint, folder.path()), texts);
    QVERIFY(again && !again->called);
    QCOMPARE(again->vectors, first->vectors);
    QCOMPARE(again->usage.freshInput, 0);
    QCOMPARE(fleet->requestCount(kAviary), asked);

    const auto more =
        embedded(*embedderAt(endpoint, folder.path()), texts + numbered(201));
    QVERIFY(more && more->called);
    QCOMPARE(fleet->requestCount(kAviary), asked + 1);
    // Another server, or another model of it, has vectors of its own.
    fleet->setFault(kAviary, simulation::Fault::Down);
    const auto other =
        embedded(*embedderAt(endpointAt(fleet->baseUrl(kAviary, u"ollama"_s)),
                             folder.path()),
                 texts);
    QVERIFY(!other);
  }

  void equalTextsAreAskedOnceAndEmptyOnesNever() {
    ScriptedServer server(
        {vectors(2, "[3,4]", ",\"usage\":{\"prompt_tokens\":5}")});
    const auto embedder = embedderAt(endpointAt(server.url()), {});
    const auto result =
        embedded(*embedder, {u"a"_s, u""_s, u"b"_s, u"a"_s, u" \n"_s});
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(
        result->vectors.values,
        (std::vector<float>{0.6F, 0.8F, 0, 0, 0.6F, 0.8F, 0.6F, 0.8F, 0, 0}));
    QCOMPARE(result->usage.freshInput, 5);
    QCOMPARE(server.requests().size(), 1);
    QVERIFY(server.requests().first().contains("\"input\":[\"a\",\"b\"]"));
    const auto empty = embedded(*embedder, {u""_s});
    QVERIFY(empty);
    QCOMPARE(empty->vectors.values, (std::vector<float>{0, 0}));
    QCOMPARE(server.requests().size(), 1);
  }

  void nothingToEmbedIsSaidWhereTheSizeIsNotKnown() {
    ScriptedServer server({Script()});
    const auto embedder = embedderAt(endpointAt(server.url()), {});
    const auto none = embedded(*embedder, {});
    QVERIFY(none && none->vectors.rows() == 0);
    const auto empty = embedded(*embedder, {u""_s, u" "_s});
    QVERIFY(!empty);
    QCOMPARE(empty.error().code, ErrorCode::InvalidInput);
    QCOMPARE(server.accepted(), 0);
  }

  void aLongTextIsCutBetweenCharacters() {
    ScriptedServer server({vectors(1, "[1,0]")});
    const QString text = u"x"_s + u"🚀"_s.repeated(500'000);
    QVERIFY(embedded(*embedderAt(endpointAt(server.url()), {}), {text}));
    const QByteArray request = server.requests().first();
    QVERIFY(request.size() < 4 * kEmbeddedSample);
    QVERIFY(request.contains("🚀\"]"));
    QVERIFY(!request.contains("\xEF\xBF\xBD"));
  }

  void aDimensionThatChangedIsASentence() {
    ScriptedServer server({vectors(1, "[1,0]"), vectors(1, "[1,0,0]")});
    const auto embedder = embedderAt(endpointAt(server.url()), {});
    QVERIFY(embedded(*embedder, {u"a"_s}));
    const auto other = embedded(*embedder, {u"b"_s});
    QVERIFY(!other);
    QCOMPARE(other.error().code, ErrorCode::Protocol);
    QVERIFY2(other.error().message.contains(u"3 numbers instead of 2"_s),
             qPrintable(other.error().message));
    QCOMPARE(embedder->size(), 2);

    const auto wanted = embedderAt(endpointAt(server.url()), {}, 64);
    QVERIFY(!embedded(*wanted, {u"a"_s}));
  }

  // Where nobody relies on them yet, vectors of a former model are asked for
  // anew.
  void keptVectorsOfAnotherSizeAreAskedAgain() {
    const QTemporaryDir folder;
    ScriptedServer server(
        {vectors(2, "[1,0]"), vectors(1, "[0,0,1]"), vectors(2, "[0,0,1]")});
    const providers::Endpoint endpoint = endpointAt(server.url());
    QVERIFY(embedded(*embedderAt(endpoint, folder.path()), {u"a"_s, u"b"_s}));
    const auto later = embedded(*embedderAt(endpoint, folder.path()),
                                {u"a"_s, u"b"_s, u"c"_s});
    QVERIFY2(later, later ? "" : qPrintable(later.error().message));
    QCOMPARE(later->vectors.columns, 3);
    QCOMPARE(later->vectors.values,
             (std::vector<float>{0, 0, 1, 0, 0, 1, 0, 0, 1}));
    QCOMPARE(server.requests().size(), 3);
  }

  void damagedEntriesAreAskedAgain() {
    const auto fleet =
        SimulatedFleet::start({.seed = 1, .timeScale = 0}).value();
    const providers::Endpoint endpoint = endpointAt(fleet->baseUrl(kAviary));
    const QTemporaryDir folder;
    const QStringList texts = numbered(5);
    const auto first = embedded(*embedderAt(endpoint, folder.path()), texts);
    QVERIFY(first);
    QDirIterator entries(folder.path(), QDir::Files,
                         QDirIterator::Subdirectories);
    int damaged = 0;
    while (entries.hasNext()) {
      QFile file(entries.next());
      QVERIFY(file.resize(file.size() / 2));
      ++damaged;
    }
    QCOMPARE(damaged, 5);
    const auto again = embedded(*embedderAt(endpoint, folder.path()), texts);
    QVERIFY(again && again->called);
    QCOMPARE(again->vectors, first->vectors);
    QVERIFY(!embedded(*embedderAt(endpoint, folder.path()), texts)->called);
  }

  void answersThatDoNotFitAreRefused_data() {
    QTest::addColumn<Script>("script");
    QTest::newRow("too few") << vectors(1, "[1,0]");
    QTest::newRow("too many") << vectors(3, "[1,0]");
    QTest::newRow("none") << vectors(0, "");
    QTest::newRow("no numbers") << vectors(2, "[\"a\",\"b\"]");
    QTest::newRow("empty vectors") << vectors(2, "[]");
    QTest::newRow("not a number") << vectors(2, "[NaN,1]");
    QTest::newRow("not a number, base64") << vectors(2, "\"AADAfwAAgD8=\"");
    QTest::newRow("too large a number") << vectors(2, "[1e300,1]");
    QTest::newRow("no JSON") << Script().send(httpResponse(200, "<html>"));
    QTest::newRow("cut")
        << Script().send(httpResponse(200, "{\"data\":[").chopped(3)).close();
    QTest::newRow("down") << Script().send(httpResponse(503, "{}"));
    QTest::newRow("reset") << Script().reset();
  }

  void answersThatDoNotFitAreRefused() {
    QFETCH(const Script, script);
    const QTemporaryDir folder;
    ScriptedServer server({script, vectors(2, "[0,2]")});
    const auto embedder = embedderAt(endpointAt(server.url()), folder.path());
    const auto result = embedded(*embedder, {u"a"_s, u"b"_s});
    QVERIFY(!result);
    QVERIFY(!result.error().message.isEmpty());
    QCOMPARE(server.requests().size(), 1);
    // Nothing of it was kept, nor believed.
    QCOMPARE(embedder->size(), 0);
    const auto again = embedded(*embedder, {u"a"_s, u"b"_s});
    QVERIFY2(again, again ? "" : qPrintable(again.error().message));
    QCOMPARE(again->vectors.values, (std::vector<float>{0, 1, 0, 1}));
  }

  void whatCameBeforeAnOutageIsNotAskedAgain() {
    const QTemporaryDir folder;
    ScriptedServer server({vectors(96, "[1,0]"),
                           Script().send(httpResponse(503, "{}")),
                           vectors(4, "[1,0]")});
    const providers::Endpoint endpoint = endpointAt(server.url());
    QList<qsizetype> told;
    const auto failed =
        embedded(*embedderAt(endpoint, folder.path()), numbered(100), {},
                 [&](qsizetype done) { told.append(done); });
    QVERIFY(!failed);
    QCOMPARE(told, (QList<qsizetype>{0, 96}));
    const auto again =
        embedded(*embedderAt(endpoint, folder.path()), numbered(100));
    QVERIFY2(again, again ? "" : qPrintable(again.error().message));
    QCOMPARE(server.requests().size(), 3);
    QVERIFY(server.requests().last().contains("\"input\":[\"text 96\","));
  }

  void aStoppedOneSaysSoAndAsksNoMore() {
    ScriptedServer server({vectors(96, "[1,0]")});
    std::stop_source stop;
    const auto result =
        embedded(*embedderAt(endpointAt(server.url()), {}), numbered(200),
                 stop.get_token(), [&](qsizetype done) {
                   if (done > 0)
                     stop.request_stop();
                 });
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Cancelled);
    QCOMPARE(server.requests().size(), 1);
  }

  void aProtocolWithoutEmbeddingsIsRefusedAtOnce() {
    SystemClock clock;
    providers::Endpoint endpoint = endpointAt(QUrl(u"http://127.0.0.1:1"_s));
    endpoint.protocol = u"anthropic"_s;
    const auto made = EndpointEmbedder::make(endpoint, u"m"_s, 0,
                                             EmbeddingCache(QString()), clock);
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::Unavailable);
  }
};

QTEST_GUILESS_MAIN(TestEmbeddingRequests)
#include "tst_embedding_requests.moc"
