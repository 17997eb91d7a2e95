#include "app/workbench/options.h"

#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::workbench;
using namespace Qt::StringLiterals;

class TestWorkbenchOptions final : public QObject
{
    Q_OBJECT

private:
    static Result<Options> parse(const QStringList &arguments)
    {
        return parseOptions(QStringList{u"headgate"_s} + arguments);
    }

private Q_SLOTS:
    void withoutArgumentsTheFleetAndTheUsersLedger()
    {
        const auto options = parse({});
        QVERIFY(options);
        QVERIFY(options->simulatedFleet);
        QVERIFY(options->file.isEmpty());
        QVERIFY(!options->scheme);
        QVERIFY(options->ledgerPath.endsWith(u"headgate/ledger.sqlite"_s));
        QVERIFY(options->datasetsPath.endsWith(u"headgate/datasets.sqlite"_s));
        QVERIFY(options->artifactsPath.endsWith(u"headgate/artifacts"_s));
    }

    void takesFileSchemeLedgerAndDataSets()
    {
        const auto options = parse({u"p.headgate"_s, u"--scheme"_s, u"dark"_s,
                                    u"--ledger=/tmp/l.sqlite"_s, u"--datasets=/tmp/d.sqlite"_s});
        QVERIFY(options);
        QCOMPARE(options->file, u"p.headgate"_s);
        QCOMPARE(options->scheme, std::optional(ui::Scheme::Dark));
        QCOMPARE(options->ledgerPath, u"/tmp/l.sqlite"_s);
        QCOMPARE(options->datasetsPath, u"/tmp/d.sqlite"_s);
    }

    void refusesWhatItDoesNotKnow_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("named");
        QTest::newRow("option") << QStringList{u"--colour"_s} << u"colour"_s;
        QTest::newRow("scheme") << QStringList{u"--scheme"_s, u"pink"_s} << u"pink"_s;
        QTest::newRow("fleet") << QStringList{u"--fleet"_s, u"real"_s} << u"real"_s;
        QTest::newRow("files") << QStringList{u"a"_s, u"b"_s} << u"b"_s;
        QTest::newRow("providers")
            << QStringList{u"--providers"_s, u"/nowhere.json"_s} << u"/nowhere.json"_s;
    }

    void refusesWhatItDoesNotKnow()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, named);
        const auto options = parse(arguments);
        QVERIFY(!options);
        QVERIFY2(options.error().message.contains(named), qPrintable(options.error().message));
    }

    void readsEndpointsFromTheProvidersFile()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"providers.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"local\": {\"protocol\": \"openai\", "
                   "\"base_url\": \"http://127.0.0.1:11434/v1\"}}");
        file.close();
        const auto options = parse({u"--providers"_s, file.fileName()});
        QVERIFY2(options, options ? "" : qPrintable(options.error().message));
        QCOMPARE(options->endpoints.size(), 1);
        QCOMPARE(options->endpoints.first().name, u"local"_s);
        QVERIFY(!options->endpoints.first().simulated);
    }

    void versionAndHelpAnswerAtOnce()
    {
        QVERIFY(parse({u"--version"_s})->answer.startsWith(u"headgate "_s));
        QVERIFY(parse({u"--help"_s})->answer.contains(u"--providers"_s));
        QVERIFY(!parse({u"--help"_s})->answer.contains(u"exit-after-first-paint"_s));
    }
};

QTEST_GUILESS_MAIN(TestWorkbenchOptions)
#include "tst_workbench_options.moc"
