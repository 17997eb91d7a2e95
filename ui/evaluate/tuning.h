#pragma once

#include "core/evaluation/datasets/dataset.h"
#include "core/evaluation/optimizer/cascade_choice.h"
#include "core/evaluation/outcome_reader.h"

#include <memory>

namespace headgate::ui {

// Outcomes of a file or a data set, ready to be tuned on: what is searched, what chooses, what is
// read at the end.
struct LoadedOutcomes
{
    QString name;                                      // of the file or the data set
    std::optional<evaluation::DatasetSummary> dataset; // none: they are of a file
    std::shared_ptr<const evaluation::OutcomeTable> asRead;
    // With the costs that were said.
    std::shared_ptr<const evaluation::OutcomeTable> table;
    // What the columns below were made with.
    evaluation::CascadeColumnsOptions models;
    QString problem; // why nothing can be searched; then the columns have no rows
    evaluation::CascadeColumns train;
    evaluation::CascadeColumns validation;
    evaluation::CascadeColumns test;
    // Bytes of UTF-8 that all prompts begin with: an instruction that tells nothing of a case. Ends
    // behind a line or a word.
    qsizetype commonPrefix = 0;

    bool hasCosts(const QString &model) const; // in what was read
    qsizetype incomplete() const
    {
        return train.incomplete + validation.incomplete + test.incomplete;
    }
};

// The same outcomes with other models left out or priced. Takes a while, as the next ones; call
// them off the GUI thread.
std::shared_ptr<const LoadedOutcomes> withModels(const LoadedOutcomes &outcomes,
                                                 const evaluation::CascadeColumnsOptions &models);

// Splits a table and lays it out, with all its models.
std::shared_ptr<const LoadedOutcomes> prepareOutcomes(const QString &name,
                                                      evaluation::OutcomeTable table);
// Reads a file, and prepares what it holds.
Result<std::shared_ptr<const LoadedOutcomes>>
loadOutcomes(const QString &path, const evaluation::ReadProgress &progress, std::stop_token stop);

// "small → large"
QString cascadeName(const evaluation::CascadeColumns &columns, const evaluation::Cascade &cascade);

} // namespace headgate::ui
