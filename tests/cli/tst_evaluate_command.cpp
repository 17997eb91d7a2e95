#include "tests/cli/outcome_files.h"

#include <QFileInfo>
#include <QTest>

using namespace headgate;
using namespace headgate::test;
using namespace Qt::StringLiterals;
using evaluation::Part;

// The real binary, as people and scripts use it.
class TestEvaluateCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void helpNamesTheOptions();
    void wrongUsageIsSaidInASentence_data();
    void wrongUsageIsSaidInASentence();
    void evaluatePrintsWhatIsAddedUpByHand();
    void evaluateReadsOnePart();
    void evaluateComparesWithAnotherBaseline();
    void whatWasNotMeasuredIsUnknownUntilItIsSaid();
    void outcomesWithoutCostsHaveQualityOnly_data();
    void outcomesWithoutCostsHaveQualityOnly();
    void badOutcomesAreNamedByTheirRow_data();
    void badOutcomesAreNamedByTheirRow();

private:
    QString cascade() const;      // of two models with one gate
    QString fiveOutcomes() const; // for it
    std::unique_ptr<CtlFolder> m_folder;
};

void TestEvaluateCommand::init()
{
    m_folder = std::make_unique<CtlFolder>();
}

QString TestEvaluateCommand::cascade() const
{
    return m_folder->put(u"two.headgate"_s, R"({
  "format": "headgate.policy", "version": 1, "name": "Two", "baseline": "large",
  "models": {"small": {"provider": "p", "model": "small"},
             "large": {"provider": "p", "model": "large"}},
  "nodes": [
    {"id": "q", "kind": "query", "at": [0, 0]},
    {"id": "s", "kind": "model", "at": [0, 0], "config": {"model": "small"}},
    {"id": "g", "kind": "gate", "title": "Sure?", "at": [0, 0],
     "config": {"scorers": [{"kind": "log_probability", "weight": 1}], "threshold": 0.5}},
    {"id": "l", "kind": "model", "at": [0, 0], "config": {"model": "large"}},
    {"id": "a", "kind": "answer", "at": [0, 0]}],
  "wires": [["q", "query", "s"], ["s", "answer", "g"], ["g", "accept", "a"],
            ["g", "escalate", "l"], ["l", "answer", "a"]]})");
}

QString TestEvaluateCommand::fiveOutcomes() const
{
    const auto line = [](int row, int small, double confidence, const Json &large) {
        return compactJson({{"id", row},
                            {"prompt", "prompt " + std::to_string(row)},
                            {"models",
                             {{"small",
                               {{"quality", small},
                                {"cost_usd", 0.001},
                                {"check_cost_usd", 0.0001},
                                {"confidence", confidence},
                                {"latency_ms", 100}}},
                              {"large",
                               {{"quality", large}, {"cost_usd", 0.01}, {"latency_ms", 1000}}}}}}) +
               '\n';
    };
    return m_folder->put(u"five.jsonl"_s, line(1, 1, -0.1, 1) + line(2, 0, -0.1, 1) +
                                              line(3, 0, -2, 1) + line(4, 1, -2, 0) +
                                              line(5, 0, -2, nullptr));
}

void TestEvaluateCommand::helpNamesTheOptions()
{
    const CtlEnded all = runCtl({u"--help"_s});
    QVERIFY(all.out.contains("evaluate FILE") && all.out.contains("optimise "));
    const CtlEnded evaluate = runCtl({u"evaluate"_s, u"--help"_s});
    QCOMPARE(evaluate.code, 0);
    for (const char *option : {"--outcomes", "--split", "--baseline", "--cost-per-call", "--json"})
        QVERIFY2(evaluate.out.contains(option), option);
}

void TestEvaluateCommand::wrongUsageIsSaidInASentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("sentence");
    const auto row = [](const char *name, const QString &arguments, const char *sentence) {
        QTest::newRow(name) << arguments.split(u' ') << QByteArray(sentence);
    };
    row("no policy", u"evaluate --outcomes f"_s, "takes one policy");
    row("nothing to evaluate on", u"evaluate p"_s, "needs --outcomes");
    row("no such part", u"evaluate p --outcomes f --split some"_s, "--split is all, train");
    row("seed is a word", u"evaluate p --outcomes f --seed x"_s, "--seed must be");
    row("cost without a model", u"evaluate p --outcomes f --cost-per-call 0.1"_s,
        "--cost-per-call is a model");
    row("negative cost", u"evaluate p --outcomes f --cost-per-call a=-1"_s,
        "--cost-per-call is a model");
}

void TestEvaluateCommand::wrongUsageIsSaidInASentence()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, sentence);
    const CtlEnded ended = runCtl(arguments);
    QCOMPARE(ended.code, 2);
    QVERIFY(ended.out.isEmpty());
    QVERIFY2(ended.err.contains(sentence), ended.err.constData());
}

