#pragma once

#include "core/evaluation/datasets/dataset_store.h"
#include "core/ledger/spend_filter.h"

namespace headgate::ledger {
class Ledger;
}

namespace headgate::evaluation {

struct RunImportRequest
{
    ledger::SpendFilter filter{};
    QString name{};               // of the data set
    Json grader = Json::object(); // checked before anything is read; empty: none yet
};

struct RunImportReport
{
    DatasetSummary dataset;
    qint64 withoutTexts = 0; // runs that were passed over: their prompts were not kept
};

// Makes a data set of what was asked in the ledger's runs, newest first: the conversation, under
// the run's id, with the policy as its subset; nobody knows the expected answers. All of it or
// nothing; blocks, as importDataset(). NotFound: no run of the filter has its texts.
[[nodiscard]] Result<RunImportReport>
importRuns(const RunImportRequest &request, const ledger::Ledger &ledger, DatasetStore &store,
           const std::function<void(qint64 runs)> &progress = {}, std::stop_token stop = {});

} // namespace headgate::evaluation
