#include "core/common/money.h"
#include "core/simulation/simulated_fleet.h"
#include "tests/cli/ctl_process.h"

#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace headgate;
using namespace headgate::test;
using namespace Qt::StringLiterals;

namespace {

QString fixture(const QString &name)
{
    return QStringLiteral(HEADGATE_FIXTURES "/") + name;
}

bool write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

// The real binary, as people and scripts use it.
class TestHeadgatectl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void printsHelpAndVersion_data();
    void printsHelpAndVersion();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void validatesAGoodPolicy();
    void validateListsEveryProblem();
    void validateNamesThePlaceOfDamage();
    void runAnswersOnePrompt();
    void runPrintsATableOfManyPrompts();
    void runReadsGzip();
    void badPromptLinesAreNamed_data();
    void badPromptLinesAreNamed();
    void problemsWithTheInputAreSaid_data();
    void problemsWithTheInputAreSaid();
    void runAsksInAnyProtocol_data();
    void runAsksInAnyProtocol();
    void aFailingProviderIsExitCodeThree();
    void theKeyIsShownNowhere();
    void theLedgerSumsEqualThePrintedSums();
    void theLedgerKeepsNoPrompts();
    void theLedgerKeepsPromptsWhereThePolicySaysSo();
    void aBudgetIsNeverPassed();
    void aCorrectedPriceIsShownAndThenWritten();
    void correctRefusesWhatIsNoPrice_data();
    void correctRefusesWhatIsNoPrice();
    void anInterruptStopsCleanly();
    void theDemoShowsSavingBesideQuality();

private:
    CtlEnded ctl(const QStringList &arguments, const QStringList &environment = {});
    QString at(const QString &name) const { return m_folder->filePath(name); }
    QString ledger() const { return at(u"ledger.sqlite"_s); }
    Json summary();

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestHeadgatectl::initTestCase()
{
    QVERIFY(QFileInfo(ctlPath()).isExecutable());
}

void TestHeadgatectl::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

CtlEnded TestHeadgatectl::ctl(const QStringList &arguments, const QStringList &environment)
{
    return runCtl(arguments, {.home = m_folder->path(), .environment = environment});
}

Json TestHeadgatectl::summary()
{
    return ctl({u"ledger"_s, u"summary"_s, u"--json"_s, u"--ledger"_s, ledger()}).json();
}

void TestHeadgatectl::printsHelpAndVersion_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("help") << QStringList{u"--help"_s} << QByteArray("ledger summary");
    QTest::newRow("version") << QStringList{u"--version"_s} << QByteArray("headgatectl 0.1.0");
    QTest::newRow("run") << QStringList{u"run"_s, u"--help"_s} << QByteArray("--concurrency");
    QTest::newRow("validate") << QStringList{u"validate"_s, u"--help"_s} << QByteArray("--json");
    QTest::newRow("demo") << QStringList{u"demo"_s, u"-h"_s} << QByteArray("--ledger");
    QTest::newRow("ledger") << QStringList{u"ledger"_s, u"--help"_s} << QByteArray("summary");
}

void TestHeadgatectl::printsHelpAndVersion()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, part);
    const CtlEnded finished = ctl(arguments);
    QCOMPARE(finished.code, 0);
    QVERIFY2(finished.out.contains(part), finished.out.constData());
    QVERIFY(finished.err.isEmpty());
}