void TestEvaluateCommand::evaluatePrintsWhatIsAddedUpByHand()
{
    const QStringList arguments{u"evaluate"_s, cascade(), u"--outcomes"_s, fiveOutcomes()};
    const CtlEnded ended = runCtl(arguments + QStringList{u"--json"_s});
    QVERIFY2(ended.code == 0, ended.err.constData());
    QVERIFY2(ended.err.isEmpty(), ended.err.constData()); // no terminal, no progress
    const Json json = ended.json();
    QCOMPARE(json.at("n").get<int>(), 4);
    QCOMPARE(json.at("missing").get<int>(), 1);
    QCOMPARE(valueOf(json.at("quality")), 0.5);
    QCOMPARE(json.at("quality").at("n").get<int>(), 4);
    QVERIFY(json.at("quality").at("ci95").at(0) <= 0.5 &&
            json.at("quality").at("ci95").at(1) >= 0.5);
    QCOMPARE(valueOf(json.at("cost_usd_per_1k")), 6.1);
    QCOMPARE(valueOf(json.at("latency_ms").at("p50")), 100.0);
    QCOMPARE(valueOf(json.at("latency_ms").at("p99")), 1100.0);
    QCOMPARE(json.at("models").size(), size_t(2));
    QCOMPARE(valueOf(json.at("models").at(0).at("share")), 0.5);
    const Json gate = json.at("gates").at(0);
    QCOMPARE(gate.at("gate").get<std::string>(), "g");
    QCOMPARE(valueOf(gate.at("escalation_rate")), 0.6);
    QCOMPARE(json.at("baseline").at("model").get<std::string>(), "large");
    QCOMPARE(valueOf(json.at("saving").at("share")), 0.39);
    QCOMPARE(valueOf(json.at("saving").at("cost_usd_per_1k")), 3.9);
    QCOMPARE(valueOf(json.at("saving").at("quality_difference")), -0.25);
    QCOMPARE(json.at("regret").at("overpaid").get<int>(), 2);
    QCOMPARE(json.at("regret").at("underserved").get<int>(), 2);
    // 0.0001 USD for a check of a right answer, 0.0011 for a call and a check before the right one.
    QCOMPARE(json.at("regret").at("overpaid_usd_per_1k").get<double>(), 0.3);
    QCOMPARE(json.at("regret").at("underserved_quality").get<double>(), 0.5);
    QVERIFY(json.at("saving").at("more_cases_needed").get<int>() > 4);

    const CtlEnded text = runCtl(arguments);
    QCOMPARE(text.code, 0);
    for (const char *part : {"Two on five.jsonl", "1 more left out", "$6.1000", "39.0 %", "−0.2500",
                             "Sure?", "60.0 %", "2 of 4: one cheaper model"})
        QVERIFY2(text.out.contains(part), text.out.constData());
}

void TestEvaluateCommand::evaluateReadsOnePart()
{
    const QString file = m_folder->put(u"many.jsonl"_s, surelyToldOutcomes(200, 5));
    int all = 0;
    for (const auto &[name, part] :
         {std::pair{u"train"_s, Part::Train}, std::pair{u"validation"_s, Part::Validation},
          std::pair{u"test"_s, Part::Test}}) {
        const Lines lines = partOf(linesOf(file), part);
        const Json json = runCtl({u"evaluate"_s, m_folder->single(u"home-made"_s), u"--outcomes"_s,
                                  file, u"--split"_s, name, u"--json"_s})
                              .json();
        QCOMPARE(json.at("n").get<size_t>(), lines.size());
        QCOMPARE(json.at("split").get<std::string>(), name.toStdString());
        QVERIFY(isNear(valueOf(json.at("quality")), walk(lines, {"home-made"}, {}).quality));
        all += json.at("n").get<int>();
    }
    QCOMPARE(all, 200);
}

void TestEvaluateCommand::evaluateComparesWithAnotherBaseline()
{
    const QStringList arguments{u"evaluate"_s,  cascade(),   u"--outcomes"_s,
                                fiveOutcomes(), u"--json"_s, u"--baseline"_s};
    const Json json = runCtl(arguments + QStringList{u"small"_s}).json();
    QCOMPARE(json.at("baseline").at("model").get<std::string>(), "small");
    QCOMPARE(valueOf(json.at("saving").at("cost_usd_per_1k")), 1.0 - 6.1); // it costs more
    QCOMPARE(valueOf(json.at("saving").at("quality_difference")), 0.0);
    const CtlEnded unknown = runCtl(arguments + QStringList{u"tiny"_s});
    QCOMPARE(unknown.code, 1);
    QVERIFY2(unknown.err.contains("no model “tiny” to compare"), unknown.err.constData());
}

