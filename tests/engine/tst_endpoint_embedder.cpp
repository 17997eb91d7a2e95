#include "core/engine/endpoint_embedder.h"
#include "core/engine/query_runner.h"
#include "core/simulation/simulated_fleet.h"

#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;
using engine::EmbeddedTexts;
using simulation::Fault;

namespace {

const QString kPlume = u"endpoint:sim-aviary/plume"_s;

// The client and the fleet over real sockets.
struct Bench
{
    Bench()
    {
        simulation::FleetOptions options;
        options.timeScale = 0;
        fleet = simulation::SimulatedFleet::start(options).value();
        for (const QString &name : fleet->providers()) {
            providers::Endpoint endpoint;
            endpoint.name = name;
            endpoint.baseUrl = fleet->baseUrl(name);
            endpoint.simulated = true;
            if (!directory.add(endpoint))
                qFatal("no endpoint");
        }
    }
    Result<EmbeddedTexts> embed(const QString &embedder, const QStringList &texts,
                                std::stop_token stop = {})
    {
        auto task = provided.embed(embedder, texts, std::move(stop));
        return QCoro::waitFor(task);
    }
    quint64 asked() const { return fleet->requestCount(u"sim-aviary"_s); }

    SystemClock clock;
    std::unique_ptr<simulation::SimulatedFleet> fleet;
    engine::ProviderDirectory directory{clock};
    engine::EndpointEmbedder provided{directory, clock};
};

} // namespace

class TestEndpointEmbedder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void embedsByTheProviderThatItNames()
    {
        Bench bench;
        const auto embedded = bench.embed(kPlume, {u"one"_s, u"two"_s, u"one"_s});
        QVERIFY2(embedded, embedded ? "" : qPrintable(embedded.error().message));
        QVERIFY(embedded->called);
        QVERIFY(embedded->simulated);
        QCOMPARE(embedded->provider, u"sim-aviary"_s);
        QCOMPARE(embedded->model, u"plume"_s);
        QVERIFY(embedded->usage.freshInput > 0);
        QCOMPARE(embedded->vectors.rows(), 3);
        QVERIFY(embedded->vectors.columns > 1);
        const auto row = [&](qsizetype index) {
            const auto values = embedded->vectors.row(index);
            return std::vector<float>(values.begin(), values.end());
        };
        QCOMPARE(row(0), row(2));
        double squares = 0;
        for (const float value : row(0))
            squares += double(value) * double(value);
        QVERIFY(std::abs(squares - 1) < 1e-5);
        QVERIFY(row(0) != row(1));
    }

    void whatIsKnownIsNotAskedAgain()
    {
        Bench bench;
        const auto first = bench.embed(kPlume, {u"one"_s, u"a text of several words"_s});
        const quint64 before = bench.asked();
        const auto again = bench.embed(kPlume, {u"a text of several words"_s, u"one"_s});
        QVERIFY(first && again);
        QCOMPARE(bench.asked(), before);
        QVERIFY(!again->called);
        QCOMPARE(again->usage.input(), 0);
        QCOMPARE(again->vectors.row(0)[0], first->vectors.row(1)[0]);
        const auto more = bench.embed(kPlume, {u"one"_s, u"two"_s});
        QVERIFY(more && more->called);
        QVERIFY(more->usage.input() < first->usage.input()); // one text only
        // The same model elsewhere is another embedder.
        QVERIFY(bench.embed(u"endpoint:sim-rookery/plume"_s, {u"one"_s})->called);
    }

    void namesWhatIsMissing_data()
    {
        QTest::addColumn<QString>("embedder");
        QTest::addColumn<QString>("word");
        QTest::newRow("no provider") << u"endpoint:nobody/plume"_s << u"nobody"_s;
        QTest::newRow("no model") << u"endpoint:sim-aviary"_s << u"endpoint:PROVIDER/MODEL"_s;
        QTest::newRow("an empty model")
            << u"endpoint:sim-aviary/"_s << u"endpoint:PROVIDER/MODEL"_s;
        QTest::newRow("another kind") << u"lsa"_s << u"“lsa”"_s;
    }

    void namesWhatIsMissing()
    {
        QFETCH(const QString, embedder);
        QFETCH(const QString, word);
        Bench bench;
        const auto embedded = bench.embed(embedder, {u"one"_s});
        QVERIFY(!embedded);
        QCOMPARE(embedded.error().code, ErrorCode::NotFound);
        QVERIFY2(embedded.error().message.contains(word), qPrintable(embedded.error().message));
    }

    void aFailureIsASentenceAndTheNextCallIsAsked()
    {
        Bench bench;
        bench.fleet->setFault(u"sim-aviary"_s, Fault::Garbage);
        const auto failed = bench.embed(kPlume, {u"one"_s});
        QVERIFY(!failed);
        QVERIFY(!failed.error().message.isEmpty());
        bench.fleet->setFault(u"sim-aviary"_s, Fault::None);
        QVERIFY(bench.embed(kPlume, {u"one"_s}));
    }

    void aModelThatIsNotThereIsNotEmbedded()
    {
        Bench bench;
        QVERIFY(!bench.embed(u"endpoint:sim-aviary/feather"_s, {u"one"_s}));
    }
};

QTEST_GUILESS_MAIN(TestEndpointEmbedder)
#include "tst_endpoint_embedder.moc"
