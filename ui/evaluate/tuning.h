#pragma once

#include "core/evaluation/datasets/dataset.h"
#include "core/evaluation/metrics/estimate.h"
#include "core/evaluation/optimizer/cascade_choice.h"
#include "core/evaluation/outcome_reader.h"

#include <QList>

#include <memory>

namespace headgate::ui {

// Outcomes of a file or a data set, ready to be tuned on: what is searched, what chooses, what is
// read at the end.
struct LoadedOutcomes
{
    QString name;                                          // of the file or the data set
    std::optional<evaluation::DatasetSummary> dataset;     // none: they are of a file
    std::shared_ptr<const evaluation::OutcomeTable> table; // null: nothing was recorded yet
    evaluation::CascadeColumns train;
    evaluation::CascadeColumns validation;
    evaluation::CascadeColumns test;
    // Bytes of UTF-8 that all prompts begin with: an instruction that tells nothing of a case. Ends
    // behind a line or a word.
    qsizetype commonPrefix = 0;

    qsizetype incomplete() const
    {
        return train.incomplete + validation.incomplete + test.incomplete;
    }
};

// Splits a table and lays it out. Takes a while, as the next one; call them off the GUI thread.
Result<std::shared_ptr<LoadedOutcomes>> prepareOutcomes(const QString &name,
                                                        evaluation::OutcomeTable table);
// Reads a file, and prepares what it holds.
Result<std::shared_ptr<const LoadedOutcomes>>
loadOutcomes(const QString &path, const evaluation::ReadProgress &progress, std::stop_token stop);

// One cascade beside another on the same rows.
struct CascadeComparison
{
    qsizetype rows = 0;
    double quality = 0;              // of the new one, mean in [0, 1]
    double costPer1k = 0;            // of the new one, US dollars
    double saving = 0;               // share of the other's cost; negative: it costs more
    evaluation::Estimate difference; // of mean quality, new minus other
    std::vector<double> shares;      // by stage of the new one
    // More rows that a difference of this size would need to tell from 0 at 95 %; none: it does.
    std::optional<qint64> rowsNeeded;
};

// The interval is the bootstrap's (metrics/bootstrap.h), on more than 5,000 rows the normal one
// that it comes to there, so that a comparison keeps up with a hand that drags.
CascadeComparison compareCascades(const evaluation::CascadeColumns &columns,
                                  const evaluation::Cascade &cascade,
                                  const evaluation::Cascade &other);

// "small → large", with the thresholds where asked for.
QString cascadeName(const evaluation::CascadeColumns &columns, const evaluation::Cascade &cascade);

} // namespace headgate::ui
