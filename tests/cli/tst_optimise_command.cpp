#include "tests/cli/outcome_files.h"

#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <csignal>

using namespace headgate;
using namespace headgate::test;
using namespace Qt::StringLiterals;
using evaluation::Part;

// The real binary, as people and scripts use it.
class TestOptimiseCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void helpNamesTheOptions();
    void wrongUsageIsSaidInASentence_data();
    void wrongUsageIsSaidInASentence();
    void theOptimiserChoosesTheCheapestThatMatches();
    void theWrittenPolicyEvaluatesToTheSameFigures();
    void anotherFileIsReadAsTheTest();
    void theSameSeedPrintsTheSame();
    void aModelLeftOutIsInNoCascade();
    void theBudgetIsKeptOnValidation();
    void aWishThatNothingGrantsIsSaid();
    void aCascadeIsSearchedForEachBranchOfARouter();
    void aRouterMustComeFirst();
    void anInterruptStopsTheSearch();
    void measuredCascadesAreWhatTheirRowsAddUpTo_data();
    void measuredCascadesAreWhatTheirRowsAddUpTo();

private:
    std::unique_ptr<CtlFolder> m_folder;
};

void TestOptimiseCommand::init()
{
    m_folder = std::make_unique<CtlFolder>();
}

void TestOptimiseCommand::helpNamesTheOptions()
{
    const CtlEnded optimise = runCtl({u"optimise"_s, u"--help"_s});
    QCOMPARE(optimise.code, 0);
    for (const char *option : {"--test-outcomes", "--scorer", "--max-stages", "--grid",
                               "--budget-usd-per-1k", "--match-best-single", "--latency-p95-ms",
                               "--least-share", "--leave-out", "--router", "--out", "--seed"})
        QVERIFY2(optimise.out.contains(option), option);
}

void TestOptimiseCommand::wrongUsageIsSaidInASentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("sentence");
    const auto row = [](const char *name, const QString &arguments, const char *sentence) {
        QTest::newRow(name) << arguments.split(u' ') << QByteArray(sentence);
    };
    row("nothing to search", u"optimise"_s, "needs --outcomes");
    row("a policy to optimise", u"optimise p --outcomes f"_s, "options only");
    row("trained scorer", u"optimise --outcomes f --scorer mine.scorer"_s,
        "optimise searches by recorded confidences");
    row("four stages", u"optimise --outcomes f --max-stages 4"_s, "from 1 to 3");
    row("negative grid", u"optimise --outcomes f --grid -1"_s, "from 0 to");
    row("two wishes", u"optimise --outcomes f --match-best-single --budget-usd-per-1k 1"_s,
        "either --budget");
    row("budget is a word", u"optimise --outcomes f --budget-usd-per-1k low"_s,
        "--budget-usd-per-1k must be a number");
    row("NaN", u"optimise --outcomes f --budget-usd-per-1k nan"_s, "must be a number");
    row("share of more than all", u"optimise --outcomes f --least-share 1.5"_s,
        "--least-share must be a number");
    row("in American", u"optimize --outcomes f --max-stages 0"_s, "from 1 to 3");
}

void TestOptimiseCommand::wrongUsageIsSaidInASentence()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, sentence);
    const CtlEnded ended = runCtl(arguments);
    QCOMPARE(ended.code, 2);
    QVERIFY(ended.out.isEmpty());
    QVERIFY2(ended.err.contains(sentence), ended.err.constData());
}

