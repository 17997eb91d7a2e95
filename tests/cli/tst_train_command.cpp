#include "core/learning/artifact_file.h"
#include "tests/cli/outcome_files.h"

#include <QDir>
#include <QTest>

using namespace headgate;
using namespace headgate::test;
using namespace Qt::StringLiterals;

namespace {

// Prompts whose words tell whether "small" gets them right, as it does sums; "large" gets all but
// every tenth. Both have answers that sound sure where they are right.
QByteArray tellingWords(int rows)
{
    const QList<QByteArray> sums{"add", "subtract", "sum", "total", "plus", "minus"};
    const QList<QByteArray> proofs{"prove", "derive", "theorem", "lemma", "infer", "deduce"};
    QByteArray text;
    for (int row = 0; row < rows; ++row) {
        const bool easy = row % 2 == 0;
        const bool right = row % 10 != 9;
        const QList<QByteArray> &words = easy ? sums : proofs;
        const QByteArray prompt = words[row / 2 % 6] + " the " + words[row / 12 % 6] + " of case " +
                                  QByteArray::number(row);
        const auto answer = [](bool isRight) {
            return isRight ? "it is certainly so" : "perhaps, who can say";
        };
        const Json models{
            {"small", {{"quality", easy ? 1 : 0}, {"cost_usd", 0.001}, {"answer", answer(easy)}}},
            {"large", {{"quality", right ? 1 : 0}, {"cost_usd", 0.01}, {"answer", answer(right)}}}};
        text += compactJson({{"id", row},
                             {"prompt", prompt.toStdString()},
                             {"label", easy ? "sums" : "proofs"},
                             {"models", models}}) +
                '\n';
    }
    return text;
}

Json validationOf(const CtlEnded &ended)
{
    return ended.json().at("learners").at(0).at("validation");
}

} // namespace