void TestHeadgatectl::refusesWrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    const QString policy = fixture(u"cascade.headgate"_s);
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("unknown command") << QStringList{u"fly"_s};
    QTest::newRow("unknown option") << QStringList{u"run"_s, policy, u"--fast"_s};
    QTest::newRow("no file") << QStringList{u"validate"_s};
    QTest::newRow("two files") << QStringList{u"validate"_s, policy, policy};
    QTest::newRow("no prompt") << QStringList{u"run"_s, policy};
    QTest::newRow("both prompts") << QStringList{u"run"_s, policy,         u"--prompt"_s,
                                                 u"x"_s,   u"--prompts"_s, u"y"_s};
    QTest::newRow("no concurrency")
        << QStringList{u"run"_s, policy, u"--prompt"_s, u"x"_s, u"--concurrency"_s, u"0"_s};
    QTest::newRow("limit is a word")
        << QStringList{u"run"_s, policy, u"--prompts"_s, u"y"_s, u"--limit"_s, u"few"_s};
    QTest::newRow("unknown fleet")
        << QStringList{u"run"_s, policy, u"--prompt"_s, u"x"_s, u"--fleet"_s, u"real"_s};
    QTest::newRow("configured without endpoints")
        << QStringList{u"run"_s, policy, u"--prompt"_s, u"x"_s, u"--fleet"_s, u"configured"_s};
    QTest::newRow("ledger of what") << QStringList{u"ledger"_s, u"empty"_s};
    QTest::newRow("demo of a file") << QStringList{u"demo"_s, policy};
}

void TestHeadgatectl::refusesWrongUsage()
{
    QFETCH(const QStringList, arguments);
    const CtlEnded finished = ctl(arguments);
    QCOMPARE(finished.code, 2);
    QVERIFY(finished.out.isEmpty());
    QVERIFY2(finished.err.contains("headgatectl --help"), finished.err.constData());
}

void TestHeadgatectl::validatesAGoodPolicy()
{
    const CtlEnded text = ctl({u"validate"_s, fixture(u"cascade.headgate"_s)});
    QCOMPARE(text.code, 0);
    QVERIFY2(text.out.contains("valid, 7 nodes, 3 models, 0 errors"), text.out.constData());
    const CtlEnded json = ctl({u"validate"_s, fixture(u"cascade.headgate"_s), u"--json"_s});
    QCOMPARE(json.code, 0);
    QCOMPARE(json.json().value("valid", false), true);
    QVERIFY(json.json().at("problems").empty());
}

void TestHeadgatectl::validateListsEveryProblem()
{
    QByteArray policy = read(fixture(u"cascade.headgate"_s));
    policy.replace("[\"large\", \"answer\", \"answer\"]", "[\"large\", \"answer\", \"gate1\"]");
    policy.replace("\"threshold\": 0.85", "\"threshold\": 85");
    QVERIFY(write(at(u"broken.headgate"_s), policy));
    const CtlEnded json = ctl({u"validate"_s, at(u"broken.headgate"_s), u"--json"_s});
    QCOMPARE(json.code, 1);
    QCOMPARE(json.json().value("valid", true), false);
    const Json problems = json.json().at("problems");
    QVERIFY(problems.size() >= 2);
    for (const Json &problem : problems) {
        QVERIFY(!problem.at("code").get<std::string>().empty());
        QVERIFY(!problem.at("sentence").get<std::string>().empty());
    }
    const CtlEnded text = ctl({u"validate"_s, at(u"broken.headgate"_s)});
    QCOMPARE(text.code, 1);
    QVERIFY2(text.out.contains("not valid"), text.out.constData());
    QVERIFY2(text.out.contains("gate1"), text.out.constData());
}

void TestHeadgatectl::validateNamesThePlaceOfDamage()
{
    QVERIFY(write(at(u"cut.headgate"_s), "{\"format\": \"headgate.policy\",\n \"version\""));
    const CtlEnded finished = ctl({u"validate"_s, at(u"cut.headgate"_s), u"--json"_s});
    QCOMPARE(finished.code, 1);
    QCOMPARE(finished.json().value("valid", true), false);
    QVERIFY2(finished.err.contains("line 2"), finished.err.constData());
}

