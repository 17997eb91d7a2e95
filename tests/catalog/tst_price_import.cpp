#include "core/catalog/price_import.h"

#include <QFile>
#include <QTest>

using namespace headgate;
using namespace headgate::catalog;
using namespace Qt::StringLiterals;

namespace {

const QDate kFileDate(2026, 9, 1);
const QDate kLater(2026, 9, 2);

Money usd(const QString &text)
{
    return Money::fromDecimal(text).value();
}

QByteArray fixture(const QString &name = u"prices.json"_s)
{
    QFile file(QStringLiteral(HEADGATE_FIXTURES "/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// What is known before the import.
ModelCatalog known()
{
    return ModelCatalog::fromJson(parseJson(fixture(u"known_models.json"_s)).value()).value();
}

PriceImport imported(const QByteArray &bytes)
{
    const auto import = readPriceFile(bytes, known(), kFileDate);
    if (!import)
        qFatal("%s", qPrintable(import.error().message));
    return *import;
}

const PriceChange *changeOf(const QList<PriceChange> &changes, const QString &id)
{
    const auto it = std::find_if(changes.begin(), changes.end(), [&id](const PriceChange &change) {
        return change.entry.id == id;
    });
    return it != changes.end() ? &*it : nullptr;
}

// A file of one model of OpenAI's with these further fields.
QByteArray fileOf(const QByteArray &fields, const QByteArray &name = "odd")
{
    return "{\"" + name + "\": {\"litellm_provider\": \"openai\", \"mode\": \"chat\", " + fields +
           "}}";
}

} // namespace

class TestPriceImport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sortsTheFileIntoWhatItWouldDo()
    {
        const PriceImport import = imported(fixture());
        QStringList added;
        for (const PriceChange &change : import.added)
            added.append(change.entry.id);
        QCOMPARE(added,
                 QStringList({u"anthropic/claude-x"_s, u"qwen/ranged"_s, u"deepseek/exact"_s,
                              u"google/long"_s, u"together/maker/words"_s, u"voyage/vectors"_s}));
        QCOMPARE(import.changed.size(), 2);
        QCOMPARE(import.confirmed.size(), 1);
        QCOMPARE(import.confirmed.first().id, u"openai/steady"_s);
        QCOMPARE(import.removed.size(), 1);
        QCOMPARE(import.removed.first().entry.id, u"openai/gone"_s);
        QCOMPARE(import.skipped, 4);
        QVERIFY2(import.warnings.isEmpty(), qPrintable(import.warnings.join(u'\n')));
    }

    void showsOldAndNewPrices()
    {
        const PriceImport import = imported(fixture());
        const PriceChange *cheaper = changeOf(import.changed, u"openai/cheaper"_s);
        QVERIFY(cheaper);
        QCOMPARE(cheaper->before, (Price{usd(u"2"_s), usd(u"4"_s)}));
        QCOMPARE(cheaper->after, (Price{usd(u"1"_s), usd(u"4"_s)}));
        QVERIFY(cheaper->accepted);
        const PriceChange *slipped = changeOf(import.changed, u"openai/slipped"_s);
        QVERIFY(slipped && !slipped->accepted);
        QVERIFY(slipped->warnings.first().contains(u"fivefold"_s));
    }

    void readsPricesPerTokenExactly()
    {
        const PriceImport import = imported(fixture());
        QCOMPARE(changeOf(import.added, u"deepseek/exact"_s)->after,
                 (Price{usd(u"0.435"_s), usd(u"0.87"_s), usd(u"0.003625"_s)}));
        QCOMPARE(changeOf(import.added, u"anthropic/claude-x"_s)->after,
                 (Price{usd(u"3"_s), usd(u"15"_s), usd(u"0.3"_s), usd(u"3.75"_s), usd(u"6"_s),
                        usd(u"12"_s)}));
        QCOMPARE(changeOf(import.added, u"together/maker/words"_s)->after, Price());
        QCOMPARE(changeOf(import.added, u"voyage/vectors"_s)->after->input, usd(u"0.02"_s));
    }

    void readsTiersOfBothKinds()
    {
        const PriceImport import = imported(fixture());
        const QList<PriceTier> suffixed{{200'000, {usd(u"2.5"_s), usd(u"15"_s), usd(u"0.125"_s)}}};
        QVERIFY(changeOf(import.added, u"google/long"_s)->entry.tiers == suffixed);
        const PriceChange *ranged = changeOf(import.added, u"qwen/ranged"_s);
        QCOMPARE(ranged->after, (Price{usd(u"1.2"_s), usd(u"6"_s)}));
        const QList<PriceTier> ranges{{32'000, {usd(u"2.4"_s), usd(u"12"_s)}}};
        QVERIFY(ranged->entry.tiers == ranges);
    }

    void readsLimitsAndFlags()
    {
        const PriceImport import = imported(fixture());
        const CatalogEntry &claude = changeOf(import.added, u"anthropic/claude-x"_s)->entry;
        QCOMPARE(claude.supports, (Json{{"tools", true}, {"sampling_params", false}}));
        QCOMPARE(claude.retiresOn, QDate(2027, 5, 15));
        QCOMPARE(changeOf(import.added, u"voyage/vectors"_s)->entry.dimensions, 1024);
        const CatalogEntry &cheaper = changeOf(import.changed, u"openai/cheaper"_s)->entry;
        QCOMPARE(cheaper.maxInputTokens, 2'000'000); // was not known
        QCOMPARE(cheaper.maxOutputTokens, 32'000);   // was
        QCOMPARE(cheaper.contextWindow, 400'000);
        QCOMPARE(cheaper.displayName, u"Cheaper"_s);
        QCOMPARE(cheaper.notes, QStringList(u"Kept."_s));
    }

    void applyMakesTheAcceptedChangesAlone()
    {
        ModelCatalog before = known();
        const Price mine{usd(u"9"_s), usd(u"9"_s)};
        before.setOverride(u"openai"_s, u"gone"_s, mine, kFileDate);
        PriceImport import = imported(fixture());
        import.removed.first().accepted = true;
        const ModelCatalog after = apply(import, before);

        const auto cheaper = after.quote(u"openai"_s, u"cheaper"_s, kLater);
        QCOMPARE(cheaper->price.input, usd(u"1"_s));
        QCOMPARE(cheaper->source, PriceSource::Imported);
        QCOMPARE(cheaper->asOf, kFileDate);
        QCOMPARE(after.find(u"openai"_s, u"steady"_s)->asOf, kFileDate);
        QCOMPARE(after.quote(u"openai"_s, u"slipped"_s, kLater)->price.input, usd(u"0.2"_s));
        QCOMPARE(after.quote(u"openai"_s, u"unpriced"_s, kLater)->price.input, usd(u"1"_s));
        QVERIFY(!after.find(u"openai"_s, u"gone"_s));
        QVERIFY(after.find(u"openai"_s, u"newer"_s) && after.find(u"mistral"_s, u"elsewhere"_s));
        QVERIFY(after.find(u"google"_s, u"long"_s));
        QCOMPARE(after.overrides(), before.overrides());
        QCOMPARE(after.quote(u"openai"_s, u"gone"_s, kLater)->price, mine);
        QVERIFY(before.find(u"openai"_s, u"gone"_s)); // the way back
    }

    void schedulesStayAndTheNewPriceCountsFromItsDay()
    {
        const ModelCatalog after = apply(imported(fixture()), known());
        QCOMPARE(after.find(u"openai"_s, u"cheaper"_s)->schedule,
                 known().find(u"openai"_s, u"cheaper"_s)->schedule);
        const auto inputOn = [&after](QDate day) {
            return after.quote(u"openai"_s, u"cheaper"_s, day)->price.input;
        };
        QCOMPARE(inputOn(QDate(2026, 6, 30)), usd(u"3"_s));
        QCOMPARE(inputOn(QDate(2026, 8, 31)), usd(u"2"_s));
        QCOMPARE(inputOn(QDate(2026, 9, 1)), usd(u"1"_s));
    }

    void warnsOfOddPrices_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QString>("warning");
        QTest::newRow("dear")
            << QByteArray(R"("input_cost_per_token": 0.0011, "output_cost_per_token": 0.002)")
            << u"1000 USD"_s;
        QTest::newRow("cheap output")
            << QByteArray(R"("input_cost_per_token": 1e-5, "output_cost_per_token": 9e-7)")
            << u"tenth"_s;
    }
    void warnsOfOddPrices()
    {
        QFETCH(const QByteArray, fields);
        QFETCH(const QString, warning);
        const PriceImport import = imported(fileOf(fields));
        QCOMPARE(import.added.size(), 1);
        QVERIFY(!import.added.first().accepted);
        QVERIFY(import.added.first().warnings.first().contains(warning));
    }

    void warnsOfAFileOlderThanWhatIsKnown()
    {
        const auto import = readPriceFile(fixture(), known(), QDate(2026, 7, 1)).value();
        QVERIFY(import.confirmed.isEmpty());
        const PriceChange *cheaper = changeOf(import.changed, u"openai/cheaper"_s);
        QVERIFY(!cheaper->accepted);
        QVERIFY(cheaper->warnings.first().contains(u"2026-08-01"_s));
    }

    void leavesOutWhatCannotBeUsed_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QByteArray>("name");
        const QByteArray fine = R"("input_cost_per_token": 1e-6, "output_cost_per_token": 1e-6)";
        const auto price = [](const QByteArray &text) {
            return R"("output_cost_per_token": 1e-6, "input_cost_per_token": )" + text;
        };
        QTest::newRow("negative") << price("-1e-6") << QByteArray("odd");
        QTest::newRow("1e308") << price("1e308") << QByteArray("odd");
        QTest::newRow("many digits") << price(QByteArray(300, '9')) << QByteArray("odd");
        QTest::newRow("text that is no number") << price("\"NaN\"") << QByteArray("odd");
        QTest::newRow("text that is a number") << price("\"0.000001\"") << QByteArray("odd");
        QTest::newRow("list") << price("[1]") << QByteArray("odd");
        QTest::newRow("odd range")
            << QByteArray(R"("tiered_pricing": [{"range": 5}])") << QByteArray("odd");
        QTest::newRow("ranges that go back") << QByteArray(R"("tiered_pricing": [
                {"range": [0, 5], "input_cost_per_token": 1, "output_cost_per_token": 1},
                {"range": [5, 9], "input_cost_per_token": 1}, {"range": [2, 5]}])")
                                             << QByteArray("odd");
        QTest::newRow("long name") << fine << QByteArray(257, 'n');
        QTest::newRow("control character in the name") << fine << QByteArray("a\\u0007b");
        QTest::newRow("turned text in the name") << fine << QByteArray("a\\u202eb");
    }
    void leavesOutWhatCannotBeUsed()
    {
        QFETCH(const QByteArray, fields);
        QFETCH(const QByteArray, name);
        QByteArray file = fileOf(fields, name);
        file.chop(1);
        file += R"(, "fine": {"litellm_provider": "x", "mode": "chat", "input_cost_per_token": 1e-6,
                              "output_cost_per_token": 2e-6}})";
        const PriceImport import = imported(file);
        QCOMPARE(import.warnings.size(), 1);
        QCOMPARE(import.added.size(), 1);
        QCOMPARE(import.added.first().entry.id, u"x/fine"_s);
    }

    void saysWhatStandsTwice()
    {
        const QByteArray row = R"({"litellm_provider": "deepseek", "mode": "chat",
            "input_cost_per_token": 1e-6, "output_cost_per_token": )";
        const PriceImport same =
            imported("{\"chat\": " + row + "1e-6}, \"chat\": " + row + "2e-6}}");
        QCOMPARE(same.warnings.size(), 1);
        QVERIFY(same.warnings.first().contains(u"twice"_s));
        QCOMPARE(same.added.first().after->output, usd(u"2"_s));

        const PriceImport both =
            imported("{\"chat\": " + row + "1e-6}, \"deepseek/chat\": " + row + "2e-6}}");
        QCOMPARE(both.warnings.size(), 1);
        QCOMPARE(both.added.size(), 1);
        QCOMPARE(both.added.first().after->output, usd(u"2"_s));
    }

    void refusesWhatIsNoPriceFile_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut") << fixture().left(1000);
        QTest::newRow("not JSON") << QByteArray("model,price\n");
        QTest::newRow("list") << QByteArray("[1, 2]");
        QTest::newRow("other JSON") << QByteArray(R"({"a": {"b": 1}, "c": 2})");
        QTest::newRow("number beyond range") << fileOf(R"("input_cost_per_token": 1e999)");
        QTest::newRow("NaN") << fileOf(R"("input_cost_per_token": NaN)");
        QTest::newRow("too deep") << QByteArray(9, '[') + QByteArray(9, ']');
        QTest::newRow("nested without end") << QByteArray(1'000'000, '[');
        QTest::newRow("too large") << QByteArray(kPriceFileBytes + 1, ' ');
        QTest::newRow("not UTF-8") << QByteArray("{\"\xff\xfe\": 1}");
    }
    void refusesWhatIsNoPriceFile()
    {
        QFETCH(const QByteArray, bytes);
        const auto import = readPriceFile(bytes, known(), kFileDate);
        QVERIFY(!import);
        QCOMPARE(import.error().code, ErrorCode::InvalidInput);
        QVERIFY(!import.error().message.isEmpty());
    }

    void refusesTooManyEntries()
    {
        QByteArray bytes = "{";
        for (qsizetype i = 0; i <= kPriceFileEntries; ++i)
            bytes += '"' + QByteArray::number(i) + "\":{},";
        bytes.chop(1);
        const auto import = readPriceFile(bytes + '}', known(), kFileDate);
        QVERIFY(!import);
        QVERIFY(import.error().message.contains(u"50001"_s));
    }
};

QTEST_GUILESS_MAIN(TestPriceImport)
#include "tst_price_import.moc"
