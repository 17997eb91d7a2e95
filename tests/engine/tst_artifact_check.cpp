#include "core/engine/artifact_check.h"
#include "core/engine/prepared_policy.h"
#include "core/learning/artifact_file.h"
#include "tests/engine/policies.h"
#include "tests/support/word_learner.h"

#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;
using policy::Problem;

class TestArtifactCheck final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_shelf = learning::ArtifactShelf(test::wordLearners(), {m_folder->path()});
        m_labels = saved({.outputs = {u"easy"_s, u"hard"_s}});
        m_rightness =
            saved({.kind = learning::TargetKind::Rightness, .outputs = {u"right"_s}});
    }

    void saysNothingOfFilesThatFit()
    {
        QVERIFY(engine::checkArtifacts(document(m_labels), m_shelf).isEmpty());
        QVERIFY(engine::checkArtifacts(test::cascade(), m_shelf).isEmpty());
        policy::PolicyDocument gated = document(m_labels);
        gated.nodes[2].config["scorers"] =
            Json::array({{{"kind", "trained"}, {"artifact", toStdString(m_rightness)}}});
        QVERIFY(engine::checkArtifacts(gated, m_shelf).isEmpty());
    }

    void saysAtTheNodeWhatIsWrong_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("words");
        QTest::newRow("missing") << u"words-1.hga"_s << u"There is no file"_s;
        QTest::newRow("of another target") << u"rightness"_s << u"judges whether"_s;
        QTest::newRow("truncated") << u"truncated"_s << u"damaged"_s;
    }
    void saysAtTheNodeWhatIsWrong()
    {
        QFETCH(QString, file);
        QFETCH(const QString, words);
        if (file == "rightness"_L1)
            file = m_rightness;
        if (file == "truncated"_L1) {
            file = m_labels;
            QFile bytes(m_folder->filePath(file));
            QVERIFY(bytes.resize(bytes.size() - 5));
        }
        const policy::PolicyDocument bad = document(file);
        const QList<Problem> problems = engine::checkArtifacts(bad, m_shelf);
        QCOMPARE(problems.size(), 1);
        QCOMPARE(problems[0].code, u"artifact-unusable"_s);
        QCOMPARE(problems[0].node, policy::NodeId{u"sort"_s});
        QCOMPARE(problems[0].field, u"artifact"_s);
        QCOMPARE(int(problems[0].severity), int(Problem::Severity::Error));
        QVERIFY2(problems[0].sentence.startsWith(u"sort: "_s) &&
                     problems[0].sentence.contains(words),
                 qPrintable(problems[0].sentence));
        QVERIFY(!problems[0].mend);
        // What prepare() says is the same.
        const auto prepared = engine::PreparedPolicy::prepare(
            bad, routers::builtinRouters(m_shelf), scorers::builtinScorers(m_shelf));
        QVERIFY(!prepared);
        QVERIFY2(prepared.error().message.contains(words), qPrintable(prepared.error().message));
    }

    void theLabelsOfTheFileCanBeTakenOver()
    {
        const QString file = saved({.outputs = {u"chat"_s, u"code"_s}});
        const QList<Problem> problems = engine::checkArtifacts(document(file), m_shelf);
        QCOMPARE(problems.size(), 1);
        QVERIFY(problems[0].mend);
        const policy::PolicyDocument mended = problems[0].mend->apply(document(file));
        QCOMPARE(mended.node({u"sort"_s})->config["labels"], Json({"chat", "code"}));
        QVERIFY(engine::checkArtifacts(mended, m_shelf).isEmpty());
    }

    void aGateNamesItsScorers()
    {
        policy::PolicyDocument gated = test::cascade();
        gated.nodes[2].config["scorers"] =
            Json::array({{{"kind", "trained"}, {"artifact", toStdString(m_labels)}}});
        const QList<Problem> problems = engine::checkArtifacts(gated, m_shelf);
        QCOMPARE(problems.size(), 1);
        QCOMPARE(problems[0].node, gated.nodes[2].id);
        QCOMPARE(problems[0].field, u"scorers"_s);
        QVERIFY2(problems[0].sentence.contains(u"does not judge answers"_s),
                 qPrintable(problems[0].sentence));
    }

    void nodesThatTakeNoPartOrAreWrongAlreadyAreLeftOut()
    {
        policy::PolicyDocument muted = document(u"words-1.hga"_s);
        muted.nodes.last().mode = policy::NodeMode::Muted;
        QVERIFY(engine::checkArtifacts(muted, m_shelf).isEmpty());
        QVERIFY(engine::checkArtifacts(document(u"../words-1.hga"_s), m_shelf).isEmpty());
        policy::PolicyDocument labelless = document(u"words-1.hga"_s);
        labelless.nodes.last().config["labels"] = Json::array();
        QVERIFY(engine::checkArtifacts(labelless, m_shelf).isEmpty());
    }

private:
    QString saved(const test::WordTable &table) const
    {
        return test::savedWordArtifact(table, m_folder->path());
    }
    // The cascade behind a classifier: easy and unsure to the small model, hard to the large one.
    static policy::PolicyDocument document(const QString &file)
    {
        policy::PolicyDocument document = test::cascade();
        document.nodes.append(
            test::node(u"sort"_s, u"classifier"_s,
                       {{"artifact", toStdString(file)}, {"labels", {"easy", "hard"}}}));
        for (policy::Wire &wire : document.wires) {
            if (wire.port == "query"_L1)
                wire.to = {u"sort"_s};
        }
        document.wires += {test::wire(u"sort"_s, u"easy"_s, document.nodes[1].id.value),
                           test::wire(u"sort"_s, u"unsure"_s, document.nodes[1].id.value),
                           test::wire(u"sort"_s, u"hard"_s, document.nodes[3].id.value)};
        return document;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    learning::ArtifactShelf m_shelf;
    QString m_labels;
    QString m_rightness;
};

QTEST_GUILESS_MAIN(TestArtifactCheck)
#include "tst_artifact_check.moc"
