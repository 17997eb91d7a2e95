#include "core/common/json.h"
#include "core/evaluation/line_source.h"
#include "core/evaluation/prompt_split.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <csignal>

using namespace headgate;
using namespace Qt::StringLiterals;
using evaluation::Part;

namespace {

struct Ended
{
    int code = -1;
    QByteArray out;
    QByteArray err;

    Json json() const { return Json::parse(out.constData(), nullptr, false); }
};

// One line a prompt: what models did, as the files have it.
using Lines = std::vector<Json>;

Lines linesOf(const QString &path)
{
    auto source = evaluation::LineSource::open(path);
    if (!source)
        qFatal("%s", qPrintable(source.error().message));
    Lines lines;
    for (;;) {
        const auto line = source->next();
        if (!line || !*line)
            return lines;
        lines.push_back(Json::parse((*line)->begin(), (*line)->end()));
    }
}

Lines partOf(const Lines &lines, Part part)
{
    Lines found;
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(found), [part](const Json &line) {
        return evaluation::partOf(line.at("prompt").get_ref<const std::string &>()) == part;
    });
    return found;
}

// Mean quality, and US dollars for 1,000 queries.
struct Means
{
    double quality = 0;
    double costPer1k = 0;
};

// Asks the models in turn until one is sure enough: a cascade in its plainest words.
Means walk(const Lines &lines, const Json &models, const Json &thresholds)
{
    Means sums;
    for (const Json &line : lines) {
        for (size_t stage = 0; stage < models.size(); ++stage) {
            const Json &outcome = line.at("models").at(models[stage].get<std::string>());
            sums.costPer1k += outcome.at("cost_usd").get<double>();
            if (stage + 1 < models.size()) {
                sums.costPer1k += outcome.value("check_cost_usd", 0.0);
                const auto confidence = double(outcome.at("confidence").get<float>());
                if (std::exp(confidence) < thresholds[stage].get<double>())
                    continue;
            }
            sums.quality += outcome.at("quality").get<double>();
            break;
        }
    }
    return {sums.quality / double(lines.size()), 1'000 * sums.costPer1k / double(lines.size())};
}

double valueOf(const Json &estimate)
{
    return estimate.at("value").get<double>();
}

bool isNear(double a, double b)
{
    return std::abs(a - b) < 1e-6; // qualities are kept as single precision
}

// "gpt-4o-mini" knows when it is right; "home-made" is right nine times in ten at twenty times
// the price.
QByteArray tellingOutcomes(int rows, quint32 seed)
{
    QRandomGenerator random(seed);
    QByteArray text;
    for (int row = 0; row < rows; ++row) {
        const bool easy = random.bounded(2) == 0;
        const double score =
            easy ? 0.8 + random.bounded(19) / 100.0 : 0.2 + random.bounded(50) / 100.0;
        const Json line{{"id", row},
                        {"prompt", "prompt " + std::to_string(seed) + "/" + std::to_string(row)},
                        {"models",
                         {{"gpt-4o-mini",
                           {{"quality", easy ? 1 : 0},
                            {"cost_usd", 0.001},
                            {"check_cost_usd", 0.00001},
                            {"confidence", std::log(score)},
                            {"latency_ms", 20 + random.bounded(9)}}},
                          {"home-made",
                           {{"quality", random.bounded(10) > 0 ? 1 : 0},
                            {"cost_usd", 0.02},
                            {"latency_ms", 200 + random.bounded(99)}}}}}};
        text += compactJson(line) + '\n';
    }
    return text;
}

} // namespace

