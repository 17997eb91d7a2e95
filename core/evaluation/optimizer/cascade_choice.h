#pragma once

#include "core/evaluation/optimizer/cascade_search.h"

namespace headgate::evaluation {

// What is wanted of the cascade that is chosen. With neither: the best there is.
struct Wish
{
    std::optional<double> budgetPer1k{}; // US dollars for 1,000 queries, at most
    bool matchBestSingle = false;        // at least the quality of the best single model, cheapest
};

// One cascade on the rows that it was searched on and on those that chose it.
struct Candidate
{
    Cascade cascade;
    CascadeSums train;
    CascadeSums validation;
};

struct CascadeChoice
{
    std::vector<Candidate> front;    // by rising cost on the rows of the search
    std::vector<Candidate> singles;  // every model alone, in the order of the columns
    size_t bestSingle = 0;           // of `singles`: the best on validation, of equals the cheapest
    std::optional<Candidate> chosen; // none: nothing on the front grants the wish
    qint64 searched = 0;
};

// What of the front and the single models grants a wish: the cheapest where the best single model
// is to be matched, else the best. A limit of latency is kept on both parts.
[[nodiscard]] std::optional<Candidate>
grantWish(const CascadeChoice &found, const CascadeColumns &train, const CascadeColumns &validation,
          const Wish &wish, const std::optional<std::chrono::nanoseconds> &latencyP95 = {});

// Searches on `train` and chooses on `validation`, among the front and the single models: what is
// then read on a third part was neither fitted nor chosen there. A limit of latency is kept on
// both. Both hold the same models.
[[nodiscard]] Result<CascadeChoice> chooseCascade(const CascadeColumns &train,
                                                  const CascadeColumns &validation,
                                                  const Wish &wish, const SearchOptions &options,
                                                  const SearchProgress &progress = {},
                                                  std::stop_token stop = {});

} // namespace headgate::evaluation