void TestEvaluateCommand::whatWasNotMeasuredIsUnknownUntilItIsSaid()
{
    QByteArray lines;
    for (int row = 0; row < 8; ++row)
        lines += R"({"prompt": "p)" + QByteArray::number(row) +
                 R"(", "models": {"small": {"quality": 1}}})" + '\n';
    const QStringList arguments{u"evaluate"_s, m_folder->single(u"small"_s), u"--outcomes"_s,
                                m_folder->put(u"bare.jsonl"_s, lines), u"--json"_s};
    const Json unknown = runCtl(arguments).json();
    QVERIFY(unknown.at("cost_usd_per_1k").is_null());
    QCOMPARE(unknown.at("cost_unknown").get<int>(), 8);
    QVERIFY(unknown.at("latency_ms").is_null());
    QCOMPARE(unknown.at("latency_unknown").get<int>(), 8);
    const Json said =
        runCtl(arguments + QStringList{u"--cost-per-call"_s, u"small=0.002"_s}).json();
    QCOMPARE(valueOf(said.at("cost_usd_per_1k")), 2.0);
    const CtlEnded typo = runCtl(arguments + QStringList{u"--cost-per-call"_s, u"smal=0.002"_s});
    QCOMPARE(typo.code, 1);
    QVERIFY2(typo.err.contains("no model “smal”"), typo.err.constData());
}

void TestEvaluateCommand::outcomesWithoutCostsHaveQualityOnly_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("model");
    QTest::newRow("llmrouter9") << u"llmrouter9"_s << u"gemma-2-9b-it"_s;
    QTest::newRow("routellm_mmlu") << u"routellm_mmlu"_s << u"gpt-4-1106-preview"_s;
}

void TestEvaluateCommand::outcomesWithoutCostsHaveQualityOnly()
{
    QFETCH(const QString, name);
    QFETCH(const QString, model);
    const QString file = sharedOutcomes(name);
    if (!QFileInfo::exists(file))
        QSKIP(qPrintable(u"%1 is not there."_s.arg(file)));
    const Lines lines = linesOf(file);
    double sum = 0;
    for (const Json &line : lines)
        sum += line.at("models").at(model.toStdString()).at("quality").get<double>();
    const Json json =
        runCtl({u"evaluate"_s, m_folder->single(model), u"--outcomes"_s, file, u"--json"_s}).json();
    QCOMPARE(json.at("n").get<size_t>(), lines.size());
    QVERIFY(isNear(valueOf(json.at("quality")), sum / double(lines.size())));
    QVERIFY(json.at("cost_usd_per_1k").is_null());
    QCOMPARE(json.at("cost_unknown").get<size_t>(), lines.size());
    QVERIFY(json.at("regret").at("overpaid").is_null());
    const CtlEnded search = runCtl({u"optimise"_s, u"--outcomes"_s, file});
    QCOMPARE(search.code, 1);
    QVERIFY2(search.err.contains("hold no cost of"), search.err.constData());
    QVERIFY2(search.err.contains("--cost-per-call"), search.err.constData());
    QVERIFY2(search.err.contains(model.toUtf8()), search.err.constData());
}

void TestEvaluateCommand::badOutcomesAreNamedByTheirRow_data()
{
    QTest::addColumn<QByteArray>("second");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("no JSON") << QByteArray("{\"prompt\": ") << QByteArray("no valid JSON");
    QTest::newRow("quality of 3") << QByteArray(
                                         R"({"prompt": "b", "models": {"small": {"quality": 3}}})")
                                  << QByteArray("not between 0 and 1");
    QTest::newRow("negative cost")
        << QByteArray(R"({"prompt": "b", "models": {"small": {"quality": 1, "cost_usd": -1}}})")
        << QByteArray("cost is negative");
}

void TestEvaluateCommand::badOutcomesAreNamedByTheirRow()
{
    QFETCH(const QByteArray, second);
    QFETCH(const QByteArray, sentence);
    const QString file =
        m_folder->put(u"bad.jsonl"_s, R"({"prompt": "a", "models": {"small": {"quality": 1}}})"
                                      "\n" +
                                          second);
    const QString out = m_folder->at(u"out.headgate"_s);
    for (const QStringList &arguments :
         {QStringList{u"evaluate"_s, m_folder->single(u"small"_s), u"--outcomes"_s, file},
          QStringList{u"optimise"_s, u"--outcomes"_s, file, u"--out"_s, out}}) {
        const CtlEnded ended = runCtl(arguments);
        QCOMPARE(ended.code, 1);
        QVERIFY(ended.out.isEmpty());
        QVERIFY2(ended.err.contains("Line 2 of “bad.jsonl”"), ended.err.constData());
        QVERIFY2(ended.err.contains(sentence), ended.err.constData());
    }
    QVERIFY(!QFileInfo::exists(out));
}

QTEST_GUILESS_MAIN(TestEvaluateCommand)
#include "tst_evaluate_command.moc"
