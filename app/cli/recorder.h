#pragma once

#include "core/ledger/ledger.h"
#include "core/policy/policy_document.h"

namespace headgate::cli {

// Writes runs to the ledger and tells, once, when that fails.
class Recorder
{
public:
    static Result<Recorder> open(const QString &path, const policy::PolicyDocument &document);

    // Notes that a query is about to be sent, so that a crash shows.
    void begin(const engine::RunTrace &trace);
    // With texts only where the policy says so.
    void record(const engine::RunTrace &trace);
    bool failed() const { return m_failed; }
    // With a cost limit nothing is spent that cannot be recorded.
    bool mustStop() const { return m_failed && m_hasCostLimit; }

private:
    void note(const Result<> &result);

    std::unique_ptr<ledger::Ledger> m_ledger;
    bool m_hasCostLimit = false;
    bool m_keepsTexts = false;
    bool m_failed = false;
};

} // namespace headgate::cli
