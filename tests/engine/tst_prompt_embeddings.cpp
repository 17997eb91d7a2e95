#include "tests/engine/engine_fixture.h"

#include "core/engine/pin_check.h"

#include <QTimer>

using namespace headgate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::EmbeddedTexts;
using engine::Hop;
using engine::RunStatus;
using engine::RunTrace;
using test::answers;
using test::node;
using test::told;
using test::wire;

namespace {

// To "near" where the first number of the embedding is positive, else to "far"; where there is no
// embedding, to "unsure".
class SignRouter : public routers::Router
{
public:
    QString embedder() const override { return u"vectors"_s; }
    Result<routers::Decision> decide(const policy::Query &,
                                     const routers::RouterInputs &inputs) const override
    {
        if (inputs.embedding.empty())
            return routers::Decision{2, u"no embedding"_s, {}};
        return routers::Decision{inputs.embedding[0] > 0 ? 0 : 1, u"by its sign"_s, {}};
    }
};

// To "near" where the prompt lies on the side of the first reference.
class SideRouter final : public SignRouter
{
public:
    QStringList references() const override { return {u"this side"_s, u"that side"_s}; }
    Result<routers::Decision> decide(const policy::Query &,
                                     const routers::RouterInputs &inputs) const override
    {
        if (inputs.embedding.empty() || !inputs.references)
            return routers::Decision{2, u"no embedding"_s, {}};
        const bool same = (inputs.embedding[0] > 0) == (inputs.references->row(0)[0] > 0);
        return routers::Decision{same ? 0 : 1, u"by its side"_s, {}};
    }
};

template<typename Kind>
routers::RouterRegistry with()
{
    routers::RouterRegistry registry;
    registry.add(u"split"_s,
                 [](const routers::RouterParts &) -> Result<std::unique_ptr<routers::Router>> {
                     return std::make_unique<Kind>();
                 });
    return registry;
}

// query -> split -> (near) small, (far and unsure) large -> answer
policy::PolicyDocument document()
{
    policy::PolicyDocument document = test::cascade();
    const Json branches =
        Json::array({Json{{"name", "near"}, {"weight", 1}}, Json{{"name", "far"}, {"weight", 1}},
                     Json{{"name", "unsure"}, {"weight", 1}}});
    document.nodes = {
        node(u"in"_s, u"query"_s), node(u"where"_s, u"split"_s, {{"branches", branches}}),
        node(u"first"_s, u"model"_s, test::callOf(u"small"_s)),
        node(u"second"_s, u"model"_s, test::callOf(u"large"_s)), node(u"out"_s, u"answer"_s)};
    document.wires = {
        wire(u"in"_s, u"query"_s, u"where"_s),   wire(u"where"_s, u"near"_s, u"first"_s),
        wire(u"where"_s, u"far"_s, u"second"_s), wire(u"where"_s, u"unsure"_s, u"second"_s),
        wire(u"first"_s, u"answer"_s, u"out"_s), wire(u"second"_s, u"answer"_s, u"out"_s)};
    return document;
}

class FakeEmbedder final : public engine::TextEmbedder
{
public:
    explicit FakeEmbedder(test::FakeClock &clock)
        : m_clock(clock)
    {
    }
    QCoro::Task<Result<EmbeddedTexts>> embed(QString embedder, QStringList texts,
                                             std::stop_token stop) override
    {
        asked.append(embedder + u": "_s + texts.join(u" | "_s));
        if (hangs) {
            auto wait = m_system.sleep(60s, stop);
            co_await wait;
        }
        m_clock.advance(40ms);
        if (reply && texts.size() > 1) {
            EmbeddedTexts several = *reply;
            several.vectors = {1, {-1.0F, 1.0F}};
            co_return several;
        }
        co_return Result<EmbeddedTexts>(reply); // what is returned by name is moved from
    }

    Result<EmbeddedTexts> reply = EmbeddedTexts{};
    bool hangs = false;
    QStringList asked;

private:
    test::FakeClock &m_clock;
    SystemClock m_system;
};

struct Bench : test::EngineFixture
{
    Bench()
    {
        a->script(u"small-id"_s, {answers(u"small says"_s)});
        b->script(u"large-id"_s, {answers(u"large says"_s)});
        runner.setEmbedder(&embedder);
    }
    RunTrace ask(std::stop_token stop = {},
                 const routers::RouterRegistry &routers = with<SignRouter>())
    {
        auto policy =
            engine::PreparedPolicy::prepare(document(), routers, scorers::builtinScorers());
        if (!policy)
            qFatal("%s", qPrintable(policy.error().message));
        auto task = runner.run(*policy, test::query(u"How far?"_s), std::move(stop), {});
        return QCoro::waitFor(task);
    }
    FakeEmbedder embedder{clock};
};

EmbeddedTexts calledFor(const std::vector<float> &vector)
{
    EmbeddedTexts embedded;
    embedded.vectors = {qsizetype(vector.size()), vector};
    embedded.called = true;
    embedded.provider = u"a"_s;
    embedded.model = u"embed-3"_s;
    embedded.servedModel = u"embed-3-small"_s;
    embedded.usage.freshInput = 12;
    embedded.reportedCost = Money::fromNanos(240);
    return embedded;
}

} // namespace

