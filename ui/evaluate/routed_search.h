#pragma once

#include "core/evaluation/optimizer/cascade_policy.h"
#include "core/learning/artifact_shelf.h"
#include "ui/evaluate/tune_request.h"
#include "ui/evaluate/tuning.h"

namespace headgate::ui {

// A cascade for each branch of the router that a drawing begins with.
struct RoutedResult
{
    evaluation::FirstRouter router;
    std::vector<qint32> portOf; // by row of the table; -1: the router fails there
    evaluation::BranchedColumns validation;
    evaluation::BranchedChoice choice;
};

// Divides the outcomes by the router's decisions, and searches behind each port. Takes a while;
// call it off the GUI thread.
[[nodiscard]] Result<std::shared_ptr<const RoutedResult>>
searchRouted(const policy::PolicyDocument &document, const LoadedOutcomes &outcomes,
             const TuneRequest &request, const learning::ArtifactShelf &artifacts,
             const evaluation::SearchProgress &progress,
             std::stop_token stop);

} // namespace headgate::ui
