#include "app/cli/recorder.h"

#include "app/cli/console.h"

namespace headgate::cli {

Result<Recorder> Recorder::open(const QString &path, const policy::PolicyDocument &document)
{
    auto opened = ledger::Ledger::open(path);
    if (!opened)
        return tl::unexpected(std::move(opened).error());
    Recorder recorder;
    recorder.m_ledger = std::move(*opened);
    recorder.m_hasCostLimit = document.limits.maxCost.has_value();
    return recorder;
}

void Recorder::record(const engine::RunTrace &trace)
{
    const auto recorded = m_ledger->record(trace, false);
    if (recorded || m_failed)
        return;
    m_failed = true;
    tell(recorded.error().message);
}

} // namespace headgate::cli
