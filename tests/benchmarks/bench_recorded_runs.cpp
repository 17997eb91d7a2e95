// What the drawing asks of recorded runs while the user waits: the shares and the cost of a gate at
// each step of a drag, beside a recount of all scores, and the check of a thousand pinned paths.

#include "core/engine/pin_check.h"
#include "core/ledger/gate_scores.h"
#include "tests/support/policy_builder.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;

namespace {

constexpr int kScores = 100'000;
constexpr int kPins = 1000;
constexpr double kFrameMs = 16.7;

template<typename Work>
double microsecondsOf(int rounds, Work &&work)
{
    QElapsedTimer timer;
    timer.start();
    for (int round = 0; round < rounds; ++round)
        work(double(round % 101) / 100);
    return double(timer.nsecsElapsed()) / 1e3 / rounds;
}

QList<ledger::GateScores::Sample> samples()
{
    QRandomGenerator random(7);
    QList<ledger::GateScores::Sample> made;
    for (int i = 0; i < kScores; ++i) {
        const double score = random.generateDouble();
        made.append({.score = score,
                     .accepted = score >= 0.6,
                     .before = Money::fromNanos(random.bounded(50'000)),
                     .after = Money::fromNanos(score >= 0.6 ? 0 : random.bounded(900'000))});
    }
    return made;
}

// The same estimate, counted anew.
Money recounted(const QList<ledger::GateScores::Sample> &all, double threshold)
{
    qint64 accepted = 0, acceptedRuns = 0;
    double before = 0, afterAccept = 0, afterEscalate = 0;
    for (const auto &sample : all) {
        accepted += sample.score >= threshold;
        acceptedRuns += sample.accepted;
        before += double(sample.before.nanos());
        (sample.accepted ? afterAccept : afterEscalate) += double(sample.after.nanos());
    }
    const double count = double(all.size());
    const double share = double(accepted) / count;
    return Money::fromNanos(
        qint64(std::llround(before / count + share * afterAccept / double(acceptedRuns) +
                            (1 - share) * afterEscalate / (count - double(acceptedRuns)))));
}

policy::PolicyDocument pinnedPolicy()
{
    policy::PolicyDocument document = tests::threeStageCascade().document();
    const Json scorers = document.node({u"gate"_s})->config["scorers"];
    const auto call = [&document](const QString &name) {
        const policy::Model &model = *document.model(name);
        return policy::PinnedCall{.model = name,
                                  .provider = model.provider,
                                  .modelId = model.model,
                                  .ok = true,
                                  .cost = Money::fromNanos(1000)};
    };
    for (int i = 0; i < kPins; ++i) {
        policy::RoutePin pin;
        pin.id = u"p%1"_s.arg(i);
        pin.name = u"Query %1"_s.arg(i);
        pin.query.messages = {Message{.role = Message::Role::User, .text = pin.name}};
        const bool second = i % 2 == 0;
        pin.path = {{{u"small"_s}, u"answer"_s},
                    {{u"gate"_s}, u"escalate"_s},
                    {{u"medium"_s}, u"answer"_s}};
        pin.calls = {call(u"small"_s), call(u"medium"_s)};
        pin.scores = {{.model = u"small"_s, .scorers = scorers, .score = 0.3},
                      {.model = u"medium"_s, .scorers = scorers, .score = second ? 0.2 : 0.9}};
        if (second) {
            pin.path.append({{u"gate2"_s}, u"escalate"_s});
            pin.path.append({{u"large"_s}, u"answer"_s});
            pin.calls.append(call(u"large"_s));
        } else {
            pin.path.append({{u"gate2"_s}, u"accept"_s});
        }
        pin.path.append({{u"answer"_s}, QString()});
        document.pins.append(pin);
    }
    return document;
}

} // namespace

class BenchRecordedRuns final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aThresholdIsDragged()
    {
        const QList<ledger::GateScores::Sample> all = samples();
        ledger::GateScores scores;
        QElapsedTimer made;
        made.start();
        for (const auto &sample : all)
            scores.add(sample);
        scores.finish();
        const double once = double(made.nsecsElapsed()) / 1e6;
        for (const double threshold : {0.0, 0.37, 0.6, 1.0})
            QCOMPARE(scores.costAt(threshold), recounted(all, threshold));
        const double searched = microsecondsOf(100'000, [&scores](double threshold) {
            (void)scores.acceptedShareAt(threshold);
            (void)scores.costAt(threshold);
        });
        const double naive =
            microsecondsOf(200, [&all](double threshold) { (void)recounted(all, threshold); });
        qInfo("%d scores: %.3f us a step of the drag, %.0f times as fast as a recount (%.0f us); "
              "%.5f of a frame; %.1f ms once to take in and sort",
              kScores, searched, naive / searched, naive, searched / 1e3 / kFrameMs, once);
    }

    void aThousandPinsAreChecked()
    {
        const policy::PolicyDocument document = pinnedPolicy();
        const auto check = [&document] {
            return engine::checkPins(document, routers::builtinRouters(), catalog::ModelCatalog(),
                                     QDate(2026, 11, 24));
        };
        const auto outcomes = check();
        QCOMPARE(outcomes.size(), kPins);
        for (const engine::PinOutcome &outcome : outcomes)
            QVERIFY2(outcome.state == engine::PinOutcome::State::Holds,
                     qPrintable(outcome.sentence));
        const double all = microsecondsOf(20, [&check](double) { (void)check(); });
        policy::PolicyDocument one = document;
        one.pins.resize(1);
        const double single = microsecondsOf(200, [&one](double) {
            (void)engine::checkPins(one, routers::builtinRouters(), catalog::ModelCatalog(),
                                    QDate(2026, 11, 24));
        });
        qInfo("%d pins: %.2f ms, %.1f us a pin; one pin with preparing the policy: %.0f us", kPins,
              all / 1e3, all / kPins, single);
    }
};

QTEST_GUILESS_MAIN(BenchRecordedRuns)
#include "bench_recorded_runs.moc"