// The real binary, as people and scripts use it.
class TestEvaluationCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void helpNamesTheCommands();
    void wrongUsageIsSaidInASentence_data();
    void wrongUsageIsSaidInASentence();
    void evaluatePrintsWhatIsAddedUpByHand();
    void evaluateReadsOnePart();
    void evaluateComparesWithAnotherBaseline();
    void whatWasNotMeasuredIsUnknownUntilItIsSaid();
    void badOutcomesAreNamedByTheirRow_data();
    void badOutcomesAreNamedByTheirRow();
    void theOptimiserChoosesTheCheapestThatMatches();
    void theWrittenPolicyEvaluatesToTheSameFigures();
    void anotherFileIsReadAsTheTest();
    void theSameSeedPrintsTheSame();
    void aModelLeftOutIsInNoCascade();
    void theBudgetIsKeptOnValidation();
    void aWishThatNothingGrantsIsSaid();
    void anInterruptStopsTheSearch();
    void measuredCascadesAreWhatTheirRowsAddUpTo_data();
    void measuredCascadesAreWhatTheirRowsAddUpTo();
    void outcomesWithoutCostsHaveQualityOnly_data();
    void outcomesWithoutCostsHaveQualityOnly();

private:
    Ended ctl(const QStringList &arguments);
    QString at(const QString &name) const { return m_folder->filePath(name); }
    QString put(const QString &name, const QByteArray &text);
    QString cascade();      // of two models with one gate
    QString fiveOutcomes(); // for it
    QString single(const QString &model);
    static QString shared(const QString &name);

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestEvaluationCommands::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

