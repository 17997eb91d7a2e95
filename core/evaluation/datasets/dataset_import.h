#pragma once

#include "core/evaluation/datasets/dataset_store.h"
#include "core/evaluation/datasets/import_preview.h"
#include "core/evaluation/outcome_reader.h"

namespace headgate::evaluation {

struct ImportRequest
{
    QString path{};
    ColumnMapping mapping{};
    QString name{};               // of the data set
    Json grader = Json::object(); // checked before anything is read; empty: none yet
};

struct RowProblem
{
    qint64 row = 0; // as an editor or a spreadsheet counts, from 1
    QString message{};

    bool operator==(const RowProblem &) const = default;
};

struct ImportReport
{
    std::optional<DatasetSummary> dataset; // none where there are problems: nothing was imported
    QList<RowProblem> problems{};
    qint64 repeated = 0; // prompts with the text of one before them, under an id of their own
    bool gaveUp = false; // after kMostProblems of them; the rows behind were not read
};

constexpr qsizetype kMostProblems = 20;

// Imports a file as a new data set, in one transaction: all of it or nothing. Blocks; to be called
// on a thread that may wait, with a store that was opened there. Rows without a prompt, with an id
// that was given before, or that cannot be read are problems; an error is what ends the reading
// (Cancelled, Io, a grader or mapping that cannot be).
[[nodiscard]] Result<ImportReport> importDataset(const ImportRequest &request, DatasetStore &store,
                                                 const ReadProgress &progress = {},
                                                 std::stop_token stop = {});

} // namespace headgate::evaluation