void TestHeadgatectl::runAnswersOnePrompt()
{
    const CtlEnded text = ctl({u"run"_s, fixture(u"cascade.headgate"_s), u"--prompt"_s,
                               u"What is 69 + 41?"_s, u"--ledger"_s, ledger()});
    QCOMPARE(text.code, 0);
    QVERIFY2(text.out.startsWith("[simulated]"), text.out.constData());
    QVERIFY2(text.err.contains("SIMULATED"), text.err.constData());
    const CtlEnded json = ctl({u"run"_s, fixture(u"cascade.headgate"_s), u"--prompt"_s,
                               u"What is 69 + 41?"_s, u"--json"_s, u"--ledger"_s, ledger()});
    QCOMPARE(json.code, 0);
    const Json run = json.json().at("runs").at(0);
    QCOMPARE(run.at("status").get<std::string>(), "answered");
    QVERIFY(run.at("hops").size() >= 3);
    QCOMPARE(summary().at("runs").get<int>(), 2);
}

void TestHeadgatectl::runPrintsATableOfManyPrompts()
{
    QVERIFY(write(at(u"p.jsonl"_s), "{\"prompt\": \"What is 69 + 41?\", \"id\": 7}\n\n"
                                    "{\"prompt\": \"Work out\\n84 + 45.\"}\n"
                                    "{\"prompt\": \"What is 75 + 56?\"}"));
    const CtlEnded finished = ctl({u"run"_s, fixture(u"cascade.headgate"_s), u"--prompts"_s,
                                   at(u"p.jsonl"_s), u"--no-delays"_s, u"--ledger"_s, ledger()});
    QCOMPARE(finished.code, 0);
    QVERIFY2(finished.out.contains("Work out 84 + 45."), finished.out.constData());
    QVERIFY2(finished.out.contains("Queries   3: 3 answered"), finished.out.constData());
    QVERIFY2(finished.out.contains("quality was not measured"), finished.out.constData());
    const CtlEnded limited =
        ctl({u"run"_s, fixture(u"cascade.headgate"_s), u"--prompts"_s, at(u"p.jsonl"_s),
             u"--limit"_s, u"2"_s, u"--no-delays"_s, u"--ledger"_s, ledger()});
    QVERIFY2(limited.out.contains("Queries   2: 2 answered"), limited.out.constData());
}

void TestHeadgatectl::runReadsGzip()
{
    // {"prompt": "What is 69 + 41?"} and a line end, as gzip writes it.
    const QByteArray packed = QByteArray::fromBase64(
        "H4sIAAAAAAAC/6tWKijKzy0oUbJSUArPSCxRyCxWMLNU0FYwMbRXquUCAAGODrAfAAAA");
    QVERIFY(write(at(u"p.jsonl.gz"_s), packed));
    const CtlEnded finished = ctl({u"run"_s, fixture(u"cascade.headgate"_s), u"--prompts"_s,
                                   at(u"p.jsonl.gz"_s), u"--ledger"_s, ledger()});
    QVERIFY2(finished.code == 0, finished.err.constData());
    QVERIFY2(finished.out.contains("What is 69 + 41?"), finished.out.constData());
    QVERIFY(write(at(u"cut.jsonl.gz"_s), packed.chopped(20)));
    const CtlEnded cut = ctl({u"run"_s, fixture(u"cascade.headgate"_s), u"--prompts"_s,
                              at(u"cut.jsonl.gz"_s), u"--ledger"_s, ledger()});
    QCOMPARE(cut.code, 1);
    QVERIFY2(cut.err.contains("damaged or cut"), cut.err.constData());
}

void TestHeadgatectl::badPromptLinesAreNamed_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("no JSON") << QByteArray("{\"prompt\": \"a\"}\n{\"prompt\": ")
                             << QByteArray("line 2 is no valid JSON");
    QTest::newRow("no prompt") << QByteArray("{\"prompt\": \"a\"}\n\n{\"question\": \"b\"}\n")
                               << QByteArray("line 3 has no \"prompt\"");
    QTest::newRow("prompt is a number")
        << QByteArray("{\"prompt\": 3}\n") << QByteArray("line 1 has no \"prompt\"");
    QTest::newRow("no object") << QByteArray("[]\n") << QByteArray("line 1 has no \"prompt\"");
    QTest::newRow("invalid UTF-8")
        << QByteArray("{\"prompt\": \"\xff\"}\n") << QByteArray("line 1 is no valid JSON");
    QTest::newRow("nothing") << QByteArray("\n\n") << QByteArray("has no prompts");
}

