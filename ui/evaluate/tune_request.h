#pragma once

#include "core/evaluation/optimizer/cascade_choice.h"

namespace headgate::ui {

// What is asked of a search: among which models, how, and which of what is found.
struct TuneRequest
{
    evaluation::CascadeColumnsOptions models;
    evaluation::SearchOptions search;
    evaluation::Wish wish;
    bool perBranch = false; // behind each port of the drawing's router, too

    // Whether the same was searched; the wish may differ.
    bool searchesAs(const TuneRequest &other) const
    {
        return models.leaveOut == other.models.leaveOut &&
               models.costPerCall == other.models.costPerCall &&
               search.maxStages == other.search.maxStages &&
               search.leastShare == other.search.leastShare &&
               search.latencyP95 == other.search.latencyP95 && perBranch == other.perBranch;
    }
};

} // namespace headgate::ui