// The real binary, as people and scripts use it.
class TestTrainCommand final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_folder.put(u"o.jsonl"_s, tellingWords(400)); }

    void aRouterIsTrainedAndReadOnceOnTest_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addRow("classifier") << u"classifier"_s;
        QTest::addRow("predictor") << u"predictor"_s;
        QTest::addRow("knn") << u"knn"_s;
        QTest::addRow("mf") << u"mf"_s;
        QTest::addRow("sw") << u"sw"_s;
    }
    void aRouterIsTrainedAndReadOnceOnTest()
    {
        QFETCH(const QString, kind);
        const CtlEnded ended =
            train({u"--kind"_s, kind, u"--strong"_s, u"large"_s, u"--weak"_s, u"small"_s,
                   u"--nulls"_s, u"3"_s, u"--out"_s, m_folder.at(kind + u".hga"_s), u"--json"_s});
        QVERIFY2(ended.code == 0, ended.err.constData());
        const Json report = ended.json();
        QCOMPARE(report.at("chosen"), toStdString(kind));
        const Json learner = report.at("learners").at(0);
        for (const char *part : {"validation", "test"}) {
            const Json &read = learner.at(part);
            QCOMPARE(read.at("headline"), "apgr");
            QVERIFY(valueOf(read.at("value")) > 0.65);
            QCOMPARE(read.at("value").at("ci95").size(), 2u);
            QVERIFY(valueOf(read.at("null").at("value")) < valueOf(read.at("value")));
            QCOMPARE(read.at("pair").at("call_performance").size(), 11u);
            QVERIFY(!read.at("pair").at("cost_quality").at("null_aiq").is_null());
        }
        QVERIFY(learner.at("training_s").get<double>() > 0);
        const auto artifact = learning::readArtifact(m_folder.at(kind + u".hga"_s));
        QVERIFY(artifact);
        QCOMPARE(artifact->header.at("data").at("name"), "o.jsonl");
        QCOMPARE(artifact->header.at("data").at("prompts").at("train"),
                 report.at("prompts").at("train"));
        QVERIFY(artifact->header.at("test").at("value") ==
                learner.at("test").at("value").at("value"));
    }

    void whatWasTrainedRoutesAPromptAndSaysWhy()
    {
        const CtlEnded hard = runCtl(
            {u"route"_s, trained(), u"--prompt"_s, u"prove the lemma of case 7"_s, u"--json"_s});
        QVERIFY2(hard.code == 0, hard.err.constData());
        QCOMPARE(hard.json().at("decision"), "hard");
        QVERIFY(hard.json().at("probabilities").at("hard") > 0.5);
        QVERIFY(hard.json().at("decision_us").get<double>() > 0);
        QVERIFY(hard.json().at("why").size() > 0);
        const CtlEnded easy =
            runCtl({u"route"_s, trained(), u"--prompt"_s, u"add the sum of case 8"_s});
        QCOMPARE(easy.code, 0);
        QVERIFY(easy.out.contains("easy"));
    }

    void metricsMeasureWhatWasTrained()
    {
        const QStringList asked{u"metrics"_s,  u"--outcomes"_s, m_folder.at(u"o.jsonl"_s),
                                u"--strong"_s, u"large"_s,      u"--weak"_s,
                                u"small"_s,    u"--split"_s,    u"test"_s,
                                u"--json"_s};
        const CtlEnded ended =
            runCtl(asked + QStringList{u"--router"_s, trained(), u"--strong-share"_s, u"0.5"_s});
        QVERIFY2(ended.code == 0, ended.err.constData());
        const Json report = ended.json();
        QVERIFY(valueOf(report.at("apgr")) > 0.65);
        QVERIFY(std::abs(report.at("calibrated").at("strong_share").get<double>() - 0.5) < 0.1);
        QVERIFY(report.at("unfamiliar_share").get<double>() < 0.5);
        const CtlEnded chance = runCtl(asked + QStringList{u"--router"_s, u"random"_s});
        QVERIFY(chance.json().at("unfamiliar_share").is_null());
        QVERIFY(valueOf(report.at("apgr")) > valueOf(chance.json().at("apgr")));
    }

    void theSameSeedWritesTheSameBytes()
    {
        const auto bytes = [this](const QString &name, const QString &seed) {
            const CtlEnded ended =
                train({u"--kind"_s, u"classifier"_s, u"--limit"_s, u"100"_s, u"--nulls"_s, u"0"_s,
                       u"--seed"_s, seed, u"--out"_s, m_folder.at(name)});
            QFile file(m_folder.at(name));
            return ended.code == 0 && file.open(QIODevice::ReadOnly) ? file.readAll()
                                                                     : QByteArray();
        };
        const QByteArray once = bytes(u"a.hga"_s, u"4"_s);
        QVERIFY(!once.isEmpty());
        QCOMPARE(bytes(u"b.hga"_s, u"4"_s), once);
        QVERIFY(bytes(u"c.hga"_s, u"5"_s) != once);
    }

    void aFolderGetsAFileNamedAfterWhatItHolds()
    {
        QDir(m_folder.path()).mkdir(u"trained"_s);
        const CtlEnded ended = train({u"--kind"_s, u"knn"_s, u"--nulls"_s, u"0"_s, u"--out"_s,
                                      m_folder.at(u"trained"_s), u"--json"_s});
        QVERIFY2(ended.code == 0, ended.err.constData());
        const QStringList files = QDir(m_folder.at(u"trained"_s)).entryList(QDir::Files);
        QCOMPARE(files.size(), 1);
        QVERIFY(files.front().startsWith("knn-"_L1) && files.front().endsWith(".hga"_L1));
        QVERIFY(QString::fromStdString(ended.json().at("artifact")).endsWith(files.front()));
    }

    void severalAreComparedOnTheSamePrompts()
    {
        const CtlEnded ended =
            train({u"--kind"_s, u"predictor,knn"_s, u"--strong"_s, u"large"_s, u"--weak"_s,
                   u"small"_s, u"--nulls"_s, u"1"_s, u"--curve"_s, u"--json"_s});
        QVERIFY2(ended.code == 0, ended.err.constData());
        const Json learners = ended.json().at("learners");
        QCOMPARE(learners.size(), 2u);
        int chosen = 0;
        for (const Json &learner : learners) {
            const bool isChosen = learner.at("name") == ended.json().at("chosen");
            chosen += isChosen;
            QCOMPARE(learner.at("test").is_null(), !isChosen);
            QCOMPARE(learner.at("against_chosen").at("value").is_null(), isChosen);
            QVERIFY(learner.at("learning_curve").size() >= 2);
        }
        QCOMPARE(chosen, 1);
    }

    void labelsOfTheFileAreLearned()
    {
        const CtlEnded ended = train({u"--kind"_s, u"classifier"_s, u"--labels"_s, u"column"_s,
                                      u"--nulls"_s, u"1"_s, u"--json"_s});
        QVERIFY2(ended.code == 0, ended.err.constData());
        const Json read = validationOf(ended);
        QCOMPARE(read.at("headline"), "accuracy");
        QVERIFY(valueOf(read.at("value")) > 0.9);
        QCOMPARE(read.at("labels").at("confusion").size(), 2u);
        QCOMPARE(read.at("reliability").size(), 2u);
    }

    void aScorerLearnsFromAnswers()
    {
        const CtlEnded ended = train({u"--kind"_s, u"scorer"_s, u"--nulls"_s, u"1"_s, u"--out"_s,
                                      m_folder.at(u"s.hga"_s), u"--json"_s});
        QVERIFY2(ended.code == 0, ended.err.constData());
        const Json read = validationOf(ended);
        QCOMPARE(read.at("headline"), "auc");
        QVERIFY(valueOf(read.at("value")) > 0.9);
        QCOMPARE(read.at("rightness").at("models").size(), 2u);
        const CtlEnded routed =
            runCtl({u"route"_s, m_folder.at(u"s.hga"_s), u"--prompt"_s, u"x"_s});
        QCOMPARE(routed.code, 1);
        QVERIFY(routed.err.contains("judges answers"));
    }

    void theTextSaysWhatWasLearnedBesideTheNull()
    {
        const CtlEnded ended = train({u"--kind"_s, u"classifier"_s, u"--strong"_s, u"large"_s,
                                      u"--weak"_s, u"small"_s, u"--nulls"_s, u"2"_s});
        QVERIFY2(ended.code == 0, ended.err.constData());
        for (const char *part : {"Validation: APGR", "Test: APGR", "shuffled targets",
                                 "zero router", "Brier", "CPT(50)", "Unfamiliar", "Trained on"})
            QVERIFY2(ended.out.contains(part), part);
    }

    void whatCannotBeIsSaidInASentence_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("says");
        const QString file = m_folder.at(u"o.jsonl"_s);
        QTest::addRow("no kind") << QStringList{} << 2 << QByteArray("--kind");
        QTest::addRow("unknown kind")
            << QStringList{u"--kind"_s, u"magic"_s} << 2 << QByteArray("“magic”");
        QTest::addRow("half a pair")
            << QStringList{u"--kind"_s, u"knn"_s, u"--strong"_s, u"large"_s} << 2
            << QByteArray("go together");
        QTest::addRow("unknown model")
            << QStringList{u"--kind"_s, u"knn"_s, u"--strong"_s, u"huge"_s, u"--weak"_s, u"small"_s}
            << 1 << QByteArray("“huge”");
        QTest::addRow("too many labels")
            << QStringList{u"--kind"_s, u"classifier"_s, u"--labels"_s, u"a,b,c"_s} << 1
            << QByteArray("as many prices");
        QTest::addRow("too few rows")
            << QStringList{u"--kind"_s, u"predictor"_s, u"--limit"_s, u"3"_s} << 1
            << QByteArray(".");
        QTest::addRow("unknown option")
            << QStringList{u"--kind"_s, u"knn"_s, u"--options"_s, u"{\"wings\": 2}"_s} << 1
            << QByteArray("wings");
        QTest::addRow("unknown embedder")
            << QStringList{u"--kind"_s, u"knn"_s, u"--embedder"_s, u"palantir"_s} << 2
            << QByteArray("palantir");
    }
    void whatCannotBeIsSaidInASentence()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, code);
        QFETCH(const QByteArray, says);
        const CtlEnded ended = train(arguments);
        QCOMPARE(ended.code, code);
        QVERIFY2(ended.err.contains(says), ended.err.constData());
        QVERIFY(ended.out.isEmpty());
    }

    void aFileThatIsNoArtifactIsRefused()
    {
        const CtlEnded ended =
            runCtl({u"route"_s, m_folder.at(u"o.jsonl"_s), u"--prompt"_s, u"x"_s});
        QCOMPARE(ended.code, 1);
        QVERIFY(ended.err.contains("o.jsonl"));
    }

private:
    CtlEnded train(const QStringList &arguments) const
    {
        return runCtl(QStringList{u"train"_s, u"--outcomes"_s, m_folder.at(u"o.jsonl"_s)} +
                      arguments);
    }

    // A classifier that a test before has written, or else is written now.
    QString trained()
    {
        const QString path = m_folder.at(u"difficulty.hga"_s);
        if (!QFile::exists(path)) {
            const CtlEnded ended =
                train({u"--kind"_s, u"classifier"_s, u"--nulls"_s, u"0"_s, u"--out"_s, path});
            if (ended.code != 0)
                qFatal("%s", ended.err.constData());
        }
        return path;
    }

    CtlFolder m_folder;
};

QTEST_GUILESS_MAIN(TestTrainCommand)
#include "tst_train_command.moc"