void TestHeadgatectl::badPromptLinesAreNamed()
{
    QFETCH(const QByteArray, file);
    QFETCH(const QByteArray, sentence);
    QVERIFY(write(at(u"p.jsonl"_s), file));
    const CtlEnded finished = ctl({u"run"_s, fixture(u"cascade.headgate"_s), u"--prompts"_s,
                                   at(u"p.jsonl"_s), u"--ledger"_s, ledger()});
    QCOMPARE(finished.code, 1);
    QVERIFY2(finished.err.contains(sentence), finished.err.constData());
    QVERIFY(finished.out.isEmpty());
    QVERIFY(!QFileInfo::exists(ledger())); // nothing was sent
}

void TestHeadgatectl::problemsWithTheInputAreSaid_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("sentence");
    const QString policy = fixture(u"cascade.headgate"_s);
    QTest::newRow("no such policy")
        << QStringList{u"run"_s, u"/nowhere.headgate"_s, u"--prompt"_s, u"x"_s}
        << QByteArray("/nowhere.headgate");
    QTest::newRow("no such example")
        << QStringList{u"validate"_s, u"example:nothing"_s} << QByteArray("no example “nothing”");
    QTest::newRow("no such prompts")
        << QStringList{u"run"_s, policy, u"--prompts"_s, u"/nowhere.jsonl"_s}
        << QByteArray("/nowhere.jsonl cannot be opened");
    QTest::newRow("no such endpoints")
        << QStringList{u"run"_s, policy,           u"--prompt"_s,
                       u"x"_s,   u"--providers"_s, u"/nowhere.json"_s}
        << QByteArray("/nowhere.json cannot be opened");
    QTest::newRow("no such ledger")
        << QStringList{u"ledger"_s, u"summary"_s, u"--ledger"_s, u"/nowhere.sqlite"_s}
        << QByteArray("no ledger at /nowhere.sqlite");
}

void TestHeadgatectl::problemsWithTheInputAreSaid()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, sentence);
    const CtlEnded finished = ctl(arguments);
    QCOMPARE(finished.code, 1);
    QVERIFY(finished.out.isEmpty());
    QVERIFY2(finished.err.contains(sentence), finished.err.constData());
}

void TestHeadgatectl::runAsksInAnyProtocol_data()
{
    QTest::addColumn<QString>("protocol");
    for (const QString &protocol : simulation::SimulatedFleet::protocols())
        QTest::newRow(qPrintable(protocol)) << protocol;
}

// A file names where each provider is and what it speaks; nothing else changes.
void TestHeadgatectl::runAsksInAnyProtocol()
{
    QFETCH(const QString, protocol);
    const auto fleet = simulation::SimulatedFleet::start({.seed = 1, .timeScale = 0}).value();
    Json providers = Json::object();
    for (const QString &name : fleet->providers())
        providers[toStdString(name)] = {
            {"protocol", toStdString(protocol)},
            {"base_url", toStdString(fleet->baseUrl(name, protocol).toString())}};
    QVERIFY(write(at(u"providers.json"_s), QByteArray::fromStdString(providers.dump())));
    const CtlEnded finished =
        ctl({u"run"_s, fixture(u"cascade.headgate"_s), u"--prompt"_s, u"What is 69 + 41?"_s,
             u"--providers"_s, at(u"providers.json"_s), u"--json"_s, u"--ledger"_s, ledger()});
    QVERIFY2(finished.code == 0, (finished.out + finished.err).constData());
    const Json run = finished.json().at("runs").at(0);
    QCOMPARE(run.at("status").get<std::string>(), "answered");
    QVERIFY(fleet->requestCount(u"sim-aviary"_s) > 0);
    // They are servers on this machine here, not the fleet: nobody is paid, and the trace says so.
    QCOMPARE(run.at("unknown_prices").get<int>(), 0);
    QCOMPARE(run.at("hops").at(0).at("price").at("source").get<std::string>(), "local");
    QCOMPARE(summary().at("answered").get<int>(), 1);
}

