#include "core/engine/call_cost.h"

#include "tests/engine/policies.h"

#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;
using engine::CallCost;
using engine::CostOrigin;
using engine::Hop;

namespace {

const QDate kToday(2026, 11, 20);

catalog::CatalogEntry entry(const QString &model, qint64 factor)
{
    catalog::CatalogEntry entry;
    entry.id = u"a/"_s + model;
    entry.provider = u"a"_s;
    entry.model = model;
    entry.price = test::priceOf(factor);
    entry.source = catalog::PriceSource::Bundled;
    entry.asOf = kToday;
    return entry;
}

catalog::ModelCatalog smallCatalog()
{
    catalog::CatalogEntry bounded = entry(u"bounded"_s, 1);
    bounded.maxOutputTokens = 1000;
    catalog::ModelCatalog catalog;
    catalog.add({entry(u"plain"_s, 1), entry(u"plain-2026-01"_s, 3), bounded});
    return catalog;
}

policy::Model unpriced(const QString &id)
{
    policy::Model model = test::model(u"m"_s, u"a"_s, 1);
    model.model = id;
    model.price.reset();
    return model;
}

providers::CallResult used(qint64 input, qint64 output)
{
    providers::CallResult result;
    result.completion.usage.freshInput = input;
    result.completion.usage.output = output;
    return result;
}

} // namespace

class TestCallCost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_catalog = smallCatalog(); }
    void theCatalogPricesTheCall();
    void thePolicysOwnPriceGoesFirst();
    void whatTheProviderReportsGoesBeforeAnyPrice();
    void theModelThatAnsweredSetsThePrice();
    void aSurchargeIsPartOfThePrice();
    void theFastSpeedsPriceIsUnknown();
    void whereTheServerIsSilentTheParametersSay();
    void aPriceOfOnesOwnHoldsAtTheFastSpeed();
    void estimatedTokensAreMarked();
    void anUnknownPriceIsNotFree();
    void aModelOnThisMachineCostsNothing();
    void aFailureBeforeAnythingCostsNothing();
    void aFailureWithUsageCosts();
    void worstCaseBoundsTheAnswer_data();
    void worstCaseBoundsTheAnswer();

private:
    catalog::ModelCatalog m_catalog;
};

