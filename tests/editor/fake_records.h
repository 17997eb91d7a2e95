#pragma once

#include "ui/common/run_records.h"

#include <QPromise>

namespace headgate::test {

// Records that the test hands out. Answers come at once, from the lists below.
class FakeRecords final : public ui::RunRecords
{
public:
    QList<engine::RunTrace> sessionRuns(const QString &policyName) const override
    {
        QList<engine::RunTrace> runs;
        for (const engine::RunTrace &run : session) {
            if (run.policyName == policyName)
                runs.prepend(run);
        }
        return runs;
    }
    QFuture<Result<ledger::Flow>> flow(const ledger::SpendFilter &filter) override
    {
        flowFilters.append(filter);
        if (held)
            return held->future();
        ledger::Flow found;
        for (const engine::RunTrace &run : std::as_const(recorded)) {
            if (takes(filter, run))
                found.add(run);
        }
        return ready(found);
    }
    QFuture<Result<ledger::GateScores>> gateScores(const ledger::GateFilter &filter) override
    {
        ledger::GateScores found;
        for (const engine::RunTrace &run : std::as_const(recorded)) {
            if (takes(filter.runs, run))
                found.add(run, filter.gate, filter.scorers);
        }
        found.finish();
        return ready(found);
    }
    QFuture<Result<QList<ledger::RunSummary>>> runs(const ledger::SpendFilter &filter,
                                                    int limit) override
    {
        QList<ledger::RunSummary> found;
        for (const engine::RunTrace &run : std::as_const(recorded)) {
            if (!takes(filter, run) || found.size() == limit)
                continue;
            ledger::RunSummary summary;
            summary.id = run.id;
            summary.path = engine::pathText(run);
            summary.status = run.status;
            found.prepend(summary);
        }
        return ready(found);
    }
    QFuture<Result<engine::RunTrace>> run(const QString &id) override
    {
        for (const engine::RunTrace &run : std::as_const(recorded)) {
            if (run.id == id)
                return ready(run);
        }
        return QtFuture::makeReadyFuture(
            Result<engine::RunTrace>(fail(ErrorCode::NotFound, QStringLiteral("Not there."))));
    }
    const catalog::ModelCatalog &catalog() override { return m_catalog; }

    void add(const engine::RunTrace &run)
    {
        session.append(run);
        recorded.append(run);
        Q_EMIT changed();
    }

    QList<engine::RunTrace> session;
    QList<engine::RunTrace> recorded;
    QList<ledger::SpendFilter> flowFilters;
    // Where it is set, flows come when the test finishes it.
    std::shared_ptr<QPromise<Result<ledger::Flow>>> held;

private:
    template<typename Value>
    static QFuture<Result<Value>> ready(const Value &value)
    {
        return QtFuture::makeReadyFuture(Result<Value>(value));
    }
    static bool takes(const ledger::SpendFilter &filter, const engine::RunTrace &run)
    {
        return run.policyName == filter.policyName && run.simulated == filter.simulated &&
               (!filter.from.isValid() || run.startedAt >= filter.from);
    }

    catalog::ModelCatalog m_catalog;
};

// A simulated run of test::cascade() that its gate scored; at the threshold of 0.6 it is accepted,
// or goes on to the large model.
inline engine::RunTrace cascadeRun(const QString &id, double score)
{
    using namespace Qt::StringLiterals;
    const auto hop = [](const QString &node, const QString &kind, const QString &title,
                        const QString &port) {
        engine::Hop made;
        made.node = {node};
        made.kind = kind;
        made.title = title;
        made.port = port;
        return made;
    };
    const auto call = [&hop](const QString &node, const QString &title, const QString &model,
                             const QString &chosen, qint64 nanos) {
        engine::Hop made = hop(node, u"model"_s, title, u"answer"_s);
        made.askedModel = model;
        made.provider = u"sim-fleet"_s;
        made.chosenModel = chosen;
        made.attempt = 1;
        made.end = std::chrono::milliseconds(400);
        made.usage.freshInput = 100;
        made.usage.output = 20;
        made.cost = Money::fromNanos(nanos);
        return made;
    };
    const bool accepted = score >= 0.6;
    engine::Hop gate = hop(u"g"_s, u"gate"_s, u"Gate 1"_s, accepted ? u"accept"_s : u"escalate"_s);
    gate.score = score;
    gate.threshold = 0.6;
    gate.scorers = engine::scorersMark({{{"kind", "log_probability"}, {"weight", 1}}});
    engine::RunTrace run;
    run.id = id;
    run.policyName = u"support"_s;
    run.startedAt = QDateTime::currentDateTimeUtc();
    run.query.messages = {Message{.role = Message::Role::User, .text = u"Why "_s + id}};
    run.status = engine::RunStatus::Answered;
    run.simulated = true;
    run.hops = {call(u"s"_s, u"Small"_s, u"small"_s, u"finch"_s, 40'000), gate};
    if (!accepted)
        run.hops.append(call(u"l"_s, u"Large"_s, u"large"_s, u"heron"_s, 400'000));
    run.hops.append(hop(u"a"_s, u"answer"_s, u"Answer"_s, {}));
    run.answeringHop = run.hops.size() - 2;
    for (const engine::Hop &each : std::as_const(run.hops))
        run.cost += each.cost;
    run.latency = std::chrono::milliseconds(accepted ? 400 : 800);
    return run;
}

} // namespace headgate::test