class TestPromptEmbeddings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRouterDecidesByTheEmbedding()
    {
        Bench bench;
        bench.embedder.reply = calledFor({-0.5F, 1.0F});
        const RunTrace trace = bench.ask();
        QCOMPARE(trace.status, RunStatus::Answered);
        QCOMPARE(trace.answeringModel, u"large"_s);
        QCOMPARE(bench.embedder.asked, QStringList{u"vectors: How far?"_s});
        QCOMPARE(told(trace), u"where vectors #1\nwhere > far\nsecond large #1 > answer\nout"_s);
    }

    void theCallIsAHopWithItsCostAndTime()
    {
        Bench bench;
        bench.embedder.reply = calledFor({1.0F});
        const RunTrace trace = bench.ask();
        const Hop &call = trace.hops.first();
        QCOMPARE(call.kind, QString(engine::kEmbeddingCall));
        QCOMPARE(call.provider, u"a"_s);
        QCOMPARE(call.chosenModel, u"embed-3"_s);
        QCOMPARE(call.servedModel, u"embed-3-small"_s);
        QCOMPARE(call.usage.freshInput, 12);
        QCOMPARE(call.costOrigin, engine::CostOrigin::ProviderReported);
        QCOMPARE(call.cost, Money::fromNanos(240));
        QCOMPARE(call.end - call.start, 40ms);
        QVERIFY(!call.discarded);
        QVERIFY(!call.asksForAnswer());
        QCOMPARE(trace.cost, trace.hops[2].cost + Money::fromNanos(240));
        QCOMPARE(bench.runner.traffic().budget.spent(), trace.cost);
        QCOMPARE(engine::pathText(trace), u"Query › where › first"_s);
    }

    void theLimitsCountIt()
    {
        Bench bench;
        bench.embedder.reply = calledFor({1.0F});
        bench.embedder.reply->reportedCost = Money::fromNanos(999'000'000);
        policy::PolicyDocument limited = document();
        limited.limits.maxCost = Money::fromNanos(1'000'000'000); // 1 USD
        auto policy =
            engine::PreparedPolicy::prepare(limited, with<SignRouter>(), scorers::builtinScorers());
        QVERIFY(policy);
        auto task = bench.runner.run(*policy, test::query(u"How far?"_s), {}, {});
        const RunTrace trace = QCoro::waitFor(task);
        QCOMPARE(trace.status, RunStatus::Failed); // what is left does not bound the call any more
        QCOMPARE(bench.a->requests().size(), 0);
    }

    void whatIsKnownAlreadyIsFreeAndNoHop()
    {
        Bench bench;
        bench.embedder.reply = EmbeddedTexts{.vectors = {1, {2.0F}}};
        const RunTrace trace = bench.ask();
        QCOMPARE(told(trace), u"where > near\nfirst small #1 > answer\nout"_s);
    }

    void referencesAreAskedForOnce()
    {
        Bench bench;
        bench.embedder.reply = calledFor({-0.5F});
        const RunTrace first = bench.ask({}, with<SideRouter>());
        QCOMPARE(
            told(first),
            u"where vectors #1\nwhere vectors #1\nwhere > near\nfirst small #1 > answer\nout"_s);
        const RunTrace second = bench.ask({}, with<SideRouter>());
        QCOMPARE(told(second), u"where vectors #1\nwhere > near\nfirst small #1 > answer\nout"_s);
        QCOMPARE(bench.embedder.asked,
                 (QStringList{u"vectors: this side | that side"_s, u"vectors: How far?"_s,
                              u"vectors: How far?"_s}));
        QCOMPARE(first.cost, second.cost + Money::fromNanos(240));
    }

    void tooFewVectorsAreAFailure()
    {
        Bench bench;
        bench.embedder.reply = calledFor({});
        const RunTrace trace = bench.ask();
        QCOMPARE(trace.hops.first().failureClass, u"embedder"_s);
        QCOMPARE(trace.hops[1].port, u"unsure"_s);
    }

    void theRouterMeetsAFailureAsItCan()
    {
        Bench bench;
        bench.embedder.reply = fail(ErrorCode::Network, u"Nobody there."_s);
        const RunTrace trace = bench.ask();
        QCOMPARE(told(trace),
                 u"where vectors #1 !embedder\nwhere > unsure\nsecond large #1 > answer\nout"_s);
        QCOMPARE(trace.hops.first().error, u"Nobody there."_s);
        QCOMPARE(trace.hops[1].why, u"no embedding"_s);
    }

    void aRunnerWithoutEmbedderSaysSo()
    {
        Bench bench;
        bench.runner.setEmbedder(nullptr);
        const RunTrace trace = bench.ask();
        QCOMPARE(trace.status, RunStatus::Answered);
        QCOMPARE(trace.hops.first().failureClass, u"embedder"_s);
        QVERIFY(!trace.hops.first().error.isEmpty());
    }

    void stoppingEndsTheWaitForIt()
    {
        Bench bench;
        bench.embedder.hangs = true;
        std::stop_source stop;
        QTimer::singleShot(20, [&stop] { stop.request_stop(); });
        const RunTrace trace = bench.ask(stop.get_token());
        QCOMPARE(trace.status, RunStatus::Cancelled);
        QCOMPARE(bench.a->requests().size() + bench.b->requests().size(), 0);
    }

    void aPinCannotBeCheckedWithoutIt()
    {
        Bench bench;
        bench.embedder.reply = calledFor({1.0F});
        const RunTrace trace = bench.ask();
        policy::PolicyDocument pinned = document();
        const auto pin = engine::makePin(trace, pinned, u"p1"_s, u"How far?"_s);
        QVERIFY(pin);
        QCOMPARE(pin->calls.size(), 1);
        pinned.pins = {*pin};
        const auto outcomes =
            engine::checkPins(pinned, with<SignRouter>(), bench.catalog, QDate(2026, 11, 25));
        QCOMPARE(outcomes.size(), 1);
        QCOMPARE(outcomes[0].state, engine::PinOutcome::State::Unknown);
        QVERIFY2(outcomes[0].sentence.contains("embedding"_L1), qPrintable(outcomes[0].sentence));
    }
};

QTEST_GUILESS_MAIN(TestPromptEmbeddings)
#include "tst_prompt_embeddings.moc"
