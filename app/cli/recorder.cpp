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
    recorder.m_keepsTexts = document.keepTexts;
    recorder.m_hasCostLimit = document.limits.maxCost.has_value();
    return recorder;
}

void Recorder::begin(const engine::RunTrace &trace)
{
    note(m_ledger->begin(trace));
}

void Recorder::record(const engine::RunTrace &trace)
{
    note(m_ledger->record(trace, m_keepsTexts));
}

void Recorder::note(const Result<> &result)
{
    if (result || m_failed)
        return;
    m_failed = true;
    tell(result.error().message);
}

} // namespace headgate::cli
