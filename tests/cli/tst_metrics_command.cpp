#include "tests/cli/ctl_process.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace headgate;
using namespace headgate::test;
using namespace Qt::StringLiterals;

namespace {

// 40 prompts: "large" is right on all but every tenth, "small" on the even ones; "large" has no
// outcome on the last. "tiny" is never right.
QByteArray outcomes(bool withCosts = true)
{
    QByteArray text;
    for (int row = 0; row < 40; ++row) {
        Json models{{"small", {{"quality", row % 2 == 0 ? 1 : 0}, {"latency_ms", row + 1}}},
                    {"tiny", {{"quality", 0}}}};
        if (row < 39)
            models["large"] = {{"quality", row % 10 == 9 ? 0 : 1}};
        for (auto &[name, model] : models.items()) {
            if (withCosts)
                model["cost_usd"] = name == "large" ? 0.01 : 0.001;
        }
        const Json line{{"id", "q" + std::to_string(row)},
                        {"prompt", "prompt " + std::to_string(row)},
                        {"models", models}};
        text += compactJson(line) + '\n';
    }
    return text;
}

double value(const Json &estimate)
{
    return estimate.at("value").get<double>();
}

bool near(double a, double b)
{
    return std::abs(a - b) < 1e-6;
}

Json modelOf(const Json &report, const char *name)
{
    for (const Json &model : report.at("models")) {
        if (model.at("model") == name)
            return model;
    }
    return {};
}

} // namespace