void TestCallCost::theCatalogPricesTheCall()
{
    Hop hop;
    CallCost(m_catalog, kToday).book(unpriced(u"plain"_s), used(100, 20), hop);
    QCOMPARE(hop.cost, Money::fromNanos(140'000));
    QCOMPARE(hop.costOrigin, CostOrigin::Exact);
    QCOMPARE(hop.usage.output, 20);
    QVERIFY(hop.quote);
    QCOMPARE(hop.quote->source, catalog::PriceSource::Bundled);
}

void TestCallCost::thePolicysOwnPriceGoesFirst()
{
    policy::Model model = unpriced(u"plain"_s);
    model.price = test::priceOf(5);
    Hop hop;
    CallCost(m_catalog, kToday).book(model, used(100, 20), hop);
    QCOMPARE(hop.cost, Money::fromNanos(700'000));
    QCOMPARE(hop.quote->source, catalog::PriceSource::Override);
}

void TestCallCost::whatTheProviderReportsGoesBeforeAnyPrice()
{
    providers::CallResult result = used(100, 20);
    result.completion.reportedCost = Money::fromNanos(12'345);
    Hop hop;
    CallCost(m_catalog, kToday).book(unpriced(u"unheard-of"_s), result, hop);
    QCOMPARE(hop.cost, Money::fromNanos(12'345));
    QCOMPARE(hop.costOrigin, CostOrigin::ProviderReported);
}

void TestCallCost::theModelThatAnsweredSetsThePrice()
{
    providers::CallResult result = used(100, 20);
    result.completion.servedModel = u"plain-2026-01"_s;
    Hop hop;
    CallCost(m_catalog, kToday).book(unpriced(u"plain"_s), result, hop);
    QCOMPARE(hop.cost, Money::fromNanos(420'000));
    result.completion.servedModel = u"plain-of-unknown-date"_s;
    Hop second;
    CallCost(m_catalog, kToday).book(unpriced(u"plain"_s), result, second);
    QCOMPARE(second.cost, Money::fromNanos(140'000));
}

void TestCallCost::aSurchargeIsPartOfThePrice()
{
    providers::CallResult result = used(100, 20);
    result.completion.pricePercent = 110;
    Hop hop;
    CallCost(m_catalog, kToday).book(unpriced(u"plain"_s), result, hop);
    QCOMPARE(hop.cost, Money::fromNanos(154'000));
    QCOMPARE(hop.quote->price.output, Money::fromNanos(2'200'000'000));
    // What the user says a call costs is what it costs.
    policy::Model own = unpriced(u"plain"_s);
    own.price = test::priceOf(5);
    Hop second;
    CallCost(m_catalog, kToday).book(own, result, second);
    QCOMPARE(second.cost, Money::fromNanos(700'000));
}

void TestCallCost::theFastSpeedsPriceIsUnknown()
{
    providers::CallResult result = used(100, 20);
    result.completion.fast = true;
    Hop hop;
    CallCost(m_catalog, kToday).book(unpriced(u"plain"_s), result, hop);
    QCOMPARE(hop.costOrigin, CostOrigin::UnknownPrice);
    QCOMPARE(hop.cost, Money());
}

// As where a stream breaks off before its usage came.
void TestCallCost::whereTheServerIsSilentTheParametersSay()
{
    policy::Model asked = unpriced(u"plain"_s);
    asked.parameters = {{"inference_geo", "us"}};
    const CallCost costs(m_catalog, kToday);
    Hop hop;
    costs.book(asked, used(100, 20), hop);
    QCOMPARE(hop.cost, Money::fromNanos(154'000));
    QCOMPARE(hop.surcharge, (catalog::Surcharge{110, false}));
    QCOMPARE(costs.costAt(asked, used(100, 20).completion.usage),
             std::optional(Money::fromNanos(154'000)));
    asked.parameters = {{"speed", "fast"}};
    Hop fast;
    costs.book(asked, used(100, 20), fast);
    QCOMPARE(fast.costOrigin, CostOrigin::UnknownPrice);
    QVERIFY(fast.surcharge.fast);
    QVERIFY(!costs.costAt(asked, used(100, 20).completion.usage));
    QVERIFY(!costs.worstCase(asked, 100));
    // The server had no room at that speed.
    providers::CallResult standard = used(100, 20);
    standard.completion.fast = false;
    Hop slow;
    costs.book(asked, standard, slow);
    QCOMPARE(slow.cost, Money::fromNanos(140'000));
}

void TestCallCost::aPriceOfOnesOwnHoldsAtTheFastSpeed()
{
    policy::Model own = unpriced(u"plain"_s);
    own.price = test::priceOf(5);
    own.parameters = {{"speed", "fast"}};
    Hop hop;
    const CallCost costs(m_catalog, kToday);
    costs.book(own, used(100, 20), hop);
    QCOMPARE(hop.cost, Money::fromNanos(700'000));
    QCOMPARE(hop.costOrigin, CostOrigin::Exact);
    QVERIFY(costs.worstCase(own, 100));
}

void TestCallCost::estimatedTokensAreMarked()
{
    providers::CallResult result = used(100, 20);
    result.completion.usage.estimated = true;
    Hop hop;
    CallCost(m_catalog, kToday).book(unpriced(u"plain"_s), result, hop);
    QCOMPARE(hop.costOrigin, CostOrigin::EstimatedTokens);
    QCOMPARE(hop.cost, Money::fromNanos(140'000));
}

void TestCallCost::anUnknownPriceIsNotFree()
{
    Hop hop;
    const CallCost costs(m_catalog, kToday);
    costs.book(unpriced(u"unheard-of"_s), used(100, 20), hop);
    QCOMPARE(hop.costOrigin, CostOrigin::UnknownPrice);
    QVERIFY(!hop.quote);
    QVERIFY(!costs.worstCase(unpriced(u"unheard-of"_s), 100));
    QVERIFY(!costs.costAt(unpriced(u"unheard-of"_s), {}));
}

void TestCallCost::aModelOnThisMachineCostsNothing()
{
    m_catalog.setLocalProviders({u"a"_s});
    const CallCost costs(m_catalog, kToday);
    providers::CallResult result = used(100, 20);
    result.completion.usage.estimated = true;
    Hop hop;
    costs.book(unpriced(u"unheard-of"_s), result, hop);
    QCOMPARE(hop.costOrigin, CostOrigin::Exact); // nothing times about 100
    QCOMPARE(hop.cost, Money());
    QCOMPARE(hop.quote->source, catalog::PriceSource::Local);
    QCOMPARE(costs.worstCase(unpriced(u"unheard-of"_s), 100), std::optional(Money()));

    // A price that somebody gave holds, even where the server calls the model otherwise.
    result.completion.usage.estimated = false;
    result.completion.servedModel = u"plain:8b-q4"_s;
    costs.book(unpriced(u"plain"_s), result, hop);
    QCOMPARE(hop.cost, Money::fromNanos(140'000));
    // Of others nothing is known, as before.
    policy::Model elsewhere = unpriced(u"unheard-of"_s);
    elsewhere.provider = u"b"_s;
    costs.book(elsewhere, result, hop);
    QCOMPARE(hop.costOrigin, CostOrigin::UnknownPrice);
}

void TestCallCost::aFailureBeforeAnythingCostsNothing()
{
    providers::CallResult result;
    result.failure = providers::CallFailure{};
    Hop hop;
    CallCost(m_catalog, kToday).book(unpriced(u"unheard-of"_s), result, hop);
    QCOMPARE(hop.costOrigin, CostOrigin::Exact);
    QCOMPARE(hop.cost, Money());
}

void TestCallCost::aFailureWithUsageCosts()
{
    providers::CallResult result = used(100, 3);
    result.completion.usage.estimated = true;
    result.failure = providers::CallFailure{};
    Hop hop;
    CallCost(m_catalog, kToday).book(unpriced(u"plain"_s), result, hop);
    QCOMPARE(hop.cost, Money::fromNanos(106'000));
    QCOMPARE(hop.costOrigin, CostOrigin::EstimatedTokens);
}

void TestCallCost::worstCaseBoundsTheAnswer_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QByteArray>("parameters");
    QTest::addColumn<qint64>("outputTokens");
    QTest::newRow("max_tokens") << u"plain"_s << QByteArray(R"({"max_tokens": 50})") << qint64(50);
    QTest::newRow("max_completion_tokens")
        << u"bounded"_s << QByteArray(R"({"max_completion_tokens": 60})") << qint64(60);
    QTest::newRow("the catalog's bound") << u"bounded"_s << QByteArray("{}") << qint64(1000);
    QTest::newRow("no bound known") << u"plain"_s << QByteArray("{}") << qint64(4096);
    QTest::newRow("a bound that is none")
        << u"bounded"_s << QByteArray(R"({"max_tokens": "x"})") << qint64(1000);
}

void TestCallCost::worstCaseBoundsTheAnswer()
{
    QFETCH(const QString, model);
    QFETCH(const QByteArray, parameters);
    QFETCH(const qint64, outputTokens);
    policy::Model priced = unpriced(model);
    priced.parameters = Json::parse(parameters.constData());
    QCOMPARE(CallCost(m_catalog, kToday).worstCase(priced, 100),
             std::optional(Money::fromNanos(100'000 + 2'000 * outputTokens)));
}

QTEST_GUILESS_MAIN(TestCallCost)
#include "tst_call_cost.moc"
