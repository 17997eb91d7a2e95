#pragma once

#include "core/evaluation/training/row_predictions.h"
#include "core/learning/artifact.h"

#include <memory>

namespace headgate::cli {

// What training wrote, ready to decide.
struct TrainedFile
{
    learning::Artifact artifact;
    std::unique_ptr<learning::PromptModel> model;
};

// Whether the file begins as an artifact does, whatever it is called.
bool isArtifactFile(const QString &path);
// The sentence names the file.
Result<TrainedFile> readTrained(const QString &path);
// The same, for prompts without embeddings: fails with a sentence where the model wants some, or
// judges answers.
Result<TrainedFile> readTrainedRouter(const QString &path);

// What the model says of every row of a table that kept its prompts.
evaluation::RowPredictions predictTable(const learning::PromptModel &model,
                                        const evaluation::OutcomeTable &table,
                                        std::stop_token stop);

} // namespace headgate::cli