void TestHeadgatectl::aFailingProviderIsExitCodeThree()
{
    // A port that nobody listens on.
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const quint16 port = server.serverPort();
    server.close();
    const QByteArray endpoint =
        "{\"base_url\": \"http://127.0.0.1:" + QByteArray::number(port) + "/v1\"}";
    QVERIFY(write(at(u"providers.json"_s),
                  "{\"sim-aviary\": " + endpoint + ", \"sim-rookery\": " + endpoint + "}"));
    const CtlEnded finished =
        ctl({u"run"_s, fixture(u"cascade.headgate"_s), u"--prompt"_s, u"x"_s, u"--providers"_s,
             at(u"providers.json"_s), u"--ledger"_s, ledger()});
    QCOMPARE(finished.code, 3);
    QVERIFY(finished.out.isEmpty());
    QVERIFY2(finished.err.contains("No model answered: sim-aviary finch-mini (transport, "),
             finished.err.constData());
    QCOMPARE(summary().at("runs").get<int>(), 1);
    QCOMPARE(summary().at("answered").get<int>(), 0);
}

void TestHeadgatectl::theKeyIsShownNowhere()
{
    const QByteArray endpoint = "{\"base_url\": \"http://127.0.0.1:1/v1\", "
                                "\"key_variable\": \"CANARY_KEY\"}";
    QVERIFY(write(at(u"providers.json"_s),
                  "{\"sim-aviary\": " + endpoint + ", \"sim-rookery\": " + endpoint + "}"));
    const QStringList run{
        u"run"_s,         fixture(u"cascade.headgate"_s), u"--prompt"_s, u"x"_s,
        u"--providers"_s, at(u"providers.json"_s),        u"--json"_s,   u"--ledger"_s,
        ledger()};
    const CtlEnded finished = ctl(run, {u"CANARY_KEY=sk-canary-4711"_s});
    QCOMPARE(finished.code, 3);
    for (const QByteArray &text :
         {finished.out, finished.err, read(ledger()), read(ledger() + u"-wal"_s)})
        QVERIFY(!text.contains("sk-canary"));
    const CtlEnded without = ctl(run);
    QCOMPARE(without.code, 3);
    QVERIFY2(without.out.contains("CANARY_KEY"), without.out.constData());
}

void TestHeadgatectl::theLedgerSumsEqualThePrintedSums()
{
    const QString prompts = QStringLiteral(HEADGATE_SHARED_DATA "/cascade_gsm8k.jsonl.gz");
    if (!QFileInfo::exists(prompts))
        QSKIP(qPrintable(u"%1 is not there."_s.arg(prompts)));
    const CtlEnded finished = ctl({u"run"_s, fixture(u"cascade.headgate"_s), u"--prompts"_s,
                                   prompts, u"--limit"_s, u"200"_s, u"--concurrency"_s, u"64"_s,
                                   u"--no-delays"_s, u"--json"_s, u"--ledger"_s, ledger()});
    QVERIFY2(finished.code == 0, finished.err.constData());
    const Json document = finished.json();
    const Json printed = document.at("totals");
    QCOMPARE(printed.at("runs").get<int>(), 200);
    QCOMPARE(printed.at("answered").get<int>(), 200);
    qint64 sum = 0;
    for (const Json &run : document.at("runs")) {
        for (const Json &hop : run.at("hops"))
            sum += hop.at("cost_nanousd").get<qint64>();
    }
    QCOMPARE(printed.at("cost_nanousd").get<qint64>(), sum);
    const Json recorded = summary();
    QCOMPARE(recorded.at("runs").get<int>(), 200);
    for (const char *figure : {"cost_nanousd", "baseline_cost_nanousd", "saving_nanousd",
                               "compared_runs", "estimated_runs"})
        QCOMPARE(recorded.at(figure).get<qint64>(), printed.at(figure).get<qint64>());
    QVERIFY(sum > 0);
}

