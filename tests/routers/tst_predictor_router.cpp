#include "core/routers/router_registry.h"
#include "core/routers/task_kind.h"
#include "tests/support/word_learner.h"

#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

enum Port { Small, Medium, Large, None };
const QStringList kPorts{u"Small"_s, u"Medium"_s, u"Large"_s, u"none"_s};

// Dollars a token of the answer, which is what these tests look at.
class Figures final : public routers::ModelFigures
{
public:
    QMap<QString, double> perToken{{u"Small"_s, 1e-6}, {u"Medium"_s, 1e-5}, {u"Large"_s, 4e-5}};
    QMap<QString, std::chrono::milliseconds> latencies{
        {u"Small"_s, 300ms}, {u"Medium"_s, 900ms}, {u"Large"_s, 3100ms}};

    std::optional<Money> cost(const QString &model, qint64, qint64 output) const override
    {
        if (!perToken.contains(model))
            return std::nullopt;
        return Money::fromUsd(perToken[model] * double(output)).value();
    }
    std::optional<std::chrono::nanoseconds> latency(const QString &model) const override
    {
        return latencies.contains(model) ? std::optional(latencies[model]) : std::nullopt;
    }
};

policy::Query asked(const QString &prompt, const Json &metadata = Json::object())
{
    return {.messages = {{.role = Message::Role::User, .text = prompt}}, .metadata = metadata};
}

Json measured()
{
    return {{"models", {"Small", "Medium", "Large"}},
            {"measured", Json::array({{{"model", "Small"}, {"quality", 0.6}},
                                      {{"model", "Medium"}, {"quality", 0.8}},
                                      {{"model", "Large"}, {"quality", 0.9}}})}};
}

Json with(Json config, const char *key, const Json &value)
{
    config[key] = value;
    return config;
}

} // namespace

