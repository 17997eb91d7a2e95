#include "core/routers/router_registry.h"
#include "tests/support/word_learner.h"

#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;

namespace {

const QStringList kPorts{u"billing"_s, u"code"_s, u"unsure"_s};

policy::Query asked(const QString &prompt)
{
    return {.messages = {{.role = Message::Role::User, .text = prompt}}};
}

Json references()
{
    const auto entry = [](const char *prompt, const char *label) {
        return Json{{"prompt", prompt}, {"label", label}};
    };
    return Json::array({entry("I want a refund for my order", "billing"),
                        entry("Why was my card charged twice?", "billing"),
                        entry("How do I cancel my subscription?", "billing"),
                        entry("Write a Python function that sorts a list", "code"),
                        entry("Why does this loop never end in C++?", "code"),
                        entry("Explain this stack trace of a Java program", "code")});
}

} // namespace

class TestNearestRouter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesWhereTheMostSimilarPromptsWent_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QString>("port");
        QTest::newRow("the same") << u"I want a refund for my order"_s << u"billing"_s;
        QTest::newRow("like it") << u"can I get a refund for this order?"_s << u"billing"_s;
        QTest::newRow("case") << u"REFUND MY ORDER"_s << u"billing"_s;
        QTest::newRow("code") << u"write a function in Python that reverses a list"_s << u"code"_s;
        QTest::newRow("typo") << u"my card was chargd twice"_s << u"billing"_s;
        QTest::newRow("little in common") << u"Prove that the integral of this converges"_s
                                          << u"unsure"_s;
        QTest::newRow("nothing alike") << u"Ποια είναι η πρωτεύουσα;"_s << u"unsure"_s;
        QTest::newRow("empty") << QString() << u"unsure"_s;
        QTest::newRow("emoji") << u"🦉🦉🦉"_s << u"unsure"_s;
        QTest::newRow("a megabyte") << QString(1 << 20, u'z') << u"unsure"_s;
    }
    void goesWhereTheMostSimilarPromptsWent()
    {
        QFETCH(const QString, prompt);
        QFETCH(const QString, port);
        const auto router = made({{"references", references()}});
        const auto decision = (*router)->decide(asked(prompt));
        QVERIFY2(kPorts.value(decision->port) == port, qPrintable(decision->why));
    }

    void saysWhichPromptsItIsLike()
    {
        const auto router = made({{"references", references()}});
        const auto same = (*router)->decide(asked(u"Why was my card charged twice?"_s));
        // What is too far off to vote is not named.
        QCOMPARE(same->why, u"billing: like “Why was my card charged twice?” (1.00)"_s);
        QVERIFY(std::abs(*same->score - 1) < 1e-5);
        const auto far = (*router)->decide(asked(u"my cat"_s));
        QCOMPARE(far->port, 2);
        QVERIFY2(far->why.contains(u"below 0.30"_s), qPrintable(far->why));
        QCOMPARE((*router)->decide(asked(u"my cat"_s), {.explained = false})->why, QString());
    }

    void theLeastSimilarityIsTheNodes()
    {
        const auto strict = made({{"references", references()}, {"minimum_similarity", 0.99}});
        QCOMPARE((*strict)->decide(asked(u"refund for my order"_s))->port, 2);
        const auto lax = made({{"references", references()}, {"minimum_similarity", 0}});
        QVERIFY((*lax)->decide(asked(u"quux"_s))->port < 2);
    }

    void asManyVoteAsTheNodeSays()
    {
        Json list = references();
        list.push_back({{"prompt", "I want a refund for my book"}, {"label", "code"}});
        list.push_back({{"prompt", "I want a refund for my shoes"}, {"label", "code"}});
        const Json config{{"references", list}, {"minimum_similarity", 0.1}};
        Json alone = config;
        alone["k"] = 1;
        const policy::Query query = asked(u"I want a refund for my order"_s);
        QCOMPARE((*made(alone))->decide(query)->port, 0);
        QCOMPARE((*made(config))->decide(query)->port, 1);
    }

    void comparesEmbeddingsOfAnEndpoint()
    {
        const Json config{{"embedder", "endpoint:cloud"},
                          {"references", Json::array({{{"prompt", "a"}, {"label", "billing"}},
                                                      {{"prompt", "b"}, {"label", "code"}}})}};
        const auto router = made(config);
        QCOMPARE((*router)->embedder(), u"endpoint:cloud"_s);
        QCOMPARE((*router)->references(), QStringList({u"a"_s, u"b"_s}));
        learning::DenseMatrix rows{.columns = 2, .values = {3, 0, 0, 5}};
        const std::vector<float> prompt{0.1F, 0.9F};
        const auto decision =
            (*router)->decide(asked(u"x"_s), {.embedding = prompt, .references = &rows});
        QCOMPARE(decision->port, 1);
        QCOMPARE(decision->why, u"code: like “b” (0.99)"_s);

        QCOMPARE((*router)->decide(asked(u"x"_s))->why,
                 u"no embedding of the prompt by “endpoint:cloud”"_s);
        QCOMPARE((*router)->decide(asked(u"x"_s))->port, 2);
        const std::vector<float> longer{0, 1, 0};
        QCOMPARE((*router)->decide(asked(u"x"_s), {.embedding = longer, .references = &rows})->port,
                 2);
        const std::vector<float> nowhere{0, 0};
        QCOMPARE(
            (*router)->decide(asked(u"x"_s), {.embedding = nowhere, .references = &rows})->port, 2);
    }

    void takesTheReferencesOfATrainedFile()
    {
        const QTemporaryDir folder;
        const QString file = test::savedWordArtifact(
            {.outputs = {u"billing"_s, u"code"_s}, .words = {{u"loop"_s, {0.2, 0.8}}}},
            folder.path());
        const learning::ArtifactShelf shelf(test::wordLearners(), {folder.path()});
        const auto router = routers::builtinRouters(shelf).create(
            u"nearest"_s, {{"source", "trained"}, {"artifact", toStdString(file)}}, kPorts);
        QVERIFY2(router, router ? "" : qPrintable(router.error().message));
        QCOMPARE((*router)->decide(asked(u"a loop"_s))->port, 1);
        QCOMPARE((*router)->decide(asked(u"quux"_s))->port, 2);
    }

    void refusesWhatIsNoListOfReferences()
    {
        QCOMPARE(made(Json::object()).error().code, ErrorCode::NeedsTraining);
        const auto incomplete = made({{"references", Json::array({{{"prompt", "a"}}})}});
        QCOMPARE(incomplete.error().code, ErrorCode::InvalidInput);
        QVERIFY(incomplete.error().message.contains(u"1"_s));
    }

private:
    static Result<std::unique_ptr<routers::Router>> made(const Json &config)
    {
        return routers::builtinRouters().create(u"nearest"_s, config, kPorts);
    }
};

QTEST_GUILESS_MAIN(TestNearestRouter)
#include "tst_nearest_router.moc"
