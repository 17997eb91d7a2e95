#pragma once

#include "core/ledger/ledger.h"

namespace headgate::test {

// What a run is made of in these tests; amounts in nano-dollars.
struct SampleRun
{
    QString policy = QStringLiteral("support");
    QString model = QStringLiteral("Finch-mini");
    qint64 cost = 40'000;
    std::optional<qint64> baseline = 400'000;
    bool simulated = true;
    bool unknownPrice = false;
    engine::RunOrigin origin = engine::RunOrigin::Live;
    QDateTime at = {}; // invalid: now
};

engine::RunTrace sampleTrace(const SampleRun &sample);
// A ledger in the folder, with these runs in their order.
std::unique_ptr<ledger::Ledger> sampleLedger(const QString &folder, const QList<SampleRun> &runs);

} // namespace headgate::test
