#pragma once

#include "core/policy/policy_run.h"

#include <QHash>

namespace headgate::engine {

// The recorded results of one pin, in the order in which a run asks for them: the n-th call of a
// deployment gets the n-th that was recorded, and each later one the last. The pin outlives it.
class PinnedResults
{
public:
    explicit PinnedResults(const policy::RoutePin &pin)
        : m_pin(pin)
    {
    }

    // None: no call of this deployment was recorded.
    std::optional<policy::ModelResult> call(const policy::Model &model);
    // None: these scorers were not recorded for an answer of this model.
    std::optional<policy::ScoreResult> score(const QString &model, const Json &scorers);

private:
    const policy::RoutePin &m_pin;
    QHash<QString, qsizetype> m_asked; // how often each was
};

} // namespace headgate::engine
