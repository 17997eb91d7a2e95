#pragma once

#include "core/evaluation/outcome_table.h"
#include "core/evaluation/replay_inputs.h"
#include "core/scorers/scorer.h"

namespace headgate::evaluation {

// Recorded answers of models as the replies to the questions of a gate's scorers, one model a
// question, in their order. The columns outlive it.
class RecordedReplies
{
public:
    explicit RecordedReplies(const OutcomeTable &table)
        : m_table(&table)
    {
    }

    // `latency`: nanoseconds by row, as ReplayInputs::latency has them.
    void add(const ModelColumns &recorded, const std::vector<qint64> &latency);

    QList<Result<scorers::Reply>> at(qint32 row) const;
    // What the replies cost and took goes into the column, beside what is there.
    void bookInto(ScoreColumn &column) const;

private:
    struct Source
    {
        const ModelColumns *recorded;
        const std::vector<qint64> *latency;
    };

    const OutcomeTable *m_table;
    std::vector<Source> m_sources;
};

} // namespace headgate::evaluation