void TestOptimiseCommand::theOptimiserChoosesTheCheapestThatMatches()
{
    const QString file = m_folder->put(u"many.jsonl"_s, surelyToldOutcomes(1'000, 1));
    const CtlEnded ended =
        runCtl({u"optimise"_s, u"--outcomes"_s, file, u"--match-best-single"_s, u"--json"_s});
    QVERIFY2(ended.code == 0, ended.err.constData());
    const Json json = ended.json();
    const Lines validation = partOf(linesOf(file), Part::Validation);
    QCOMPARE(json.at("best_single").get<std::string>(), "home-made");
    const Json chosen = json.at("chosen");
    QCOMPARE(chosen.at("models"), Json::array({"gpt-4o-mini", "home-made"}));
    const double wanted = walk(validation, {"home-made"}, {}).quality;
    double cheapest = walk(validation, {"home-made"}, {}).costPer1k;
    for (const Json &point : json.at("front")) {
        const Means means = walk(validation, point.at("models"), point.at("thresholds"));
        QVERIFY(isNear(point.at("validation").at("quality").get<double>(), means.quality));
        QVERIFY(
            isNear(point.at("validation").at("cost_usd_per_1k").get<double>(), means.costPer1k));
        if (means.quality >= wanted - 1e-9)
            cheapest = std::min(cheapest, means.costPer1k);
    }
    QVERIFY(valueOf(chosen.at("validation").at("quality")) >= wanted - 1e-6);
    QVERIFY(isNear(valueOf(chosen.at("validation").at("cost_usd_per_1k")), cheapest));
    QVERIFY(valueOf(chosen.at("test").at("saving").at("share")) > 0.3);
    QVERIFY(chosen.at("test").at("saving").contains("quality_difference"));
    QVERIFY(json.at("cascades_searched").get<int>() > 60);
}

void TestOptimiseCommand::theWrittenPolicyEvaluatesToTheSameFigures()
{
    const QString file = m_folder->put(u"many.jsonl"_s, surelyToldOutcomes(600, 2));
    const QString out = m_folder->at(u"chosen.headgate"_s);
    const CtlEnded ended = runCtl({u"optimise"_s, u"--outcomes"_s, file, u"--match-best-single"_s,
                                   u"--out"_s, out, u"--seed"_s, u"7"_s, u"--json"_s});
    QVERIFY2(ended.code == 0, ended.err.constData());
    QVERIFY2(ended.err.contains("not known: home-made"), ended.err.constData());
    QVERIFY(!ended.err.contains("known: gpt-4o-mini"));
    QCOMPARE(runCtl({u"validate"_s, out}).code, 0);
    for (const char *part : {"train", "validation", "test"}) {
        Json read = runCtl({u"evaluate"_s, out, u"--outcomes"_s, file, u"--split"_s,
                            QString::fromLatin1(part), u"--seed"_s, u"7"_s, u"--json"_s})
                        .json();
        for (const char *extra : {"policy", "outcomes", "split", "seed"})
            QCOMPARE(read.erase(extra), size_t(1));
        QVERIFY(read.at("n").get<int>() > 50);
        QCOMPARE(read, ended.json().at("chosen").at(part));
    }
}

void TestOptimiseCommand::anotherFileIsReadAsTheTest()
{
    const QByteArray known = surelyToldOutcomes(400, 3);
    const QString file = m_folder->put(u"many.jsonl"_s, known);
    // 150 prompts of its own, then ten lines that the first file has, too, under other ids.
    QByteArray other = surelyToldOutcomes(150, 4);
    int seen = 0;
    for (const QByteArray &line : known.split('\n').first(10)) {
        Json again = Json::parse(line.constData());
        again["id"] = "again " + std::to_string(again["id"].get<int>());
        other += compactJson(again) + '\n';
        seen += evaluation::partOf(again.at("prompt").get<std::string>()) != Part::Test;
    }
    const QString testFile = m_folder->put(u"other.jsonl"_s, other);
    const CtlEnded ended = runCtl({u"optimise"_s, u"--outcomes"_s, file, u"--test-outcomes"_s,
                                   testFile, u"--match-best-single"_s, u"--json"_s});
    QVERIFY2(ended.code == 0, ended.err.constData());
    const Json json = ended.json();
    QVERIFY(seen > 0);
    QCOMPARE(json.at("already_seen").get<int>(), seen);
    QCOMPARE(json.at("n").at("test").get<int>(), 160 - seen);
    QCOMPARE(json.at("n").at("train").get<size_t>(), partOf(linesOf(file), Part::Train).size());
    const QString bare =
        m_folder->put(u"bare.jsonl"_s, R"({"prompt": "x", "models": {"m": {"quality": 1}}})");
    const CtlEnded foreign =
        runCtl({u"optimise"_s, u"--outcomes"_s, file, u"--test-outcomes"_s, bare});
    QCOMPARE(foreign.code, 1);
    QVERIFY2(foreign.err.contains("The test outcomes cannot be used"), foreign.err.constData());
}

void TestOptimiseCommand::theSameSeedPrintsTheSame()
{
    const QString file = m_folder->put(u"many.jsonl"_s, surelyToldOutcomes(300, 6));
    const QStringList rest{u"--outcomes"_s, file, u"--json"_s, u"--seed"_s};
    const CtlEnded first = runCtl(QStringList{u"optimise"_s} + rest + QStringList{u"3"_s});
    const CtlEnded again = runCtl(QStringList{u"optimize"_s} + rest + QStringList{u"3"_s});
    const CtlEnded other = runCtl(QStringList{u"optimise"_s} + rest + QStringList{u"4"_s});
    QCOMPARE(first.code, 0);
    QCOMPARE(first.out, again.out);
    QVERIFY(first.out != other.out);
    // The intervals alone depend on it.
    QCOMPARE(first.json().at("front"), other.json().at("front"));
}

void TestOptimiseCommand::aModelLeftOutIsInNoCascade()
{
    const QString file = m_folder->put(u"many.jsonl"_s, surelyToldOutcomes(300, 7));
    const QStringList arguments{u"optimise"_s, u"--outcomes"_s, file, u"--json"_s,
                                u"--leave-out"_s};
    const CtlEnded ended = runCtl(arguments + QStringList{u"gpt-4o-mini"_s});
    QVERIFY2(ended.code == 0, ended.err.constData());
    QVERIFY2(ended.err.contains("only single models were compared"), ended.err.constData());
    QCOMPARE(ended.json().at("singles").size(), size_t(1));
    QCOMPARE(ended.json().at("chosen").at("models"), Json::array({"home-made"}));
    const CtlEnded typo = runCtl(arguments + QStringList{u"gpt-4o"_s});
    QCOMPARE(typo.code, 1);
    QVERIFY2(typo.err.contains("no model “gpt-4o”"), typo.err.constData());
}

void TestOptimiseCommand::theBudgetIsKeptOnValidation()
{
    const QString file = m_folder->put(u"many.jsonl"_s, surelyToldOutcomes(1'000, 8));
    const Json json = runCtl({u"optimise"_s, u"--outcomes"_s, file, u"--budget-usd-per-1k"_s,
                              u"8"_s, u"--max-stages"_s, u"2"_s, u"--grid"_s, u"0"_s, u"--json"_s})
                          .json();
    const Json chosen = json.at("chosen");
    QVERIFY(valueOf(chosen.at("validation").at("cost_usd_per_1k")) <= 8);
    for (const Json &point : json.at("front"))
        QVERIFY(point.at("validation").at("cost_usd_per_1k") > 8.0 ||
                point.at("validation").at("quality").get<double>() <=
                    valueOf(chosen.at("validation").at("quality")) + 1e-9);
    // Nothing that starts at "home-made" is that quick.
    const Json quick =
        runCtl({u"optimise"_s, u"--outcomes"_s, file, u"--latency-p95-ms"_s, u"50"_s, u"--json"_s})
            .json();
    QCOMPARE(quick.at("chosen").at("models").at(0), Json("gpt-4o-mini"));
    QVERIFY(valueOf(quick.at("chosen").at("train").at("latency_ms").at("p95")) <= 50);
}

void TestOptimiseCommand::aWishThatNothingGrantsIsSaid()
{
    const QString file = m_folder->put(u"many.jsonl"_s, surelyToldOutcomes(300, 9));
    const QString out = m_folder->at(u"out.headgate"_s);
    const CtlEnded ended = runCtl({u"optimise"_s, u"--outcomes"_s, file, u"--budget-usd-per-1k"_s,
                                   u"0.5"_s, u"--out"_s, out, u"--json"_s});
    QCOMPARE(ended.code, 1);
    QVERIFY(ended.json().at("chosen").is_null());
    QVERIFY(!ended.json().at("front").empty());
    QVERIFY2(ended.err.contains("grants the wish"), ended.err.constData());
    QVERIFY(!QFileInfo::exists(out));
}

void TestOptimiseCommand::aCascadeIsSearchedForEachBranchOfARouter()
{
    // Behind the word “code” only "coder" is right, elsewhere only "talker", at the same price.
    QByteArray lines;
    for (int row = 0; row < 500; ++row) {
        const bool isCode = row % 3 == 0;
        const Json line{{"prompt", (isCode ? "code " : "talk ") + std::to_string(row)},
                        {"models",
                         {{"coder", {{"quality", isCode ? 1 : 0}, {"cost_usd", 0.001}}},
                          {"talker", {{"quality", isCode ? 0 : 1}, {"cost_usd", 0.001}}}}}};
        lines += compactJson(line) + '\n';
    }
    const QString file = m_folder->put(u"many.jsonl"_s, lines);
    const QString router = m_folder->put(u"router.headgate"_s, R"({
  "format": "headgate.policy", "version": 1, "name": "Code or talk", "baseline": "talker",
  "models": {"talker": {"provider": "p", "model": "talker"}},
  "nodes": [
    {"id": "q", "kind": "query", "at": [0, 0]},
    {"id": "r", "kind": "rule", "title": "Is it code?", "at": [0, 0], "config": {"cases": [
      {"name": "code", "any_keyword": ["code"]}]}},
    {"id": "m", "kind": "model", "at": [0, 0], "config": {"model": "talker"}},
    {"id": "a", "kind": "answer", "at": [0, 0]}],
  "wires": [["q", "query", "r"], ["r", "code", "m"], ["r", "otherwise", "m"],
            ["m", "answer", "a"]]})");
    const QString out = m_folder->at(u"out.headgate"_s);
    const QStringList arguments{u"optimise"_s, u"--outcomes"_s, file, u"--router"_s,
                                router,        u"--out"_s,      out,  u"--match-best-single"_s};
    const CtlEnded ended = runCtl(arguments + QStringList{u"--json"_s});
    QVERIFY2(ended.code == 0, ended.err.constData());
    const Json json = ended.json();
    QCOMPARE(json.at("router").at("title"), Json("Is it code?"));
    const Json branches = json.at("chosen").at("branches");
    QCOMPARE(branches.size(), size_t(2));
    QCOMPARE(branches[0].at("port"), Json("code"));
    QCOMPARE(branches[0].at("models"), Json::array({"coder"}));
    QCOMPARE(branches[1].at("models"), Json::array({"talker"}));
    for (const char *part : {"train", "validation", "test"})
        QCOMPARE(valueOf(json.at("chosen").at(part).at("quality")), 1.0);
    QVERIFY(valueOf(json.at("singles")[1].at("test").at("quality")) < 0.75);
    // What was written is the router with its cascades, and evaluates to the same.
    const Json read =
        runCtl({u"evaluate"_s, out, u"--outcomes"_s, file, u"--split"_s, u"test"_s, u"--json"_s})
            .json();
    QCOMPARE(read.at("quality"), json.at("chosen").at("test").at("quality"));
    QCOMPARE(read.at("cost_usd_per_1k"), json.at("chosen").at("test").at("cost_usd_per_1k"));
    const CtlEnded text = runCtl(arguments);
    QCOMPARE(text.code, 0);
    QVERIFY2(text.out.contains("Branch of Is it code?"), text.out.constData());
}

void TestOptimiseCommand::aRouterMustComeFirst()
{
    const QString file = m_folder->put(u"many.jsonl"_s, surelyToldOutcomes(100, 11));
    const CtlEnded ended = runCtl(
        {u"optimise"_s, u"--outcomes"_s, file, u"--router"_s, m_folder->single(u"home-made"_s)});
    QCOMPARE(ended.code, 1);
    QVERIFY2(ended.err.contains("does not begin with a router"), ended.err.constData());
}

void TestOptimiseCommand::anInterruptStopsTheSearch()
{
    QByteArray lines;
    QRandomGenerator random(10);
    for (int row = 0; row < 4'000; ++row) {
        Json models;
        for (int model = 0; model < 9; ++model)
            models["m" + std::to_string(model)] = {{"quality", int(random.bounded(2))},
                                                   {"cost_usd", 0.001 * (model + 1)},
                                                   {"confidence", -4 * random.generateDouble()}};
        lines += compactJson({{"prompt", std::to_string(row)}, {"models", models}}) + '\n';
    }
    QProcess process;
    process.start(ctlPath(), {u"optimise"_s, u"--outcomes"_s, m_folder->put(u"many.jsonl"_s, lines),
                              u"--grid"_s, u"1000"_s});
    QVERIFY(process.waitForStarted());
    // Bit 1 of the signals that a process catches is SIGINT.
    const auto catchesInterrupts = [&process] {
        QFile status(u"/proc/%1/status"_s.arg(process.processId()));
        if (!status.open(QIODevice::ReadOnly))
            return false;
        const QByteArray text = status.readAll();
        const qsizetype from = text.indexOf("SigCgt:") + 7;
        return (text.sliced(from, text.indexOf('\n', from) - from)
                    .trimmed()
                    .toULongLong(nullptr, 16) &
                2) != 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(catchesInterrupts(), 10'000);
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(process.readAllStandardOutput().isEmpty());
    QVERIFY(process.readAllStandardError().contains("was stopped"));
}

void TestOptimiseCommand::measuredCascadesAreWhatTheirRowsAddUpTo_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"cascade_mmlu", "cascade_triviaqa", "cascade_truthfulqa"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestOptimiseCommand::measuredCascadesAreWhatTheirRowsAddUpTo()
{
    QFETCH(const QString, name);
    const QString file = sharedOutcomes(name);
    if (!QFileInfo::exists(file))
        QSKIP(qPrintable(u"%1 is not there."_s.arg(file)));
    const QString out = m_folder->at(u"out.headgate"_s);
    const CtlEnded ended = runCtl({u"optimise"_s, u"--outcomes"_s, file, u"--match-best-single"_s,
                                   u"--out"_s, out, u"--json"_s});
    QVERIFY2(ended.code == 0, ended.err.constData());
    const Json json = ended.json();
    QVERIFY(json.at("cascades_searched").get<qint64>() > 1'000'000);
    QCOMPARE(json.at("singles").size(), size_t(9));
    const Json chosen = json.at("chosen");
    const Lines lines = linesOf(file);
    for (const auto &[part, rows] : {std::pair{"train", partOf(lines, Part::Train)},
                                     std::pair{"validation", partOf(lines, Part::Validation)},
                                     std::pair{"test", partOf(lines, Part::Test)}}) {
        const Means means = walk(rows, chosen.at("models"), chosen.at("thresholds"));
        QCOMPARE(chosen.at(part).at("n").get<size_t>(), rows.size());
        QVERIFY(isNear(valueOf(chosen.at(part).at("quality")), means.quality));
        QVERIFY(isNear(valueOf(chosen.at(part).at("cost_usd_per_1k")), means.costPer1k));
        const Means single = walk(rows, Json::array({json.at("best_single")}), {});
        const Json &saving = chosen.at(part).at("saving");
        QVERIFY(isNear(valueOf(saving.at("share")), 1 - means.costPer1k / single.costPer1k));
        QVERIFY(isNear(valueOf(saving.at("quality_difference")), means.quality - single.quality));
    }
    Json read =
        runCtl({u"evaluate"_s, out, u"--outcomes"_s, file, u"--split"_s, u"test"_s, u"--json"_s})
            .json();
    QCOMPARE(read.at("quality"), chosen.at("test").at("quality"));
    QCOMPARE(read.at("saving"), chosen.at("test").at("saving"));
}

QTEST_GUILESS_MAIN(TestOptimiseCommand)
#include "tst_optimise_command.moc"
