#include "sample_runs.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace headgate::test {

engine::RunTrace sampleTrace(const SampleRun &sample)
{
    engine::RunTrace trace;
    trace.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    trace.policyName = sample.policy;
    trace.policyVersion = u"0123456789ab"_s;
    trace.startedAt = sample.at.isValid() ? sample.at : QDateTime::currentDateTimeUtc();
    trace.query.messages.append(Message{.role = Message::Role::User, .text = u"How far?"_s});
    trace.status = engine::RunStatus::Answered;
    trace.answer = u"[simulated] 42 km"_s;
    trace.answeringModel = sample.model;
    trace.answeringHop = 0;
    trace.latency = std::chrono::milliseconds(420);
    trace.simulated = sample.simulated;
    trace.origin = sample.origin;
    trace.unknownPrices = sample.unknownPrice ? 1 : 0;
    trace.cost = Money::fromNanos(sample.unknownPrice ? 0 : sample.cost);
    if (sample.baseline) {
        trace.baseline = u"Albatross"_s;
        trace.baselineCost = Money::fromNanos(*sample.baseline);
    }
    engine::Hop hop;
    hop.node.value = u"n1"_s;
    hop.kind = u"model"_s;
    hop.title = sample.model;
    hop.askedModel = sample.model;
    hop.attempt = 1;
    hop.cost = trace.cost;
    if (sample.unknownPrice)
        hop.costOrigin = engine::CostOrigin::UnknownPrice;
    hop.end = trace.latency;
    hop.port = u"answer"_s;
    trace.hops.append(hop);
    return trace;
}

std::unique_ptr<ledger::Ledger> sampleLedger(const QString &folder, const QList<SampleRun> &runs)
{
    auto ledger = ledger::Ledger::open(folder + u"/ledger.sqlite"_s);
    if (!ledger)
        qFatal("%s", qPrintable(ledger.error().message));
    for (const SampleRun &run : runs) {
        const auto recorded = (*ledger)->record(sampleTrace(run), false);
        if (!recorded)
            qFatal("%s", qPrintable(recorded.error().message));
    }
    return std::move(*ledger);
}

} // namespace headgate::test