Ended TestEvaluationCommands::ctl(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(HEADGATECTL), arguments);
    if (!process.waitForFinished(60'000)) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QString TestEvaluationCommands::put(const QString &name, const QByteArray &text)
{
    QFile file(at(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("%s was not written", qPrintable(name));
    return at(name);
}

QString TestEvaluationCommands::cascade()
{
    return put(u"two.headgate"_s, R"({
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

QString TestEvaluationCommands::single(const QString &model)
{
    const std::string name = model.toStdString();
    Json document = Json::parse(R"({
  "format": "headgate.policy", "version": 1, "name": "One", "baseline": "", "models": {},
  "nodes": [{"id": "q", "kind": "query", "at": [0, 0]},
            {"id": "m", "kind": "model", "at": [0, 0], "config": {}},
            {"id": "a", "kind": "answer", "at": [0, 0]}],
  "wires": [["q", "query", "m"], ["m", "answer", "a"]]})");
    document["models"][name] = {{"provider", "p"}, {"model", name}};
    document["nodes"][1]["config"]["model"] = name;
    return put(u"one.headgate"_s, formatJson(document));
}

QString TestEvaluationCommands::fiveOutcomes()
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
    return put(u"five.jsonl"_s, line(1, 1, -0.1, 1) + line(2, 0, -0.1, 1) + line(3, 0, -2, 1) +
                                    line(4, 1, -2, 0) + line(5, 0, -2, nullptr));
}

QString TestEvaluationCommands::shared(const QString &name)
{
    return QStringLiteral(HEADGATE_SHARED_DATA "/%1.jsonl.gz").arg(name);
}

void TestEvaluationCommands::helpNamesTheCommands()
{
    const Ended all = ctl({u"--help"_s});
    QVERIFY(all.out.contains("evaluate FILE") && all.out.contains("optimise "));
    const Ended evaluate = ctl({u"evaluate"_s, u"--help"_s});
    QCOMPARE(evaluate.code, 0);
    for (const char *option : {"--outcomes", "--split", "--baseline", "--cost-per-call", "--json"})
        QVERIFY2(evaluate.out.contains(option), option);
    const Ended optimise = ctl({u"optimise"_s, u"--help"_s});
    QCOMPARE(optimise.code, 0);
    for (const char *option : {"--test-outcomes", "--scorer", "--max-stages", "--grid",
                               "--budget-usd-per-1k", "--match-best-single", "--latency-p95-ms",
                               "--least-share", "--leave-out", "--out", "--seed"})
        QVERIFY2(optimise.out.contains(option), option);
}

void TestEvaluationCommands::wrongUsageIsSaidInASentence_data()
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
    row("nothing to search", u"optimise"_s, "needs --outcomes");
    row("a policy to optimise", u"optimise p --outcomes f"_s, "options only");
    row("trained scorer", u"optimise --outcomes f --scorer mine.scorer"_s,
        "no trained scorers yet");
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

void TestEvaluationCommands::wrongUsageIsSaidInASentence()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, sentence);
    const Ended ended = ctl(arguments);
    QCOMPARE(ended.code, 2);
    QVERIFY(ended.out.isEmpty());
    QVERIFY2(ended.err.contains(sentence), ended.err.constData());
}

void TestEvaluationCommands::evaluatePrintsWhatIsAddedUpByHand()
{
    const QStringList arguments{u"evaluate"_s, cascade(), u"--outcomes"_s, fiveOutcomes()};
    const Ended ended = ctl(arguments + QStringList{u"--json"_s});
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

    const Ended text = ctl(arguments);
    QCOMPARE(text.code, 0);
    for (const char *part : {"Two on five.jsonl", "1 more left out", "$6.1000", "39.0 %", "−0.2500",
                             "Sure?", "60.0 %", "2 of 4: one cheaper model"})
        QVERIFY2(text.out.contains(part), text.out.constData());
}

void TestEvaluationCommands::evaluateReadsOnePart()
{
    const QString file = put(u"many.jsonl"_s, tellingOutcomes(200, 5));
    int all = 0;
    for (const auto &[name, part] :
         {std::pair{u"train"_s, Part::Train}, std::pair{u"validation"_s, Part::Validation},
          std::pair{u"test"_s, Part::Test}}) {
        const Lines lines = partOf(linesOf(file), part);
        const Json json = ctl({u"evaluate"_s, single(u"home-made"_s), u"--outcomes"_s, file,
                               u"--split"_s, name, u"--json"_s})
                              .json();
        QCOMPARE(json.at("n").get<size_t>(), lines.size());
        QCOMPARE(json.at("split").get<std::string>(), name.toStdString());
        QVERIFY(isNear(valueOf(json.at("quality")), walk(lines, {"home-made"}, {}).quality));
        all += json.at("n").get<int>();
    }
    QCOMPARE(all, 200);
}

void TestEvaluationCommands::evaluateComparesWithAnotherBaseline()
{
    const QStringList arguments{u"evaluate"_s,  cascade(),   u"--outcomes"_s,
                                fiveOutcomes(), u"--json"_s, u"--baseline"_s};
    const Json json = ctl(arguments + QStringList{u"small"_s}).json();
    QCOMPARE(json.at("baseline").at("model").get<std::string>(), "small");
    QCOMPARE(valueOf(json.at("saving").at("cost_usd_per_1k")), 1.0 - 6.1); // it costs more
    QCOMPARE(valueOf(json.at("saving").at("quality_difference")), 0.0);
    const Ended unknown = ctl(arguments + QStringList{u"tiny"_s});
    QCOMPARE(unknown.code, 1);
    QVERIFY2(unknown.err.contains("no model “tiny” to compare"), unknown.err.constData());
}

void TestEvaluationCommands::whatWasNotMeasuredIsUnknownUntilItIsSaid()
{
    QByteArray lines;
    for (int row = 0; row < 8; ++row)
        lines += R"({"prompt": "p)" + QByteArray::number(row) +
                 R"(", "models": {"small": {"quality": 1}}})" + '\n';
    const QStringList arguments{u"evaluate"_s, single(u"small"_s), u"--outcomes"_s,
                                put(u"bare.jsonl"_s, lines), u"--json"_s};
    const Json unknown = ctl(arguments).json();
    QVERIFY(unknown.at("cost_usd_per_1k").is_null());
    QCOMPARE(unknown.at("cost_unknown").get<int>(), 8);
    QVERIFY(unknown.at("latency_ms").is_null());
    QCOMPARE(unknown.at("latency_unknown").get<int>(), 8);
    const Json said = ctl(arguments + QStringList{u"--cost-per-call"_s, u"small=0.002"_s}).json();
    QCOMPARE(valueOf(said.at("cost_usd_per_1k")), 2.0);
    const Ended typo = ctl(arguments + QStringList{u"--cost-per-call"_s, u"smal=0.002"_s});
    QCOMPARE(typo.code, 1);
    QVERIFY2(typo.err.contains("no model “smal”"), typo.err.constData());
}