class TestPredictorRouter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void weighsQualityAgainstMoneyAndTime_data()
    {
        QTest::addColumn<Json>("extra");
        QTest::addColumn<int>("port");
        const auto row = [](const char *name, const Json &extra, int port) {
            QTest::newRow(name) << extra << port;
        };
        // Of 300 tokens: $0.0003, $0.003 and $0.012.
        row("quality alone", Json::object(), Large);
        row("a dollar for a right answer", {{"willingness_usd", 1}}, Large);
        row("five cents", {{"willingness_usd", 0.05}}, Medium); // 40 - 3 > 45 - 12, in tenths of c
        row("a cent", {{"willingness_usd", 0.01}}, Small);
        row("a second is dear", {{"willingness_usd", 1}, {"second_usd", 0.1}}, Medium);
        row("shorter answers cost less",
            {{"willingness_usd", 0.05}, {"answer_tokens", 30}}, Large);
        row("weights of before", {{"cost_weight", 20}}, Medium);
        row("dollars go before weights", {{"cost_weight", 20}, {"willingness_usd", 1}}, Large);
        row("seconds by weight", {{"latency_weight", 0.4}}, Small);
    }
    void weighsQualityAgainstMoneyAndTime()
    {
        QFETCH(const Json, extra);
        QFETCH(const int, port);
        Json config = measured();
        config.update(extra);
        const auto decision = decide(config);
        QVERIFY2(decision->port == port, qPrintable(decision->why));
    }

    void saysWhichLimitRemovedWhom()
    {
        const auto dear = decide(with(measured(), "max_cost_usd", 0.01));
        QCOMPARE(dear->port, int(Medium));
        QCOMPARE(dear->why, u"Medium: quality 0.80, $0.003, 0.9 s; Large: $0.012 > $0.01"_s);
        QCOMPARE(dear->score, std::optional(0.8));
        const auto slow = decide(with(measured(), "max_latency_s", 0.5));
        QCOMPARE(slow->port, int(Small));
        QCOMPARE(slow->why, u"Small: quality 0.60, $0.0003, 0.3 s; Medium: 0.9 s > 0.5 s; "
                            u"Large: 3.1 s > 0.5 s"_s);
        const auto denied = decide(with(measured(), "deny", {"Large"}));
        QCOMPARE(denied->why, u"Medium: quality 0.80, $0.003, 0.9 s; Large: denied"_s);
        const auto allowed = decide(with(measured(), "allow", {"Small"}));
        QCOMPARE(allowed->why,
                 u"Small: quality 0.60, $0.0003, 0.3 s; Medium: not allowed; Large: not allowed"_s);
        const auto none = decide(with(measured(), "max_cost_usd", 0.0001));
        QCOMPARE(none->port, int(None));
        QCOMPARE(none->why, u"no candidate is left; Small: $0.0003 > $0.0001; Medium: $0.003 > "
                            u"$0.0001; Large: $0.012 > $0.0001"_s);
        QVERIFY(!none->score);
    }

    void aQuerysOwnLimitsHoldToo()
    {
        const Json metadata{{"max_cost_usd", 0.005}, {"deny", {"Small"}}};
        const auto own = decide(measured(), u"x"_s, metadata);
        QCOMPARE(own->port, int(Medium));
        // The tighter one of both.
        const auto both = decide(with(measured(), "max_cost_usd", 0.001), u"x"_s,
                                 {{"max_cost_usd", 0.005}});
        QCOMPARE(both->port, int(Small));
        // By the provider's id as well.
        QCOMPARE(decide(measured(), u"x"_s, {{"allow", {"vendor/medium"}}})->port, int(Medium));
        // Nonsense is no limit.
        QCOMPARE(decide(measured(), u"x"_s,
                        {{"max_cost_usd", "cheap"}, {"max_latency_s", -1}, {"deny", 5}})
                     ->port,
                 int(Large));
    }

    void aPriceThatIsNotKnownIsNeverZero()
    {
        Figures figures;
        figures.perToken.remove(u"Large"_s);
        const auto limited =
            decide(with(measured(), "max_cost_usd", 1), u"x"_s, Json::object(), &figures);
        QCOMPARE(limited->port, int(Medium));
        QVERIFY2(limited->why.endsWith(u"Large: price not known"_s), qPrintable(limited->why));
        // Where money counts it stands back; where only quality does, it may be the best.
        QCOMPARE(decide(with(measured(), "willingness_usd", 100), u"x"_s, Json::object(), &figures)
                     ->port,
                 int(Medium));
        QCOMPARE(decide(measured(), u"x"_s, Json::object(), &figures)->port, int(Large));
        figures.perToken.clear();
        const auto unpriced =
            decide(with(measured(), "willingness_usd", 1), u"x"_s, Json::object(), &figures);
        QCOMPARE(unpriced->port, int(Large));
        QCOMPARE(unpriced->why, u"Large: quality 0.90, price not known, 3.1 s"_s);
    }

    void aSpeedThatWasNeverMeasuredIsTriedAndOneOfTheNodeHelps()
    {
        Figures figures;
        figures.latencies.remove(u"Large"_s);
        Json config = with(measured(), "max_latency_s", 1);
        QCOMPARE(decide(config, u"x"_s, Json::object(), &figures)->port, int(Large));
        config["latencies"] = Json::array({{{"model", "Large"}, {"seconds", 2}}});
        const auto told = decide(config, u"x"_s, Json::object(), &figures);
        QCOMPARE(told->port, int(Medium));
        QVERIFY2(told->why.contains(u"Large: 2 s > 1 s"_s), qPrintable(told->why));
        // What was measured goes before what the node says.
        QVERIFY(decide(config)->why.contains(u"Large: 3.1 s > 1 s"_s));
    }

    void theAnswerIsNoLongerThanTheModelMayMakeIt()
    {
        m_models[2].parameters = {{"max_tokens", 10}};
        const auto short_ = decide(with(measured(), "max_cost_usd", 0.001));
        m_models[2].parameters = Json::object();
        QCOMPARE(short_->port, int(Large));
    }

    void scoresGoByTheKindOfTask()
    {
        const auto score = [](const char *model, const char *task, double quality) {
            return Json{{"model", model}, {"task", task}, {"quality", quality}};
        };
        const Json config{{"estimator", "static"},
                          {"scores", Json::array({score("Small", "any", 0.7),
                                                  score("Medium", "any", 0.6),
                                                  score("Large", "any", 0.5),
                                                  score("Large", "code", 0.9)})}};
        QCOMPARE(decide(config, u"Who wrote Faust?"_s)->port, int(Small));
        const auto code = decide(config, u"```cpp\nint main() { return 0; }\n```"_s);
        QCOMPARE(code->port, int(Large));
        QVERIFY2(code->why.startsWith(u"Large: quality 0.90 (code)"_s), qPrintable(code->why));
    }

    void tellsKindsOfTaskApart()
    {
        using routers::taskKindOf;
        QCOMPARE(taskKindOf(u"Why does this fail?\n```python\nprint(f(2))\n```", 20), u"code"_s);
        QCOMPARE(taskKindOf(u"Compute $\\int_0^1 x^2 \\, dx$ and $\\sum_{n=1}^{5} n^2$.", 20),
                 u"math"_s);
        QCOMPARE(taskKindOf(u"Which one is a bird?\nA. dog\nB. owl\nC. cat\nD. cow\nAnswer:", 20),
                 u"choice"_s);
        QCOMPARE(taskKindOf(u"Wie heißt die Hauptstadt von Frankreich, und warum ist sie es?", 20),
                 u"other_language"_s);
        QCOMPARE(taskKindOf(u"Tell me about the history of the canal.", 2001), u"long"_s);
        QCOMPARE(taskKindOf(u"Tell me about the history of the canal.", 20), u"any"_s);
        QCOMPARE(taskKindOf(QString(), 0), u"any"_s);
    }

    void aTrainedFileTellsTheQualityOfEachQuery()
    {
        const QTemporaryDir folder;
        // By names of the policy and by the providers' ids, in any order.
        const QString file = test::savedWordArtifact(
            {.kind = learning::TargetKind::Qualities,
             .outputs = {u"Large"_s, u"vendor/medium"_s, u"Small"_s, u"Other"_s},
             .words = {{u"prove"_s, {0.9, 0.5, 0.2, 1}}, {u"hello"_s, {0.8, 0.8, 0.8, 1}}}},
            folder.path());
        m_shelf = learning::ArtifactShelf(test::wordLearners(), {folder.path()});
        Json config{{"estimator", "learned"}, {"artifact", toStdString(file)}};
        config["willingness_usd"] = 0.1;
        QCOMPARE(decide(config, u"prove it"_s)->port, int(Large));
        QCOMPARE(decide(config, u"hello"_s)->port, int(Small));
        const auto far = decide(config, u"quux"_s);
        QCOMPARE(far->port, int(None));
        QCOMPARE(far->why, u"unlike what it was trained on (familiarity 0.01)"_s);
    }

    void refusesCandidatesOfNoKnownQuality()
    {
        Json config = measured();
        config["measured"].erase(2);
        const auto unmeasured = made(config);
        QCOMPARE(unmeasured.error().code, ErrorCode::NeedsTraining);
        QVERIFY(unmeasured.error().message.contains(u"Large"_s));

        const QTemporaryDir folder;
        m_shelf = learning::ArtifactShelf(test::wordLearners(), {folder.path()});
        const QString file = test::savedWordArtifact(
            {.kind = learning::TargetKind::Qualities, .outputs = {u"Small"_s, u"Large"_s}},
            folder.path());
        const auto unknown = made({{"estimator", "learned"}, {"artifact", toStdString(file)}});
        QCOMPARE(unknown.error().code, ErrorCode::InvalidInput);
        QVERIFY2(unknown.error().message.contains(u"“Medium”"_s),
                 qPrintable(unknown.error().message));
        const QString labels = test::savedWordArtifact({.outputs = {u"Small"_s}}, folder.path());
        const auto classifier = made({{"estimator", "learned"}, {"artifact", toStdString(labels)}});
        QVERIFY2(classifier.error().message.contains(u"tells labels of prompts apart"_s),
                 qPrintable(classifier.error().message));
    }

private:
    Result<std::unique_ptr<routers::Router>> made(const Json &config) const
    {
        return routers::builtinRouters(m_shelf).create(u"predictor"_s, config, kPorts, m_models);
    }
    Result<routers::Decision> decide(const Json &config, const QString &prompt = u"x"_s,
                                     const Json &metadata = Json::object(),
                                     const Figures *figures = nullptr) const
    {
        const Figures usual;
        const auto router = made(config);
        if (!router)
            return tl::unexpected(router.error());
        return (*router)->decide(asked(prompt, metadata), {.models = figures ? figures : &usual});
    }

    QList<policy::Model> m_models{{.name = u"Small"_s, .model = u"vendor/small"_s},
                                  {.name = u"Medium"_s, .model = u"vendor/medium"_s},
                                  {.name = u"Large"_s, .model = u"vendor/large"_s}};
    learning::ArtifactShelf m_shelf;
};

QTEST_GUILESS_MAIN(TestPredictorRouter)
#include "tst_predictor_router.moc"
