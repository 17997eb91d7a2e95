#include "core/catalog/model_catalog.h"

#include <QTest>

using namespace headgate;
using namespace headgate::catalog;
using namespace Qt::StringLiterals;

namespace {

const QDate kToday(2026, 8, 20);

Money usd(const QString &text)
{
    return Money::fromDecimal(text).value();
}

Json withModel(const QByteArray &model)
{
    return parseJson(R"({"format": "headgate.catalog", "version": 1, "as_of": "2026-08-01",
                         "notes": {"soon": "Goes soon."}, "models": [)" +
                     model + "]}")
        .value();
}

ModelCatalog catalogOf(const QByteArray &model)
{
    const auto catalog = ModelCatalog::fromJson(withModel(model));
    if (!catalog)
        qFatal("%s", qPrintable(catalog.error().message));
    return *catalog;
}

} // namespace

class TestModelCatalog final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bundledTableIsWholeAndDated()
    {
        const ModelCatalog catalog = ModelCatalog::bundled();
        QCOMPARE(catalog.asOf(), QDate(2026, 8, 1));
        QVERIFY(catalog.sources().size() >= 3);
        QVERIFY(catalog.entries().size() > 100);
        QSet<QString> ids;
        for (const CatalogEntry &entry : catalog.entries()) {
            QVERIFY2(!ids.contains(entry.id), qPrintable(entry.id));
            ids.insert(entry.id);
            QCOMPARE(entry.id, entry.provider + u'/' + entry.model);
            QVERIFY2(entry.price && entry.price->input > Money(), qPrintable(entry.id));
            QVERIFY2(entry.kind == u"embedding"_s || entry.price->output > Money(),
                     qPrintable(entry.id));
            QVERIFY(entry.asOf.isValid());
            QCOMPARE(catalog.find(entry.provider, entry.model), &entry);
            for (const QString &note : entry.notes)
                QVERIFY2(note.endsWith(u'.'), qPrintable(entry.id + note));
        }
    }

    void bundledPricesAreExact()
    {
        const ModelCatalog catalog = ModelCatalog::bundled();
        const auto mini = catalog.quote(u"openai"_s, u"gpt-5-mini"_s, kToday);
        QVERIFY(mini);
        QCOMPARE(mini->price, (Price{usd(u"0.25"_s), usd(u"2"_s), usd(u"0.025"_s)}));
        QCOMPARE(mini->source, PriceSource::Bundled);
        QCOMPARE(mini->asOf, QDate(2026, 8, 1));
        const auto pro = catalog.quote(u"deepseek"_s, u"deepseek-v4-pro"_s, kToday);
        QCOMPARE(pro->price.cachedInput->nanos(), 3'625'000);
        const auto opus = catalog.quote(u"anthropic"_s, u"claude-opus-4-5"_s, kToday);
        QCOMPARE(opus->price.cacheWrite1h, usd(u"10"_s));
        const auto newer = catalog.quote(u"openai"_s, u"gpt-6-sol"_s, kToday);
        QCOMPARE(newer->source, PriceSource::BundledSecondary);
        QCOMPARE(newer->asOf, QDate(2026, 11, 13));
    }

    void unknownModelsHaveNoPrice()
    {
        const ModelCatalog catalog = ModelCatalog::bundled();
        QVERIFY(!catalog.find(u"openai"_s, u"gpt-99"_s));
        QVERIFY(!catalog.find(u"OpenAI"_s, u"gpt-5-mini"_s));
        QVERIFY(!catalog.quote(u"openai"_s, u"gpt-99"_s, kToday));
        const ModelCatalog unpriced = catalogOf(R"({"id": "a/b"})");
        QVERIFY(unpriced.find(u"a"_s, u"b"_s));
        QVERIFY(!unpriced.quote(u"a"_s, u"b"_s, kToday));
    }

    void onThisMachineAnUnknownModelCostsNothing()
    {
        ModelCatalog catalog = catalogOf(R"({"id": "here/priced", "price": {"in": 1, "out": 2}})");
        const QString version = catalog.version();
        catalog.setLocalProviders({u"here"_s});
        QCOMPARE(catalog.version(), version);
        const auto local = catalog.quote(u"here"_s, u"any"_s, kToday);
        QCOMPARE(*local, (PriceQuote{Price{}, PriceSource::Local, kToday, {}}));
        QCOMPARE(priceSourceFrom(nameOf(PriceSource::Local)), std::optional(PriceSource::Local));
        QVERIFY(catalog.quote(u"here"_s, u"priced"_s, kToday)->price.input > Money());
        const Price mine{Money::fromNanos(5), Money::fromNanos(7)};
        catalog.setOverride(u"here"_s, u"any"_s, mine, kToday);
        QCOMPARE(catalog.quote(u"here"_s, u"any"_s, kToday)->price, mine);
        QVERIFY(!catalog.quote(u"there"_s, u"any"_s, kToday));
    }

    void longInputsArePricedAtTheirTier()
    {
        const ModelCatalog catalog = catalogOf(
            R"({"id": "a/b", "price": {"in": 1, "out": 2, "cached": 0.5},
                "tiers": [{"above": 1000, "in": 3}, {"above": 5000, "in": 4, "out": 5, "cached": 1}]})");
        const auto at = [&catalog](qint64 tokens) {
            return catalog.quote(u"a"_s, u"b"_s, kToday, tokens)->price;
        };
        QCOMPARE(at(0), (Price{usd(u"1"_s), usd(u"2"_s), usd(u"0.5"_s)}));
        QCOMPARE(at(1000), at(0));
        QCOMPARE(at(1001), (Price{usd(u"3"_s), usd(u"2"_s), usd(u"0.5"_s)}));
        QCOMPARE(at(5001), (Price{usd(u"4"_s), usd(u"5"_s), usd(u"1"_s)}));
    }

    void callsAreChargedAtThePriceOfTheirDay_data()
    {
        QTest::addColumn<QDate>("day");
        QTest::addColumn<QString>("input");
        QTest::newRow("before the cut") << QDate(2026, 7, 29) << u"2.5"_s;
        QTest::newRow("day of the cut") << QDate(2026, 7, 30) << u"2"_s;
        QTest::newRow("day of the table") << QDate(2026, 8, 1) << u"2"_s;
        QTest::newRow("later") << QDate(2027, 1, 1) << u"2"_s;
    }
    void callsAreChargedAtThePriceOfTheirDay()
    {
        QFETCH(const QDate, day);
        QFETCH(const QString, input);
        const auto quote = ModelCatalog::bundled().quote(u"openai"_s, u"gpt-5.6-terra"_s, day);
        QVERIFY(quote);
        QCOMPARE(quote->price.input, usd(input));
    }

    void announcedPricesHoldFromTheirDay()
    {
        const ModelCatalog catalog = catalogOf(
            R"({"id": "a/b", "price": {"in": 1, "out": 2},
                "schedule": [{"from": "2026-09-01", "in": 3, "out": 4}]})");
        QCOMPARE(catalog.quote(u"a"_s, u"b"_s, QDate(2026, 8, 31))->price.input, usd(u"1"_s));
        QCOMPARE(catalog.quote(u"a"_s, u"b"_s, QDate(2026, 9, 1))->price.input, usd(u"3"_s));
    }

    void theVersionTellsOnePriceTableFromAnother()
    {
        ModelCatalog catalog = ModelCatalog::bundled();
        const QString bundled = catalog.version();
        QVERIFY(bundled.startsWith(catalog.asOf().toString(Qt::ISODate) + u'-'));
        QCOMPARE(ModelCatalog::bundled().version(), bundled);
        QCOMPARE(catalog.quote(u"openai"_s, u"gpt-5-mini"_s, kToday)->table, bundled);
        catalog.setOverride(u"home"_s, u"llama"_s, {}, kToday);
        QVERIFY(catalog.version() != bundled);
        catalog.removeOverride(u"home"_s, u"llama"_s);
        QCOMPARE(catalog.version(), bundled);

        CatalogEntry first = catalog.entries().at(0);
        CatalogEntry second = catalog.entries().at(1);
        ModelCatalog forwards;
        forwards.add({first, second});
        ModelCatalog backwards;
        backwards.add({second, first});
        QCOMPARE(forwards.version(), backwards.version());
        second.price = Price{usd(u"1"_s), usd(u"2"_s)};
        backwards.add({second});
        QVERIFY(forwards.version() != backwards.version());
        const QString withoutReasoning = backwards.version();
        second.price->reasoning = usd(u"3"_s);
        backwards.add({second});
        QVERIFY(backwards.version() != withoutReasoning);
    }

    void overridesWinAndGoAway()
    {
        ModelCatalog catalog = ModelCatalog::bundled();
        const Price mine{usd(u"7"_s), usd(u"8"_s)};
        catalog.setOverride(u"openai"_s, u"gpt-5-mini"_s, mine, kToday);
        catalog.setOverride(u"home"_s, u"llama"_s, {}, kToday);
        const auto quote = catalog.quote(u"openai"_s, u"gpt-5-mini"_s, kToday, 1'000'000);
        QCOMPARE(*quote, (PriceQuote{mine, PriceSource::Override, kToday, catalog.version()}));
        QCOMPARE(catalog.quote(u"home"_s, u"llama"_s, kToday)->price, Price());
        QCOMPARE(catalog.overrides().size(), 2);
        catalog.removeOverride(u"openai"_s, u"gpt-5-mini"_s);
        QCOMPARE(catalog.quote(u"openai"_s, u"gpt-5-mini"_s, kToday)->source, PriceSource::Bundled);
    }

    void entriesAreAddedReplacedAndRemoved()
    {
        ModelCatalog catalog = ModelCatalog::bundled();
        const qsizetype before = catalog.entries().size();
        CatalogEntry finch;
        finch.id = u"simulated/finch"_s;
        finch.provider = u"simulated"_s;
        finch.model = u"finch"_s;
        finch.price = Price{usd(u"0.1"_s), usd(u"0.2"_s)};
        finch.source = PriceSource::Simulated;
        catalog.add({finch});
        finch.price->input = usd(u"0.3"_s);
        catalog.add({finch});
        QCOMPARE(catalog.entries().size(), before + 1);
        QCOMPARE(catalog.quote(u"simulated"_s, u"finch"_s, kToday)->price.input, usd(u"0.3"_s));
        catalog.remove(u"openai"_s, u"gpt-5-mini"_s);
        QVERIFY(!catalog.find(u"openai"_s, u"gpt-5-mini"_s));
        QCOMPARE(catalog.find(u"simulated"_s, u"finch"_s)->price->input, usd(u"0.3"_s));
        catalog.remove(u"openai"_s, u"gpt-5-mini"_s);
        QCOMPARE(catalog.entries().size(), before);
    }

    void readsItsOwnTextBack()
    {
        ModelCatalog catalog = ModelCatalog::bundled();
        Price odd{usd(u"0.000000001"_s), usd(u"123456.75"_s)};
        odd.reasoning = usd(u"0.5"_s);
        catalog.setOverride(u"home"_s, u"llama"_s, odd, kToday);
        const auto text = parseJson(formatJson(catalog.toJson()));
        QVERIFY(text);
        const auto again = ModelCatalog::fromJson(*text);
        QVERIFY2(again, again ? "" : qPrintable(again.error().message));
        QCOMPARE(again->entries(), catalog.entries());
        QCOMPARE(again->overrides(), catalog.overrides());
        QCOMPARE(again->sources(), catalog.sources());
        QCOMPARE(again->asOf(), catalog.asOf());
    }

    void namesTheModelAtFault_data()
    {
        QTest::addColumn<QByteArray>("model");
        QTest::addColumn<QString>("inMessage");
        QTest::newRow("no id") << QByteArray(R"({"name": "x"})") << u"provider/model"_s;
        QTest::newRow("no object") << QByteArray("17") << u"provider/model"_s;
        QTest::newRow("no model") << QByteArray(R"({"id": "a/"})") << u"provider/model"_s;
        QTest::newRow("negative") << QByteArray(R"({"id": "a/b", "price": {"in": -1, "out": 1}})")
                                  << u"a/b"_s;
        QTest::newRow("huge") << QByteArray(R"({"id": "a/b", "price": {"in": 1e300, "out": 1}})")
                              << u"a/b"_s;
        QTest::newRow("text") << QByteArray(R"({"id": "a/b", "price": {"in": "NaN", "out": 1}})")
                              << u"a/b"_s;
        QTest::newRow("half a price")
            << QByteArray(R"({"id": "a/b", "price": {"in": 1}})") << u"out"_s;
        QTest::newRow("count") << QByteArray(R"({"id": "a/b", "context": 1.5})") << u"context"_s;
        QTest::newRow("date") << QByteArray(R"({"id": "a/b", "as_of": "soon"})") << u"as_of"_s;
        QTest::newRow("source") << QByteArray(R"({"id": "a/b", "source": "hearsay"})")
                                << u"hearsay"_s;
        QTest::newRow("tiers") << QByteArray(R"({"id": "a/b", "price": {"in": 1, "out": 1},
                                                "tiers": [{"above": 5}, {"above": 5}]})")
                               << u"ascending"_s;
        QTest::newRow("schedule") << QByteArray(R"({"id": "a/b", "schedule": {"from": 1}})")
                                  << u"list"_s;
    }
    void namesTheModelAtFault()
    {
        QFETCH(const QByteArray, model);
        QFETCH(const QString, inMessage);
        const auto catalog = ModelCatalog::fromJson(withModel(model));
        QVERIFY(!catalog);
        QCOMPARE(catalog.error().code, ErrorCode::InvalidInput);
        QVERIFY2(catalog.error().message.contains(inMessage), qPrintable(catalog.error().message));
    }

    void refusesOtherAndNewerFiles()
    {
        Json root = withModel(R"({"id": "a/b", "notes": ["soon", "Free text."]})");
        QCOMPARE(ModelCatalog::fromJson(root)->entries().first().notes,
                 QStringList({u"Goes soon."_s, u"Free text."_s}));
        root["version"] = 2;
        QCOMPARE(ModelCatalog::fromJson(root).error().code, ErrorCode::UnsupportedVersion);
        root["format"] = "other";
        QCOMPARE(ModelCatalog::fromJson(root).error().code, ErrorCode::InvalidInput);
        QCOMPARE(ModelCatalog::fromJson(Json::array()).error().code, ErrorCode::InvalidInput);
    }
};

QTEST_GUILESS_MAIN(TestModelCatalog)
#include "tst_model_catalog.moc"