void TestHeadgatectl::theLedgerKeepsNoPrompts()
{
    const CtlEnded finished =
        ctl({u"run"_s, fixture(u"cascade.headgate"_s), u"--prompt"_s, u"a secret of mine"_s,
             u"--no-delays"_s, u"--ledger"_s, ledger()});
    QCOMPARE(finished.code, 0);
    for (const QString &file : {ledger(), QString(ledger() + u"-wal"_s)})
        QVERIFY(!read(file).contains("a secret of mine"));
}

void TestHeadgatectl::theLedgerKeepsPromptsWhereThePolicySaysSo()
{
    QByteArray policy = read(fixture(u"cascade.headgate"_s));
    policy.insert(policy.indexOf('{') + 1, "\"keep_texts\": true,");
    QVERIFY(write(at(u"keeping.headgate"_s), policy));
    const CtlEnded finished =
        ctl({u"run"_s, at(u"keeping.headgate"_s), u"--prompt"_s, u"a memory of mine"_s,
             u"--no-delays"_s, u"--ledger"_s, ledger()});
    QVERIFY2(finished.code == 0, finished.err.constData());
    QVERIFY((read(ledger()) + read(ledger() + u"-wal"_s)).contains("a memory of mine"));
}

void TestHeadgatectl::aBudgetIsNeverPassed()
{
    QByteArray prompts;
    for (int i = 0; i < 60; ++i)
        prompts += "{\"prompt\": \"What is 69 + 41?\"}\n";
    QVERIFY(write(at(u"p.jsonl"_s), prompts));
    const QStringList run{u"run"_s,           fixture(u"cascade.headgate"_s),
                          u"--prompts"_s,     at(u"p.jsonl"_s),
                          u"--concurrency"_s, u"20"_s,
                          u"--no-delays"_s,   u"--json"_s,
                          u"--ledger"_s,      ledger()};
    const qint64 all = ctl(run).json()["totals"]["cost_nanousd"].get<qint64>();
    QVERIFY(all > 0);
    // Enough for some calls at their worst, not for all queries.
    const Money budget = Money::fromNanos(all / 2);
    const CtlEnded finished = ctl(run + QStringList{u"--budget"_s, budget.toDecimal()});
    const Json totals = finished.json()["totals"];
    QVERIFY2(totals["cost_nanousd"].get<qint64>() <= budget.nanos(), finished.err.constData());
    QVERIFY(totals["answered"].get<int>() < 60);
    QCOMPARE(finished.code, 3);
    QVERIFY2(finished.out.contains("budget of all queries"), finished.out.left(2000).constData());
    QCOMPARE(ctl(run + QStringList{u"--budget"_s, u"much"_s}).code, 2);
}

void TestHeadgatectl::aCorrectedPriceIsShownAndThenWritten()
{
    QCOMPARE(ctl({u"run"_s, fixture(u"cascade.headgate"_s), u"--prompt"_s, u"What is 2 + 2?"_s,
                  u"--ledger"_s, ledger()})
                 .code,
             0);
    const qint64 before = summary()["cost_nanousd"].get<qint64>();
    const QStringList correct{u"ledger"_s,   u"correct"_s,    u"--provider"_s, u"sim-aviary"_s,
                              u"--model"_s,  u"finch-mini"_s, u"--input"_s,    u"1000"_s,
                              u"--output"_s, u"2000"_s,       u"--json"_s,     u"--ledger"_s,
                              ledger()};
    const Json preview = ctl(correct).json();
    QCOMPARE(preview["applied"], Json(false));
    QVERIFY(preview["calls"].get<int>() >= 1);
    const qint64 difference =
        preview["after_nanousd"].get<qint64>() - preview["before_nanousd"].get<qint64>();
    QVERIFY(difference > 0);
    QCOMPARE(summary()["cost_nanousd"].get<qint64>(), before);
    const Json written = ctl(correct + QStringList{u"--apply"_s}).json();
    QCOMPARE(written["applied"], Json(true));
    QCOMPARE(written["calls"], preview["calls"]);
    QCOMPARE(summary()["cost_nanousd"].get<qint64>(), before + difference);
    const CtlEnded again = ctl(correct.mid(0, 10) + QStringList{u"--ledger"_s, ledger()});
    QVERIFY2(again.out.contains("Nothing was written"), again.out.constData());
}

