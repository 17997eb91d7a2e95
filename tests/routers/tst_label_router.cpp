#include "core/learning/artifact_file.h"
#include "core/routers/router_registry.h"
#include "tests/support/word_learner.h"

#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;

namespace {

const QStringList kPorts{u"easy"_s, u"medium"_s, u"hard"_s, u"unsure"_s};

policy::Query asked(const QString &prompt)
{
    return {.messages = {{.role = Message::Role::User, .text = prompt}}};
}

} // namespace

class TestLabelRouter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // Another order than the node's.
        m_table.outputs = {u"hard"_s, u"easy"_s, u"medium"_s};
        m_table.words = {{u"prove"_s, {0.81, 0.09, 0.1}},
                         {u"hello"_s, {0.1, 0.7, 0.2}},
                         {u"sum"_s, {0.3, 0.3, 0.4}}};
        m_file = test::savedWordArtifact(m_table, m_folder.path());
        m_shelf = learning::ArtifactShelf(test::wordLearners(), {m_folder.path()});
    }

    void takesThePortOfTheLikeliestLabelAndSaysWhatPushedIt()
    {
        const auto router = made({{"artifact", toStdString(m_file)}});
        const auto hard = (*router)->decide(asked(u"please prove it"_s));
        QCOMPARE(hard->port, 2);
        QCOMPARE(hard->why, u"hard 0.81: “prove” pushed"_s);
        QCOMPARE(hard->score, std::optional(0.81));
        QCOMPARE((*router)->decide(asked(u"hello there"_s))->port, 0);
        // The last message of the user decides.
        policy::Query query = asked(u"prove it"_s);
        query.messages.append({.role = Message::Role::User, .text = u"hello"_s});
        QCOMPARE((*router)->decide(query)->port, 0);
    }

    void whatNoLabelIsLikelyForIsUnsure()
    {
        const auto router = made({{"artifact", toStdString(m_file)}});
        const auto unsure = (*router)->decide(asked(u"sum it"_s));
        QCOMPARE(unsure->port, 3);
        QCOMPARE(unsure->why, u"medium 0.40, below 0.50"_s);
        const auto bold = made({{"artifact", toStdString(m_file)}, {"floor", 0.4}});
        QCOMPARE((*bold)->decide(asked(u"sum it"_s))->port, 1);
    }

    void whatIsUnlikeTheTrainingIsUnsureHoweverLikely()
    {
        const auto router = made({{"artifact", toStdString(m_file)}, {"floor", 0}});
        for (const QString &prompt : {u"quux"_s, QString(), u"🦉 ҙнаки"_s, QString(1 << 20, u'x')}) {
            const auto decision = (*router)->decide(asked(prompt));
            QCOMPARE(decision->port, 3);
            QCOMPARE(decision->why, u"unlike what it was trained on (familiarity 0.01)"_s);
        }
        const auto brave =
            made({{"artifact", toStdString(m_file)}, {"floor", 0}, {"least_familiarity", 0.005}});
        QVERIFY((*brave)->decide(asked(u"quux"_s))->port != 3);
    }

    void whatNobodyReadsIsNotSaid()
    {
        const auto router = made({{"artifact", toStdString(m_file)}});
        const auto decision = (*router)->decide(asked(u"prove"_s), {.explained = false});
        QCOMPARE(decision->port, 2);
        QCOMPARE(decision->why, QString());
    }

    void readsTheEmbeddingThatItsModelWants()
    {
        test::WordTable table = m_table;
        table.embedder = u"endpoint:cloud"_s;
        const QString file = test::savedWordArtifact(table, m_folder.path());
        const auto router = made({{"artifact", toStdString(file)}});
        QCOMPARE((*router)->embedder(), u"endpoint:cloud"_s);
        const std::vector<float> embedding{0, 1};
        QCOMPARE((*router)->decide(asked(u"quux"_s), {.embedding = embedding})->port, 2);

        const auto none = (*router)->decide(asked(u"prove"_s));
        QCOMPARE(none->port, 3);
        QCOMPARE(none->why, u"no embedding of the prompt by “endpoint:cloud”"_s);
        const std::vector<float> longer{0, 1, 0};
        const auto other = (*router)->decide(asked(u"prove"_s), {.embedding = longer});
        QCOMPARE(other->port, 3);
        QCOMPARE(other->why,
                 u"“endpoint:cloud” gives 3 numbers a prompt, and it was trained on 2"_s);
    }

    void refusesAnArtifactThatItCannotUse_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const QString &file, ErrorCode code,
                            const QString &words) {
            QTest::newRow(name) << file << int(code) << words;
        };
        test::WordTable qualities = m_table;
        qualities.kind = learning::TargetKind::Qualities;
        test::WordTable fewer{.outputs = {u"easy"_s, u"hard"_s}};
        test::WordTable others{.outputs = {u"easy"_s, u"medium"_s, u"odd"_s}};
        learning::Artifact foreign = test::wordArtifact(m_table);
        foreign.kind = u"oracle"_s;
        row("none", {}, ErrorCode::NeedsTraining, u"train one"_s);
        row("not there", u"words-1.hga"_s, ErrorCode::NotFound, m_folder.path());
        row("path", u"../words-1.hga"_s, ErrorCode::InvalidInput, u"plain name"_s);
        row("kind", learning::saveArtifact(foreign, m_folder.path()).value(),
            ErrorCode::UnknownKind, u"oracle"_s);
        row("target", test::savedWordArtifact(qualities, m_folder.path()),
            ErrorCode::InvalidInput, u"estimates how well models answer"_s);
        row("fewer labels", test::savedWordArtifact(fewer, m_folder.path()),
            ErrorCode::InvalidInput, u"“easy”, “hard”"_s);
        row("other labels", test::savedWordArtifact(others, m_folder.path()),
            ErrorCode::InvalidInput, u"“odd”"_s);
    }
    void refusesAnArtifactThatItCannotUse()
    {
        QFETCH(const QString, file);
        QFETCH(const int, code);
        QFETCH(const QString, words);
        const auto router = made({{"artifact", toStdString(file)}});
        QVERIFY(!router);
        QCOMPARE(int(router.error().code), code);
        QVERIFY2(router.error().message.contains(words), qPrintable(router.error().message));
    }

private:
    Result<std::unique_ptr<routers::Router>> made(const Json &config) const
    {
        return routers::builtinRouters(m_shelf).create(u"classifier"_s, config, kPorts);
    }

    QTemporaryDir m_folder;
    test::WordTable m_table;
    QString m_file;
    learning::ArtifactShelf m_shelf;
};

QTEST_GUILESS_MAIN(TestLabelRouter)
#include "tst_label_router.moc"