// The real binary, as people and scripts use it.
class TestMetricsCommand final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        write(u"o.jsonl"_s, outcomes());
    }

    void theOraclePrintsWhatIsCountedByHand()
    {
        const CtlEnded printed = metrics({u"--router"_s, u"oracle"_s, u"--json"_s});
        QVERIFY2(printed.code == 0, printed.err.constData());
        const Json report = printed.json();
        QCOMPARE(report.at("prompts").get<int>(), 40);
        QCOMPARE(report.at("n").get<int>(), 39);
        QCOMPARE(report.at("missing_outcomes_strong").get<int>(), 1);
        QCOMPARE(report.at("missing_outcomes_weak").get<int>(), 0);
        QCOMPARE(report.at("models").size(), 3u);
        const Json large = modelOf(report, "large");
        QVERIFY(near(value(large.at("quality")), 36.0 / 39));
        QCOMPARE(large.at("missing_outcomes").get<int>(), 1);
        QVERIFY(near(value(large.at("cost_usd_per_1k")), 10));
        QVERIFY(large.at("latency_ms").is_null());
        const Json small = modelOf(report, "small");
        QCOMPARE(value(small.at("quality")), 0.5);
        QCOMPARE(value(small.at("latency_ms").at("p95")), 38.0);
        QVERIFY(value(report.at("apgr")) > 0.7);
        QVERIFY(value(report.at("cpt50_percent")) < 30);
        QCOMPARE(report.at("call_performance").size(), 11u);
        const Json none = report.at("call_performance").back();
        QCOMPARE(none.at("strong_share").get<double>(), 0.0);
        QVERIFY(near(value(none.at("saving").at("saving_usd_per_1k")), 9));
        QVERIFY(near(value(none.at("saving").at("quality_difference")), (20.0 - 36) / 39));
        QCOMPARE(none.at("quality_difference").at("ci95").size(), 2u);
        const Json costQuality = report.at("cost_quality");
        QVERIFY(near(value(costQuality.at("zero_router_aiq")), (20.0 + 36) / 39 / 2));
        QVERIFY(value(costQuality.at("aiq")) > value(costQuality.at("null_aiq")));
    }

    void theSameSeedPrintsTheSame()
    {
        const CtlEnded once =
            metrics({u"--router"_s, u"random"_s, u"--seed"_s, u"5"_s, u"--json"_s});
        const CtlEnded again =
            metrics({u"--router"_s, u"random"_s, u"--seed"_s, u"5"_s, u"--json"_s});
        const CtlEnded other =
            metrics({u"--router"_s, u"random"_s, u"--seed"_s, u"6"_s, u"--json"_s});
        QCOMPARE(once.code, 0);
        QCOMPARE(once.out, again.out);
        QVERIFY(value(once.json().at("apgr")) != value(other.json().at("apgr")));
    }

    void scoresOfAFileRouteAndMissingOnesAreCounted()
    {
        // As the oracle would on the first 20; the others have none.
        QByteArray scores = "{\"id\":\"elsewhere\",\"score\":1}\n";
        for (int row = 0; row < 20; ++row)
            scores += "{\"id\":\"q" + QByteArray::number(row) +
                      "\",\"score\":" + QByteArray::number(row % 2) + "}\n";
        write(u"s.jsonl"_s, scores);
        const CtlEnded printed = metrics({u"--router"_s, at(u"s.jsonl"_s), u"--json"_s});
        QVERIFY2(printed.code == 0, printed.err.constData());
        const Json report = printed.json();
        QCOMPARE(report.at("n").get<int>(), 20);
        QCOMPARE(report.at("missing_scores").get<int>(), 20);
        QCOMPARE(report.at("scores_of_unknown_ids").get<int>(), 1);
        // Half of the calls recover the whole gap: a triangle, then a full half.
        QVERIFY(near(value(report.at("apgr")), 0.75));
        QVERIFY(near(value(report.at("cpt50_percent")), 25));
    }

    void theTextShowsWhatIsMissingAndTheDifferenceBesideTheSaving()
    {
        const CtlEnded printed = metrics({u"--router"_s, u"oracle"_s});
        QCOMPARE(printed.code, 0);
        for (const char *part : {"39 compared; missing: 1 of large, 0 of small", "APGR", "CPT(80)",
                                 "zero router", "null", "Difference in quality", "Saving"})
            QVERIFY2(printed.out.contains(part), part);
    }

    void costsThatWereNotMeasuredAreUnknownUntilTheyAreSaid()
    {
        write(u"o.jsonl"_s, outcomes(false));
        const Json unknown = metrics({u"--router"_s, u"oracle"_s, u"--json"_s}).json();
        QVERIFY(unknown.at("cost_quality").is_null());
        QVERIFY(unknown.at("call_performance").at(3).at("cost_usd_per_1k").is_null());
        QVERIFY(unknown.at("call_performance").at(3).at("saving").is_null());
        QVERIFY(!unknown.at("call_performance").at(3).at("quality_difference").is_null());
        const Json said = metrics({u"--router"_s, u"oracle"_s, u"--json"_s, u"--cost-per-call"_s,
                                   u"large=0.01"_s, u"--cost-per-call"_s, u"small=0.001"_s})
                              .json();
        QVERIFY(!said.at("cost_quality").is_null());
    }

    void onePartHoldsFewerPrompts()
    {
        int sum = 0;
        for (const QString &part : {u"train"_s, u"validation"_s, u"test"_s}) {
            const CtlEnded printed =
                metrics({u"--router"_s, u"oracle"_s, u"--split"_s, part, u"--json"_s});
            QVERIFY2(printed.code == 0, printed.err.constData());
            QVERIFY(printed.json().at("prompts").get<int>() > 0);
            sum += printed.json().at("prompts").get<int>();
        }
        QCOMPARE(sum, 40);
    }

    void aStrongModelThatIsWorseHasNoGapToRecover()
    {
        const CtlEnded printed =
            run({u"--strong"_s, u"tiny"_s, u"--weak"_s, u"small"_s, u"--json"_s});
        QCOMPARE(printed.code, 0);
        QVERIFY(printed.json().at("apgr").at("value").is_null());
        const CtlEnded text = run({u"--strong"_s, u"tiny"_s, u"--weak"_s, u"small"_s});
        QVERIFY(text.out.contains("tiny is no better than small"));
    }

    void whatIsWrongIsSaidInASentence_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("sentence");
        const QStringList pair{u"--strong"_s, u"large"_s, u"--weak"_s, u"small"_s};
        QTest::newRow("no weak model") << pair.first(2) << 2 << QByteArray("--weak MODEL");
        QTest::newRow("the same twice")
            << QStringList{u"--strong"_s, u"large"_s, u"--weak"_s, u"large"_s} << 2
            << QByteArray("two models");
        QTest::newRow("unknown model")
            << QStringList{u"--strong"_s, u"huge"_s, u"--weak"_s, u"small"_s} << 1
            << QByteArray("no model “huge”; known: ");
        QTest::newRow("unknown baseline") << pair + QStringList{u"--baseline"_s, u"huge"_s} << 1
                                          << QByteArray("no model “huge”; known: ");
        QTest::newRow("unknown part")
            << pair + QStringList{u"--split"_s, u"most"_s} << 2 << QByteArray("--split is all");
        QTest::newRow("seed") << pair + QStringList{u"--seed"_s, u"x"_s} << 2
                              << QByteArray("--seed must be");
        QTest::newRow("no such scores") << pair + QStringList{u"--router"_s, u"/nowhere.jsonl"_s}
                                        << 1 << QByteArray("/nowhere.jsonl");
        QTest::newRow("a file more")
            << pair + QStringList{u"x"_s} << 2 << QByteArray("options only");
    }

    void whatIsWrongIsSaidInASentence()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QByteArray, sentence);
        const CtlEnded printed = run(arguments);
        QCOMPARE(printed.code, code);
        QVERIFY(printed.out.isEmpty());
        QVERIFY2(printed.err.contains(sentence), printed.err.constData());
    }

    void theHelpNamesTheCommand()
    {
        QVERIFY(runCtl({u"--help"_s}).out.contains("metrics"));
        QVERIFY(runCtl({u"metrics"_s, u"--help"_s}).out.contains("--router"));
    }

    void measuredOutcomesAreRead_data()
    {
        QTest::addColumn<QString>("strong");
        QTest::addColumn<QString>("weak");
        QTest::newRow("routellm_gsm8k")
            << u"gpt-4-1106-preview"_s << u"mistralai/Mixtral-8x7B-Instruct-v0.1"_s;
    }

    void measuredOutcomesAreRead()
    {
        QFETCH(QString, strong);
        QFETCH(QString, weak);
        const QString path = QStringLiteral(HEADGATE_SHARED_DATA "/%1.jsonl.gz")
                                 .arg(QString::fromLatin1(QTest::currentDataTag()));
        if (!QFileInfo::exists(path))
            QSKIP("the measured outcomes are not on this machine");
        const CtlEnded printed =
            runCtl({u"metrics"_s, u"--outcomes"_s, path, u"--strong"_s, strong, u"--weak"_s, weak,
                    u"--router"_s, u"oracle"_s, u"--json"_s});
        QVERIFY2(printed.code == 0, printed.err.constData());
        QVERIFY(value(printed.json().at("apgr")) > 0.8);
        QVERIFY(printed.json().at("cost_quality").is_null());
    }

private:
    QString at(const QString &name) const { return m_folder->filePath(name); }
    void write(const QString &name, const QByteArray &text)
    {
        QFile file(at(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("not written");
    }
    CtlEnded run(const QStringList &arguments)
    {
        return runCtl(QStringList{u"metrics"_s, u"--outcomes"_s, at(u"o.jsonl"_s)} + arguments);
    }
    CtlEnded metrics(const QStringList &arguments)
    {
        return run(QStringList{u"--strong"_s, u"large"_s, u"--weak"_s, u"small"_s} + arguments);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestMetricsCommand)

#include "tst_metrics_command.moc"