void TestHeadgatectl::correctRefusesWhatIsNoPrice_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("said");
    const QStringList model{u"--provider"_s, u"a"_s, u"--model"_s, u"b"_s};
    QTest::newRow("no model") << QStringList{u"--provider"_s, u"a"_s} << QByteArray("--model");
    QTest::newRow("no price") << model << QByteArray("--input");
    QTest::newRow("negative") << model + QStringList{u"--input"_s, u"-1"_s, u"--output"_s, u"1"_s}
                              << QByteArray("--input is an amount");
    QTest::newRow("no day") << model + QStringList{u"--from"_s, u"soon"_s}
                            << QByteArray("--from is a day");
}

void TestHeadgatectl::correctRefusesWhatIsNoPrice()
{
    QFETCH(const QStringList, options);
    QFETCH(const QByteArray, said);
    const CtlEnded finished =
        ctl(QStringList{u"ledger"_s, u"correct"_s, u"--ledger"_s, ledger()} + options);
    QCOMPARE(finished.code, 2);
    QVERIFY2(finished.err.contains(said), finished.err.constData());
}

void TestHeadgatectl::anInterruptStopsCleanly()
{
    QByteArray prompts;
    for (int i = 0; i < 2000; ++i)
        prompts += "{\"prompt\": \"What is 69 + 41?\"}\n";
    QVERIFY(write(at(u"p.jsonl"_s), prompts));
    QProcess process;
    process.start(ctlPath(),
                  {u"run"_s, fixture(u"cascade.headgate"_s), u"--prompts"_s, at(u"p.jsonl"_s),
                   u"--concurrency"_s, u"2"_s, u"--json"_s, u"--ledger"_s, ledger()});
    QVERIFY(process.waitForStarted());
    // Once the ledger has the first runs, the queries are under way.
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(ledger() + u"-wal"_s).size() > 64 * 1024, 20'000);
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(5000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(process.readAllStandardError().contains("Stopped after"));
    const Json printed = Json::parse(process.readAllStandardOutput().constData(), nullptr, false);
    QVERIFY(printed.is_object());
    const Json totals = printed.at("totals");
    QVERIFY(totals.at("runs").get<int>() < 2000);
    QCOMPARE(summary().at("runs"), totals.at("runs"));
    QCOMPARE(summary().at("cost_nanousd"), totals.at("cost_nanousd"));
}

void TestHeadgatectl::theDemoShowsSavingBesideQuality()
{
    const CtlEnded finished = ctl({u"demo"_s, u"--no-delays"_s, u"--ledger"_s, ledger()});
    QVERIFY2(finished.code == 0, finished.err.constData());
    const QByteArrayList lines = finished.out.split('\n');
    const auto isRow = [](const QByteArray &line) {
        bool isNumber = false;
        line.trimmed().split(' ').first().toInt(&isNumber);
        return isNumber;
    };
    QVERIFY(std::count_if(lines.begin(), lines.end(), isRow) >= 40);
    qsizetype saving = -1;
    qsizetype right = -1;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        saving = lines[i].startsWith("Saving ") ? i : saving;
        right = lines[i].startsWith("Right ") ? i : right;
    }
    QVERIFY(saving > 0);
    QCOMPARE(right, saving + 1);
    QVERIFY(finished.out.contains("SIMULATED"));

    const Json recorded = summary();
    QVERIFY(recorded.at("runs").get<int>() >= 40);
    const QString cost = Money::fromNanos(recorded.at("cost_nanousd").get<qint64>()).toDecimal();
    QVERIFY(finished.out.contains("Cost      $" + cost.toUtf8()));
}

QTEST_GUILESS_MAIN(TestHeadgatectl)
#include "tst_headgatectl.moc"