void TestEvaluationCommands::badOutcomesAreNamedByTheirRow_data()
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

void TestEvaluationCommands::badOutcomesAreNamedByTheirRow()
{
    QFETCH(const QByteArray, second);
    QFETCH(const QByteArray, sentence);
    const QString file =
        put(u"bad.jsonl"_s, R"({"prompt": "a", "models": {"small": {"quality": 1}}})"
                            "\n" +
                                second);
    const QString out = at(u"out.headgate"_s);
    for (const QStringList &arguments :
         {QStringList{u"evaluate"_s, single(u"small"_s), u"--outcomes"_s, file},
          QStringList{u"optimise"_s, u"--outcomes"_s, file, u"--out"_s, out}}) {
        const Ended ended = ctl(arguments);
        QCOMPARE(ended.code, 1);
        QVERIFY(ended.out.isEmpty());
        QVERIFY2(ended.err.contains("Line 2 of “bad.jsonl”"), ended.err.constData());
        QVERIFY2(ended.err.contains(sentence), ended.err.constData());
    }
    QVERIFY(!QFileInfo::exists(out));
}

void TestEvaluationCommands::theOptimiserChoosesTheCheapestThatMatches()
{
    const QString file = put(u"many.jsonl"_s, tellingOutcomes(1'000, 1));
    const Ended ended =
        ctl({u"optimise"_s, u"--outcomes"_s, file, u"--match-best-single"_s, u"--json"_s});
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

void TestEvaluationCommands::theWrittenPolicyEvaluatesToTheSameFigures()
{
    const QString file = put(u"many.jsonl"_s, tellingOutcomes(600, 2));
    const QString out = at(u"chosen.headgate"_s);
    const Ended ended = ctl({u"optimise"_s, u"--outcomes"_s, file, u"--match-best-single"_s,
                             u"--out"_s, out, u"--seed"_s, u"7"_s, u"--json"_s});
    QVERIFY2(ended.code == 0, ended.err.constData());
    QVERIFY2(ended.err.contains("not known: home-made"), ended.err.constData());
    QVERIFY(!ended.err.contains("known: gpt-4o-mini"));
    QCOMPARE(ctl({u"validate"_s, out}).code, 0);
    for (const char *part : {"train", "validation", "test"}) {
        Json read = ctl({u"evaluate"_s, out, u"--outcomes"_s, file, u"--split"_s,
                         QString::fromLatin1(part), u"--seed"_s, u"7"_s, u"--json"_s})
                        .json();
        for (const char *extra : {"policy", "outcomes", "split", "seed"})
            QCOMPARE(read.erase(extra), size_t(1));
        QVERIFY(read.at("n").get<int>() > 50);
        QCOMPARE(read, ended.json().at("chosen").at(part));
    }
}

void TestEvaluationCommands::anotherFileIsReadAsTheTest()
{
    const QByteArray known = tellingOutcomes(400, 3);
    const QString file = put(u"many.jsonl"_s, known);
    // 150 prompts of its own, then ten lines that the first file has, too, under other ids.
    QByteArray other = tellingOutcomes(150, 4);
    int seen = 0;
    for (const QByteArray &line : known.split('\n').first(10)) {
        Json again = Json::parse(line.constData());
        again["id"] = "again " + std::to_string(again["id"].get<int>());
        other += compactJson(again) + '\n';
        seen += evaluation::partOf(again.at("prompt").get<std::string>()) != Part::Test;
    }
    const QString testFile = put(u"other.jsonl"_s, other);
    const Ended ended = ctl({u"optimise"_s, u"--outcomes"_s, file, u"--test-outcomes"_s, testFile,
                             u"--match-best-single"_s, u"--json"_s});
    QVERIFY2(ended.code == 0, ended.err.constData());
    const Json json = ended.json();
    QVERIFY(seen > 0);
    QCOMPARE(json.at("already_seen").get<int>(), seen);
    QCOMPARE(json.at("n").at("test").get<int>(), 160 - seen);
    QCOMPARE(json.at("n").at("train").get<size_t>(), partOf(linesOf(file), Part::Train).size());
    const QString bare =
        put(u"bare.jsonl"_s, R"({"prompt": "x", "models": {"m": {"quality": 1}}})");
    const Ended foreign = ctl({u"optimise"_s, u"--outcomes"_s, file, u"--test-outcomes"_s, bare});
    QCOMPARE(foreign.code, 1);
    QVERIFY2(foreign.err.contains("The test outcomes cannot be used"), foreign.err.constData());
}

void TestEvaluationCommands::theSameSeedPrintsTheSame()
{
    const QString file = put(u"many.jsonl"_s, tellingOutcomes(300, 6));
    const QStringList rest{u"--outcomes"_s, file, u"--json"_s, u"--seed"_s};
    const Ended first = ctl(QStringList{u"optimise"_s} + rest + QStringList{u"3"_s});
    const Ended again = ctl(QStringList{u"optimize"_s} + rest + QStringList{u"3"_s});
    const Ended other = ctl(QStringList{u"optimise"_s} + rest + QStringList{u"4"_s});
    QCOMPARE(first.code, 0);
    QCOMPARE(first.out, again.out);
    QVERIFY(first.out != other.out);
    // The intervals alone depend on it.
    QCOMPARE(first.json().at("front"), other.json().at("front"));
}

void TestEvaluationCommands::aModelLeftOutIsInNoCascade()
{
    const QString file = put(u"many.jsonl"_s, tellingOutcomes(300, 7));
    const QStringList arguments{u"optimise"_s, u"--outcomes"_s, file, u"--json"_s,
                                u"--leave-out"_s};
    const Ended ended = ctl(arguments + QStringList{u"gpt-4o-mini"_s});
    QVERIFY2(ended.code == 0, ended.err.constData());
    QVERIFY2(ended.err.contains("only single models were compared"), ended.err.constData());
    QCOMPARE(ended.json().at("singles").size(), size_t(1));
    QCOMPARE(ended.json().at("chosen").at("models"), Json::array({"home-made"}));
    const Ended typo = ctl(arguments + QStringList{u"gpt-4o"_s});
    QCOMPARE(typo.code, 1);
    QVERIFY2(typo.err.contains("no model “gpt-4o”"), typo.err.constData());
}

void TestEvaluationCommands::theBudgetIsKeptOnValidation()
{
    const QString file = put(u"many.jsonl"_s, tellingOutcomes(1'000, 8));
    const Json json = ctl({u"optimise"_s, u"--outcomes"_s, file, u"--budget-usd-per-1k"_s, u"8"_s,
                           u"--max-stages"_s, u"2"_s, u"--grid"_s, u"0"_s, u"--json"_s})
                          .json();
    const Json chosen = json.at("chosen");
    QVERIFY(valueOf(chosen.at("validation").at("cost_usd_per_1k")) <= 8);
    for (const Json &point : json.at("front"))
        QVERIFY(point.at("validation").at("cost_usd_per_1k") > 8.0 ||
                point.at("validation").at("quality").get<double>() <=
                    valueOf(chosen.at("validation").at("quality")) + 1e-9);
    // Nothing that starts at "home-made" is that quick.
    const Json quick =
        ctl({u"optimise"_s, u"--outcomes"_s, file, u"--latency-p95-ms"_s, u"50"_s, u"--json"_s})
            .json();
    QCOMPARE(quick.at("chosen").at("models").at(0), Json("gpt-4o-mini"));
    QVERIFY(valueOf(quick.at("chosen").at("train").at("latency_ms").at("p95")) <= 50);
}

void TestEvaluationCommands::aWishThatNothingGrantsIsSaid()
{
    const QString file = put(u"many.jsonl"_s, tellingOutcomes(300, 9));
    const QString out = at(u"out.headgate"_s);
    const Ended ended = ctl({u"optimise"_s, u"--outcomes"_s, file, u"--budget-usd-per-1k"_s,
                             u"0.5"_s, u"--out"_s, out, u"--json"_s});
    QCOMPARE(ended.code, 1);
    QVERIFY(ended.json().at("chosen").is_null());
    QVERIFY(!ended.json().at("front").empty());
    QVERIFY2(ended.err.contains("grants the wish"), ended.err.constData());
    QVERIFY(!QFileInfo::exists(out));
}

void TestEvaluationCommands::anInterruptStopsTheSearch()
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
    process.start(
        QStringLiteral(HEADGATECTL),
        {u"optimise"_s, u"--outcomes"_s, put(u"many.jsonl"_s, lines), u"--grid"_s, u"1000"_s});
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

void TestEvaluationCommands::measuredCascadesAreWhatTheirRowsAddUpTo_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"cascade_mmlu", "cascade_triviaqa", "cascade_truthfulqa"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestEvaluationCommands::measuredCascadesAreWhatTheirRowsAddUpTo()
{
    QFETCH(const QString, name);
    const QString file = shared(name);
    if (!QFileInfo::exists(file))
        QSKIP(qPrintable(u"%1 is not there."_s.arg(file)));
    const QString out = at(u"out.headgate"_s);
    const Ended ended = ctl({u"optimise"_s, u"--outcomes"_s, file, u"--match-best-single"_s,
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
        ctl({u"evaluate"_s, out, u"--outcomes"_s, file, u"--split"_s, u"test"_s, u"--json"_s})
            .json();
    QCOMPARE(read.at("quality"), chosen.at("test").at("quality"));
    QCOMPARE(read.at("saving"), chosen.at("test").at("saving"));
}

void TestEvaluationCommands::outcomesWithoutCostsHaveQualityOnly_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("model");
    QTest::newRow("llmrouter9") << u"llmrouter9"_s << u"gemma-2-9b-it"_s;
    QTest::newRow("routellm_mmlu") << u"routellm_mmlu"_s << u"gpt-4-1106-preview"_s;
}

void TestEvaluationCommands::outcomesWithoutCostsHaveQualityOnly()
{
    QFETCH(const QString, name);
    QFETCH(const QString, model);
    const QString file = shared(name);
    if (!QFileInfo::exists(file))
        QSKIP(qPrintable(u"%1 is not there."_s.arg(file)));
    const Lines lines = linesOf(file);
    double sum = 0;
    for (const Json &line : lines)
        sum += line.at("models").at(model.toStdString()).at("quality").get<double>();
    const Json json =
        ctl({u"evaluate"_s, single(model), u"--outcomes"_s, file, u"--json"_s}).json();
    QCOMPARE(json.at("n").get<size_t>(), lines.size());
    QVERIFY(isNear(valueOf(json.at("quality")), sum / double(lines.size())));
    QVERIFY(json.at("cost_usd_per_1k").is_null());
    QCOMPARE(json.at("cost_unknown").get<size_t>(), lines.size());
    QVERIFY(json.at("regret").at("overpaid").is_null());
    const Ended search = ctl({u"optimise"_s, u"--outcomes"_s, file});
    QCOMPARE(search.code, 1);
    QVERIFY2(search.err.contains("hold no cost of"), search.err.constData());
    QVERIFY2(search.err.contains("--cost-per-call"), search.err.constData());
    QVERIFY2(search.err.contains(model.toUtf8()), search.err.constData());
}

QTEST_GUILESS_MAIN(TestEvaluationCommands)
#include "tst_evaluation_commands.moc"
