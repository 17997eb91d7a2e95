#include "core/scorers/scorer.h"
#include "tests/support/word_learner.h"

#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;

class TestTrainedScorer final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_table = {.kind = learning::TargetKind::Rightness,
                   .outputs = {u"right"_s},
                   .words = {{u"surely"_s, {0.9}}, {u"guess"_s, {0.2}}}};
        m_shelf = learning::ArtifactShelf(test::wordLearners(), {m_folder.path()});
    }

    void judgesTheAnswerAndSaysWhatSpokeForIt()
    {
        const auto scorer = made(test::savedWordArtifact(m_table, m_folder.path()));
        QVERIFY2(scorer, scorer ? "" : qPrintable(scorer.error().message));
        const auto sure = (*scorer)->score(m_query, answer(u"surely 4"_s));
        QCOMPARE(sure->score, 0.9);
        QCOMPARE(sure->why, u"right with probability 0.90: “surely” for"_s);
        QCOMPARE((*scorer)->score(m_query, answer(u"a guess"_s))->score, 0.2);
        QCOMPARE((*scorer)->score(m_query, answer({}))->score, 0.5);
        scorers::ScoredAnswer unread = answer(u"surely"_s);
        unread.explained = false;
        const auto unsaid = (*scorer)->score(m_query, unread);
        QCOMPARE(unsaid->score, 0.9);
        QCOMPARE(unsaid->why, QString());
    }

    void isOneOfSeveralInAGate()
    {
        const QString file = test::savedWordArtifact(m_table, m_folder.path());
        const auto scorer = scorers::combinedScorer(
            scorers::builtinScorers(m_shelf),
            Json::array({{{"kind", "trained"}, {"artifact", toStdString(file)}, {"weight", 3}},
                         {{"kind", "refusal"}, {"weight", 1}}}));
        QVERIFY2(scorer, scorer ? "" : qPrintable(scorer.error().message));
        QVERIFY(std::abs((*scorer)->score(m_query, answer(u"surely 4"_s))->score - 0.925) < 1e-9);
    }

    void refusesWhatJudgesNoAnswers()
    {
        QCOMPARE(made({}).error().code, ErrorCode::NeedsTraining);
        QCOMPARE(made(u"words-1.hga"_s).error().code, ErrorCode::NotFound);
        QCOMPARE(made(u"../x.hga"_s).error().code, ErrorCode::InvalidInput);
        const auto labels = made(test::savedWordArtifact(
            {.outputs = {u"easy"_s, u"hard"_s}}, m_folder.path()));
        QCOMPARE(labels.error().code, ErrorCode::InvalidInput);
        QVERIFY(labels.error().message.contains(u"does not judge answers"_s));
        test::WordTable embedding = m_table;
        embedding.embedder = u"endpoint:cloud"_s;
        const auto asking = made(test::savedWordArtifact(embedding, m_folder.path()));
        QVERIFY2(asking.error().message.contains(u"endpoint:cloud"_s),
                 qPrintable(asking.error().message));
    }

private:
    static scorers::ScoredAnswer answer(const QString &text)
    {
        scorers::ScoredAnswer answer;
        answer.text = text;
        return answer;
    }
    Result<std::unique_ptr<scorers::Scorer>> made(const QString &file) const
    {
        return scorers::builtinScorers(m_shelf).create(u"trained"_s,
                                                       {{"artifact", toStdString(file)}});
    }

    const policy::Query m_query{
        .messages = {{.role = Message::Role::User, .text = u"what is 2 + 2?"_s}}};
    QTemporaryDir m_folder;
    test::WordTable m_table;
    learning::ArtifactShelf m_shelf;
};

QTEST_GUILESS_MAIN(TestTrainedScorer)
#include "tst_trained_scorer.moc"
